"""MA-21 to MA-27: points, monthly and quarterly bonus, removal, transfers, the managers' year.

Plain values in, plain values out, no ORM. Amounts are `Decimal` yuan, rates shares (0.01 is 1%), dates `date`.
An average is compared exactly, as a fraction; money is rounded half up, once, when it becomes an amount.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

CENT = Decimal("0.01")


@dataclass(frozen=True)
class PointTerms:
    """MA-21: what a signed merchant of each class, a good review and a complaint count."""

    classes: Mapping[str, Decimal] = field(default_factory=lambda: {"1": Decimal(4), "2": Decimal(2), "3": Decimal(1)})
    good_review: Decimal = Decimal("0.5")
    complaint: Decimal = Decimal("-0.5")


@dataclass(frozen=True)
class MonthTerms:
    """MA-22: points to reach, points from which each counts more, yuan a point."""

    floor: Decimal = Decimal(6)
    upper: Decimal = Decimal(10)
    deduction: Decimal = Decimal(50)
    reward: Decimal = Decimal(10)
    reward_above: Decimal = Decimal(40)


@dataclass(frozen=True)
class ProfitTerms:
    """MA-24, MA-27: average to exceed, full steps above it, and what share of the profit they give."""

    threshold: Decimal = Decimal(50)
    step: Decimal = Decimal(50)
    rate: Decimal = Decimal("0.01")
    rate_step: Decimal = Decimal("0.002")
    rate_max: Decimal = Decimal("0.02")


@dataclass(frozen=True)
class RemovalTerms:
    """MA-25: from which removal rate on, counted from where in which steps, and what each costs."""

    first: Decimal = Decimal("0.20")
    base: Decimal = Decimal("0.10")
    step: Decimal = Decimal("0.10")
    rate_step: Decimal = Decimal("0.002")


#: MA-27.
YEAR_TERMS = ProfitTerms(rate=Decimal("0.005"), rate_step=Decimal("0.001"), rate_max=Decimal("0.01"))


def to_cents(value) -> Decimal:
    """Return an exact number of yuan as an amount, rounded half up, away from zero.

    >>> to_cents(Fraction(1, 8)), to_cents(Fraction(-1, 8)), to_cents(Decimal("2.005"))
    (Decimal('0.13'), Decimal('-0.13'), Decimal('2.01'))
    >>> to_cents(Decimal("-2.005")), to_cents(Decimal("-0.004"))
    (Decimal('-2.01'), Decimal('0.00'))
    """
    if isinstance(value, Decimal):
        return value.quantize(CENT, ROUND_HALF_UP) or Decimal("0.00")
    exact = Fraction(value)
    cents = int(abs(exact) * 100 + Fraction(1, 2))
    return (-cents if exact < 0 else cents) * CENT


def points(signed: Mapping[str, int], good_reviews: int, complaints: int, terms: PointTerms | None = None) -> Decimal:
    """Return the points of a month: merchants signed by class, good reviews, complaints (MA-21).

    >>> points({"1": 1, "3": 1}, good_reviews=1, complaints=2)
    Decimal('4.5')
    >>> points({"2": 3}, 1, 1), points({}, 0, 1)
    (Decimal('6.0'), Decimal('-0.5'))
    """
    terms = terms or PointTerms()
    total = sum((terms.classes[name] * number for name, number in signed.items()), Decimal(0))
    return total + terms.good_review * good_reviews + terms.complaint * complaints


def month_amount(reached: Decimal, terms: MonthTerms | None = None) -> Decimal:
    """Return what the points of a month bring or cost, yuan; half points count proportionally (MA-22).

    >>> [str(month_amount(Decimal(reached))) for reached in ("4.5", "6", "8.5", "10", "12.5")]
    ['-75.00', '0.00', '25.00', '40.00', '140.00']
    """
    terms = terms or MonthTerms()
    if reached < terms.floor:
        return to_cents(-terms.deduction * (terms.floor - reached))
    below = min(reached, terms.upper) - terms.floor
    above = max(reached - terms.upper, Decimal(0))
    return to_cents(terms.reward * below + terms.reward_above * above)


def points_to_next(reached: Decimal, terms: MonthTerms | None = None) -> tuple[Decimal, str]:
    """Return how many points are missing to the next step and which it is: floor, upper or none (MA-22).

    >>> points_to_next(Decimal("4.5")), points_to_next(Decimal(6)), points_to_next(Decimal(11))
    ((Decimal('1.5'), 'floor'), (Decimal('4'), 'upper'), (Decimal('0'), 'none'))
    """
    terms = terms or MonthTerms()
    if reached < terms.floor:
        return terms.floor - reached, "floor"
    if reached < terms.upper:
        return terms.upper - reached, "upper"
    return Decimal(0), "none"


def shortfall_begins(installed_on: date, full_months: int = 2) -> date:
    """Return the first month in which a merchant's profit per terminal counts (MA-23).

    From the third month after installation, when two full months have passed:

    >>> shortfall_begins(date(2023, 1, 15)), shortfall_begins(date(2022, 10, 31))
    (datetime.date(2023, 4, 1), datetime.date(2023, 1, 1))
    """
    years, month_index = divmod(installed_on.month + full_months, 12)
    return date(installed_on.year + years, month_index + 1, 1)


def shortfall(profit: Decimal, terminals: int, least: Decimal = Decimal(50)) -> Decimal:
    """Return what a merchant's month costs its recruiter: what is missing to the least, for each terminal (MA-23).

    >>> shortfall(Decimal("60"), 2), shortfall(Decimal("100"), 2)
    (Decimal('40.00'), Decimal('0.00'))

    A terminal costs no more than the least, also where returns make the profit negative:

    >>> shortfall(Decimal("-5"), 1), shortfall(Decimal("-300"), 2)
    (Decimal('50.00'), Decimal('100.00'))

    Without a terminal there is nothing to make up for:

    >>> shortfall(Decimal(0), 0)
    Decimal('0.00')
    """
    return to_cents(max(least * terminals - max(profit, Decimal(0)), Decimal(0)))


def average(total: Decimal, merchant_months: int) -> Fraction:
    """Return the average monthly profit per merchant, exactly; 0 without merchants (MA-24).

    >>> average(Decimal(100), 3), average(Decimal(0), 0)
    (Fraction(100, 3), Fraction(0, 1))
    """
    return Fraction(total) / merchant_months if merchant_months else Fraction(0)


def profit_rate(mean, terms: ProfitTerms | None = None) -> Decimal:
    """Return the share of the profit for an average, before removals (MA-24).

    >>> [str(profit_rate(Decimal(mean))) for mean in ("50", "50.01", "99.99", "100", "299.99", "300", "900")]
    ['0', '0.010', '0.010', '0.012', '0.018', '0.020', '0.02']

    A year of managers (MA-27):

    >>> [str(profit_rate(Decimal(mean), YEAR_TERMS)) for mean in ("50", "50.01", "100", "300", "900")]
    ['0', '0.005', '0.006', '0.010', '0.01']
    """
    terms = terms or ProfitTerms()
    if mean <= terms.threshold:
        return Decimal(0)
    steps = (Fraction(mean) - Fraction(terms.threshold)) // Fraction(terms.step)
    return min(terms.rate + terms.rate_step * steps, terms.rate_max)


def removal_rate(removed: int, at_start: int) -> Fraction:
    """Return the share of the terminals at a month's start that were removed in it; 0 without terminals (MA-25).

    >>> removal_rate(7, 20), removal_rate(1, 0)
    (Fraction(7, 20), Fraction(0, 1))
    """
    return Fraction(removed, at_start) if at_start else Fraction(0)


def removal_steps(rate, terms: RemovalTerms | None = None) -> int:
    """Return by how many steps the removals of a month lower the quarter's rate (MA-25).

    >>> [removal_steps(Decimal(rate)) for rate in ("0.10", "0.199", "0.20", "0.35")]
    [0, 0, 1, 2]
    """
    terms = terms or RemovalTerms()
    exact = Fraction(rate)
    return int((exact - Fraction(terms.base)) // Fraction(terms.step)) if exact >= Fraction(terms.first) else 0


def lowered_rate(rate: Decimal, steps: int, terms: RemovalTerms | None = None) -> Decimal:
    """Return the quarter's rate after the steps of its months, never below 0 (MA-25).

    >>> lowered_rate(Decimal("0.012"), 3), lowered_rate(Decimal("0.010"), 9)
    (Decimal('0.006'), Decimal('0'))
    """
    terms = terms or RemovalTerms()
    return max(rate - terms.rate_step * steps, Decimal(0))


def tenure_coefficient(months: int, table: Iterable[tuple[int, Decimal]]) -> Decimal:
    """Return the coefficient for so many full months of service; 1 without a table (MA-24).

    >>> table = [(0, Decimal("0.8")), (12, Decimal(1)), (36, Decimal("1.2"))]
    >>> [str(tenure_coefficient(months, table)) for months in (0, 11, 12, 40)], str(tenure_coefficient(5, []))
    (['0.8', '0.8', '1', '1.2'], '1')
    """
    reached = [entry for entry in table if entry[0] <= months]
    return max(reached)[1] if reached else Decimal(1)


def full_months(first: date, last: date) -> int:
    """Return how many full months lie between two days, the last one included.

    >>> full_months(date(2023, 1, 1), date(2023, 3, 31)), full_months(date(2022, 10, 15), date(2022, 12, 31))
    (3, 2)
    >>> full_months(date(2023, 5, 1), date(2023, 4, 1))
    0
    """
    following = date.fromordinal(last.toordinal() + 1)
    months = (following.year - first.year) * 12 + following.month - first.month - (following.day < first.day)
    return max(months, 0)


def profit_bonus(total: Decimal, rate: Decimal, coefficient: Decimal = Decimal(1)) -> Decimal:
    """Return the bonus on a profit, yuan (MA-24, MA-27).

    >>> profit_bonus(Decimal("91000"), Decimal("0.010")), profit_bonus(Decimal("1000.25"), Decimal("0.012"))
    (Decimal('910.00'), Decimal('12.00'))
    """
    return to_cents(Fraction(total) * Fraction(rate) * Fraction(coefficient))


@dataclass(frozen=True)
class Holder:
    """Who looked after something from a day of a period on, counted from 0; and whether he or she left for good."""

    who: object
    since: int = 0
    has_left: bool = False


def transfer_shares(amount: Decimal, days: int, holders: Sequence[Holder]) -> list[Decimal]:
    """Return what each of the holders of a period gets of an amount, in their order (MA-26).

    The days before a transfer are the old holder's; the rest is split in equal parts between old and new. 910.00
    in a quarter of 91 days, transferred on its 46th day, are 450.00 + 230.00 for the old one, 230.00 for the new:

    >>> [str(share) for share in transfer_shares(Decimal("910.00"), 91, [Holder("old"), Holder("new", 45)])]
    ['680.00', '230.00']

    Each share is rounded once. A cent left over goes to the new one:

    >>> [str(share) for share in transfer_shares(Decimal("0.05"), 90, [Holder("old"), Holder("new", 30)])]
    ['0.03', '0.02']
    >>> [str(share) for share in transfer_shares(Decimal("1.01"), 90, [Holder("old"), Holder("new", 0)])]
    ['0.50', '0.51']

    Who has left takes no part in the rest; the share of the own days is not paid, which the caller sees to:

    >>> [str(share) for share in transfer_shares(Decimal("910"), 91, [Holder("old", 0, True), Holder("new", 45)])]
    ['450.00', '460.00']

    With a second transfer the first one keeps half of what comes after the own one, and the successor's half is split
    in the same way. Of 900.00 each third is 300.00: A has the first, A and B share the second, and of the third A has
    a half, B and C a quarter each:

    >>> holders = [Holder("A"), Holder("B", 30), Holder("C", 60)]
    >>> [str(share) for share in transfer_shares(Decimal("900.00"), 90, holders)]
    ['600.00', '225.00', '75.00']

    Shares that add up to the whole once rounded stay as they are; these are 33.338, 17.448 and 6.543:

    >>> holders = [Holder("A"), Holder("B", 15), Holder("C", 50)]
    >>> [str(share) for share in transfer_shares(Decimal("57.33"), 92, holders)]
    ['33.34', '17.45', '6.54']

    A loss is not put on a successor:

    >>> [str(share) for share in transfer_shares(Decimal("-910.00"), 91, [Holder("old"), Holder("new", 45)])]
    ['-910.00', '0.00']
    """
    parts = transfer_parts(days, holders) if amount >= 0 else [[(days, Fraction(1))], *([] for _holder in holders[1:])]
    exact = [sum((Fraction(amount) * part * own / days for own, part in of_one), Fraction(0)) for of_one in parts]
    shares = [to_cents(share) for share in exact]
    # The new one has a half cent that is left over, and then whatever the shares miss of the whole.
    above = sum(shares) - amount
    for number, share in enumerate(exact[:-1]):
        if above > 0 and Fraction(shares[number]) - share == Fraction(1, 200):
            shares[number] -= CENT
            above -= CENT
    for number in reversed(range(len(shares))):
        taken = min(above, shares[number]) if above > 0 else above
        shares[number] -= taken
        above -= taken
    return shares


def transfer_parts(days: int, holders: Sequence[Holder]) -> list[list[tuple[int, Fraction]]]:
    """Return for each holder of a period what part he or she has of how many of its days (MA-26).

    A has the first 72 of 91 days and half of the 19 after the transfer:

    >>> [[(own, str(part)) for own, part in of_one] for of_one in transfer_parts(91, [Holder("A"), Holder("B", 72)])]
    [[(72, '1'), (19, '1/2')], [(19, '1/2')]]

    Who has left has the own days only:

    >>> holders = [Holder("A", 0, True), Holder("B", 72)]
    >>> [[(own, str(part)) for own, part in of_one] for of_one in transfer_parts(91, holders)]
    [[(72, '1')], [(19, '1')]]
    """
    bounds = [0, *(holder.since for holder in holders[1:]), days]
    parts = [[] for _holder in holders]
    for number in range(len(holders)):
        own = bounds[number + 1] - bounds[number]
        for position, part in _halves(holders, number).items():
            if own:
                parts[position].append((own, part))
    return parts


def _halves(holders: Sequence[Holder], number: int) -> dict[int, Fraction]:
    # Who still takes part when the holder of that number looks after it: each has half of what the one before left,
    # the last one all of it.
    entitled = [position for position, holder in enumerate(holders[:number]) if not holder.has_left]
    parts, left = {}, Fraction(1)
    for position in entitled:
        left /= 2
        parts[position] = left
    parts[number] = left
    return parts


def distribute(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Return an amount in parts by weight that add up to the whole; odd cents go to the largest remainders (MA-27).

    >>> [str(part) for part in distribute(Decimal("100.00"), [Decimal(1), Decimal(1), Decimal(1)])]
    ['33.34', '33.33', '33.33']
    >>> [str(part) for part in distribute(Decimal("0.05"), [Decimal("0.5"), Decimal("0.3"), Decimal("0.2")])]
    ['0.03', '0.01', '0.01']

    :raises ValueError: without any positive weight, or with a negative one
    """
    whole = sum(map(Fraction, weights), Fraction(0))
    if whole <= 0 or min(weights) < 0:
        raise ValueError("An amount is distributed by weights above 0.")
    cents = int(amount / CENT)
    exact = [Fraction(weight) * cents / whole for weight in weights]
    parts = [int(part) for part in exact]
    by_remainder = sorted(range(len(exact)), key=lambda number: (parts[number] - exact[number], number))
    for number in by_remainder[: cents - sum(parts)]:
        parts[number] += 1
    return [part * CENT for part in parts]

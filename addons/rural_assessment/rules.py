"""Rules of the year-end assessment (SC-16, SC-18): plain values in, plain values out.

Shares are exact fractions on the way and are cut, never rounded up, to six decimals to be shown: a center
that misses a tier by a cent misses it.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

CENT = Decimal("0.01")
MILLIONTH = Decimal("0.000001")
#: The indicators in the order of SC-16.
INDICATORS = ("market_revenue", "region_turnover", "purchasers", "satisfaction")


def year_days(year: int) -> tuple[date, date]:
    """Return the first and the last day of a year.

    >>> year_days(2025)
    (datetime.date(2025, 1, 1), datetime.date(2025, 12, 31))
    """
    return date(year, 1, 1), date(year, 12, 31)


def completion(actual: Decimal | None, target: Decimal) -> Fraction:
    """Return how far a target is met, 0 to 1: min(actual ÷ target, 1) (SC-18).

    Nothing measured is nothing met, more than the target counts no more than the target, and refunds of
    earlier years' orders cannot make it negative. Where nothing was agreed, nothing is missing.

    >>> completion(Decimal("450000"), Decimal("600000"))
    Fraction(3, 4)
    >>> completion(Decimal("700000"), Decimal("600000")), completion(Decimal("-5"), Decimal("100"))
    (Fraction(1, 1), Fraction(0, 1))
    >>> completion(None, Decimal("0.9")), completion(Decimal("0"), Decimal("0"))
    (Fraction(0, 1), Fraction(1, 1))
    """
    if target <= 0:
        return Fraction(1)
    return max(Fraction(0), min(Fraction(actual or 0) / Fraction(target), Fraction(1)))


def overall(completions: Sequence[Fraction], weights: Sequence[Decimal]) -> Fraction:
    """Return the weighted mean of completions (SC-18).

    The default weights 40/30/20/10 on 75%, 100%, 50% and 90%: 30 + 30 + 10 + 9 = 79%.

    >>> shares = [Fraction(3, 4), Fraction(1), Fraction(1, 2), Fraction(9, 10)]
    >>> overall(shares, [Decimal(40), Decimal(30), Decimal(20), Decimal(10)])
    Fraction(79, 100)

    :raises ValueError: when no weight is above 0, or one is below
    """
    exact = [Fraction(weight) for weight in weights]
    if min(exact) < 0 or not sum(exact):
        raise ValueError("weights must not be negative, and one must be above 0")
    return sum(share * weight for share, weight in zip(completions, exact, strict=True)) / sum(exact)


def coefficient(reached: Fraction, tiers: Iterable[tuple[Decimal, Decimal]]) -> Decimal:
    """Return the coefficient of the highest tier that is reached; 0 below all of them (SC-18).

    :param tiers: pairs of the least share (以上, the share itself included) and the coefficient

    >>> tiers = [(Decimal("1"), Decimal("1")), (Decimal("0.8"), Decimal("0.5"))]
    >>> [str(coefficient(Fraction(share), tiers)) for share in ("1", "0.999999", "0.8", "0.79")]
    ['1', '0.5', '0.5', '0']
    >>> coefficient(Fraction(8 * 10**9 - 1, 10**10), tiers)
    Decimal('0')
    """
    reached_tiers = [tier for tier in tiers if reached >= Fraction(tier[0])]
    return max(reached_tiers)[1] if reached_tiers else Decimal(0)


def shown(share: Fraction) -> Decimal:
    """Return a share as it is kept and shown: cut to six decimals, so that it never claims too much.

    >>> shown(Fraction(2, 3)), shown(Fraction(79999999, 10**8)), shown(Fraction(1))
    (Decimal('0.666666'), Decimal('0.799999'), Decimal('1.000000'))
    """
    return Decimal(share.numerator * 10**6 // share.denominator) * MILLIONTH


def reward(base: Decimal, incentive_rate: Decimal, factor: Decimal) -> Decimal:
    """Return a reward in yuan: eligible amount × extra incentive rate × coefficient, rounded once (SC-18).

    >>> reward(Decimal("12345.67"), Decimal("0.015"), Decimal("1"))
    Decimal('185.19')
    >>> reward(Decimal("12345.67"), Decimal("0.015"), Decimal("0.5"))
    Decimal('92.59')
    >>> reward(Decimal("1"), Decimal("0.01"), Decimal("0.5")), reward(Decimal("-1"), Decimal("0.01"), Decimal("0.5"))
    (Decimal('0.01'), Decimal('-0.01'))
    """
    return (base * incentive_rate * factor).quantize(CENT, ROUND_HALF_UP)


def answer_score(answers: Iterable[tuple[int, int, int]]) -> Fraction | None:
    """Return the score of one answered survey, 0 to 1: the mean of its answers on their scales (SC-16).

    :param answers: of each scale question the answer, the least and the greatest one possible
    :return: None when no such question was answered

    >>> answer_score([(8, 0, 10), (9, 0, 10), (10, 0, 10)])
    Fraction(9, 10)
    >>> answer_score([(1, 1, 5), (3, 1, 5)]), answer_score([])
    (Fraction(1, 4), None)
    """
    shares = [Fraction(value - least, greatest - least) for value, least, greatest in answers if greatest > least]
    return sum(shares, Fraction(0)) / len(shares) if shares else None

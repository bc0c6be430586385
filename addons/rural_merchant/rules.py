"""MA-03, MA-05, MA-06: who may agree a rate, the stars of a merchant and its class.

Plain values in, plain values out. Rates are shares (0.02 is 2%), stars and points are `Decimal`.
"""

from decimal import Decimal

#: Who agrees rates, the lowest level first (MA-03).
LEVELS = ("recruiter", "head", "director", "general_manager")

#: MA-05: what each item of the star rating counts.
DECORATION = {
    "none": Decimal("0.1"),
    "simple": Decimal("0.2"),
    "standard": Decimal("0.3"),
    "luxury": Decimal("0.4"),
    "chain": Decimal("0.5"),
}
FREQUENCY = {
    "occasional": Decimal(1),
    "rare": Decimal(4),
    "average": Decimal(6),
    "high": Decimal(8),
    "very_high": Decimal(10),
}
#: Where the bands after the first begin; the last band begins above its number.
AREA = (51, 101, 301, 800)
CAPITAL = (10, 31, 101, 500)
STAFF = (4, 11, 31, 80)
#: Years may be halves: the band “over 8” begins above 8, as the last one begins above its number.
YEARS, YEARS_OVER = (2, 4), 8
AREA_POINTS = tuple(map(Decimal, ("0.5", "0.6", "0.7", "0.8", "1")))
FIFTHS = tuple(map(Decimal, ("0.1", "0.2", "0.3", "0.4", "0.5")))


def approval_level(
    agreed: Decimal,
    standard: Decimal,
    recruiter_from: Decimal = Decimal("0.85"),
    head_from: Decimal = Decimal("0.70"),
    director_above: Decimal = Decimal("0.50"),
) -> str:
    """Return the lowest level that may agree a rebate, one of :data:`LEVELS` (MA-03).

    85% of the standard or more is the recruiter's, from 70% the head's, above 50% the operations director's:

    >>> [approval_level(Decimal(agreed), Decimal("0.1")) for agreed in ("0.12", "0.085", "0.0849", "0.07")]
    ['recruiter', 'recruiter', 'head', 'head']
    >>> [approval_level(Decimal(agreed), Decimal("0.1")) for agreed in ("0.0699", "0.0501", "0.05", "0")]
    ['director', 'director', 'general_manager', 'general_manager']

    Where the standard is nothing, nothing is too low:

    >>> approval_level(Decimal(0), Decimal(0))
    'recruiter'
    """
    if agreed >= standard * recruiter_from:
        return "recruiter"
    if agreed >= standard * head_from:
        return "head"
    return "director" if agreed > standard * director_above else "general_manager"


def may_agree(own: str | None, needed: str) -> bool:
    """Tell whether a level may agree what another level is needed for: never above one's own (MA-03).

    >>> may_agree("head", "head"), may_agree("general_manager", "head"), may_agree("head", "director")
    (True, True, False)
    >>> may_agree(None, "recruiter")
    False
    """
    return own is not None and LEVELS.index(own) >= LEVELS.index(needed)


def band(value, begins) -> int:
    """Return the number of the band that holds a value: 0 below the first beginning.

    A band begins with its number, the last one above it; what lies between two bands belongs to the lower one:

    >>> [band(value, AREA) for value in (50, 50.5, 51, 100, 100.5, 101)]
    [0, 0, 1, 1, 1, 2]
    >>> [band(value, AREA) for value in (300.5, 301, 800, 800.5)]
    [2, 3, 3, 4]
    """
    *inner, last = begins
    if value > last:
        return len(begins)
    return sum(value >= begin for begin in inner)


def area_points(square_metres) -> Decimal:
    """Return the points for the business area, m² (MA-05).

    >>> [str(area_points(area)) for area in (30, 50, 51, 101, 800, 801)]
    ['0.5', '0.5', '0.6', '0.7', '0.8', '1']
    """
    return AREA_POINTS[band(square_metres, AREA)]


def capital_points(ten_thousand_yuan) -> Decimal:
    """Return the points for the registered capital, in units of 10,000 yuan (MA-05).

    >>> [str(capital_points(capital)) for capital in (0, 9.99, 10, 31, 101, 500, 500.01)]
    ['0.1', '0.1', '0.2', '0.3', '0.4', '0.4', '0.5']
    """
    return FIFTHS[band(ten_thousand_yuan, CAPITAL)]


def staff_points(people: int) -> Decimal:
    """Return the points for the number of staff (MA-05).

    >>> [str(staff_points(people)) for people in (3, 4, 10, 11, 31, 80, 81)]
    ['0.1', '0.2', '0.2', '0.3', '0.4', '0.4', '0.5']
    """
    return FIFTHS[band(people, STAFF)]


def years_points(years, top=15) -> Decimal:
    """Return the points for the years in business; the last band begins above `top` (MA-05).

    >>> [str(years_points(years)) for years in (1.5, 2, 3.5, 4, 8, 8.5, 9, 15, 15.5)]
    ['0.1', '0.2', '0.2', '0.3', '0.3', '0.4', '0.4', '0.4', '0.5']
    """
    return FIFTHS[sum(years >= begin for begin in YEARS) + sum(years > over for over in (YEARS_OVER, top))]


def star_score(brand: int, decoration: str, area, capital, staff: int, years, frequency: str, years_top=15) -> Decimal:
    """Return the stars of a merchant: the sum of the seven items (MA-05).

    Brand 3, chain decoration, more than 800 m², capital of 2 million, 90 people, 5 years, bought from often:

    >>> star_score(3, "chain", 900, 200, 90, 5, "high")
    Decimal('13.7')

    What has not been looked at yet counts nothing:

    >>> star_score(0, None, 0, 0, 0, 0, None)
    Decimal('0.3')
    """
    return (
        Decimal(brand)
        + DECORATION.get(decoration, Decimal(0))
        + (area_points(area) if area else Decimal(0))
        + capital_points(capital)
        + staff_points(staff)
        + years_points(years, years_top)
        + FREQUENCY.get(frequency, Decimal(0))
    )


def merchant_class(score: Decimal, is_large_or_chain: bool, second_from: Decimal = Decimal(12)) -> str:
    """Return the class of a merchant, "1" to "3" (MA-06).

    >>> merchant_class(Decimal(5), True)
    '1'
    >>> merchant_class(Decimal("12"), False), merchant_class(Decimal("11.9"), False)
    ('2', '3')
    """
    if is_large_or_chain:
        return "1"
    return "2" if score >= second_from else "3"

"""Shares as a person reads them."""

from decimal import ROUND_DOWN, Decimal


def percent(share: float | Decimal, places: int = 4) -> str:
    """Return a share, kept with six decimals, in percent: in full, so that a reader can work with it.

    >>> percent(0.05), percent(0.051234), percent(Decimal("0.1")), percent(1.2), percent(0)
    ('5%', '5.1234%', '10%', '120%', '0%')

    With fewer places it is cut, not rounded, and so never claims too much:

    >>> percent(0.999999, 2), percent(0.29, 2)
    ('99.99%', '29%')

    :param places: decimals of the percentage, at most
    """
    shown = Decimal(f"{share or 0:.6f}").scaleb(2).quantize(Decimal(1).scaleb(-places), ROUND_DOWN)
    return f"{shown.normalize():f}%"

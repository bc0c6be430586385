"""Rates as a person reads them."""


def percent(rate: float) -> str:
    """Return a share, kept with six decimals, in percent and in full.

    >>> percent(0.05), percent(0.051234), percent(0.1), percent(0)
    ('5 %', '5.1234 %', '10 %', '0 %')
    """
    return f"{rate * 100:.4f}".rstrip("0").rstrip(".") + " %"

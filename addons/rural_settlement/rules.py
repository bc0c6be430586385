"""Pure functions of the settlement: plain values in, plain values out."""

from datetime import date


def next_month(month: date) -> date:
    """Return the first day of the month after the one that starts on `month`.

    >>> next_month(date(2022, 1, 1)), next_month(date(2022, 12, 1))
    (datetime.date(2022, 2, 1), datetime.date(2023, 1, 1))
    """
    years, month_index = divmod(month.month, 12)
    return date(month.year + years, month_index + 1, 1)

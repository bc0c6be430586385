"""MA-28: what a part of a month is worth.

Plain values in, plain values out, no ORM. Amounts are `Decimal` yuan.
"""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from odoo.addons.rural_base.deadlines import is_working_day

CENT = Decimal("0.01")
ONE_DAY = timedelta(days=1)


@lru_cache(maxsize=4096)
def working_days(first: date, last: date) -> int:
    """Return how many Chinese working days lie between two days, both included.

    >>> working_days(date(2023, 10, 1), date(2023, 10, 8)), working_days(date(2023, 10, 8), date(2023, 10, 1))
    (2, 0)
    """
    return sum(is_working_day(first + timedelta(days=number)) for number in range((last - first).days + 1))


def part_of_month(monthly: Decimal, first: date, last: date, period_first: date, period_last: date) -> Decimal:
    """Return what is due of a monthly amount for some days of a wage period, yuan, by its working days.

    Nine of the nineteen working days of October 2023:

    >>> part_of_month(Decimal(3200), date(2023, 10, 19), date(2023, 10, 31), date(2023, 10, 1), date(2023, 10, 31))
    Decimal('1515.79')

    Who enters on the first working day after a holiday earns the full month, and after the last day nothing:

    >>> part_of_month(Decimal(3200), date(2022, 10, 8), date(2022, 10, 31), date(2022, 10, 1), date(2022, 10, 31))
    Decimal('3200.00')
    >>> part_of_month(Decimal(3200), date(2023, 5, 2), date(2023, 5, 1), date(2023, 5, 1), date(2023, 5, 31))
    Decimal('0.00')
    """
    whole = working_days(period_first, period_last)
    if not whole or last < first:
        return Decimal("0.00")
    return (monthly * working_days(first, last) / whole).quantize(CENT, ROUND_HALF_UP)


def days_beside(first: date, last: date, counted: list[tuple[date, date]]) -> list[tuple[date, date]]:
    """Return the stretches of days from first to last that none of the counted ones covers.

    >>> may = [date(2023, 5, day) for day in range(1, 32)]
    >>> [(a.day, b.day) for a, b in days_beside(may[0], may[30], [(may[9], may[14]), (may[12], may[19])])]
    [(1, 9), (21, 31)]
    >>> days_beside(may[9], may[14], [(may[0], may[30])])
    []
    """
    stretches = [(first, last)]
    for begin, end in counted:
        stretches = [
            (since, until)
            for low, high in stretches
            for since, until in ((low, min(high, begin - ONE_DAY)), (max(low, end + ONE_DAY), high))
            if since <= until
        ]
    return stretches

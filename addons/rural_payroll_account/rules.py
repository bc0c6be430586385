"""MA-28: what a part of a month is worth.

Plain values in, plain values out, no ORM. Amounts are `Decimal` yuan.
"""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from odoo.addons.rural_base.deadlines import is_working_day

CENT = Decimal("0.01")


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

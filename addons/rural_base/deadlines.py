"""Deadlines in Chinese working days.

Working days follow the yearly notice of the State Council: public holidays are free, and the Saturdays and
Sundays that make up for them (调休) are worked. `chinese_calendar` knows the published years; a year it does
not know yet counts as Monday to Friday, less the days that the law itself frees on a fixed date, until its notice
is out and the library is updated.
"""

from datetime import UTC, date, datetime, time, timedelta

import chinese_calendar

from .china_time import CHINA, to_china

ONE_DAY = timedelta(days=1)
#: New Year, Labour Day and National Day by the State Council's rule on holidays as of 2025: month and day. The other
#: holidays follow the moon or the sun.
FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})


def is_working_day(day: date) -> bool:
    """Tell whether people work on that day in China.

    National Day 2023 was joined with Mid-Autumn; Saturday 7 October made up for it:

    >>> is_working_day(date(2023, 10, 6)), is_working_day(date(2023, 10, 7))
    (False, True)

    The notice for 2099 is not known, so its weekdays decide, but for the holidays that have a fixed date:

    >>> is_working_day(date(2099, 9, 30)), is_working_day(date(2099, 10, 1)), is_working_day(date(2099, 10, 5))
    (True, False, True)
    >>> is_working_day(date(2099, 10, 4))
    False
    """
    try:
        return chinese_calendar.is_workday(day)
    except NotImplementedError:
        return day.isoweekday() <= 5 and (day.month, day.day) not in FIXED_HOLIDAYS


def nth_working_day(day: date, n: int) -> date:
    """Return the `n`-th working day after `day`, which itself does not count.

    >>> nth_working_day(date(2022, 3, 10), 5)
    datetime.date(2022, 3, 17)

    Received on the eve of National Day 2022, due on the first day back and not on the days off;
    Saturday and Sunday 8 and 9 October were worked:

    >>> nth_working_day(date(2022, 9, 30), 1), nth_working_day(date(2022, 9, 30), 3)
    (datetime.date(2022, 10, 8), datetime.date(2022, 10, 10))

    :raises ValueError: if `n` is negative
    """
    if n < 0:
        raise ValueError(f"A deadline cannot lie {-n} working days in the past")
    while n:
        day += ONE_DAY
        n -= is_working_day(day)
    return day


def deadline(received: datetime, n: int) -> datetime:
    """Return the end of the `n`-th working day after the China day of receipt, both in naive UTC.

    The last second that is still in time: 23:59:59 in China, 15:59:59 in UTC.

    >>> deadline(datetime(2022, 3, 10, 3, 0), 5)
    datetime.datetime(2022, 3, 17, 15, 59, 59)

    Received at 17:00 UTC it is already the next day in China:

    >>> deadline(datetime(2022, 3, 10, 17, 0), 5)
    datetime.datetime(2022, 3, 18, 15, 59, 59)
    """
    last_day = nth_working_day(to_china(received).date(), n)
    last_second = datetime.combine(last_day, time(23, 59, 59), CHINA)
    return last_second.astimezone(UTC).replace(tzinfo=None)

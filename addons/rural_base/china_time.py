"""China local time and the UTC that Odoo stores.

The rules of the suite speak of days and months in China; the database keeps UTC without a zone.
"""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from odoo.tools import SQL

CHINA = ZoneInfo("Asia/Shanghai")
#: China local time less UTC, in SQL: constant since 1991, and a named time zone is looked up for every row.
CHINA_OFFSET = SQL("interval '8 hours'")


def to_utc(local: datetime) -> datetime:
    """Return the naive UTC time of a naive China local time.

    >>> to_utc(datetime(2022, 3, 1, 0, 30))
    datetime.datetime(2022, 2, 28, 16, 30)
    """
    return local.replace(tzinfo=CHINA).astimezone(UTC).replace(tzinfo=None)


def to_china(utc: datetime) -> datetime:
    """Return the naive China local time of a naive UTC time.

    >>> to_china(datetime(2022, 2, 28, 16, 30))
    datetime.datetime(2022, 3, 1, 0, 30)
    """
    return utc.replace(tzinfo=UTC).astimezone(CHINA).replace(tzinfo=None)


def day_start(day: date) -> datetime:
    """Return the naive UTC time at which a day begins in China.

    >>> day_start(date(2022, 3, 1))
    datetime.datetime(2022, 2, 28, 16, 0)
    """
    return to_utc(datetime.combine(day, time.min))


def month_of(utc: datetime) -> date:
    """Return the first day of the China month that holds a naive UTC time.

    The last evening of February in UTC is the first morning of March in China:

    >>> month_of(datetime(2022, 2, 28, 15, 59, 59)), month_of(datetime(2022, 2, 28, 16))
    (datetime.date(2022, 2, 1), datetime.date(2022, 3, 1))
    """
    return to_china(utc).date().replace(day=1)


def today() -> date:
    """Return the day that it is in China now; in UTC it begins at 16:00 the day before."""
    return datetime.now(CHINA).date()

"""What follows from the reports that a station has handed in for a day (ST-05): plain values in, plain values out."""

from collections.abc import Iterable
from datetime import date, datetime


def places(day: date, handed_in: Iterable[tuple[datetime, object]]) -> list[str]:
    """Return what each report for a day is, in the order in which they were handed in.

    The first one stands. A later one with the same hours is a duplicate; one with other hours replaces them on the
    same day, and comes too late from the next day on.

    :param day: the day that the reports are for
    :param handed_in: when each was handed in, in China, and its hours; in any order
    :return: `first`, `duplicate`, `replaces` or `already_reported` for each, sorted by time

    >>> day = date(2026, 1, 9)
    >>> at = lambda hour, day=9: datetime(2026, 1, day, hour)
    >>> places(day, [(at(17), "08:00-16:00"), (at(18), "08:00-16:00"), (at(19), "08:00-17:00")])
    ['first', 'duplicate', 'replaces']

    The hours of the day after change nothing, and those that stand meanwhile are a duplicate:

    >>> places(day, [(at(9, 10), "08:00-18:00"), (at(17), "08:00-16:00"), (at(10, 10), "08:00-16:00")])
    ['first', 'already_reported', 'duplicate']
    """
    found, standing = [], None
    for moment, hours in sorted(handed_in, key=lambda each: each[0]):
        if not found:
            found.append("first")
            standing = hours
        elif hours == standing:
            found.append("duplicate")
        elif moment.date() <= day:
            found.append("replaces")
            standing = hours
        else:
            found.append("already_reported")
    return found

"""Rules of agreements: plain values in, plain values out."""

from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


def days_without(first, last, periods):
    """Return the periods of [first, last] that none of the given periods covers.

    :param date first: first day, included
    :param date last: last day, included
    :param periods: pairs of a first and a last day, both included; an open one has None as its last

    A center that was never authorised, and one that is until the end of March:

    >>> days_without(date(2026, 3, 10), date(2026, 12, 31), [])
    [(datetime.date(2026, 3, 10), datetime.date(2026, 12, 31))]
    >>> days_without(date(2026, 3, 10), date(2026, 12, 31), [(date(2025, 1, 1), date(2026, 3, 31))])
    [(datetime.date(2026, 4, 1), datetime.date(2026, 12, 31))]

    One that was taken over and is authorised until further notice:

    >>> days_without(date(2026, 3, 10), date(2026, 12, 31), [(date(2025, 1, 1), None)])
    []

    A period in the middle leaves two:

    >>> days_without(date(2026, 1, 1), date(2026, 1, 9), [(date(2026, 1, 4), date(2026, 1, 6))])
    [(datetime.date(2026, 1, 1), datetime.date(2026, 1, 3)), (datetime.date(2026, 1, 7), datetime.date(2026, 1, 9))]
    """
    gaps = []
    for begins, ends in sorted(periods, key=lambda period: period[0]):
        if begins > last or first > last:
            break
        if begins > first:
            gaps.append((first, begins - ONE_DAY))
        if ends is None or ends >= last:
            return gaps
        first = max(first, ends + ONE_DAY)
    return [*gaps, (first, last)] if first <= last else gaps


def months_later(day, months):
    """Return the same day of a later month, or that month's last day.

    >>> months_later(date(2026, 1, 31), 1), months_later(date(2026, 3, 10), 24)
    (datetime.date(2026, 2, 28), datetime.date(2028, 3, 10))
    """
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    last = (first.replace(day=28) + 4 * ONE_DAY).replace(day=1) - ONE_DAY
    return min(first.replace(day=min(day.day, last.day)), last)

"""Days as pages take and show them."""

from datetime import date

from babel.dates import format_date, format_skeleton

from odoo.http import request
from odoo.tools.misc import babel_locale_parse

FIRST_YEAR, LAST_YEAR = 2000, 2100


def read_day(text):
    """Return the day that an address or a form names, None for what is no day, or none of our time."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def day_text(day):
    """Return a day in few words, with its day of the week."""
    return format_skeleton("MMMEd", day, locale=_locale())


def weekday_text(day):
    """Return the day of the week in one or two letters."""
    return format_date(day, "EEEEE", locale=_locale())


def _locale():
    return babel_locale_parse(request.env.context.get("lang") or "en_US")

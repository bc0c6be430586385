"""Columns of a file: how a cell is read, and what is said when it cannot be.

A kind turns one cell (a string of a CSV, or what a workbook holds: string, number, date) into
the text that PostgreSQL's COPY takes, "" for an empty cell. It never guesses: a cell that
can be read in one way only is read, any other raises :class:`CellError` with a sentence for the person who
corrects it.

>>> Number(2).read("29.330"), Number(2).read(29.33), Code().read(" fw-１ ")
('29.330', '29.33', 'FW-1')
>>> Number(2).read("￥1,234.50"), Moment().read("2022/3/11 10:00")
('1234.50', '2022-03-11 10:00:00')
>>> Moment().read("2022-01-01 06:02:43")
'2022-01-01 06:02:43'
"""

import datetime
import re
from calendar import monthrange
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from odoo.addons.rural_base.china_time import CHINA, to_utc
from odoo.addons.rural_base.codes import clean_code, half_width, remove_invisible

from .workbook_process import MERGED, NO_RESULT

_lt = LazyTranslate(__name__)

#: Digits that a number cell of a workbook keeps exactly; longer codes typed as numbers are cut.
EXACT_DIGITS = 15
#: Characters of a name or a code; indexes take no more than some 2,700 bytes.
LONGEST_TEXT = 500
LONGEST_CODE = 100
#: Times of a platform; others are made up, such as 0001-01-01 for none.
FIRST_YEAR, LAST_YEAR = "2000", "2100"
#: Some programs cut the fraction of a day that a workbook keeps at the sixth decimal, which loses this much at most.
DAY_FRACTION = datetime.timedelta(milliseconds=50)
#: What reckoning with fractions of a day loses; midnight itself, a whole day, loses no more than this.
NOISE = datetime.timedelta(microseconds=500)
#: Days may lie far away: papers are valid until 9999-12-31.
FIRST_DAY_YEAR = "1900"
#: What exporters put before a number so that a spreadsheet leaves it alone, or around it: ="0012".
PROTECTING = frozenset("'`=")
_PROTECTED = re.compile(r'="([^"]*)"')
#: A text with ' before it that a spreadsheet would have taken as a formula or a number; see `workbook.neutral`.
_NEUTRALISED = re.compile(r"'[=+\-@\t\r0-9]")
#: What a spreadsheet shows instead of a result, or of a number that is wider than its column.
_ERROR = re.compile(
    r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|FIELD!|BLOCKED!|UNKNOWN!|CONNECT!|BUSY!|"
    r"GETTING_DATA|#+)|Err:[0-9]{3}",
    re.IGNORECASE,
)
#: Cells that hold nothing of their own, though a person sees something in them.
_WITHOUT_VALUE = {
    NO_RESULT: _lt("the cell holds a formula without a result: open the file in Excel, save it and load it again"),
    MERGED: _lt("the cell is merged with another one: unmerge it and fill in each row"),
}
#: Control characters, of which tab and U+001F protect numbers; a line break within a text is kept.
_CONTROL = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\xa0]")
#: A long number as a spreadsheet shows it: most of its digits are lost.
_SCIENTIFIC = re.compile(r"[+-]?[0-9](?:\.[0-9]+)?E\+[0-9]{2,3}|[+-]?[0-9]\.[0-9]+E-[0-9]{2,3}")
#: A whole number that a program has made a decimal, as one does with a column in which a cell is empty.
_WHOLE_DECIMAL = re.compile(r"[0-9]+\.0*")
_MONTHS = "JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC"
#: What spreadsheets make of codes such as 1-2; spaces are gone.
_DATE_LIKE = re.compile(
    rf"""(?:[0-9]{{1,2}}月[0-9]{{1,2}}日
    |[0-9]{{2,4}}年[0-9]{{1,2}}月(?:[0-9]{{1,2}}日)?
    |[0-9]{{1,2}}-(?:{_MONTHS})(?:-[0-9]{{2,4}})?
    |(?:{_MONTHS})-[0-9]{{2,4}}
    |[0-9]{{4}}/[0-9]{{1,2}}/[0-9]{{1,2}}
    |[0-9]{{1,2}}/[0-9]{{1,2}}/[0-9]{{4}}
    |[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})(?:T?[0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}})?)?
    |[0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}})?""",
    re.VERBOSE,
)
#: What stands for no end, in columns of last days, where it is an empty cell.
_ENDLESS = re.compile(r"长期(?:有效)?|永久(?:有效)?|无(?:限)?期(?:限)?|不限(?:期)?|至今|无|[-—/]+")
#: Zero as Excel's accounting formats show it.
_DASH_ZERO = re.compile(r"¥?-{1,2}")
_MONEY = re.compile(r"(-?)¥?(-?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]*)?元?")
_TIME = (
    r"(?:(?P<mark>\ ?T?\ ?)(?P<hour>\d{1,2}):(?P<minute>\d{1,2})"
    r"(?::(?P<second>\d{1,2})(?:\.\d+)?)?(?P<zone>Z|[+-]\d\d:?\d\d)?)?"
)
#: Days and times as spreadsheets and exporters write them, the year first: that can be read in one way only.
_YEAR_FIRST = (
    re.compile(rf"(?P<year>\d{{4}})(?P<between>[-/.])(?P<month>\d{{1,2}})(?P=between)(?P<day>\d{{1,2}}){_TIME}", re.X),
    re.compile(rf"(?P<year>\d{{4}})年(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})日{_TIME}", re.X),
    re.compile(
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
        r"(?:(?P<mark>)(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})(?P<zone>)?)?"
    ),
)
#: The same with the year last, for files of which somebody has said which number is the month.
_YEAR_LAST = {
    "dmy": (re.compile(rf"(?P<day>\d{{1,2}})[-/.](?P<month>\d{{1,2}})[-/.](?P<year>\d{{4}}){_TIME}", re.X),),
    "mdy": (re.compile(rf"(?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})[-/.](?P<year>\d{{4}}){_TIME}", re.X),),
}
#: A time as ISO 8601 writes it, without its zone.
_NO_ZONE = re.compile(r"\d{4}-\d\d-\d\d ?T ?\d\d:\d\d(?::\d\d(?:\.\d+)?)?")
#: What databases write for no time.
_NO_TIME = re.compile(r"0000[-/]00?[-/]00?(?: 00?:00(?::00)?)?")


class CellError(ValueError):
    """A cell is not of its column's form; the argument is the sentence that says so."""


class RowError(Exception):
    """A row cannot be taken.

    :param heading: heading of the column at fault, or None for the row as a whole
    :param reason: short code of the reason, as exported ("key", "region", …)
    :param message: translated sentence: what is wrong and what to do
    """

    def __init__(self, heading, reason, message):
        super().__init__(message)
        self.heading = heading
        self.reason = reason
        self.message = message


def cell_text(cell):
    """The text that a person sees in the cell, without surrounding spaces, invisible characters and protection.

    :raise CellError: the cell holds an error of a spreadsheet

    >>> cell_text(2.0), cell_text(0.1 + 0.2), cell_text(0.00001), cell_text(" a "), cell_text(None)
    ('2', '0.3', '0.00001', 'a', '')
    >>> cell_text('="0012"'), cell_text("`0012"), cell_text("'0012"), cell_text("茶\\u200b叶"), cell_text("'茶'")
    ('0012', '0012', '0012', '茶叶', "'茶'")
    """
    if isinstance(cell, str):
        text = cell.strip()
        if not text.isprintable() or text[:1] in PROTECTING:
            text = _unprotected(text)
        if text in _WITHOUT_VALUE:
            raise CellError(_WITHOUT_VALUE[text])
        if _ERROR.fullmatch(text):
            raise CellError(_lt("the cell holds the error %(error)s: correct the formula or the width", error=text))
        return text
    if cell is None:
        return ""
    if isinstance(cell, float):
        text = format(cell + 0.0, f".{EXACT_DIGITS}g")  # -0.0 is 0
        return format(Decimal(text), "f") if "e" in text else text
    return str(cell)


def _unprotected(text):
    """A text as it was before an exporter protected it; what is not protection stays."""
    text = _CONTROL.sub(" ", remove_invisible(text)).strip()
    if protected := _PROTECTED.fullmatch(text):
        return protected[1].strip()
    if text.startswith("`") or _NEUTRALISED.match(text):
        return text[1:].strip()
    return text


def check_is_no_number(cell):
    """A workbook holds a day as a number, which only the cell's format tells from others.

    :raise CellError: the format is missing
    """
    if isinstance(cell, (int, float)):
        raise CellError(
            _lt("the workbook holds the number %(cell)s, no date: give the column a date format", cell=cell_text(cell))
        )


def _whole_seconds(moment):
    """The time of a date cell in whole seconds; one before midnight stays in its day, as the same text does."""
    nearest = moment + DAY_FRACTION
    if nearest.date() != moment.date():
        nearest = moment + NOISE
    return nearest.replace(microsecond=0)


def check_is_not_cut(text):
    """A spreadsheet shows a long number as 1.38001E+10, and most of its digits are lost in what it exports.

    :raise CellError: the text is such a number
    """
    if _SCIENTIFIC.fullmatch(text):
        raise CellError(
            _lt(
                "“%(cell)s”: a number has been cut by a spreadsheet; export it again with the column as text",
                cell=text,
            )
        )


def check_is_no_whole_decimal(text):
    """A program writes 1 as 1.0 where it takes a column for numbers: another key, by which the row is paid again.

    :raise CellError: the text is such a number
    """
    if _WHOLE_DECIMAL.fullmatch(text):
        raise CellError(
            _lt(
                "“%(cell)s”: a program has made a decimal of the number %(number)s; export it again with the column as "
                "text",
                cell=text,
                number=text.partition(".")[0],
            )
        )


def read_moment(text, order=None):
    """A time or a day as a person or a program has written it.

    :param order: "dmy" or "mdy" when the year stands last in the file
    :return: (naive datetime in China, whether it has a time of day), or None when it cannot be read in one way

    >>> read_moment("2022年3月11日 10:00"), read_moment("3/4/2022")
    ((datetime.datetime(2022, 3, 11, 10, 0), True), None)
    >>> read_moment("2022-03-11T02:00:00Z"), read_moment("3/4/2022", "dmy")
    ((datetime.datetime(2022, 3, 11, 10, 0), True), (datetime.datetime(2022, 4, 3, 0, 0), False))
    """
    for form in _forms(order):
        if match := form.fullmatch(text):
            parts = match.groupdict()
            zone, has_mark = parts["zone"], "T" in (parts["mark"] or "")
            if has_mark and not zone:
                return None  # ISO 8601 says local time, and many programs mean UTC
            numbers = [int(parts[name] or 0) for name in ("year", "month", "day", "hour", "minute", "second")]
            try:
                moment = datetime.datetime(*numbers)
                if zone:
                    offset = datetime.datetime.strptime(zone.replace("Z", "+0000"), "%z").tzinfo
                    moment = moment.replace(tzinfo=offset).astimezone(CHINA).replace(tzinfo=None)
            except (ValueError, OverflowError):
                return None
            return moment, parts["hour"] is not None
    return None


def _forms(order):
    return (*_YEAR_FIRST, *_YEAR_LAST.get(order, ()))


def check_exists(text, order=None):
    """A day of the right form that its month has not, such as 31 June.

    :raise CellError: the text is such a day
    """
    for form in _forms(order):
        if match := form.fullmatch(text):
            year, month, day = (int(match[name]) for name in ("year", "month", "day"))
            if year and 1 <= month <= 12 and monthrange(year, month)[1] < day <= 31:
                raise CellError(
                    _lt(
                        "“%(cell)s” is a day that does not exist: month %(month)s of %(year)s has %(count)s days",
                        cell=text,
                        month=month,
                        year=year,
                        count=monthrange(year, month)[1],
                    )
                )


class Kind:
    """What the cells of a column hold; :meth:`read_all` is :meth:`read` for many, and faster."""

    #: type of the staging column
    sql_type = "text"

    def read(self, cell):
        """The cell as text for COPY, "" when it is empty.

        :raise CellError: it is malformed
        """
        raise NotImplementedError

    def value(self, staged):
        """The value of a row, from what PostgreSQL gives for the staged cell."""
        return staged

    def compared(self, staged):
        """SQL of what tells a staged cell from another, given the SQL of its column."""
        return staged

    def read_all(self, cells):
        """The same for the cells of a column, most of which repeat one another."""
        if bool in set(map(type, cells)):  # True is 1, but is written otherwise
            return list(map(self.read, cells))
        read = {cell: self.read(cell) for cell in set(cells)}
        return list(map(read.__getitem__, cells))


class Text(Kind):
    """Any text, surrounding spaces removed."""

    longest = LONGEST_TEXT

    def read(self, cell):
        """The text, without surrounding spaces."""
        return self._bounded(cell_text(cell))

    def _bounded(self, text):
        if len(text) > self.longest:
            raise CellError(
                _lt("has %(length)s characters, and %(most)s are the most", length=len(text), most=self.longest)
            )
        return text

    def read_all(self, cells):
        """The same for many cells."""
        try:
            texts = list(map(str.strip, cells))
        except TypeError:  # the numbers of a workbook
            return super().read_all(cells)
        together = "".join(texts)
        is_plain = together.isprintable() and "#" not in together and "Err:" not in together
        if not is_plain or not PROTECTING.isdisjoint(together):
            return super().read_all(cells)
        return texts if max(map(len, texts), default=0) <= self.longest else super().read_all(cells)


class Phone(Text):
    """A text that holds numbers which nobody reckons with, such as phones; one that a program has changed is refused.

    >>> Phone().read(13800138000.0), Phone().read(" 0718-822 0000 ")
    ('13800138000', '0718-822 0000')
    """

    def read(self, cell):
        """The text.

        :raise CellError: a spreadsheet has cut the number, or a program has made a decimal of it
        """
        text = super().read(cell)
        check_is_not_cut(half_width(text).upper())
        check_is_no_whole_decimal(half_width(text))
        return text

    def read_all(self, cells):
        """The same for many cells."""
        return Kind.read_all(self, cells)


class Code(Text):
    """A code: spaces removed, full-width to half-width, upper case (shared rule of all loads)."""

    longest = LONGEST_CODE

    def read(self, cell):
        """The cleaned code.

        :raise CellError: a program has made something else of it: a number, a decimal, a date, an error
        """
        if isinstance(cell, (int, float)) and abs(cell) >= 10**EXACT_DIGITS:
            raise CellError(_lt("the workbook holds this code as a number and has cut its digits; format as text"))
        if isinstance(cell, float) and not cell.is_integer():
            raise CellError(
                _lt("the workbook holds the number %(cell)s, no code: format the column as text", cell=cell_text(cell))
            )
        if isinstance(cell, (datetime.date, datetime.time, datetime.timedelta)):
            raise CellError(_lt("a spreadsheet has made a date of this code: format the column as text, type it again"))
        text = cell_text(cell)
        if text.isascii() and text.isalnum():
            return self._bounded(text.upper())
        text = clean_code(text).lstrip("'`‘’")
        check_is_not_cut(text)
        check_is_no_whole_decimal(text)
        if _DATE_LIKE.fullmatch(text):
            raise CellError(
                _lt("“%(cell)s”: a spreadsheet has made a date of this code; export it again as text", cell=text)
            )
        return self._bounded(text)

    def read_all(self, cells):
        """The same for many cells, most of which are clean."""
        try:
            text = "".join(cells)
        except TypeError:  # the numbers of a workbook
            return Kind.read_all(self, cells)
        if not (text.isascii() and text.isalnum()) or max(map(len, cells)) > self.longest:
            return Kind.read_all(self, cells)
        return cells if text == text.upper() else [cell.upper() for cell in cells]


class Number(Kind):
    """A decimal number, exact.

    :param decimals: most decimals that count; more of them are refused unless they are zeros
    :param is_plain: refuse a number with thousands separators, full-width digits or a sign of yuan

    >>> Number(4, is_plain=True).read("159.09")
    '159.09'
    """

    sql_type = "numeric"

    def __init__(self, decimals, *, is_plain=False):
        self.decimals = decimals
        self.is_plain = is_plain
        # Possessive throughout: a faulty cell among thousands must not send the search back and forth.
        number = rf"-?+[0-9]{{1,12}}+(?:\.[0-9]{{0,{decimals}}}+0*+)?+"
        self._matches = re.compile(number).fullmatch
        self._is_big = re.compile(r"-?+[0-9]{13,}+(?:\.[0-9]*+)?+").fullmatch
        self._all_match = re.compile(rf"(?:(?:{number})?+\n)*+").fullmatch

    def read(self, cell):
        """The number as it is written."""
        text = cell_text(cell)
        if self._matches(text):
            return text
        if not text:
            return ""
        plain = self._plain(text)
        if plain:
            return plain
        if self._is_big(text):
            raise CellError(_lt("“%(cell)s” is too big: 12 digits before the point are the most", cell=text))
        raise CellError(self._fault(text))

    def _fault(self, text):
        return _lt(
            "“%(cell)s” is not a number with at most %(decimals)s decimals",
            cell=text,
            decimals=self.decimals,
        )

    def _plain(self, text):
        """The number of a text with thousands separators, full-width digits or a sign of yuan, or None.

        A dash alone, or two, is how accounting formats show zero.
        """
        if self.is_plain:
            return None
        narrow = half_width(text)
        if _DASH_ZERO.fullmatch("".join(narrow.split())):
            return "0"
        match = _MONEY.fullmatch(narrow)
        if not match or (match[1] and match[2]):
            return None
        plain = f"{match[1] or match[2]}{match[3].replace(',', '')}{match[4] or ''}"
        return plain if self._matches(plain) else None

    def value(self, staged):
        """The exact number."""
        return Decimal(staged)

    def compared(self, staged):
        """Its value: 100 and 100.00 are the same."""
        return SQL("trim_scale(%s)", staged)

    def read_all(self, cells):
        """The same for many cells, most of which are numbers."""
        try:
            text = "\n".join(cells) + "\n"
        except TypeError:  # the numbers of a workbook
            return super().read_all(cells)
        if text.count("\n") == len(cells) and self._all_match(text):
            return cells
        return super().read_all(cells)


class Share(Number):
    """A share such as a rate, where 0.088 and 8.8% are the same; without the sign nothing is reckoned.

    >>> [Share(6).read(cell) for cell in ("8.8%", "0.088", "12％", "100%", "8.8")]
    ['0.088', '0.088', '0.12', '1.00', '8.8']
    """

    def _plain(self, text):
        narrow = half_width(text)
        if not narrow.endswith("%"):
            return super()._plain(text)
        percent = super()._plain(narrow.removesuffix("%").rstrip())
        plain = percent and format(Decimal(percent).scaleb(-2), "f")
        return plain if plain and self._matches(plain) else None

    def _fault(self, text):
        return _lt(
            "“%(cell)s” is no share with at most %(decimals)s decimals: write 0.088 or 8.8%%",
            cell=text,
            decimals=self.decimals,
        )


class Moment(Kind):
    """A point in China local time, `YYYY-MM-DD HH:MM:SS` or a date cell of a workbook.

    Other forms are taken where they can be read in one way only.

    :param takes_days: whether a day without a time of day is enough
    :param order: "dmy" or "mdy" when the year may stand last
    """

    sql_type = "timestamp"
    _MARK_POSITIONS = (4, 7, 10, 13, 16)
    _MARKS = ["-", "-", " ", ":", ":"]

    def __init__(self, takes_days=False, order=None):
        self.takes_days = takes_days
        self.order = order

    def read(self, cell):
        """The time as PostgreSQL takes it, in China local time; "" for 0000-00-00 too."""
        check_is_no_number(cell)
        if isinstance(cell, datetime.datetime):
            text = _whole_seconds(cell).isoformat(" ")
        elif isinstance(cell, datetime.date):
            text = f"{cell.isoformat()} 00:00:00"
        else:
            text = cell_text(cell)
        if not text or _NO_TIME.fullmatch(text):
            return ""
        with suppress(ValueError):
            if len(text) == 19 and self._marks([text]) == self._MARKS:
                datetime.datetime.fromisoformat(text)
                return self._bounded(text)
        moment = read_moment(half_width(text), self.order)
        if moment and (moment[1] or self.takes_days):
            return self._bounded(moment[0].isoformat(" "))
        if moment:
            raise CellError(_lt("“%(cell)s” is a day without a time of day, as in 2022-01-31 23:59:59", cell=text))
        if _NO_ZONE.fullmatch(text):
            raise CellError(
                _lt("“%(cell)s” does not say of which time zone it is: write 2022-01-31 23:59:59", cell=text)
            )
        check_exists(half_width(text), self.order)
        raise CellError(_lt("“%(cell)s” is not a time of the form 2022-01-31 23:59:59", cell=text))

    def _bounded(self, text):
        if not FIRST_YEAR <= text[:4] <= LAST_YEAR:
            raise CellError(_lt("“%(cell)s” is not a time of the years 2000 to 2100", cell=text))
        return text

    def value(self, staged):
        """The time in UTC, without a zone."""
        return to_utc(staged)

    def read_all(self, cells):
        """The same for many cells, most of which are proper."""
        with suppress(TypeError, ValueError):  # date cells of a workbook, or a faulty one
            if not "".join(cells):
                return cells
            written = list(filter(None, cells))
            if set(map(len, written)) == {19} and self._marks(written) == self._MARKS:
                deque(map(datetime.datetime.fromisoformat, written), maxlen=0)
                if min(written) >= FIRST_YEAR and max(written)[:4] <= LAST_YEAR:
                    return cells
        return super().read_all(cells)

    def _marks(self, texts):
        """What stands between the digits of the texts; ISO 8601 knows many more forms."""
        together = "".join(texts)
        return ["".join(sorted(set(together[position::19]))) for position in self._MARK_POSITIONS]


class Day(Kind):
    """A day, `YYYY-MM-DD` or a date cell of a workbook; other forms where they can be read in one way only.

    :param order: "dmy" or "mdy" when the year may stand last
    :param is_last: the column holds last days, and is empty where there is none
    """

    sql_type = "date"

    def __init__(self, order=None, is_last=False):
        self.order = order
        self.is_last = is_last

    def read(self, cell):
        """The day as PostgreSQL takes it."""
        check_is_no_number(cell)
        # a datetime is a date too
        text = cell.isoformat()[:10] if isinstance(cell, datetime.date) else cell_text(cell)
        if not text:
            return ""
        moment = read_moment(half_width(text), self.order)
        if moment and moment[0].time() == datetime.time.min:
            day = moment[0].date().isoformat()
            if day >= FIRST_DAY_YEAR:
                return day
        if self.is_last and _ENDLESS.fullmatch(half_width(text)):
            raise CellError(_lt("“%(cell)s” is not a day: leave the cell empty where there is no last day", cell=text))
        check_exists(half_width(text), self.order)
        raise CellError(_lt("“%(cell)s” is not a day of the form 2022-01-31", cell=text))


class Choice(Kind):
    """One of a few words, given as word of the file → what is stored."""

    def __init__(self, choices):
        self.choices = choices

    def read(self, cell):
        """What is stored for the word."""
        text = cell_text(cell)
        if text in self.choices:
            return self.choices[text]
        if (narrow := "".join(half_width(text).split())) in self.choices:
            return self.choices[narrow]
        if not text:
            return ""
        raise CellError(
            _lt(
                "“%(cell)s” is not one of: %(choices)s",
                cell=text,
                choices=", ".join(self.choices),
            )
        )


@dataclass(frozen=True)
class Column:
    """One column of a profile.

    :param name: name in the staging table and in the values of a row
    :param heading: heading in the file
    :param kind: how its cells are read
    :param required: an empty cell rejects the row
    :param reason: short code of the reason when the cell is missing or malformed
    :param aliases: other headings that the column may have
    """

    name: str
    heading: str
    kind: object
    required: bool = True
    reason: str = "invalid"
    aliases: tuple = ()

    @property
    def headings(self):
        """Its heading and the other ones."""
        return (self.heading, *self.aliases)

    def read(self, cell):
        """The cell's value as text for COPY, "" when it is empty.

        :raise CellError: the cell is malformed, or empty though required
        """
        value = self.kind.read(cell)
        if not value and self.required:
            raise CellError(_lt("is missing"))
        return value

    def read_all(self, cells):
        """The same for many cells, which is faster."""
        values = self.kind.read_all(cells)
        if self.required and "" in values:
            raise CellError(_lt("is missing"))
        return values

"""Columns of a file: how a cell is read, and what is said when it cannot be.

A kind turns one cell (a string of a CSV, or what a workbook holds: string, number, date) into
the text that PostgreSQL's COPY takes, "" for an empty cell. It never guesses: a cell that
is not of its form raises :class:`CellError` with a sentence for the person who corrects it.

>>> Number(2).read("29.330"), Number(2).read(29.33), Code().read(" fw-１ ")
('29.330', '29.33', 'FW-1')
>>> Moment().read("2022-01-01 06:02:43")
'2022-01-01 06:02:43'
"""

import datetime
import re
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from odoo.addons.rural_base.china_time import to_utc
from odoo.addons.rural_base.codes import clean_code

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
#: Days may lie far away: papers are valid until 9999-12-31.
FIRST_DAY_YEAR = "1900"


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
    """The text that a person sees in the cell, without surrounding spaces.

    >>> cell_text(2.0), cell_text(0.1 + 0.2), cell_text(0.00001), cell_text(" a "), cell_text(None)
    ('2', '0.3', '0.00001', 'a', '')
    """
    if isinstance(cell, str):
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, float):
        text = format(cell, f".{EXACT_DIGITS}g")
        return format(Decimal(text), "f") if "e" in text else text
    return str(cell)


def check_is_no_number(cell):
    """A workbook holds a day as a number, which only the cell's format tells from others.

    :raise CellError: the format is missing
    """
    if isinstance(cell, float):
        raise CellError(
            _lt("the workbook holds the number %(cell)s, no date: give the column a date format", cell=cell_text(cell))
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
        known = {cell: self.read(cell) for cell in set(cells)}
        return list(map(known.__getitem__, cells))


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
        return texts if max(map(len, texts), default=0) <= self.longest else super().read_all(cells)


class Code(Text):
    """A code: spaces removed, full-width to half-width, upper case (shared rule of all loads)."""

    longest = LONGEST_CODE

    def read(self, cell):
        """The cleaned code."""
        if isinstance(cell, float) and abs(cell) >= 10**EXACT_DIGITS:
            raise CellError(_lt("the workbook holds this code as a number and has cut its digits; format as text"))
        text = cell if isinstance(cell, str) else cell_text(cell)
        return self._bounded(text.upper() if text.isascii() and text.isalnum() else clean_code(text))

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
    """

    sql_type = "numeric"

    def __init__(self, decimals):
        self.decimals = decimals
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
        if self._is_big(text):
            raise CellError(_lt("“%(cell)s” is too big: 12 digits before the point are the most", cell=text))
        raise CellError(
            _lt(
                "“%(cell)s” is not a number with at most %(decimals)s decimals",
                cell=text,
                decimals=self.decimals,
            )
        )

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


class Moment(Kind):
    """A point in China local time, `YYYY-MM-DD HH:MM:SS` or a date cell of a workbook."""

    sql_type = "timestamp"
    _MARK_POSITIONS = (4, 7, 10, 13, 16)
    _MARKS = ["-", "-", " ", ":", ":"]

    def read(self, cell):
        """The time as PostgreSQL takes it, in China local time."""
        check_is_no_number(cell)
        if isinstance(cell, datetime.datetime):
            text = (cell + DAY_FRACTION).replace(microsecond=0).isoformat(" ")
        elif isinstance(cell, datetime.date):
            text = f"{cell.isoformat()} 00:00:00"
        else:
            text = cell_text(cell)
        if not text:
            return ""
        with suppress(ValueError):
            if len(text) == 19 and self._marks([text]) == self._MARKS:
                datetime.datetime.fromisoformat(text)
                return self._bounded(text)
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
            written = list(filter(None, cells))
            if not written:
                return cells
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
    """A day, `YYYY-MM-DD` or a date cell of a workbook."""

    sql_type = "date"

    def read(self, cell):
        """The day as PostgreSQL takes it."""
        check_is_no_number(cell)
        # a datetime is a date too
        text = cell.isoformat()[:10] if isinstance(cell, datetime.date) else cell_text(cell)
        if not text:
            return ""
        with suppress(ValueError):
            if len(text) == 10 and text[4] == text[7] == "-" and text >= FIRST_DAY_YEAR:
                return datetime.date.fromisoformat(text).isoformat()
        raise CellError(_lt("“%(cell)s” is not a day of the form 2022-01-31", cell=text))


class Choice(Kind):
    """One of a few words, given as what the file says → what is stored."""

    def __init__(self, choices):
        self.choices = choices

    def read(self, cell):
        """What is stored for the word."""
        text = cell_text(cell)
        if text in self.choices:
            return self.choices[text]
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
    """

    name: str
    heading: str
    kind: object
    required: bool = True
    reason: str = "invalid"

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

"""What PostgreSQL's COPY … FROM STDIN (NULL '') takes: columns as they come, without the whole file in memory."""

import io
import tempfile

import psycopg2

from odoo.tools import SQL

from .sql import names

#: Bytes that COPY asks for at a time.
COPY_BYTES = 1 << 18
#: Bytes of a spool beyond which it lies on disk.
SPOOL_BYTES = 1 << 24

_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def copy_text(columns):
    r"""The lines of a table, in UTF-8; cells are escaped only where there is something to escape.

    :param columns: list of columns of the same height; a column is a sequence of text, "" where there is nothing

    >>> copy_text([["1", "2"], ["茶", "a\\b"]]).decode()
    '1\t茶\n2\ta\\\\b\n'
    """
    width, height = len(columns), len(columns[0])
    text = "\n".join([*map("\t".join, zip(*columns, strict=True)), ""]).encode()
    marks = text.count(b"\n"), text.count(b"\t"), text.count(b"\\"), text.count(b"\r")
    if marks == (height, height * (width - 1), 0, 0):
        return text
    rows = zip(*columns, strict=True)
    return "".join("\t".join(cell.translate(_ESCAPES) for cell in row) + "\n" for row in rows).encode()


class CopyStream(io.RawIOBase):
    """A file made from batches as they come.

    :param batches: iterable of what :func:`copy_text` takes
    """

    def __init__(self, batches):
        super().__init__()
        self._batches = iter(batches)
        self._rest = memoryview(b"")
        #: what went wrong with the batches, once reading has failed
        self.error = None

    def read(self, size=-1):
        """At most `size` bytes; none at the end.

        :raise OSError: something went wrong with the batches. It comes without the words of :attr:`error`, which the
            database's driver would ask for while they cannot be translated.
        """
        try:
            while not self._rest:
                batch = next(self._batches, None)
                if batch is None:
                    return b""
                self._rest = memoryview(copy_text(batch))
        except Exception as error:
            self.error = error
            raise OSError from None
        result, self._rest = self._rest[:size], self._rest[size:]
        return bytes(result)

    def copy(self, cr, table, columns):
        """Have the rows taken in.

        :param SQL table: into which table
        :param columns: names of its columns, in the order of the batches'
        :raise: what the batches have raised
        """
        try:
            _copy(cr, table, columns, self)
        except psycopg2.Error as error:
            raise self.error or error from error


class CopySpool(tempfile.SpooledTemporaryFile):
    """Rows that wait until another COPY has ended: few in memory, many on disk."""

    def __init__(self):
        super().__init__(SPOOL_BYTES)

    def __bool__(self):
        return self.tell() > 0

    def add(self, columns):
        """Add rows, in columns as :func:`copy_text` takes them."""
        self.write(copy_text(columns))

    def copy(self, cr, table, columns):
        """Have the rows taken in by a table, into its columns of these names."""
        self.seek(0)
        _copy(cr, table, columns, self)


def _copy(cr, table, columns, stream):
    cr.copy_expert(SQL("COPY %s (%s) FROM STDIN (NULL '')", table, names(columns)).code, stream, COPY_BYTES)

"""Pieces of SQL that the profiles of loads are made of."""

from odoo.tools import SQL

#: The temporary table of a file's rows, see `rural.load.staging`.
STAGING = SQL.identifier("rural_load_staging")


def distinct_table(thing):
    """The temporary table of the distinct values of a thing, see `rural.load.staging`."""
    return SQL.identifier(f"rural_load_distinct_{thing}")


def names(columns, prefix=None):
    """The columns as an SQL list, each with the prefix of a table when one is given."""
    return SQL(", ").join(SQL.identifier(*filter(None, (prefix, name))) for name in columns)

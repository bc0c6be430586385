"""Fields for what files bring: codes, and tables of millions of rows."""

from odoo import fields

from odoo.addons.rural_base.codes import clean_code


class CodeChar(fields.Char):
    """A code by which files name a record, kept in its one form whoever writes it.

    A search takes the code as it is given: clean it first.
    """

    def convert_to_cache(self, value, record, validate=True):
        """Return the clean code, None for an empty one."""
        return super().convert_to_cache((value and clean_code(value)) or None, record, validate)

    def convert_to_column(self, value, record, values=None, validate=True):
        """Return the clean code; what a search compares with may be empty and is never NULL (validate=False)."""
        if value == "" and not validate:
            return value
        return super().convert_to_column(value, record, values, validate)


class LeanMany2one(fields.Many2one):
    """A Many2one without a foreign key in the database.

    A foreign key looks up its target again for each row that a load writes, though the load has
    just taken the id from there, in the same transaction: nine of them cost more than all the
    rest. The model that uses this field refuses the deletion of what its rows point to.
    """

    def update_db_foreign_key(self, model, column):
        """Leave the column without one."""

"""Fields for tables of millions of rows."""

from odoo import fields


class LeanMany2one(fields.Many2one):
    """A Many2one without a foreign key in the database.

    A foreign key looks up its target again for each row that a load writes, though the load has
    just taken the id from there, in the same transaction: nine of them cost more than all the
    rest. The model that uses this field refuses the deletion of what its rows point to.
    """

    def update_db_foreign_key(self, model, column):
        """Leave the column without one."""

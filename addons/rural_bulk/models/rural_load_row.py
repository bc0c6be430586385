from odoo import fields, models
from odoo.tools import SQL

from ..fields import LeanMany2one

OUTCOMES = ("new", "updated", "unchanged", "duplicate", "rejected")


class RuralLoadRow(models.Model):
    """What became of each row of a file, for whoever wants to know it of every row.

    As many as there are rows in all files: written in bulk, never through the ORM, with no other
    index than one that costs nothing on a table that only grows.
    """

    _name = "rural.load.row"
    _description = "Row of a Data Load"
    _auto = False
    _log_access = False
    _order = "run_id desc, row_number"
    _rec_name = "row_number"

    run_id = LeanMany2one("rural.load.run", "Load", readonly=True)
    row_number = fields.Integer("Row", readonly=True)
    record_key = fields.Char("Key", readonly=True, help="Of a duplicate, which has no record of its own.")
    record_id = fields.Integer(readonly=True, help="Number of the record in its model.")
    outcome = fields.Selection(
        [
            ("new", "New"),
            ("updated", "Updated"),
            ("unchanged", "Unchanged"),
            ("duplicate", "Duplicate"),
        ],
        readonly=True,
    )

    def init(self):
        """Create the table."""
        self.env.cr.execute(
            SQL(
                """
                CREATE TABLE IF NOT EXISTS rural_load_row (
                    id bigint GENERATED ALWAYS AS IDENTITY,
                    run_id integer NOT NULL,
                    row_number integer NOT NULL,
                    record_id integer,
                    record_key varchar,
                    outcome varchar NOT NULL
                );
                CREATE INDEX IF NOT EXISTS rural_load_row_by_run ON rural_load_row USING brin (run_id)
                """
            )
        )


class RuralLoadProgress(models.Model):
    """How far a load is, for other sessions to see while its own transaction goes on."""

    _name = "rural.load.progress"
    _description = "Progress of a Data Load"
    _log_access = False

    run_id = LeanMany2one("rural.load.run", "Load", required=True, readonly=True)
    rows_read = fields.Integer(required=True, readonly=True)

    _one_per_run = models.UniqueIndex("(run_id)")

from odoo import api, fields, models
from odoo.tools import SQL

from ..fields import LeanMany2one
from ..sql import STAGING

#: Rows of a file that are kept together.
BLOCK = 1000


class RuralLoadLedger(models.Model):
    """What became of every row of a file.

    There are as many rows as in all files together, and they are read by the file only: so a
    thousand of them make one record of arrays, a twentieth of the space and time of a thousand
    records. Rejected rows are told by `rural.load.issue`.
    """

    _name = "rural.load.ledger"
    _description = "Ledger of a Data Load"
    _auto = False
    _log_access = False
    _order = "run_id, block"
    _rec_name = "block"

    run_id = LeanMany2one("rural.load.run", "Load", readonly=True)
    block = fields.Integer(readonly=True)

    def init(self):
        """Create the table."""
        self.env.cr.execute(
            SQL(
                """
                CREATE TABLE IF NOT EXISTS rural_load_ledger (
                    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                    run_id integer NOT NULL,
                    block integer NOT NULL,
                    row_numbers integer[] NOT NULL,
                    outcomes varchar[] NOT NULL,
                    record_ids integer[] NOT NULL,
                    record_keys varchar[] NOT NULL,
                    UNIQUE (run_id, block)
                )
                """
            )
        )

    @api.model
    def _enter(self, run, key):
        """Write down what became of the staged rows of a load.

        :param SQL key: a row's key as a person reads it, kept for duplicates, which have no record
        """
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO rural_load_ledger
                       (run_id, block, row_numbers, outcomes, record_ids, record_keys)
                SELECT %s, row_number / %s, array_agg(row_number), array_agg(outcome),
                       array_agg(record_id), array_agg(CASE WHEN outcome = 'duplicate' THEN %s END)
                  FROM %s WHERE outcome <> 'rejected' GROUP BY 2
                """,
                run.id,
                BLOCK,
                key,
                STAGING,
            )
        )

    @api.model
    def _rows(self, run):
        """SQL of the rows of a load that were not rejected.

        Columns: row_number, outcome (new, updated, unchanged, duplicate), record_id, record_key.
        """
        return SQL(
            """(
            SELECT row.* FROM rural_load_ledger AS ledger
             CROSS JOIN LATERAL unnest(row_numbers, outcomes, record_ids, record_keys)
                   AS row (row_number, outcome, record_id, record_key)
             WHERE ledger.run_id = %s)""",
            run.id,
        )

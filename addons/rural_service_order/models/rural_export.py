from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.rural_base.amounts import cents

from ..eligibility import EARNING


class RuralExport(models.AbstractModel):
    _inherit = "rural.export"

    @api.model
    def _exports(self):
        return {**super()._exports(), "rows": self._rows, "turnover": self._turnover}

    def _rows(self, company, run):
        """What became of each row of a load of orders: outcome, reason and fee (SC-10, SC-15).

        :param run: the load; the company's last load of orders when not given
        """
        self._check_run(run, "orders")
        run = run or self.env["rural.load.run"].search(
            [
                ("profile", "=", "orders"),
                ("state", "=", "done"),
                ("company_id", "=", company.id),
            ],
            limit=1,
        )
        if not run:
            raise UserError(self.env._("No orders have been loaded yet."))
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT row.row_number, line.order_number, line.line_number, 'loaded',
                       CASE WHEN line.outcome = ANY(%(earning)s) THEN 'eligible'
                            ELSE line.outcome END,
                       line.fee
                  FROM %(ledger)s AS row
                  JOIN rural_order_line AS line ON line.id = row.record_id
                 WHERE row.outcome <> 'duplicate'
                UNION ALL
                SELECT row.row_number, split_part(record_key, ' / ', 1),
                       split_part(record_key, ' / ', 2), row.outcome, '', NULL
                  FROM %(ledger)s AS row
                 WHERE row.outcome = 'duplicate'
                UNION ALL
                SELECT row_number, split_part(record_key, ' / ', 1),
                       split_part(record_key, ' / ', 2), 'rejected', reason, NULL
                  FROM rural_load_issue WHERE run_id = %(run)s AND kind = 'rejected'
              ORDER BY 1
                """,
                run=run.id,
                ledger=self.env["rural.load.ledger"]._rows(run),
                earning=list(EARNING),
            )
        )
        rows = (
            (*row, reason, cents(fee) if reason == "eligible" else None if fee is None else 0)
            for *row, reason, fee in self.env.cr.fetchall()
        )
        return ["row", "order", "line", "outcome", "reason", "fee"], rows

    def _turnover(self, company, run):
        """Completed amounts less refunds by county and month of completion (SC-10, SC-16)."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT region.code, to_char(line.completion_month, 'YYYY-MM'), sum(line.net_amount)
                  FROM rural_order_line AS line
                  JOIN rural_region AS region ON region.id = line.region_id
                 WHERE line.company_id = %s AND line.state = 'completed'
              GROUP BY region.code, line.completion_month
              ORDER BY region.code, line.completion_month
                """,
                company.id,
            )
        )
        rows = ((region, month, cents(amount)) for region, month, amount in self.env.cr.fetchall())
        return ["region", "month", "amount"], rows

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.rural_service_order.eligibility import EARNING


class RuralDue(models.AbstractModel):
    """What is still to be settled: the one rule of statements, adjustments and their months (SC-13, SC-15).

    For each order line, center and supplier:

        due = what the line is worth now - what the live statements have settled already

    Nothing is settled twice because what is settled is taken off, and nothing is lost because the rest stays
    due until it is settled. A line is due in its month of completion; where the center has closed that
    month, or has settled the line before, it is an adjustment of the earliest open month, the one after the
    last that the center closed.
    """

    _name = "rural.due"
    _description = "Fees that are still to be settled"

    @api.model
    def _due_query(self, company, center_ids=None) -> SQL:
        """Return a query of all that is due, a row for each order line, center and supplier.

        Columns: line_id, center_id, supplier_id, pool_entry_id, acceptance_id, completion_month, month, kind
        (fee or adjustment), amount, refund, base and fee in yuan, fee_rate. Call `_flush_due` before.
        """
        return SQL(
            """
            WITH closed AS MATERIALIZED (
                %(closed)s
            ), worth AS (
                %(worth)s
            ), settled AS MATERIALIZED (
                %(settled)s
            ), difference AS (
                %(difference)s
            )
            SELECT line_id, center_id, supplier_id, pool_entry_id, acceptance_id, completion_month,
                   amount, refund, base, fee_rate, fee,
                   CASE WHEN is_adjustment THEN open_month ELSE completion_month END AS month,
                   CASE WHEN is_adjustment THEN 'adjustment' ELSE 'fee' END AS kind
              FROM difference
            """,
            closed=self._closed_query(company, center_ids),
            worth=self._worth_query(company, center_ids),
            settled=self._settled_query(company, center_ids),
            difference=self._difference_query(),
        )

    @api.model
    def _flush_due(self):
        """Write to the database what the query reads from it."""
        self.env["rural.order.line"].flush_model()
        self.env["rural.statement"].flush_model()

    @api.model
    def _closed_query(self, company, center_ids) -> SQL:
        # The last closed month of each center that has one.
        return SQL(
            """
            SELECT center_id, max(month) AS month
              FROM rural_statement
             WHERE company_id = %(company)s AND state IN %(live)s AND %(scope)s
             GROUP BY center_id
            """,
            company=company.id,
            live=self.env["rural.statement"]._live_states,
            scope=self._scope(SQL("center_id"), center_ids),
        )

    @api.model
    def _worth_query(self, company, center_ids) -> SQL:
        # What each order line is worth now, to whom and at whose cost.
        return SQL(
            """
            SELECT id AS line_id, center_id, supplier_id, pool_entry_id, acceptance_id, completion_month,
                   amount, refund, net_amount AS base, fee, fee_rate
              FROM rural_order_line
             WHERE company_id = %(company)s AND outcome IN %(earning)s
                   AND center_id IS NOT NULL AND completion_month IS NOT NULL AND %(scope)s
            """,
            company=company.id,
            earning=EARNING,
            scope=self._scope(SQL("center_id"), center_ids),
        )

    @api.model
    def _settled_query(self, company, center_ids) -> SQL:
        # What live statements have settled.
        return SQL(
            """
            SELECT entry.line_id, entry.center_id, entry.supplier_id, sum(entry.amount) AS amount,
                   sum(entry.refund) AS refund, sum(entry.base) AS base, sum(entry.fee) AS fee,
                   max(entry.completion_month) AS completion_month,
                   (array_agg(entry.fee_rate ORDER BY entry.id DESC))[1] AS fee_rate,
                   (array_agg(entry.pool_entry_id ORDER BY entry.id DESC))[1] AS pool_entry_id,
                   (array_agg(entry.acceptance_id ORDER BY entry.id DESC))[1] AS acceptance_id
              FROM rural_fee_entry entry
              JOIN rural_statement statement ON statement.id = entry.statement_id
             WHERE statement.company_id = %(company)s AND statement.state IN %(live)s AND %(scope)s
             GROUP BY entry.line_id, entry.center_id, entry.supplier_id
            """,
            company=company.id,
            live=self.env["rural.statement"]._live_states,
            scope=self._scope(SQL("entry.center_id"), center_ids),
        )

    @api.model
    def _difference_query(self) -> SQL:
        # A line that was never settled is due even at 0.00: it belongs on a statement once.
        return SQL(
            """
            SELECT line_id, center_id, supplier_id,
                   COALESCE(worth.pool_entry_id, settled.pool_entry_id) AS pool_entry_id,
                   CASE WHEN worth.fee IS NULL THEN settled.acceptance_id
                        ELSE worth.acceptance_id END AS acceptance_id,
                   COALESCE(worth.completion_month, settled.completion_month) AS completion_month,
                   COALESCE(worth.amount, 0) - COALESCE(settled.amount, 0) AS amount,
                   COALESCE(worth.refund, 0) - COALESCE(settled.refund, 0) AS refund,
                   COALESCE(worth.base, 0) - COALESCE(settled.base, 0) AS base,
                   COALESCE(worth.fee, 0) - COALESCE(settled.fee, 0) AS fee,
                   COALESCE(worth.fee_rate, settled.fee_rate) AS fee_rate,
                   (closed.month + interval '1 month')::date AS open_month,
                   closed.month IS NOT NULL AND (
                       worth.completion_month <= closed.month
                       OR settled.fee IS NOT NULL
                       OR (line_id, center_id) IN (SELECT line_id, center_id FROM settled)
                   ) AS is_adjustment
              FROM worth
              FULL JOIN settled USING (line_id, center_id, supplier_id)
              LEFT JOIN closed USING (center_id)
             WHERE settled.fee IS NULL
                   OR COALESCE(worth.base, 0) <> settled.base
                   OR COALESCE(worth.fee, 0) <> settled.fee
            """
        )

    @api.model
    def _scope(self, column, center_ids) -> SQL:
        if center_ids is None:
            return SQL("TRUE")
        return SQL("%s = ANY(%s)", column, list(center_ids))

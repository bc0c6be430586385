from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

OFFICERS = ("rural_base.group_settlement_officer", "rural_base.group_settlement_manager")


class RuralStatement(models.Model):
    """Drafts, brought up to date with the orders, and whose hand is in them (SC-13)."""

    _inherit = "rural.statement"

    @api.depends("state", "prepared_by_id", "preparer_ids")
    @api.depends_context("uid")
    def _compute_can_take_over(self):
        may = self._is_in_group(*OFFICERS)
        for statement in self:
            only = statement.sudo()._only_preparer()
            statement.can_take_over = may and bool(only) and only != self.env.user

    @api.model
    def _prepare_drafts(self, company, months=None, centers=None, until=None):
        """Make the drafts of all centers, or bring them up to date, by one statement of SQL (SC-13).

        Whoever calls it has prepared the figures that change, and will not be the one to confirm them.

        :param months: first days of the months to prepare, all by default
        :param centers: the service centers to prepare, all by default
        :param date until: the last month to prepare
        :return: (new drafts, drafts with other figures than before); drafts without entries are removed
        """
        scope = SQL("TRUE") if months is None else SQL("month = ANY(%s::date[])", list(months))
        if until:
            scope = SQL("%s AND month <= %s", scope, until)
        return self._write_drafts(company, scope, centers and centers.ids)

    @api.model
    def _open_before(self, company, month) -> dict:
        """Return what is still to be settled before a month, such as adjustments: first day of a month → fee."""
        self.env["rural.due"]._flush_due()
        query = SQL(
            "SELECT month, sum(fee) FROM (%s) due WHERE month < %s GROUP BY month ORDER BY month",
            self.env["rural.due"]._due_query(company),
            month,
        )
        return dict(self.env.execute_query(query))

    @api.model
    def _refresh_drafts(self, company, centers=None):
        """Bring the drafts that there are up to date with the orders; make none.

        :return: the drafts with other figures than before
        """
        domain = [("company_id", "=", company.id), ("state", "=", "draft")]
        if not self.sudo().search_count(domain, limit=1):
            return self.browse()
        scope = SQL(
            "(center_id, month) IN (SELECT center_id, month FROM rural_statement"
            " WHERE company_id = %s AND state = 'draft')",
            company.id,
        )
        return self._write_drafts(company, scope, centers and centers.ids)[1]

    @api.model
    def _write_drafts(self, company, scope, center_ids):
        self.env["rural.order.line"]._lock_settlement(company)
        self.env["rural.due"]._flush_due()
        self.env.cr.execute(self._drafts_query(company, scope, center_ids))
        new_ids, changed_ids, empty_ids = self.env.cr.fetchone()
        self.invalidate_model()
        self.sudo().browse(empty_ids or ()).unlink()
        return self.browse(new_ids or ()), self.browse(changed_ids or ())

    @api.model
    def _drafts_query(self, company, scope, center_ids) -> SQL:
        return SQL(
            """
            WITH figures AS MATERIALIZED (
                SELECT center_id, month, count(*) AS line_count,
                       count(*) FILTER (WHERE kind = 'adjustment') AS adjustment_count,
                       sum(base) AS base, sum(fee) AS fee,
                       COALESCE(sum(fee) FILTER (WHERE kind = 'adjustment'), 0) AS adjustment_fee
                  FROM (%(due)s) due
                 WHERE %(scope)s
                 GROUP BY center_id, month
            ), written AS (
                INSERT INTO rural_statement AS kept (
                    company_id, center_id, partner_id, month, name, state, line_count, adjustment_count, base, fee,
                    adjustment_fee, residual, prepared_by_id, prepared_at,
                    create_uid, create_date, write_uid, write_date)
                SELECT %(company)s, figures.center_id, center.partner_id, figures.month,
                       concat(to_char(figures.month, 'YYYY-MM'), '/',
                              COALESCE(center.service_code, center.id::text), '-' || (cancelled.count + 1)),
                       'draft', line_count, adjustment_count, base, fee, adjustment_fee, 0,
                       %(uid)s, %(now)s, %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM figures
                  JOIN rural_service_center center ON center.id = figures.center_id
             LEFT JOIN LATERAL (
                       SELECT count(*) FROM rural_statement AS earlier
                        WHERE earlier.center_id = figures.center_id AND earlier.month = figures.month
                              AND earlier.state = 'cancelled'
                       HAVING count(*) > 0
                       ) AS cancelled ON TRUE
                    ON CONFLICT (center_id, month) WHERE state <> 'cancelled' DO UPDATE
                   SET (line_count, adjustment_count, base, fee, adjustment_fee,
                        prepared_by_id, prepared_at, write_uid, write_date)
                       = ROW(excluded.line_count, excluded.adjustment_count, excluded.base, excluded.fee,
                             excluded.adjustment_fee, excluded.prepared_by_id, excluded.prepared_at,
                             excluded.write_uid, excluded.write_date)
                 WHERE kept.state = 'draft'
                       AND (kept.line_count, kept.adjustment_count, kept.base, kept.fee, kept.adjustment_fee)
                           IS DISTINCT FROM
                           (excluded.line_count, excluded.adjustment_count, excluded.base, excluded.fee,
                            excluded.adjustment_fee)
             RETURNING id, xmax = 0 AS is_new
            ), preparers AS (
                INSERT INTO rural_statement_preparer_rel (statement_id, user_id)
                SELECT id, %(uid)s FROM written
                    ON CONFLICT DO NOTHING
            )
            SELECT (SELECT array_agg(id) FROM written WHERE is_new),
                   (SELECT array_agg(id) FROM written WHERE NOT is_new),
                   (SELECT array_agg(id) FROM rural_statement
                     WHERE company_id = %(company)s AND state = 'draft' AND %(scope)s AND %(centers)s
                           AND (center_id, month) NOT IN (SELECT center_id, month FROM figures))
            """,
            due=self.env["rural.due"]._due_query(company, center_ids),
            scope=scope,
            centers=self.env["rural.due"]._scope(SQL("center_id"), center_ids),
            company=company.id,
            uid=self.env.uid,
            now=fields.Datetime.now(),
        )

    def _refresh_figures(self):
        for company, statements in self.grouped("company_id").items():
            self._prepare_drafts(company, centers=statements.center_id, until=max(statements.mapped("month")))

    def _due_rows(self) -> list[dict]:
        """Return what is due for this center and month, in the order of the order lines."""
        self.ensure_one()
        self.env["rural.due"]._flush_due()
        self.env.cr.execute(
            SQL(
                "SELECT * FROM (%s) due WHERE month = %s ORDER BY kind DESC, line_id, supplier_id",
                self.env["rural.due"]._due_query(self.company_id, self.center_id.ids),
                self.month,
            )
        )
        return self.env.cr.dictfetchall()

    # ------------------------------------------------------------------
    # Whose hand is in it
    # ------------------------------------------------------------------

    def action_take_over(self):
        """Become the preparer of drafts that a manager alone prepared, so that the manager may confirm them."""
        self._check_group(*OFFICERS)
        self._lock_rows()
        self._check_state("draft")
        for statement in self.sudo():
            before = statement._only_preparer()
            if not before or before == self.env.user:
                raise UserError(
                    self.env._(
                        "%s is not to be taken over: that is for a draft that one manager alone has prepared, by "
                        "somebody else.",
                        statement.name,
                    )
                )
            statement.write(
                {
                    "prepared_by_id": self.env.uid,
                    "prepared_at": fields.Datetime.now(),
                    "preparer_ids": [fields.Command.set([self.env.uid])],
                }
            )
            statement.message_post(body=self.env._("Taken over from %s, with the same figures.", before.name))

    def _only_preparer(self):
        """Return the manager who alone has prepared the draft, or no user."""
        preparers = self.prepared_by_id | self.preparer_ids
        is_manager = len(preparers) == 1 and preparers.has_group("rural_base.group_settlement_manager")
        return preparers if is_manager and self.state == "draft" else preparers.browse()

    def _figure_makers(self):
        makers = {}
        for company, statements in self.grouped("company_id").items():
            self.env["rural.due"]._flush_due()
            lines = SQL(
                """(SELECT statement.id AS statement_id, due.line_id FROM (%s) AS due
                      JOIN rural_statement AS statement USING (center_id, month)
                     WHERE statement.id = ANY(%s))""",
                self.env["rural.due"]._due_query(company, statements.center_id.ids),
                statements.ids,
            )
            for statement_id, user_id in self.env.execute_query(self._makers_query(lines)):
                makers.setdefault(statement_id, []).append(user_id)
        return makers

    @api.model
    def _makers_query(self, lines) -> SQL:
        """Return a query of who has brought lines to statements, or changed what they earn: statement_id, user_id.

        :param SQL lines: a relation with the columns `statement_id` and `line_id`
        """
        return SQL(
            """
            WITH line_of AS MATERIALIZED (
                SELECT lines.statement_id, line.id AS line_id, line.run_id, line.report_id, line.pool_entry_id,
                       line.order_time, line.product_id, line.outcome
                  FROM %s AS lines
                  JOIN rural_order_line AS line ON line.id = lines.line_id
            ), loaded AS (
                SELECT statement_id, run_id FROM line_of
                 UNION
                SELECT line_of.statement_id, report.run_id
                  FROM line_of
                  JOIN rural_cross_region_report AS report ON report.id = line_of.report_id
            ), rated AS (
                SELECT statement_id, pool_entry_id, min(order_time) AS first_order
                  FROM line_of
                 GROUP BY statement_id, pool_entry_id
            )
            SELECT loaded.statement_id, run.user_id
              FROM loaded
              JOIN rural_load_run AS run ON run.id = loaded.run_id
             WHERE run.user_id IS NOT NULL
             UNION
            SELECT rated.statement_id, writer.user_id
              FROM rated
              JOIN rural_pool_entry AS entry ON entry.id = rated.pool_entry_id
        CROSS JOIN unnest(ARRAY[entry.create_uid, entry.requested_by_id]) AS writer (user_id)
             WHERE entry.create_date > rated.first_order AND writer.user_id IS NOT NULL
             UNION -- who asked for a version that took a settled line out of the pool
            SELECT line_of.statement_id, writer.user_id
              FROM line_of
              JOIN rural_pool_entry AS entry ON entry.product_id = line_of.product_id
        CROSS JOIN unnest(ARRAY[entry.create_uid, entry.requested_by_id]) AS writer (user_id)
             WHERE line_of.outcome = 'not_in_pool' AND entry.state = 'confirmed'
                   AND entry.create_date > line_of.order_time AND writer.user_id IS NOT NULL
             UNION
            SELECT line_of.statement_id, maker.user_id
              FROM rural_line_acceptance AS acceptance
              JOIN line_of ON line_of.line_id = acceptance.line_id
        CROSS JOIN unnest(ARRAY[acceptance.requested_by_id, acceptance.withdrawal_requested_by_id]) AS maker (user_id)
             WHERE acceptance.state NOT IN ('requested', 'refused') AND maker.user_id IS NOT NULL
            """,
            lines,
        )

    def _write_makers(self):
        """Write down who has made the statements; their lines may be loaded by others later."""
        self.flush_recordset(["prepared_by_id", "preparer_ids"])
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO rural_statement_preparer_rel (statement_id, user_id)
                SELECT statement_id, user_id FROM (%s) AS makers
                    ON CONFLICT DO NOTHING
                """,
                self._makers_query(
                    SQL("(SELECT statement_id, line_id FROM rural_fee_entry WHERE statement_id = ANY(%s))", self.ids)
                ),
            )
        )
        self.invalidate_recordset(["preparer_ids", "maker_ids"])

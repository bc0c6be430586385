from odoo import api, fields, models
from odoo.tools import SQL


class RuralStatement(models.Model):
    _inherit = "rural.statement"

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
    def _refresh_drafts(self, company, centers=None):
        """Bring the drafts that there are up to date with the orders; make none.

        :return: the drafts with other figures than before
        """
        domain = [("company_id", "=", company.id), ("state", "=", "draft")]
        if not self.sudo().search_count(domain, limit=1):
            return self.browse()
        known = SQL(
            "(center_id, month) IN (SELECT center_id, month FROM rural_statement"
            " WHERE company_id = %s AND state = 'draft')",
            company.id,
        )
        return self._write_drafts(company, known, centers and centers.ids)[1]

    @api.model
    def _write_drafts(self, company, scope, center_ids):
        self.env["rural.order.line"].with_company(company)._lock_settlement()
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
                              COALESCE(center.service_code, center.id::text)),
                       'draft', line_count, adjustment_count, base, fee, adjustment_fee, 0,
                       %(uid)s, %(now)s, %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM figures
                  JOIN rural_service_center center ON center.id = figures.center_id
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

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.rural_base.china_time import month_of
from odoo.addons.rural_service_order.eligibility import EARNING

#: Paid orders on their way: they earn a fee as soon as they are completed.
ON_THE_WAY = ("pending_shipment", "pending_receipt")


class RuralCenterEstimate(models.AbstractModel):
    """What the running month brings a center, as orders complete: the two rules themselves, asked early.

    Earned is what is due by the rule of the statements (SC-13). Expected is what the rule of the orders (SC-10)
    would give for paid orders on their way, were they completed now.
    """

    _name = "rural.center.estimate"
    _description = "Estimate of the running month"

    @api.model
    def _of_centers(self, centers) -> dict:
        """Return by center id: `earned`, `expected` and `waiting` (earlier months without a statement yet).

        Each is a dict of `count` (order lines), `base` and `fee` in yuan.
        """
        nothing = {"count": 0, "base": 0, "fee": 0}
        estimates = {center.id: {"earned": nothing, "waiting": nothing, "expected": nothing} for center in centers}
        for company, centers_of_company in centers.sudo().grouped("company_id").items():
            for kind, rows in (
                ("due", self._due(company, centers_of_company)),
                ("expected", self._expected(company, centers_of_company)),
            ):
                for row in rows:
                    part = row.pop("part", kind)
                    estimates[row.pop("center_id")][part] = row
        return estimates

    @api.model
    def _completed_this_month(self, centers) -> dict:
        """Return by center id the lines completed in the running month: `count`, `base` and `fee` in yuan.

        At a glance, for many centers: without adjustments of closed months.
        """
        completed = {center.id: {"count": 0, "base": 0, "fee": 0} for center in centers}
        groups = (
            self.env["rural.order.line"]
            .sudo()
            ._read_group(
                [
                    ("completion_month", "=", month_of(fields.Datetime.now())),
                    ("center_id", "in", centers.ids),
                    ("outcome", "in", EARNING),
                ],
                ["center_id"],
                ["__count", "net_amount:sum", "fee:sum"],
            )
        )
        for center, count, base, fee in groups:
            completed[center.id] = {"count": count, "base": base, "fee": fee}
        return completed

    @api.model
    def _due(self, company, centers):
        due = self.env["rural.due"].sudo()
        due._flush_due()
        self.env.cr.execute(
            SQL(
                """
                SELECT center_id, CASE WHEN month = %(month)s THEN 'earned' ELSE 'waiting' END AS part,
                       count(*) AS count, sum(base) AS base, sum(fee) AS fee
                  FROM (%(due)s) AS due
                 WHERE month <= %(month)s
                 GROUP BY center_id, part
                """,
                month=month_of(fields.Datetime.now()),
                due=due._due_query(company, centers.ids),
            )
        )
        return self.env.cr.dictfetchall()

    @api.model
    def _expected(self, company, centers):
        self.env.flush_all()
        on_the_way = SQL("line.center_id = ANY(%s) AND line.state IN %s", centers.ids, ON_THE_WAY)
        self.env.cr.execute(
            SQL(
                """
                SELECT center_id, count(*) AS count, sum(net_amount) AS base, sum(fee) AS fee
                  FROM (%s) AS judged
                 WHERE outcome = 'eligible'
                 GROUP BY center_id
                """,
                self.env["rural.order.line"]._expected_query(company, on_the_way),
            )
        )
        return self.env.cr.dictfetchall()

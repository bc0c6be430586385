from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.rural_service_order.eligibility import EARNING
from odoo.addons.rural_service_order.models.rural_order_line import OUTCOMES

CODINGS = [
    ("earning", "Earning a Fee"),
    ("coded", "With a Code, No Fee"),
    ("no_code", "Without a Code"),
]
#: Shares of turnover, by the measure that they are a share of.
SHARES = {"market_share": "market_revenue", "coded_share": "coded_turnover"}


class RuralTurnover(models.Model):
    """The completed order lines with their places, for charts and tables of turnover (SC-10, SC-16).

    A query, not a copy: its figures are always those of the orders. It takes one pass over the lines that are
    asked for; PostgreSQL leaves out the joins of places that nobody asks for. A row has the id of its order line.
    """

    _name = "rural.turnover"
    _description = "Turnover Analysis"
    _auto = False
    _order = "completion_month desc, id desc"
    _rec_name = "order_number"
    _depends = {
        "rural.order.line": [
            "company_id", "state", "completion_month", "order_number", "region_id", "center_id", "purchaser_id",
            "purchaser_type", "supplier_id", "product_id", "outcome", "net_amount", "fee",
        ],
        "rural.region": ["parent_path", "macro_region_id"],
    }  # fmt: skip

    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    completion_month = fields.Date("Month of Completion", readonly=True)
    order_number = fields.Char(readonly=True)

    # where
    macro_region_id = fields.Many2one("rural.macro.region", "Macro-region", readonly=True)
    province_id = fields.Many2one("rural.region", readonly=True)
    city_id = fields.Many2one("rural.region", readonly=True)
    region_id = fields.Many2one("rural.region", "Purchaser's Region", readonly=True)

    # who and what
    purchaser_id = fields.Many2one("rural.purchaser", readonly=True)
    purchaser_type = fields.Selection(
        [("budget_unit", "Budget Unit"), ("non_budget_unit", "Non-Budget Unit")], readonly=True
    )
    supplier_id = fields.Many2one("res.partner", readonly=True)
    product_id = fields.Many2one("rural.product", readonly=True)
    center_id = fields.Many2one("rural.service.center", "Service Center", readonly=True)
    coding = fields.Selection(CODINGS, "By Code", readonly=True)
    outcome = fields.Selection(OUTCOMES, readonly=True)

    # how much
    turnover = fields.Monetary(readonly=True, help="Completed amounts less refunds, with or without a code.")
    coded_turnover = fields.Monetary("Turnover With a Code", readonly=True)
    market_revenue = fields.Monetary(readonly=True, help="Turnover that earns a center its fee.")
    fee = fields.Monetary("Service Fee", readonly=True)
    coded_share = fields.Float("Share With a Code", readonly=True, aggregator="avg", digits=(16, 3))
    market_share = fields.Float("Share Earning a Fee", readonly=True, aggregator="avg", digits=(16, 3))

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT line.id, line.company_id, line.completion_month, line.order_number,
                   province.macro_region_id, province.id AS province_id, city.id AS city_id, line.region_id,
                   line.purchaser_id, line.purchaser_type, line.supplier_id, line.product_id, line.center_id,
                   line.outcome, %(coding)s AS coding,
                   line.net_amount AS turnover,
                   CASE WHEN %(coding)s <> 'no_code' THEN line.net_amount ELSE 0 END AS coded_turnover,
                   CASE WHEN %(coding)s = 'earning' THEN line.net_amount ELSE 0 END AS market_revenue,
                   line.fee,
                   CASE WHEN %(coding)s <> 'no_code' THEN 1 ELSE 0 END AS coded_share,
                   CASE WHEN %(coding)s = 'earning' THEN 1 ELSE 0 END AS market_share
              FROM rural_order_line line
              LEFT JOIN rural_region region ON region.id = line.region_id
              LEFT JOIN rural_region province ON province.id = split_part(region.parent_path, '/', 1)::int
              LEFT JOIN rural_region city ON city.id = NULLIF(split_part(region.parent_path, '/', 2), '')::int
             WHERE line.state = 'completed'
            """,
            coding=SQL(
                "CASE WHEN line.outcome IN %s THEN 'earning' WHEN line.outcome = 'no_code' THEN 'no_code'"
                " ELSE 'coded' END",
                EARNING,
            ),
        )

    def _read_group_select(self, aggregate_spec, query):
        """A share of lines together is that of their sums."""
        name, _dot, aggregator = aggregate_spec.partition(":")
        if name not in SHARES or aggregator != "avg":
            return super()._read_group_select(aggregate_spec, query)
        return SQL(
            "SUM(%s) / NULLIF(SUM(%s), 0)",
            self._field_to_sql(self._table, SHARES[name], query),
            self._field_to_sql(self._table, "turnover", query),
        )

    def action_view_lines(self):
        """Show the order lines themselves, with what each earns and why."""
        return self.env["rural.order.line"].browse(self.ids)._action_view(self.env._("Order Lines"))

    @api.model
    def _first_and_last_month(self):
        """Return the first and the last month in which something was completed, or False twice."""
        lines = self.env["rural.order.line"]
        domain = [("company_id", "in", self.env.companies.ids), ("completion_month", "!=", False)]
        ends = (lines.search(domain, order=order, limit=1) for order in ("completion_month", "completion_month desc"))
        return tuple(line.completion_month for line in ends)

from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import SQL

ZERO = Decimal("0.00")


class RuralMerchantProfit(models.Model):
    """Profit contribution per merchant, terminal and month: rebate + terminal fee − costs (MA-09).

    One query is the figures of the screens and of the recruiters' pay.
    """

    _name = "rural.merchant.profit"
    _description = "Profit Contribution"
    _auto = False
    _order = "month desc, merchant_id"
    _rec_name = "merchant_id"
    _depends = {
        "rural.terminal.fee": ["company_id", "merchant_id", "terminal_id", "month", "amount"],
        "rural.merchant.cost": ["company_id", "merchant_id", "terminal_id", "month", "amount"],
        "rural.merchant": ["recruiter_id", "type_id", "region_id", "merchant_class"],
    }

    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    month = fields.Date(readonly=True)
    merchant_id = fields.Many2one("rural.merchant", readonly=True)
    terminal_id = fields.Many2one("rural.merchant.terminal", readonly=True)
    recruiter_id = fields.Many2one("hr.employee", "Recruiter Today", readonly=True)
    type_id = fields.Many2one("rural.merchant.type", readonly=True)
    region_id = fields.Many2one("rural.region", "District", readonly=True)
    merchant_class = fields.Selection([("1", "Class 1"), ("2", "Class 2"), ("3", "Class 3")], "Class", readonly=True)
    sales = fields.Monetary("Card Sales", readonly=True)
    rebate = fields.Monetary(readonly=True)
    terminal_fee = fields.Monetary(readonly=True)
    cost = fields.Monetary("Costs", readonly=True)
    profit = fields.Monetary("Profit Contribution", readonly=True)

    @property
    def _table_query(self):
        # An id of plain grouping columns, so that a search by month or merchant reaches the tables below.
        return SQL(
            """
            SELECT (COALESCE(contribution.terminal_id * 2::bigint, contribution.merchant_id * 2::bigint + 1) * 100000
                    + extract(year FROM contribution.month)::int * 12
                    + extract(month FROM contribution.month)::int) AS id,
                   contribution.*, contribution.rebate + contribution.terminal_fee - contribution.cost AS profit,
                   merchant.recruiter_id, merchant.type_id, merchant.region_id, merchant.merchant_class
              FROM (%s) AS contribution
              JOIN rural_merchant AS merchant ON merchant.id = contribution.merchant_id
            """,
            self._contributions(),
        )

    @api.model
    def _contributions(self, first=None, last=None, merchants=None):
        """Return the query of what each merchant and terminal contributed by month.

        :param date first: first day of the first month, all months when not given
        :param date last: any day of the last month
        :param merchants: only these merchants
        """
        chosen = SQL(
            "%s AND %s",
            SQL("month BETWEEN %s AND %s", first, last) if first else SQL("TRUE"),
            SQL("TRUE") if merchants is None else SQL("merchant_id = ANY(%s)", merchants.ids),
        )
        return SQL(
            """
            SELECT company_id, merchant_id, terminal_id, month, sum(sales) AS sales, sum(rebate) AS rebate,
                   sum(terminal_fee) AS terminal_fee, sum(cost) AS cost
              FROM (SELECT company_id, merchant_id, terminal_id, month, sum(amount) AS sales,
                           sum(rebate) AS rebate, 0::numeric AS terminal_fee, 0::numeric AS cost
                      FROM rural_card_transaction WHERE %(chosen)s
                  GROUP BY company_id, merchant_id, terminal_id, month
                 UNION ALL
                    SELECT company_id, merchant_id, terminal_id, month, 0, 0, amount, 0
                      FROM rural_terminal_fee WHERE %(chosen)s
                 UNION ALL
                    SELECT company_id, merchant_id, terminal_id, month, 0, 0, 0, amount
                      FROM rural_merchant_cost WHERE %(chosen)s) AS part
          GROUP BY company_id, merchant_id, terminal_id, month
            """,
            chosen=chosen,
        )

    def action_view_transactions(self):
        """Show the card transactions behind a figure."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_merchant.action_card_transaction")
        domain = [("merchant_id", "=", self.merchant_id.id), ("month", "=", self.month)]
        if self.terminal_id:
            domain.append(("terminal_id", "=", self.terminal_id.id))
        return {**action, "domain": domain, "context": {}}


class RuralMerchant(models.Model):
    _inherit = "rural.merchant"

    @api.model
    def _profits(self, first_month, last_month, merchants=None) -> dict:
        """Return what merchants contributed by month: {(merchant id, month): profit in yuan, a Decimal} (MA-09)."""
        rows = self._monthly_profits(first_month, last_month, merchants)
        return {(row["merchant_id"], row["month"]): row["profit"] for row in rows}

    @api.model
    def _monthly_profits(self, first, last, merchants=None) -> list[dict]:
        """Return the figures of each merchant and month in which it was in business or contributed something.

        Keys: merchant_id; month (first day); profit (yuan, Decimal: rebate + terminal fee − costs, MA-09);
        terminals (standing at the month's start); installed and removed (terminals, within the month);
        fee_paid (the merchant paid the month's fee for each terminal that stood at its start); deferred
        (leadership approved a deferral for the month); in_business (a terminal stood on one of its days,
        that of installation and that of removal included, MA-24).

        :param date first: any day of the first month
        :param date last: any day of the last month
        :param merchants: only these merchants; by default all of the companies that the environment allows
        """
        first, last = first.replace(day=1), fields.Date.end_of(last, "month")
        self.env.flush_all()
        companies = self.env.companies.ids
        chosen = SQL("TRUE") if merchants is None else SQL("terminal.merchant_id = ANY(%s)", merchants.ids)
        self.env.cr.execute(
            SQL(
                """
                WITH months AS (
                    SELECT day::date AS month, (day + interval '1 month')::date AS next
                      FROM generate_series(%(first)s::date, %(last)s::date, interval '1 month') AS day
                ), stays AS (
                    SELECT terminal.merchant_id, months.month,
                           count(*) FILTER (WHERE %(at_start)s) AS terminals,
                           count(*) FILTER (WHERE installed_on >= months.month) AS installed,
                           count(*) FILTER (WHERE removed_on < months.next) AS removed,
                           bool_and(fee.id IS NOT NULL) FILTER (WHERE %(at_start)s) AS fee_paid
                      FROM rural_merchant_terminal AS terminal
                      JOIN months ON terminal.installed_on < months.next
                       AND COALESCE(terminal.removed_on, 'infinity') >= months.month
                 LEFT JOIN rural_terminal_fee AS fee ON fee.terminal_id = terminal.id AND fee.month = months.month
                     WHERE terminal.company_id = ANY(%(companies)s) AND %(chosen)s
                  GROUP BY terminal.merchant_id, months.month
                ), contributions AS (
                    SELECT merchant_id, month, sum(rebate + terminal_fee - cost) AS profit
                      FROM (%(contributions)s) AS contribution
                     WHERE company_id = ANY(%(companies)s) GROUP BY merchant_id, month
                )
                SELECT merchant_id, month, COALESCE(profit, 0)::text, COALESCE(terminals, 0),
                       COALESCE(installed, 0), COALESCE(removed, 0), COALESCE(fee_paid, FALSE),
                       EXISTS (SELECT FROM rural_terminal_deferral AS deferral
                                WHERE deferral.merchant_id = figures.merchant_id AND deferral.state = 'approved'
                                  AND figures.month BETWEEN deferral.date_from AND deferral.date_to),
                       terminals IS NOT NULL
                  FROM (SELECT * FROM stays FULL JOIN contributions USING (merchant_id, month)) AS figures
              ORDER BY merchant_id, month
                """,
                first=first,
                last=last,
                at_start=SQL("installed_on < months.month"),
                companies=companies,
                chosen=chosen,
                contributions=self.env["rural.merchant.profit"]._contributions(first, last, merchants),
            )
        )
        return [
            {
                "merchant_id": merchant_id,
                "month": month,
                "profit": Decimal(profit).quantize(ZERO),
                "terminals": terminals,
                "installed": installed,
                "removed": removed,
                "fee_paid": fee_paid,
                "deferred": deferred,
                "in_business": in_business,
            }
            for (
                merchant_id, month, profit, terminals, installed, removed, fee_paid, deferred, in_business
            ) in self.env.cr.fetchall()
        ]  # fmt: skip

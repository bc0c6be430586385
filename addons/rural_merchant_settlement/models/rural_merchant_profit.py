from decimal import Decimal

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.date_utils import date_range

ZERO = Decimal("0.00")
#: By what contributions are told apart, and what they are made of.
KEYS = ("company_id", "merchant_id", "terminal_id", "month")
FIGURES = ("sales", "rebate", "terminal_fee", "cost")
#: In which table a figure stands, under which name.
SOURCES = {
    "rural_card_transaction": {"sales": "amount", "rebate": "rebate"},
    "rural_terminal_fee": {"terminal_fee": "amount"},
    "rural_merchant_cost": {"cost": "amount"},
}
#: What counts of a table: an entry that raises a profit waits for a second person (MA-23).
COUNTS = {
    "rural_terminal_fee": SQL("state = 'confirmed'"),
    "rural_merchant_cost": SQL("state = 'confirmed'"),
}
PROFIT = SQL("rebate + terminal_fee - cost")


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
        "rural.terminal.fee": ["company_id", "merchant_id", "terminal_id", "month", "amount", "state"],
        "rural.merchant.cost": ["company_id", "merchant_id", "terminal_id", "month", "amount", "state"],
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
                   contribution.*, %s AS profit,
                   merchant.recruiter_id, merchant.type_id, merchant.region_id, merchant.merchant_class
              FROM (%s) AS contribution
              JOIN rural_merchant AS merchant ON merchant.id = contribution.merchant_id
            """,
            PROFIT,
            self._contributions(),
        )

    @api.model
    def _contributions(self, condition=None, keys=KEYS, figures=FIGURES):
        """Return the query of what each merchant and terminal contributed by month.

        :param SQL condition: on the keys
        :param keys: by fewer of them it adds up more
        :param figures: only these; each costs time where transactions come by the million
        """
        grouped = SQL(", ").join(map(SQL.identifier, keys))
        condition = condition or SQL("TRUE")

        def total(name, source):
            return SQL("sum(%s) AS %s", SQL.identifier(source), SQL.identifier(name))

        parts = [
            SQL(
                "SELECT %s, %s FROM %s WHERE %s AND %s GROUP BY %s",
                grouped,
                SQL(", ").join(
                    total(name, given[name]) if name in given else SQL("0::numeric AS %s", SQL.identifier(name))
                    for name in figures
                ),
                SQL.identifier(table),
                condition,
                COUNTS.get(table, SQL("TRUE")),
                grouped,
            )
            for table, given in SOURCES.items()
        ]
        return SQL(
            "SELECT %s, %s FROM (%s) AS part GROUP BY %s",
            grouped,
            SQL(", ").join(total(name, name) for name in figures),
            SQL(" UNION ALL ").join(parts),
            grouped,
        )

    def action_view_transactions(self):
        """Show the card transactions behind a figure."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_merchant_settlement.action_card_transaction")
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
        terminals (standing at the month's start); installed (terminals, within the month); removed (those that were
        taken away within the month because the merchant's cooperation ended, MA-25); fee_paid (for each terminal that
        stood at its start the merchant paid the fee of MA-08 or more); deferred (leadership approved a deferral for
        the month); in_business (a terminal stood on one of its days, that of installation and that of removal
        included, MA-24).

        :param date first: any day of the first month
        :param date last: any day of the last month
        :param merchants: only these merchants; by default all of the companies that the environment allows
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """SELECT merchant_id, month, profit::text, terminals, installed, removed, fee_paid, deferred,
                          in_business
                     FROM (%s) AS figures ORDER BY merchant_id, month""",
                self._monthly_figures(first, last, merchants),
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

    @api.model
    def _profit_entry_makers(self, company, first, last, after=None):
        """Return the users who entered costs, credits or directly paid fees of a company's months (MA-23).

        They do not review what is paid by these profits. Whoever only confirmed an entry is not among them.

        :param date first: any day of the first month
        :param date last: any day of the last month
        :param datetime after: only entries that were written later
        """
        domain = Domain(
            [
                ("company_id", "=", company.id),
                ("month", ">=", first.replace(day=1)),
                ("month", "<=", last),
                ("state", "!=", "refused"),
            ]
        )
        if after:
            domain &= Domain("write_date", ">", after)
        costs = self.env["rural.merchant.cost"].sudo().search(domain)
        fees = self.env["rural.terminal.fee"].sudo().search(domain & Domain("payment_way", "=", "direct"))
        return costs._makers() | fees._makers()

    @api.model
    def _total_profit(self, first, last) -> tuple:
        """Return what all merchants contributed, yuan, and their months in business (MA-09, MA-24).

        :param date first: any day of the first month
        :param date last: any day of the last month
        """
        self.env.flush_all()
        figures = self._monthly_figures(first, last)
        [[profit, months]] = self.env.execute_query(
            SQL("SELECT sum(profit)::text, count(*) FILTER (WHERE in_business) FROM (%s) AS figures", figures)
        )
        return Decimal(profit or 0).quantize(ZERO), months

    @api.model
    def _monthly_figures(self, first, last, merchants=None):
        """Return the query of :meth:`_monthly_profits`, whose keys are its columns."""
        first, last = first.replace(day=1), fields.Date.end_of(last, "month")
        chosen = SQL(
            "company_id = ANY(%s) AND %s",
            self.env.companies.ids,
            SQL("TRUE") if merchants is None else SQL("merchant_id = ANY(%s)", merchants.ids),
        )
        return SQL(
            """
            WITH months AS (
                SELECT company_id, month, (month + interval '1 month')::date AS next, fee
                  FROM (VALUES %(months)s) AS given (company_id, month, fee)
            ), stays AS (
                SELECT terminal.merchant_id, months.month,
                       count(*) FILTER (WHERE %(at_start)s) AS terminals,
                       count(*) FILTER (WHERE installed_on >= months.month) AS installed,
                       count(*) FILTER (WHERE removed_on < months.next AND COALESCE(removal_kind, 'ended') = 'ended')
                           AS removed,
                       bool_and(COALESCE(fee.amount, 0) >= months.fee) FILTER (WHERE %(at_start)s) AS fee_paid
                  FROM (SELECT * FROM rural_merchant_terminal WHERE %(chosen)s) AS terminal
                  JOIN months ON months.company_id = terminal.company_id AND terminal.installed_on < months.next
                   AND COALESCE(terminal.removed_on, 'infinity') >= months.month
             LEFT JOIN rural_terminal_fee AS fee ON fee.terminal_id = terminal.id AND fee.month = months.month
                   AND fee.state = 'confirmed'
              GROUP BY terminal.merchant_id, months.month
            ), contributions AS (
                SELECT merchant_id, month, %(profit)s AS profit FROM (%(contributions)s) AS contribution
            )
            SELECT merchant_id, month, COALESCE(profit, 0) AS profit, COALESCE(terminals, 0) AS terminals,
                   COALESCE(installed, 0) AS installed, COALESCE(removed, 0) AS removed,
                   COALESCE(fee_paid, FALSE) AS fee_paid,
                   EXISTS (SELECT FROM rural_terminal_deferral AS deferral
                            WHERE deferral.merchant_id = figures.merchant_id AND deferral.state = 'approved'
                              AND figures.month BETWEEN deferral.date_from AND deferral.date_to) AS deferred,
                   terminals IS NOT NULL AS in_business
              FROM (SELECT * FROM stays FULL JOIN contributions USING (merchant_id, month)) AS figures
            """,
            months=self._months_with_fee(first, last),
            at_start=SQL("installed_on < months.month"),
            chosen=chosen,
            profit=PROFIT,
            contributions=self.env["rural.merchant.profit"]._contributions(
                SQL("%s AND month BETWEEN %s AND %s", chosen, first, last),
                keys=("merchant_id", "month"),
                figures=("rebate", "terminal_fee", "cost"),
            ),
        )

    @api.model
    def _months_with_fee(self, first, last):
        """Return the months as rows of company, first day and what a terminal costs then, yuan (MA-08)."""
        parameters = self.env["rural.parameter"].sudo()
        return SQL(", ").join(
            SQL(
                "(%s, %s::date, %s::numeric)",
                company.id,
                month,
                str(parameters._value_on("merchant_terminal_fee", month, company).value),
            )
            for company in self.env.companies
            for month in date_range(first, last)
        )

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

STATES = [
    ("draft", "Draft"),
    ("confirmed", "Confirmed"),
    ("posted", "Posted"),
    ("paid", "Paid"),
    ("cancelled", "Cancelled"),
]
#: States in which a statement's lines count as settled.
LIVE_STATES = ("confirmed", "posted", "paid")
#: Figures of the lines, added up in the statement.
FIGURES = (
    "transaction_count",
    "prepaid_sales",
    "bank_sales",
    "sales",
    "rebate",
    "bank_fee",
    "terminal_fee",
    "net_amount",
)


class RuralMerchantStatement(models.Model):
    """What a merchant gets for a month: card sales, less rebate, less fees (MA-09).

    The lines of a draft follow the transactions; confirmed they are final, and what changes later in a closed
    month comes in the next one. Nobody writes statements by hand: each step is a method that checks who takes
    it and then works with the rights of the system.
    """

    _name = "rural.merchant.statement"
    _description = "Statement of a Merchant"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "rural.explanation.mixin",
        "rural.step.mixin",
        "rural.payable.document",
    ]
    _order = "month desc, name, id desc"
    _rec_names_search = ["name", "merchant_id"]
    _mail_post_access = "read"
    _check_company_auto = True

    # identity
    name = fields.Char("Number", required=True, readonly=True, index=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    merchant_id = fields.Many2one(
        "rural.merchant", required=True, readonly=True, index=True, ondelete="restrict", check_company=True
    )
    partner_id = fields.Many2one(related="merchant_id.partner_id", string="Payee")
    recruiter_id = fields.Many2one(related="merchant_id.recruiter_id", string="Recruiter Today")
    month = fields.Date(required=True, readonly=True, help="First day of the month, in China.")
    month_name = fields.Char("Month of Statement", compute="_compute_month_name")
    state = fields.Selection(
        STATES,
        required=True,
        readonly=True,
        default="draft",
        tracking=True,
        copy=False,
        group_expand=True,
        compute="_compute_state",
        store=True,
    )

    # figures
    line_ids = fields.One2many("rural.merchant.statement.line", "statement_id", "Lines", readonly=True)
    transaction_count = fields.Integer("Transactions", readonly=True)
    adjustment_count = fields.Integer("Adjustments", readonly=True, help="Lines of months that were closed before.")
    prepaid_sales = fields.Monetary("Prepaid-Card Sales", readonly=True)
    bank_sales = fields.Monetary("Bank-Card Sales", readonly=True)
    sales = fields.Monetary("Card Sales", readonly=True)
    rebate = fields.Monetary(readonly=True)
    bank_fee = fields.Monetary("Bank-Card Fees", readonly=True)
    terminal_fee = fields.Monetary("Terminal Fees", readonly=True)
    net_amount = fields.Monetary("Net Payable", readonly=True)

    # people and days
    prepared_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    confirmed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    confirmed_at = fields.Datetime("Confirmed On", readonly=True, copy=False)
    posted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    cancelled_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    cancel_reason = fields.Text("Why Cancelled", readonly=True, copy=False)

    # accounting
    move_ids = fields.One2many("account.move", "rural_merchant_statement_id", "Journal Entries", readonly=True)

    _one_per_month = models.UniqueIndex(
        "(merchant_id, month) WHERE state <> 'cancelled'", "The merchant has a statement of this month already."
    )
    _month_begins = models.Constraint("CHECK (extract(day FROM month) = 1)", "A month is given by its first day.")

    @api.depends("month")
    def _compute_month_name(self):
        for statement in self:
            statement.month_name = f"{statement.month:%Y-%m}"

    @api.depends("residual", "move_id.matched_payment_ids.state")
    def _compute_state(self):
        for statement in self:
            if statement.state in ("posted", "paid"):
                statement.state = "paid" if statement._is_paid() else "posted"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        for statement in self.filtered(lambda statement: statement.state != "draft"):
            raise UserError(self.env._("%s has been confirmed once and is kept for ever.", statement.name))

    @api.model
    def _live_domain(self) -> Domain:
        """Return the domain of the statements whose lines are settled."""
        return Domain("state", "in", LIVE_STATES)

    # ------------------------------------------------------------------
    # Where it leads
    # ------------------------------------------------------------------

    def action_view_transactions(self):
        """Show the card transactions that the statements settle."""
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_merchant_settlement.action_card_transaction")
        domain = Domain.OR(line._transactions_domain() for line in self.line_ids)
        return {**action, "domain": list(domain), "context": {}}

    def action_view_moves(self):
        """Show the journal entries of the statements."""
        return self.move_ids._rural_action_view()

    # ------------------------------------------------------------------
    # Explanation
    # ------------------------------------------------------------------

    @api.model
    def _explanation_depends(self):
        return ("sales", "rebate", "bank_fee", "terminal_fee", "net_amount", "adjustment_count")

    def _explain(self) -> dict:
        """MA-09: card sales, less rebate, less fees."""
        self.ensure_one()
        inputs = {
            self.env._("Prepaid-card sales"): self._amount(self.prepaid_sales),
            self.env._("Bank-card sales"): self._amount(self.bank_sales),
        }
        if self.adjustment_count:
            inputs[self.env._("Lines of months that were closed before")] = self.adjustment_count
        return {
            "clause": "MA-09",
            "inputs": inputs,
            "sentence": self.env._(
                "%(sales)s card sales − %(rebate)s rebate − %(bank)s bank-card fees − %(terminal)s terminal fees"
                " = %(net)s for %(merchant)s.",
                sales=self._amount(self.sales),
                rebate=self._amount(self.rebate),
                bank=self._amount(self.bank_fee),
                terminal=self._amount(self.terminal_fee),
                net=self._amount(self.net_amount),
                merchant=self.merchant_id.name,
            ),
        }

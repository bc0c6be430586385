from odoo import api, fields, models
from odoo.fields import Command, Domain

from odoo.addons.rural_base.amounts import capital_amount, cents
from odoo.addons.rural_base.percent import percent

STATES = [
    ("draft", "Draft"),
    ("confirmed", "Confirmed"),
    ("posted", "Posted"),
    ("paid", "Paid"),
    ("cancelled", "Cancelled"),
]
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
#: Printed forms are in Chinese whatever the reader's language.
KIND_LABELS = {"prepaid": "预付费卡消费", "bank": "银行卡消费", "terminal_fee": "终端服务费"}
PRINTED = ("sales", "rebate", "bank_fee", "terminal_fee", "net_amount")
OFFICER, MANAGER = "rural_base.group_settlement_officer", "rural_base.group_settlement_manager"


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
        "rural.month.mixin",
        "rural.period.document",
        "rural.payable.document",
        "rural.printed.mixin",
    ]
    _order = "month desc, name, id desc"
    _rec_names_search = ["name", "merchant_id"]
    _mail_post_access = "read"
    _check_company_auto = True
    _period_key = "merchant_id"
    _confirm_groups = (MANAGER,)

    # identity
    name = fields.Char("Number", required=True, readonly=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    merchant_id = fields.Many2one(
        "rural.merchant", required=True, readonly=True, index=True, ondelete="restrict", check_company=True
    )
    partner_id = fields.Many2one(related="merchant_id.partner_id", string="Payee")
    recruiter_id = fields.Many2one(related="merchant_id.recruiter_id", string="Recruiter Today")
    month = fields.Date(readonly=True)
    month_name = fields.Char("Month of Statement")
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

    # accounting
    posted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    move_ids = fields.One2many("account.move", "rural_merchant_statement_id", "Journal Entries", readonly=True)

    _one_per_month = models.UniqueIndex(
        "(merchant_id, month) WHERE state <> 'cancelled'", "The merchant has a statement of this month already."
    )

    @api.depends("residual", "move_id.matched_payment_ids.state")
    def _compute_state(self):
        for statement in self:
            if statement.state in ("posted", "paid"):
                statement.state = "paid" if statement._is_paid() else "posted"

    def action_refresh(self):
        """Bring drafts up to date with transactions and terminal fees."""
        self._check_group(OFFICER)
        self._check_state("draft")
        self.sudo()._refresh_figures()

    def action_confirm_selected(self):
        """Show the figures of several statements and confirm them as they are shown."""
        self._check_group(*self._confirm_groups)
        self._check_state("draft")
        return self._ask(
            "rural.merchant.statement.confirm", self.env._("Confirm Statements"), statement_ids=[Command.set(self.ids)]
        )

    def _figures(self):
        self.ensure_one()
        amounts = (self.sales, self.rebate, self.bank_fee, self.terminal_fee, self.net_amount)
        return (self.transaction_count, *(round(amount, 2) for amount in amounts))

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

    # ------------------------------------------------------------------
    # Printed forms
    # ------------------------------------------------------------------

    def _printed_rows(self) -> list[dict]:
        """Return what the printed form lists: label, month, rate (0.05 is 5%), the same as text, count,
        and amounts in yuan."""
        self.ensure_one()
        return [
            {
                "label": KIND_LABELS[line.kind],
                "month": f"{line.month:%Y-%m}",
                "remark": "以前月份调整" if line.is_adjustment else "",
                "rate": line.rate if line.rate_id else None,
                "percent": percent(line.rate) if line.rate_id else "",
                "count": line.transaction_count,
                **{name: cents(line[name]) for name in PRINTED},
            }
            for line in self.line_ids
        ]

    def _printed_capital_amount(self) -> str:
        """Return the net amount in capital numerals, as Chinese documents require (人民币大写)."""
        return capital_amount(cents(self.net_amount))

    def _printed_file_name(self) -> str:
        return f"商户结算单-{self.name}"

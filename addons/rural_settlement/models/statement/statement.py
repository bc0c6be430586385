from odoo import api, fields, models
from odoo.fields import Domain

STATES = [
    ("draft", "Draft"),
    ("confirmed", "Confirmed"),
    ("posted", "Posted"),
    ("paid", "Paid"),
    ("cancelled", "Cancelled"),
]
#: What an entry and a row that is due have in common.
ROW_COLUMNS = [
    "line_id", "supplier_id", "pool_entry_id", "completion_month", "kind",
    "amount", "refund", "base", "fee_rate", "fee",
]  # fmt: skip


class RuralStatement(models.Model):
    """What a service center has earned in a month (SC-13).

    A draft holds figures only; its lines stay with the orders until it is confirmed, when they are written
    down once and for all as fee entries. Nobody writes statements by hand: each step is a method that checks
    who takes it and then works with the rights of the system. Steps are in `preparing`, `confirming` and `posting`.
    """

    _name = "rural.statement"
    _description = "Statement of a Service Center"
    _kept_in_house = frozenset({"cancel_reason"})
    _inherit = [
        "rural.period.document",
        "rural.clearing.document",
        "rural.month.mixin",
        "mail.thread",
        "mail.activity.mixin",
        "rural.explanation.mixin",
    ]
    _order = "month desc, name, id desc"
    _rec_names_search = ["name", "center_id"]
    _mail_post_access = "read"
    _check_company_auto = True
    _entered_fields = frozenset()
    _period_key = "center_id"
    _confirm_groups = ("rural_base.group_settlement_manager",)

    # identity
    name = fields.Char("Number", required=True, readonly=True, index="trigram")
    center_id = fields.Many2one(
        "rural.service.center",
        "Service Center",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    service_code = fields.Char(related="center_id.service_code")
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
    line_count = fields.Integer("Entries", readonly=True)
    adjustment_count = fields.Integer("Adjustments", readonly=True)
    base = fields.Monetary(
        "Amount Less Refunds", readonly=True, help="Eligible amounts less refunds, with adjustments."
    )
    fee = fields.Monetary("Service Fee", readonly=True, help="What the center gets, with adjustments.")
    adjustment_fee = fields.Monetary("Of Which Adjustments", readonly=True)
    entry_ids = fields.One2many("rural.fee.entry", "statement_id", "Fee Entries", readonly=True)

    # people
    preparer_ids = fields.Many2many(relation="rural_statement_preparer_rel", column1="statement_id", column2="user_id")
    maker_ids = fields.Many2many(
        help="Who prepared it, loaded its lines or its cross-region reports, asked to accept a line by hand or to "
        "withdraw that, or wrote a version of a rate after the orders: none of them confirms or posts.",
    )
    can_take_over = fields.Boolean(compute="_compute_can_take_over")

    # disputes
    dispute_days_id = fields.Many2one("rural.parameter.value", "Days to Dispute", readonly=True)
    dispute_deadline = fields.Datetime(readonly=True, help="Until then the center can object.")
    agreed_by_id = fields.Many2one("res.users", "Agreement Recorded By", readonly=True)
    agreed_at = fields.Datetime("Center Agreed On", readonly=True)
    agreement = fields.Text("How the Center Agreed", readonly=True, help="The paper or the message that says so.")
    dispute_ids = fields.One2many("rural.statement.dispute", "statement_id", "Disputes")
    open_dispute_count = fields.Integer("Open Disputes", compute="_compute_open_dispute_count")
    is_undisputed = fields.Boolean(
        "Ready to Post",
        compute="_compute_is_undisputed",
        search="_search_is_undisputed",
        help="The center agreed, or its days to dispute are over, and no dispute is open.",
    )

    # accounting
    posting_id = fields.Many2one("rural.fee.posting", readonly=True, index=True, copy=False)
    move_ids = fields.One2many("account.move", "rural_statement_id", "Journal Entries", readonly=True)

    _one_per_month = models.UniqueIndex(
        "(center_id, month) WHERE state <> 'cancelled'",
        "The center has a statement of this month already.",
    )
    _number = models.UniqueIndex("(company_id, name)", "A number is given to one statement only.")
    _live = models.Index("(company_id, center_id, month) WHERE state IN ('confirmed', 'posted', 'paid')")

    @api.depends("posting_id", "residual", "move_id.matched_payment_ids.state")
    def _compute_state(self):
        for statement in self:
            if statement.state in ("posted", "paid"):
                is_paid = statement.posting_id and statement._is_paid()
                statement.state = "paid" if is_paid else "posted"

    @api.depends("dispute_ids.state")
    def _compute_open_dispute_count(self):
        for statement in self:
            statement.open_dispute_count = len(statement.dispute_ids.filtered(lambda dispute: dispute.state == "open"))

    @api.depends("state", "agreed_at", "dispute_deadline", "open_dispute_count")
    def _compute_is_undisputed(self):
        now = fields.Datetime.now()
        for statement in self:
            over = statement.dispute_deadline and statement.dispute_deadline < now
            statement.is_undisputed = (
                statement.state == "confirmed"
                and bool(statement.agreed_at or over)
                and not statement.open_dispute_count
            )

    def _search_is_undisputed(self, operator, value):
        if operator != "in":
            return NotImplemented
        ready = (
            Domain("state", "=", "confirmed")
            & (Domain("agreed_at", "!=", False) | Domain("dispute_deadline", "<", fields.Datetime.now()))
            & Domain("dispute_ids", "not any", [("state", "=", "open")])
        )
        return ready if True in value else ~ready

    # ------------------------------------------------------------------
    # Where it leads
    # ------------------------------------------------------------------

    def action_view_entries(self):
        """Show the fee entries of the statements."""
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_settlement.action_fee_entry")
        return {**action, "domain": [("statement_id", "in", self.ids)], "context": {}}

    def action_view_order_lines(self):
        """Show the order lines that the statements settle, or will settle."""
        lines = self.env["rural.order.line"].browse({row["line_id"] for statement in self for row in statement._rows()})
        return lines._action_view(self.env._("Order Lines"))

    def action_view_moves(self):
        """Show the journal entries of the statements, the suppliers' ones too."""
        moves = self.move_ids | self.posting_id.move_ids.filtered(lambda move: not move.rural_statement_id)
        return moves._rural_action_view()

    # ------------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------------

    def _rows(self) -> list[dict]:
        """Return what the statement consists of: its entries, or for a draft what is due.

        Keys: line_id, supplier_id, pool_entry_id, completion_month, kind, amount, refund, base, fee_rate, fee.
        """
        self.ensure_one()
        if self.state == "draft":
            return self._due_rows()
        return self.entry_ids.read(ROW_COLUMNS, load=None)

    def _figures(self) -> tuple:
        """Return what a person looks at before confirming, to be compared later."""
        self.ensure_one()
        return self.line_count, self.adjustment_count, round(self.base, 2), round(self.fee, 2)

    def _payable_amount(self):
        return self.fee

    # ------------------------------------------------------------------
    # Explanation
    # ------------------------------------------------------------------

    @api.model
    def _explanation_depends(self):
        return ("line_count", "base", "fee", "adjustment_fee", "adjustment_count", "state")

    def _explain(self) -> dict:
        """SC-13: the fees of the lines completed in the month, and the adjustments of closed ones."""
        self.ensure_one()
        inputs = {self.env._("Eligible amounts less refunds"): self._amount(self.base)}
        if self.adjustment_count:
            inputs[self.env._("Of which adjustments of closed months")] = self.env._(
                "%(count)s entries, %(fee)s", count=self.adjustment_count, fee=self._amount(self.adjustment_fee)
            )
        if self.dispute_deadline:
            inputs[self.env._("The center can object until")] = self._china_time(self.dispute_deadline)
        return {
            "clause": "SC-13",
            "parameter": self.dispute_days_id,
            "inputs": inputs,
            "sentence": self.env._(
                "%(center)s earns %(fee)s in %(month)s from %(count)s entries.",
                center=self.center_id.display_name,
                fee=self._amount(self.fee),
                month=self.month_name,
                count=self.line_count,
            ),
        }

from decimal import Decimal

from odoo import api, fields, models

from ... import rules
from ..rural_deposit import ACCOUNTANTS, MANAGERS

KINDS = [
    ("collect", "Collection"),
    ("top_up", "Top-up"),
    ("deduct", "Deduction"),
    ("set_off", "Set-off"),
    ("refund", "Refund"),
]
STATES = [
    ("draft", "Draft"),
    ("requested", "Requested"),
    ("approved", "Approved"),
    ("posted", "Posted"),
    ("refused", "Refused"),
    ("cancelled", "Cancelled"),
]
#: On their way, or done.
LIVE_STATES = ("requested", "approved", "posted")


class RuralDepositMovement(models.Model):
    """Money that a deposit gains or loses: requested, approved by a second person, posted (DP-01).

    A draft is entered by hand, and documents may be added until it is posted; those that it was approved by stay. A
    posted movement is never edited: cancelling it reverses its entry.
    """

    _name = "rural.deposit.movement"
    _description = "Movement of a Deposit"
    _kept_in_house = frozenset({"cancel_reason", "decision_reason", "notice"})
    _inherit = [
        *("rural.explanation.mixin", "rural.files.mixin", "rural.request.mixin"),
        *("mail.thread", "mail.activity.mixin"),
    ]
    _order = "id desc"
    _rec_names_search = ["name", "deposit_id"]
    _check_company_auto = True
    _editable_states = ("draft",)
    _always_writable = frozenset({"document", "attachment_ids"})
    _open_file_states = ("draft", "requested")
    _deletable_states = ("draft",)
    _decider_groups = MANAGERS
    _rejected_state = "refused"

    # what
    name = fields.Char("Number", required=True, readonly=True, default="/", copy=False, index="trigram")
    deposit_id = fields.Many2one("rural.deposit", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="deposit_id.company_id", store=True, index=True, precompute=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(related="deposit_id.partner_id", store=True, index=True, precompute=True)
    purpose_id = fields.Many2one(related="deposit_id.purpose_id", store=True, precompute=True)
    kind = fields.Selection(KINDS, required=True, tracking=True)
    amount = fields.Monetary(
        compute="_compute_amount", store=True, precompute=True, readonly=False, required=True, tracking=True
    )
    reason = fields.Text(required=True)
    clause_id = fields.Many2one(
        compute=None,
        store=True,
        required=True,
        ondelete="restrict",
        default=lambda self: self._clause("DP-01"),
        help="The rule that asks for the movement.",
    )
    document = fields.Char(help="What shows it: the number of a bank slip, a decision, an application.")
    source_model = fields.Char(readonly=True, copy=False)
    source_id = fields.Many2oneReference(model_field="source_model", readonly=True, copy=False)
    state = fields.Selection(
        STATES, required=True, readonly=True, default="draft", tracking=True, copy=False, group_expand=True, index=True
    )

    # people and days
    requested_by_id = fields.Many2one(default=False)
    requested_at = fields.Datetime(default=False)
    posted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    posted_at = fields.Datetime("Posted On", readonly=True, copy=False)
    cancelled_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    cancelled_at = fields.Datetime("Cancelled On", readonly=True, copy=False)
    cancel_reason = fields.Text("Reason of Cancellation", readonly=True, copy=False)

    # what posting made of it
    is_final = fields.Boolean(
        "Ends the Deposit", readonly=True, copy=False, help="A refund of more than lies above the due amount."
    )
    balance_before = fields.Monetary(readonly=True, copy=False)
    balance_amount = fields.Monetary(
        "Through the Balance", readonly=True, copy=False, help="What the balance gained or lost by the movement."
    )
    receivable_amount = fields.Monetary(
        "Beyond the Balance",
        readonly=True,
        copy=False,
        help="What a deduction exceeded the balance by: a receivable of the party.",
    )
    notice = fields.Text(compute="_compute_notice", help="What to know before the movement goes on.")
    can_post = fields.Boolean(
        compute="_compute_can_post", search="_search_can_post", help="Whether the reader may post it."
    )
    effect = fields.Monetary("Change of Balance", compute="_compute_effect", store=True)
    date = fields.Date("Accounting Date", readonly=True, copy=False, help="The day of its entry.")
    reversal_date = fields.Date("Reversed On", readonly=True, copy=False, help="The day of the entry that reverses it.")
    journal_id = fields.Many2one("account.journal", readonly=True, copy=False, check_company=True)
    payment_id = fields.Many2one(
        "account.payment", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    move_id = fields.Many2one(
        "account.move", "Journal Entry", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    move_ids = fields.One2many("account.move", "rural_deposit_movement_id", "Journal Entries", readonly=True)

    _amount_positive = models.Constraint(
        "CHECK (amount > 0 OR state = 'draft')", "The amount of a movement is more than 0."
    )
    _posted_adds_up = models.Constraint(
        "CHECK (state <> 'posted' OR (balance_amount >= 0 AND receivable_amount >= 0"
        " AND balance_amount + receivable_amount = amount))",
        "What a movement takes from the balance and beyond it is its amount.",
    )

    @api.depends("deposit_id", "kind")
    def _compute_amount(self):
        for movement in self.filtered(lambda movement: movement.state == "draft" and not movement.amount):
            deposit = movement.deposit_id
            amounts = {
                "refund": deposit.balance,
                "deduct": 0,
                "set_off": min(deposit.balance, deposit.receivable_open),
            }
            movement.amount = amounts.get(movement.kind, deposit.shortfall)

    @api.depends("state", "kind", "amount", "document", "attachment_ids", "source_id", "deposit_id.balance")
    @api.depends_context("lang")
    def _compute_notice(self):
        for movement in self:
            movement.notice = "\n".join(movement._notices()) or False

    def _notices(self) -> list[str]:
        """Return what whoever asks, approves and posts should know: what is cut (DP-02), what is missing (DP-01)."""
        if self.state not in ("draft", "requested", "approved") or not self.deposit_id:
            return []
        notices = []
        taken, beyond = self._split()
        if beyond:
            notices.append(
                self.env._(
                    "%(amount)s is more than the balance of %(balance)s: %(taken)s is taken from the balance, and "
                    "%(beyond)s becomes a receivable of %(party)s (DP-02).",
                    amount=self._amount(self.amount),
                    balance=self._amount(self.deposit_id.balance),
                    taken=self._amount(float(taken)),
                    beyond=self._amount(float(beyond)),
                    party=self.deposit_id.partner_id.display_name,
                )
            )
        if not self._has_document():
            notices.append(
                self.env._("It has no document yet: give its number or attach it, or it cannot be approved (DP-01).")
            )
        return notices

    def _split(self) -> tuple[Decimal, Decimal]:
        """Return what the movement takes from the balance as it is now, and what goes beyond it (DP-02)."""
        amount, balance = (Decimal(str(value)) for value in (self.amount, self.deposit_id.balance))
        return rules.split_deduction(amount, balance) if self.kind == "deduct" else (amount, Decimal(0))

    @api.depends(lambda self: ("state", "decided_by_id", "editor_ids", *self._maker_fields))
    @api.depends_context("uid")
    def _compute_can_post(self):
        may = self._is_in_group(*ACCOUNTANTS)
        for movement in self:
            earlier_hands = movement._makers() | movement.sudo().decided_by_id
            movement.can_post = may and movement.state == "approved" and self.env.user not in earlier_hands

    @api.model
    def _search_can_post(self, operator, value):
        return self._search_offered("can_post", [("state", "=", "approved")], operator, value)

    @api.depends("state", "kind", "balance_amount")
    def _compute_effect(self):
        for movement in self:
            moved = movement.balance_amount if movement.state == "posted" else 0
            movement.effect = movement._sign() * moved

    @api.model
    def _prepare_begin_vals(self, vals):
        number = self.env["ir.sequence"].sudo().next_by_code("rural.deposit.movement")
        return {**super()._prepare_begin_vals(vals), "name": number}

    def _check_may_write(self, vals):
        """Take documents until a movement is posted."""
        if not self._always_writable.isdisjoint(vals):
            self._check_state("draft", "requested", "approved")
        if "document" in vals:
            self.filtered("document")._check_files_open()
        return super()._check_may_write(vals)

    def _kind_label(self) -> str:
        self.ensure_one()
        return dict(self._fields["kind"]._description_selection(self.env))[self.kind]

    def _sign(self) -> int:
        """Return 1 for money that comes in, -1 for money that goes."""
        return rules.SIGNS.get(self.kind, 0)

    def _is_live(self) -> bool:
        """Tell whether the movement is on its way or done."""
        self.ensure_one()
        return self.state in LIVE_STATES

    def _is_open(self) -> bool:
        """Tell whether the movement waits for a step."""
        self.ensure_one()
        return self.state in ("requested", "approved")

    def _has_document(self) -> bool:
        """Tell whether something shows the movement: a number, a file, or the record that asked for it."""
        self.ensure_one()
        return bool(self.document or self.attachment_ids or self.source_id)

    # ------------------------------------------------------------------
    # Explanation
    # ------------------------------------------------------------------

    def _compute_explanation(self):
        # The clause of a movement is its own, chosen by whoever asks for it.
        for movement in self:
            movement.parameter = False
            movement.explanation = movement._explanation_text(movement._explain())

    @api.model
    def _explanation_depends(self):
        return (
            *("state", "kind", "amount", "balance_before", "balance_amount", "receivable_amount", "clause_id"),
            "deposit_id.balance",
        )

    def _explain(self) -> dict:
        """DP-02, DP-03: what the movement does to the balance and beyond it."""
        self.ensure_one()
        inputs = {}
        if self.posted_at:
            inputs[self.env._("Balance before")] = self._amount(self.balance_before)
            after = self.balance_before + self._sign() * self.balance_amount
            inputs[self.env._("Balance after")] = self._amount(after)
        beyond = self.receivable_amount
        if self.kind == "deduct" and self.state in ("draft", "requested", "approved"):
            taken, beyond = self._split()
            inputs[self.env._("From the balance as it is now")] = self._amount(float(taken))
        if beyond:
            inputs[self.env._("Beyond the balance, a receivable")] = self._amount(float(beyond))
        return {
            "clause": self.clause_id.code or "DP-01",
            "inputs": inputs,
            "sentence": self._sentence(),
        }

    def _sentence(self) -> str:
        amount, deposit = self._amount(self.amount), self.deposit_id.display_name or ""
        sentences = {
            "collect": self.env._("%(amount)s is collected for %(deposit)s.", amount=amount, deposit=deposit),
            "top_up": self.env._("%(amount)s tops up %(deposit)s.", amount=amount, deposit=deposit),
            "deduct": self.env._("%(amount)s is deducted from %(deposit)s.", amount=amount, deposit=deposit),
            "set_off": self.env._("%(amount)s of %(deposit)s settles a receivable.", amount=amount, deposit=deposit),
            "refund": self.env._("%(amount)s of %(deposit)s is paid back.", amount=amount, deposit=deposit),
        }
        return sentences.get(self.kind, "")

from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.rural_base import china_time

from .. import rules

STATES = [
    ("unpaid", "To Pay"),
    ("short", "Below Due"),
    ("full", "Paid in Full"),
    ("leaving", "Leaving"),
    ("closed", "Closed"),
]
#: Fixed once there is a movement.
IDENTITY = {"partner_id", "purpose_id", "company_id"}
#: What is due, and what it follows from: a manager's once somebody relies on it.
DUE = {"purpose_id", "kind_id", "company_id", "date", "due_amount"}
#: What a person writes; all else follows from it, from the movements and from the buttons.
ENTERED = IDENTITY | {
    *("kind_id", "subject", "date", "due_amount", "active"),
    *("message_follower_ids", "message_ids", "activity_ids"),
}
PAID_IN = ("collect", "top_up")
TAKEN = ("deduct", "set_off")
MANAGERS = ("rural_base.group_operations_manager", "rural_base.group_settlement_manager")


class RuralDeposit(models.Model):
    """What one party has lodged for one purpose (DP-01).

    The figures follow from the posted movements and are never written by hand.
    """

    _name = "rural.deposit"
    _description = "Deposit"
    _inherit = ["mail.thread", "mail.activity.mixin", "rural.explanation.mixin", "rural.step.mixin"]
    _order = "id desc"
    _rec_names_search = ["name", "partner_id", "subject"]
    _check_company_auto = True

    # identity
    name = fields.Char("Number", required=True, readonly=True, default="/", copy=False, index="trigram")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, ondelete="restrict"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner", "Party", required=True, index=True, ondelete="restrict", check_company=True, tracking=True
    )
    purpose_id = fields.Many2one("rural.deposit.purpose", required=True, index=True, ondelete="restrict", tracking=True)
    kind_id = fields.Many2one(
        "rural.deposit.kind",
        ondelete="restrict",
        domain="[('purpose_id', '=', purpose_id)]",
        tracking=True,
        help="Where the due amount depends on it.",
    )
    subject = fields.Char(
        "For", tracking=True, help="The region, station or place that this deposit is for, when a party has several."
    )
    date = fields.Date("Opened On", required=True, default=lambda self: china_time.today(), copy=False)
    closed_on = fields.Date(readonly=True, copy=False)
    state = fields.Selection(
        STATES, compute="_compute_state", store=True, readonly=True, tracking=True, group_expand=True, copy=False
    )

    # figures
    due_parameter_id = fields.Many2one(
        "rural.parameter.value", "Default Due Amount", compute="_compute_due_amount", store=True, precompute=True
    )
    due_amount = fields.Monetary(
        compute="_compute_due_amount", store=True, precompute=True, readonly=False, tracking=True
    )
    collected = fields.Monetary(compute="_compute_balance", store=True, help="Collections and top-ups.")
    deducted = fields.Monetary("Deducted From Balance", compute="_compute_balance", store=True)
    refunded = fields.Monetary(compute="_compute_balance", store=True)
    balance = fields.Monetary(compute="_compute_balance", store=True, tracking=True)
    shortfall = fields.Monetary(
        compute="_compute_state", store=True, help="What is to be paid or topped up to the due amount."
    )
    receivable = fields.Monetary(
        "Deducted Beyond Balance",
        compute="_compute_balance",
        store=True,
        help="What deductions exceeded the balance by: a receivable of the party.",
    )
    receivable_open = fields.Monetary(
        "Still Receivable",
        compute="_compute_receivable_open",
        compute_sudo=True,
        help="What the party still owes of deductions beyond the balance: it is paid, or taken off a refund first.",
    )

    # movements
    movement_ids = fields.One2many("rural.deposit.movement", "deposit_id", "Movements", readonly=True)
    movement_count = fields.Integer(compute="_compute_movement_count")
    refund_blockers = fields.Text("What Is Still Open", compute="_compute_refund_blockers", compute_sudo=True)

    _balance_positive = models.Constraint("CHECK (balance >= 0)", "The balance of a deposit is never negative.")
    _due_positive = models.Constraint("CHECK (due_amount >= 0)", "A due amount is never negative.")

    @api.depends("purpose_id", "kind_id", "company_id", "date")
    def _compute_due_amount(self):
        for deposit in self:
            version = deposit._default_due()
            deposit.due_parameter_id = version
            deposit.due_amount = version.value if version else deposit.due_amount

    @api.depends("movement_ids.effect", "movement_ids.receivable_amount", "movement_ids.state")
    def _compute_balance(self):
        for deposit in self:
            posted = deposit.movement_ids.filtered(lambda movement: movement.state == "posted")
            for name, kinds in (("collected", PAID_IN), ("deducted", TAKEN), ("refunded", ("refund",))):
                moved = posted.filtered(lambda movement, kinds=kinds: movement.kind in kinds)
                deposit[name] = deposit.currency_id.round(sum(moved.mapped("balance_amount")))
            balance = deposit.collected - deposit.deducted - deposit.refunded
            deposit.balance = deposit.currency_id.round(balance)
            deposit.receivable = deposit.currency_id.round(sum(posted.mapped("receivable_amount")))

    @api.depends("balance", "due_amount", "collected", "closed_on", "movement_ids.state", "movement_ids.is_final")
    def _compute_state(self):
        for deposit in self:
            due, balance = (Decimal(str(amount)) for amount in (deposit.due_amount, deposit.balance))
            missing = rules.shortfall(due, balance)
            if deposit.closed_on:
                deposit.state = "closed"
            elif deposit.movement_ids.filtered(lambda movement: movement.is_final and movement._is_live()):
                deposit.state = "leaving"
            elif not missing:
                deposit.state = "full"
            else:
                deposit.state = "short" if deposit.collected else "unpaid"
            deposit.shortfall = missing if deposit.state in ("unpaid", "short") else 0

    @api.depends("movement_ids.move_id.line_ids.amount_residual", "movement_ids.state")
    def _compute_receivable_open(self):
        for deposit in self:
            residuals = deposit._receivable_items().mapped("amount_residual")
            deposit.receivable_open = deposit.currency_id.round(sum(residuals))

    @api.depends("movement_ids")
    def _compute_movement_count(self):
        for deposit in self:
            deposit.movement_count = len(deposit.movement_ids)

    @api.depends("movement_ids.state", "receivable_open")
    def _compute_refund_blockers(self):
        for deposit in self:
            deposit.refund_blockers = "\n".join(deposit._refund_blockers())

    @api.depends("name", "partner_id.name", "subject")
    def _compute_display_name(self):
        for deposit in self:
            deposit.display_name = " ".join(filter(None, (deposit.name, deposit.partner_id.name, deposit.subject)))

    @api.constrains("company_id")
    def _check_currency(self):
        for deposit in self:
            if deposit.currency_id.name != "CNY":
                raise ValidationError(
                    self.env._(
                        "Deposits are in CNY, but %(company)s keeps its books in %(currency)s.",
                        company=deposit.company_id.name,
                        currency=deposit.currency_id.name,
                    )
                )

    @api.constrains("purpose_id", "kind_id")
    def _check_kind(self):
        for deposit in self:
            if deposit.kind_id and deposit.kind_id.purpose_id != deposit.purpose_id:
                raise ValidationError(
                    self.env._(
                        "%(kind)s is not a kind of %(purpose)s.",
                        kind=deposit.kind_id.name,
                        purpose=deposit.purpose_id.name,
                    )
                )
            if deposit.purpose_id.kind_ids and not (deposit.kind_id or deposit.purpose_id.parameter_id):
                raise ValidationError(
                    self.env._("Choose the kind: the due amount of %s depends on it.", deposit.purpose_id.name)
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Open deposits, numbered by the year of opening."""
        if not self.env.su:
            vals_list = [{name: value for name, value in vals.items() if name in self._entered()} for vals in vals_list]
        for vals in vals_list:
            if vals.get("name", "/") == "/":
                day = vals.get("date") or china_time.today()
                sequence = self.env["ir.sequence"].sudo()
                vals["name"] = sequence.next_by_code("rural.deposit", sequence_date=day)
        deposits = super().create(vals_list)
        deposits._check_due_amount()
        return deposits

    def write(self, vals):
        """Change deposits, but not what they are of once money has moved.

        :raises UserError: naming what stays
        """
        if not self.env.su and vals.keys() - self._entered():
            raise UserError(self.env._("The figures of a deposit follow from its movements."))
        if not vals.keys().isdisjoint(IDENTITY) and self.sudo().movement_ids:
            raise UserError(self.env._("A deposit with movements keeps its party, purpose and company."))
        if vals.get("active") is False:
            self._check_nothing_held()
        is_due_touched = not vals.keys().isdisjoint(DUE)
        if is_due_touched and not self.env.su and any(deposit._is_relied_on() for deposit in self.sudo()):
            self._check_group(*MANAGERS)
        written = super().write(vals)
        if is_due_touched:
            self._check_due_amount()
        return written

    @api.ondelete(at_uninstall=False)
    def _unlink_except_moved(self):
        for deposit in self.filtered("movement_ids"):
            raise UserError(self.env._("%s has movements and is kept. Archive it when it is over.", deposit.name))

    @api.model
    def _entered(self) -> set[str]:
        """Hook: return the names of the fields that people write."""
        return ENTERED

    # ------------------------------------------------------------------
    # Due amount
    # ------------------------------------------------------------------

    def _default_due(self):
        """Return the version of the parameter that was due on the day of opening, or an empty one (DP-05)."""
        self.ensure_one()
        if not (self.kind_id or self.purpose_id.parameter_id):
            return self.env["rural.parameter.value"]
        return self.purpose_id._due_on(self.date, self.kind_id, self.company_id)

    def _set_due_from(self, day):
        """Let the amount that is due by default from that day be due, such as for a new year's agreement.

        :return: what is to be topped up, in yuan
        """
        self.ensure_one()
        version = self.purpose_id._due_on(day, self.kind_id, self.company_id)
        self.sudo().write({"due_parameter_id": version.id, "due_amount": version.value})
        return self.shortfall

    def _is_relied_on(self) -> bool:
        """Hook: tell whether somebody relies on what is due, so that a manager alone changes it (DP-05)."""
        self.ensure_one()
        return bool(self.movement_ids)

    def _check_due_amount(self):
        """Leave another due amount than the rule's to a manager (DP-05)."""
        if self.env.su:
            return
        for deposit in self:
            if deposit.currency_id.compare_amounts(deposit.due_amount, deposit.due_parameter_id.value):
                self._check_group(*MANAGERS)

    def _receivable_items(self):
        """Return the journal items of the receivables that deductions beyond the balance left (DP-02)."""
        deductions = self.movement_ids.filtered(
            lambda movement: movement.kind == "deduct" and movement.state == "posted" and movement.receivable_amount
        )
        items = deductions.move_id.line_ids
        return items.filtered(lambda item: item.account_id.account_type == "asset_receivable" and item.balance > 0)

    def _check_nothing_held(self):
        for deposit in self.sudo():
            if deposit.balance or deposit.movement_ids.filtered(lambda movement: movement._is_open()):
                raise UserError(
                    self.env._(
                        "%s cannot be archived or closed: it has a balance, or movements that are not done.",
                        deposit.display_name,
                    )
                )

    # ------------------------------------------------------------------
    # Explanation
    # ------------------------------------------------------------------

    @api.model
    def _explanation_depends(self):
        return ("due_amount", "due_parameter_id", "collected", "deducted", "refunded", "balance", "shortfall")

    def _explain(self) -> dict:
        """DP-02: collected less deducted less refunded."""
        self.ensure_one()
        inputs = {
            self.env._("Collected"): self._amount(self.collected),
            self.env._("Deducted"): self._amount(self.deducted),
            self.env._("Refunded"): self._amount(self.refunded),
            self.env._("Due"): self._amount(self.due_amount),
        }
        if self.shortfall:
            inputs[self.env._("Still to pay")] = self._amount(self.shortfall)
        return {
            "clause": "DP-02",
            "parameter": self.due_parameter_id,
            "inputs": inputs,
            "sentence": self.env._(
                "%(party)s has %(balance)s lodged for %(purpose)s.",
                party=self.partner_id.name or "",
                balance=self._amount(self.balance),
                purpose=self.purpose_id.name or "",
            ),
        }

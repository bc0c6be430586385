from collections import defaultdict
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
TO_DO = "mail.mail_activity_data_todo"
#: What ends a shortfall, beside movements.
REMINDED = {"due_amount", "closed_on"}
PAID_IN = ("collect", "top_up")
TAKEN = ("deduct", "set_off")
STAFF = ("rural_base.group_operations", "rural_base.group_settlement_officer")
MANAGERS = ("rural_base.group_operations_manager", "rural_base.group_settlement_manager")
ACCOUNTANTS = ("account.group_account_user", "account.group_account_invoice")


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
    refund_notes = fields.Text(
        "What Goes On", compute="_compute_refund_notes", compute_sudo=True, help="It does not stop a refund."
    )

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

    @api.depends("state")
    def _compute_refund_notes(self):
        for deposit in self:
            deposit.refund_notes = "\n".join(deposit._refund_notes())

    @api.depends("name", "partner_id.name", "subject")
    def _compute_display_name(self):
        for deposit in self:
            deposit.display_name = " ".join(filter(None, (deposit.name, deposit.subject or deposit.partner_id.name)))

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

    @api.constrains("active")
    def _check_archived(self):
        self.filtered(lambda deposit: not deposit.active)._check_nothing_held()

    @api.model_create_multi
    def create(self, vals_list):
        """Open deposits; another due amount than the rule's is a manager's (DP-05)."""
        deposits = super().create(vals_list)
        deposits._check_due_amount()
        return deposits

    def write(self, vals):
        """Change deposits; another due amount than the rule's is a manager's (DP-05)."""
        written = super().write(vals)
        if not DUE.isdisjoint(vals):
            self._check_due_amount()
        if not REMINDED.isdisjoint(vals):
            self._end_reminder()
        return written

    def _check_due_amount(self):
        # no constraint: those are checked as the system, whoever writes
        for deposit in () if self.env.su else self:
            if deposit.currency_id.compare_amounts(deposit.due_amount, deposit.due_parameter_id.value):
                self._check_group(*MANAGERS)

    @api.model
    def _prepare_begin_vals(self, vals):
        day = vals.get("date") or china_time.today()
        number = self.env["ir.sequence"].sudo().next_by_code("rural.deposit", sequence_date=day)
        return {**super()._prepare_begin_vals(vals), "name": number}

    def _check_may_write(self, vals):
        """Keep what deposits are of once money has moved, and leave to managers what is due once it is relied on."""
        if not IDENTITY.isdisjoint(vals) and self.sudo().movement_ids:
            raise UserError(self.env._("A deposit with movements keeps its party, purpose and company."))
        if not DUE.isdisjoint(vals) and any(deposit._is_relied_on() for deposit in self.sudo()):
            self._check_group(*MANAGERS)
        return super()._check_may_write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_moved(self):
        for deposit in self.filtered("movement_ids"):
            raise UserError(self.env._("%s has movements and is kept. Archive it when it is over.", deposit.name))

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_collect(self):
        """Enter a collection."""
        return self._action_new_movement("collect")

    def action_top_up(self):
        """Enter a top-up."""
        return self._action_new_movement("top_up")

    def action_deduct(self):
        """Enter a deduction."""
        return self._action_new_movement("deduct")

    def action_set_off(self):
        """Enter what is taken from the balance for a receivable that a deduction left (DP-04)."""
        return self._action_new_movement("set_off")

    def action_refund(self):
        """Enter a refund, unless something is open (DP-04)."""
        self._check_may_request()
        self._check_no_refund_blockers()
        return self._action_new_movement("refund")

    def _check_may_request(self):
        """Refuse whoever asks for no movements, and who may not see the deposit."""
        self._check_group(*STAFF, *ACCOUNTANTS)
        self.check_access("read")

    def action_close(self):
        """Close deposits that have no balance left and nothing open."""
        self._check_group(*MANAGERS)
        self._check_state("unpaid", "short", "full")
        self._check_nothing_held()
        self._check_no_refund_blockers()
        self.sudo().write({"closed_on": china_time.today()})

    def action_reopen(self):
        """Open closed deposits again."""
        self._check_group(*MANAGERS)
        self._check_state("closed")
        self.sudo().write({"closed_on": False})

    def action_view_movements(self):
        """Show the movements of the deposits."""
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_deposit.action_deposit_movement")
        context = {"default_deposit_id": self.id} if len(self) == 1 else {}
        return {**action, "domain": [("deposit_id", "in", self.ids)], "context": context}

    def _action_new_movement(self, kind):
        self.ensure_one()
        self._check_may_request()
        self._check_open()
        return {
            "type": "ir.actions.act_window",
            "name": dict(self.env["rural.deposit.movement"]._fields["kind"]._description_selection(self.env))[kind],
            "res_model": "rural.deposit.movement",
            "view_mode": "form",
            "target": "current",
            "context": {"default_deposit_id": self.id, "default_kind": kind},
        }

    # ------------------------------------------------------------------
    # Movements
    # ------------------------------------------------------------------

    def _request(self, kind, amount, reason, clause="DP-01", source=None, **vals):
        """Request a movement in the name of the acting user; a second person approves it (DP-01).

        The caller has checked that this user may ask for it.

        :param str kind: collect, top_up, deduct, set_off or refund
        :param amount: yuan
        :param str clause: code of the clause that asks for it
        :param source: the record that asks for it and stands for a document
        :param vals: more of the movement, such as `document` (its number) and `attachment_ids`
        :return: the movement, requested
        :raises UserError: when it is not possible, saying why
        """
        self.ensure_one()
        if source:
            vals |= {"source_model": source._name, "source_id": source.id}
        vals |= {"kind": kind, "amount": amount, "reason": reason, "clause_id": self._clause(clause).id}
        movement = self.env["rural.deposit.movement"].sudo().create({"deposit_id": self.id, **vals})
        movement._submit()
        return movement.sudo(self.env.su)

    def _first_day_with(self, amount):
        """Return the first day from which on the deposit has always held an amount by its entries (DP-02, DP-03).

        :param Decimal amount: yuan
        :return: None where any day does
        """
        changes, held, first = defaultdict(Decimal), Decimal(0), None
        for movement in self.movement_ids.filtered("date"):
            change = movement._sign() * Decimal(str(movement.balance_amount))
            changes[movement.date] += change
            if movement.reversal_date:
                changes[movement.reversal_date] -= change
        for day in sorted(changes) if amount else ():
            held += changes[day]
            first = None if held < amount else first or day
        return first

    def _check_open(self):
        for deposit in self:
            if deposit.state == "closed" or not deposit.active:
                raise UserError(self.env._("%s is over. Open a new deposit for the next time.", deposit.display_name))

    def _ask_for_missing(self, reason, clause="DP-01", source=None):
        """Ask for what is missing to the due amount, unless that is on its way, and show the request.

        The caller has checked that this user may ask for it, and that something is missing.
        """
        kind = "top_up" if self.collected else "collect"
        movement = self._waiting_payments() or self._request(kind, self.shortfall, reason, clause=clause, source=source)
        return movement[:1]._get_records_action(context={})

    def _waiting_payments(self):
        """Return the collections and top-ups on their way."""
        return self.movement_ids.filtered(lambda movement: movement.kind in PAID_IN and movement._is_open())

    def _waiting_refunds(self):
        """Return the refunds on their way."""
        return self.movement_ids.filtered(lambda movement: movement.kind == "refund" and movement._is_open())

    # ------------------------------------------------------------------
    # What is open before a refund
    # ------------------------------------------------------------------

    def _refund_blockers(self) -> list[str]:
        """Hook: say what is still open before the deposit may be refunded (DP-04).

        Each sentence names one thing, in the reader's language; runs with the rights of the system.
        """
        self.ensure_one()
        waiting = self.movement_ids.filtered(lambda movement: movement.kind == "deduct" and movement._is_open())
        blockers = [
            self.env._("Deduction %(number)s of %(amount)s is not done.", number=movement.name, amount=amount)
            for movement in waiting
            for amount in [movement._amount(movement.amount)]
        ]
        if self.currency_id.compare_amounts(self.receivable_open, 0) > 0:
            blockers.append(
                self.env._(
                    "%s of a deduction beyond the balance is not paid: have it paid, or set it off against the "
                    "balance.",
                    self._amount(self.receivable_open),
                )
            )
        return blockers

    def _refund_notes(self) -> list[str]:
        """Hook: say what still goes on when the deposit is refunded, and does not stop it (DP-04).

        Each sentence names one thing, in the reader's language; runs with the rights of the system.
        """
        self.ensure_one()
        return []

    def _check_no_refund_blockers(self):
        """Refuse a refund while something is open (DP-04).

        :raises UserError: naming all of it
        """
        for deposit in self.sudo():
            if blockers := deposit._refund_blockers():
                raise UserError(
                    self.env._(
                        "%(deposit)s cannot be refunded yet:\n%(blockers)s",
                        deposit=deposit.display_name,
                        blockers="\n".join(f"• {blocker}" for blocker in blockers),
                    )
                )

    # ------------------------------------------------------------------
    # Reminders
    # ------------------------------------------------------------------

    def _remind_of_shortfall(self):
        """Remind the party by mail, and the own staff by an activity, of what is below the due amount (DP-05)."""
        self.ensure_one()
        if not self.shortfall:
            return
        deposit = self.with_context(lang=self.partner_id.lang or self.env.lang)
        deposit.message_post(
            body=deposit.env._(
                "%(missing)s of the deposit %(deposit)s is to be topped up: %(balance)s is lodged, %(due)s is due.",
                missing=deposit._amount(self.shortfall),
                deposit=deposit.display_name,
                balance=deposit._amount(self.balance),
                due=deposit._amount(self.due_amount),
            ),
            subject=deposit.env._("Deposit to be topped up"),
            partner_ids=self.partner_id.ids,
            subtype_xmlid="mail.mt_comment",
        )
        self._schedule_top_up()

    def _schedule_top_up(self):
        """Hook: let one of the own staff have the deposit topped up, unless somebody has that to do already."""
        self.ensure_one()
        if self.activity_search([TO_DO]):
            return
        staff = self.movement_ids.filtered(lambda movement: movement.kind in TAKEN).requested_by_id[:1]
        self.activity_schedule(
            TO_DO, summary=self.env._("Have the deposit topped up"), user_id=(staff or self.env.user).id
        )

    def _end_reminder(self):
        """End the reminders of the deposits that are full again, or over (DP-05)."""
        full = self.sudo().filtered(lambda deposit: not deposit.shortfall)
        full._close_top_up(self.env._("Nothing is to be topped up any more."))

    def _close_top_up(self, feedback):
        """Hook: close what the staff has to do about deposits that are not to be topped up any more."""
        self.activity_feedback([TO_DO], feedback=feedback)

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

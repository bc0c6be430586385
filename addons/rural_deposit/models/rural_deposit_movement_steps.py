from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from .rural_deposit import MANAGERS, TAKEN

STAFF = ("rural_base.group_operations", "rural_base.group_settlement_officer")
ACCOUNTANTS = ("account.group_account_user", "account.group_account_invoice")


class RuralDepositMovement(models.Model):
    _inherit = "rural.deposit.movement"

    can_approve = fields.Boolean(compute="_compute_can_approve")

    @api.depends_context("uid")
    @api.depends("state", "requested_by_id")
    def _compute_can_approve(self):
        for movement in self:
            workers = movement.create_uid | movement.requested_by_id
            movement.can_approve = movement.state == "requested" and self.env.user not in workers

    def action_request(self):
        """Hand the movement to a second person."""
        self._check_group(*STAFF, *ACCOUNTANTS)
        self._submit()

    def action_approve(self):
        """Agree with the movement as a second person (DP-01).

        :raises UserError: for whoever entered it, without a document, or when it is not possible any more
        """
        self._check_group(*MANAGERS)
        self._check_state("requested")
        self._check_another_person("create_uid", "requested_by_id")
        for movement in self.sudo():
            movement._check_possible()
            if not movement._has_document():
                raise UserError(
                    self.env._(
                        "%s has no document. Give its number or attach it: the bank slip, the decision, the "
                        "application.",
                        movement.name,
                    )
                )
        self.sudo().write({"state": "approved", "approved_by_id": self.env.uid, "approved_at": fields.Datetime.now()})
        self._tell_deposit(self.env._("Approved"))

    def action_refuse(self):
        """Ask why the movements are refused."""
        self._check_group(*MANAGERS)
        self._check_state("requested")
        return self._ask_reason(self.env._("Refuse Movements"), "refused")

    def action_cancel(self):
        """Ask why the movements are cancelled."""
        self._check_may_cancel()
        return self._ask_reason(self.env._("Cancel Movements"), "cancelled")

    def action_view_source(self):
        """Show the record that asked for the movement."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.source_model,
            "res_id": self.source_id,
            "view_mode": "form",
        }

    def _ask_reason(self, title, state):
        return self._ask("rural.deposit.movement.end", title, movement_ids=[fields.Command.set(self.ids)], state=state)

    def _submit(self):
        """Request the movements in the name of the acting user.

        :raises UserError: when a movement is not possible, saying why
        """
        self._check_state("draft")
        for movement in self.sudo():
            movement._check_possible()
            deposit = movement.deposit_id
            excess = deposit.balance - deposit.due_amount
            movement.write(
                {
                    "state": "requested",
                    "requested_by_id": self.env.uid,
                    "requested_at": fields.Datetime.now(),
                    "is_final": movement.kind == "refund"
                    and movement.currency_id.compare_amounts(movement.amount, max(excess, 0)) > 0,
                }
            )
        self._tell_deposit(self.env._("Requested"))

    def _refuse(self, reason):
        """Refuse requested movements.

        :raises UserError: without a reason
        """
        self._check_group(*MANAGERS)
        self._check_state("requested")
        self._check_reason(reason)
        self._end("refused", reason)
        self._tell_deposit(self.env._("Refused"))

    def _cancel(self, reason, day=None):
        """Cancel movements; a posted one is reversed by an entry of its own, on that day (DP-03).

        :raises UserError: without a reason, or when later movements rest on it
        """
        self._check_may_cancel()
        self._check_reason(reason)
        posted = self.filtered(lambda movement: movement.state == "posted")
        for movement in posted.sorted(lambda movement: (movement.posted_at, movement.id), reverse=True):
            movement.sudo()._reverse(day or fields.Date.context_today(self))
            movement._end("cancelled", reason)
        (self - posted)._end("cancelled", reason)
        self._tell_deposit(self.env._("Cancelled"))
        posted.sudo()._after_cancelling()

    def _check_may_cancel(self):
        self._check_state("draft", "requested", "approved", "posted")
        posted = self.filtered(lambda movement: movement.state == "posted")
        if posted:
            self._check_group(*ACCOUNTANTS)
        if self - posted:
            self._check_group(*STAFF, *ACCOUNTANTS)

    def _check_reason(self, reason):
        if not (reason or "").strip():
            raise UserError(self.env._("Say why."))

    def _end(self, state, reason):
        self.sudo().write({"state": state, "end_reason": reason, "ended_by_id": self.env.uid})
        for movement in self.sudo():
            movement.message_post(body=reason)

    def _check_possible(self):
        """Refuse what the deposit cannot bear now (DP-02, DP-04).

        :raises UserError: saying why
        """
        for movement in self:
            deposit = movement.deposit_id
            deposit._check_open()
            if not (movement.reason or "").strip():
                raise UserError(self.env._("%s has no reason. Say why.", movement.name))
            if movement.currency_id.compare_amounts(movement.amount, 0) <= 0:
                raise UserError(self.env._("The amount of %s must be more than 0.", movement.name))
            if movement.kind == "refund":
                deposit._check_no_refund_blockers()
                movement._check_refund_amount()
            elif movement.kind == "set_off":
                movement._check_set_off_amount()

    def _check_refund_amount(self):
        deposit = self.deposit_id
        others = sum((deposit._waiting_refunds() - self).mapped("amount"))
        if self.currency_id.compare_amounts(self.amount, deposit.balance - others) > 0:
            raise UserError(
                self.env._(
                    "%(amount)s cannot be refunded: the balance of %(deposit)s is %(balance)s, of which "
                    "%(others)s is being refunded already.",
                    amount=self._amount(self.amount),
                    deposit=deposit.display_name,
                    balance=self._amount(deposit.balance),
                    others=self._amount(others),
                )
            )

    def _check_set_off_amount(self):
        deposit = self.deposit_id
        most = min(deposit.balance, deposit.receivable_open)
        if self.currency_id.compare_amounts(self.amount, most) > 0:
            raise UserError(
                self.env._(
                    "%(amount)s cannot be set off: the balance of %(deposit)s is %(balance)s, and %(receivable)s is "
                    "still to be paid.",
                    amount=self._amount(self.amount),
                    deposit=deposit.display_name,
                    balance=self._amount(deposit.balance),
                    receivable=self._amount(deposit.receivable_open),
                )
            )

    def _tell_deposit(self, step):
        """Leave a line in the deposit's chatter."""
        for deposit, movements in self.sudo().grouped("deposit_id").items():
            lines = [
                self.env._(
                    "%(step)s: %(kind)s %(number)s, %(amount)s. Balance %(balance)s.",
                    step=step,
                    kind=movement._kind_label(),
                    number=movement.name,
                    amount=movement._amount(movement.amount),
                    balance=movement._amount(deposit.balance),
                )
                for movement in movements
            ]
            deposit._message_log(body=Markup("<br/>").join(lines))

    def _after_posting(self):
        """Hook: react to movements that have just been posted; runs with the rights of the system."""
        for deposit in self.filtered(lambda movement: movement.kind in TAKEN).deposit_id:
            deposit._remind_of_shortfall()

    def _after_cancelling(self):
        """Hook: react to posted movements that have just been cancelled; runs with the rights of the system."""

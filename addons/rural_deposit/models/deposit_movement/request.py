from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rural_deposit import ACCOUNTANTS, STAFF, TAKEN


class RuralDepositMovement(models.Model):
    """DP-01: asked for, approved or refused by a second person, and cancelled with a reason."""

    _inherit = "rural.deposit.movement"

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_request(self):
        """Hand the movement to a second person, and say what is missing or cut."""
        self._check_group(*STAFF, *ACCOUNTANTS)
        self._submit()
        notices = [f"{movement.name}: {movement.notice}" for movement in self if movement.notice]
        return self._show_warning("\n".join(notices)) if notices else None

    def action_approve(self):
        """Agree with the movement as a second person (DP-01).

        :raises UserError: for whoever entered it, without a document, or when it is not possible any more
        """
        self._decide("approved")

    def action_cancel(self):
        """Ask why the movements are cancelled, and where there are entries on which day they are reversed."""
        self._check_may_cancel()
        return self._ask_reason("reverse" if "posted" in self.mapped("state") else "cancel")

    def action_view_source(self):
        """Show the record that asked for the movement."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.source_model,
            "res_id": self.source_id,
            "view_mode": "form",
        }

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    @api.model
    def _reason_steps(self):
        refuse, cancel = self.env._("Refuse Movements"), self.env._("Cancel Movements")
        reverse, why = self.env._("Cancel and Reverse"), self.env._("Why?")
        steps = super()._reason_steps()
        steps["reject"] |= {"title": refuse, "button": refuse, "placeholder": why}
        return {
            **steps,
            "cancel": {"method": "_cancel", "title": cancel, "button": cancel, "placeholder": why},
            "reverse": {
                "method": "_cancel",
                "title": cancel,
                "button": reverse,
                "help": self.env._("The entry is reversed, and the balance is as if nothing had moved."),
                "placeholder": why,
                "day": True,
            },
        }

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
        self._log_on_deposit()

    def _cancel(self, reason, day=None):
        """Cancel movements; a posted one is reversed by an entry of its own, on that day (DP-03).

        :raises UserError: without a reason, or when later movements rest on it
        """
        reason = self._check_reason(reason)
        self._check_may_cancel()
        self._lock_rows()
        posted = self.filtered(lambda movement: movement.state == "posted")
        for movement in posted.sorted(lambda movement: (movement.posted_at, movement.id), reverse=True):
            movement.sudo()._reverse(day)
            movement._write_cancelled(reason)
        (self - posted)._write_cancelled(reason)
        self._log_on_deposit()
        posted.sudo()._after_cancelling()

    def _write_cancelled(self, reason):
        self.sudo().write(
            {
                "state": "cancelled",
                "cancel_reason": reason,
                "cancelled_by_id": self.env.uid,
                "cancelled_at": fields.Datetime.now(),
            }
        )
        for movement in self.sudo():
            movement.message_post(body=reason)

    def _after_decision(self, state):
        for movement in self.sudo().filtered("decision_reason"):
            movement.message_post(body=movement.decision_reason)
        self._log_on_deposit()
        return super()._after_decision(state)

    def _log_on_deposit(self):
        """Leave a line in the deposit's chatter for the step that has been taken."""
        labels = self._step_labels()
        for deposit, movements in self.sudo().grouped("deposit_id").items():
            lines = [
                self.env._(
                    "%(step)s: %(kind)s %(number)s, %(amount)s. Balance %(balance)s.",
                    step=labels[movement.state],
                    kind=movement._kind_label(),
                    number=movement.name,
                    amount=movement._amount(movement.amount),
                    balance=movement._amount(deposit.balance),
                )
                for movement in movements
            ]
            deposit._message_log(body=Markup("<br/>").join(lines))

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _check_may_decide(self, state):
        result = super()._check_may_decide(state)
        for movement in self.sudo() if state == "approved" else ():
            movement._check_possible()
            movement._check_document()
        return result

    def _check_document(self):
        if not self._has_document():
            raise UserError(
                self.env._(
                    "%s has no document. Give its number or attach it: the bank slip, the decision, the application.",
                    self.name,
                )
            )

    def _check_may_cancel(self):
        self._check_state("draft", "requested", "approved", "posted")
        posted = self.filtered(lambda movement: movement.state == "posted")
        if posted:
            self._check_group(*ACCOUNTANTS)
        if self - posted:
            self._check_group(*STAFF, *ACCOUNTANTS)

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

    # ------------------------------------------------------------------
    # Hooks
    # ------------------------------------------------------------------

    def _after_posting(self):
        """Hook: react to movements that have just been posted; runs with the rights of the system."""
        for deposit in self.filtered(lambda movement: movement.kind in TAKEN).deposit_id:
            deposit._remind_of_shortfall()
        self.deposit_id._end_reminder()

    def _after_cancelling(self):
        """Hook: react to posted movements that have just been cancelled; runs with the rights of the system."""
        self.deposit_id._end_reminder()

from datetime import date, timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.rural_base import china_time

from .penalty_case import DECIDERS


class RuralPenaltyCase(models.Model):
    """What a final decision does: deduct, suspend, terminate (SC-17)."""

    _inherit = "rural.penalty.case"

    movement_id = fields.Many2one("rural.deposit.movement", "Deduction", readonly=True, copy=False)
    movement_state = fields.Selection(related="movement_id.state", string="State of the Deduction")
    deducted = fields.Monetary(related="movement_id.balance_amount", string="Deducted From the Balance")
    receivable = fields.Monetary(related="movement_id.receivable_amount", string="Receivable Beyond the Balance")
    suspension_id = fields.Many2one("rural.center.suspension", readonly=True, copy=False, ondelete="set null")
    exit_id = fields.Many2one("rural.center.exit", readonly=True, copy=False)

    def _make_final(self):
        """Make decisions final and let them take effect, in the name of those who decided."""
        for case in self.sudo():
            case.write({"state": "final", "final_on": china_time.today()})
            case.activity_ids.unlink()
            decider = case.appeal_decided_by_id or case.decided_by_id
            # In the company of the case, whatever companies are ticked on the screen of whoever makes it final.
            acting = case.with_user(decider).with_context(allowed_company_ids=case.company_id.ids).sudo()
            getattr(acting, f"_take_effect_{case.action}")()
            case.message_post(body=self.env._("Final: %s.", case._measure_text()))

    def _take_effect_warning(self):
        """A warning is on record, which is all."""

    def _take_effect_deduction(self):
        """Request the deduction; a second person approves it and an accountant posts it (DP-01, DP-02)."""
        deposit = self.center_id.deposit_id
        if not deposit:
            raise UserError(self.env._("%s has no deposit to deduct from.", self.center_id.display_name))
        self.movement_id = deposit._request(
            "deduct",
            self.amount,
            self.env._("Penalty %(case)s: %(violation)s", case=self.name, violation=self.violation_id.display_name),
            clause="SC-17",
            document=self.name,
            source=self,
        )

    def _take_effect_suspension(self):
        """Suspend from the next day on, or from the end of a suspension that runs then.

        The orders of today have been placed in good faith.
        """
        Suspension = self.env["rural.center.suspension"]
        first = china_time.today() + timedelta(days=1)
        others = Suspension.search([("center_id", "=", self.center_id.id)], order="valid_from")
        for other in others:
            last = first + timedelta(days=self.suspension_days - 1)
            if other.valid_from <= last and not other.valid_to:
                # Suspended until further notice: there is nothing to add.
                self.suspension_id = other
                return
            if other.valid_from <= last and other.valid_to >= first:
                first = other.valid_to + timedelta(days=1)
        last = first + timedelta(days=self.suspension_days - 1)
        reason = self.env._("Penalty %(case)s: %(violation)s", case=self.name, violation=self.violation_id.display_name)
        self.suspension_id = self.center_id._suspend(first, last, reason)

    def _suspended_until(self) -> date:
        """Return the last day that the case has decided; one that ran already, without an end, may last longer."""
        return self.suspension_id.valid_to or self.final_on + timedelta(days=self.suspension_days)

    def _take_effect_termination(self):
        """Let the center leave with this day: authorisation, certificate and agreement end (DP-04).

        An exit on its way is brought forward and becomes the termination; a center that has left stays as it is.
        """
        leaving = self.center_id.exit_id
        if not leaving:
            leaving = leaving.create({"center_id": self.center_id.id, **self._prepare_termination_vals()})
            leaving._terminate()
        elif leaving.state == "requested" or (leaving.state == "running" and leaving.last_day >= china_time.today()):
            leaving.write(self._prepare_termination_vals())
            leaving._terminate()
        self.exit_id = leaving

    def _prepare_termination_vals(self) -> dict:
        return {
            "kind": "termination",
            "reason": self.env._(
                "Penalty %(case)s: %(violation)s", case=self.name, violation=self.violation_id.display_name
            ),
            "last_day": china_time.today(),
            "requested_by_id": self.recorded_by_id.id,
        }

    def action_request_again(self):
        """Request a deduction again that was refused or cancelled."""
        self._check_group(*DECIDERS)
        self._lock_rows()
        self._check_state("final")
        for case in self.sudo():
            if case.movement_state not in ("refused", "cancelled"):
                raise UserError(self.env._("The deduction of %s is on its way or done.", case.name))
            case._take_effect_deduction()
            case.message_post(body=self.env._("The deduction has been requested again: %s.", case.movement_id.name))

    def action_view_effect(self):
        """Show what came of the decision."""
        self.ensure_one()
        effect = self.movement_id or self.exit_id
        return {
            "type": "ir.actions.act_window",
            "res_model": effect._name,
            "views": [(False, "form")],
            "res_id": effect.id,
        }

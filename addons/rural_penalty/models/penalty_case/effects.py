from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.rural_base import china_time

from .penalty_case import DECIDERS


class RuralPenaltyCase(models.Model):
    """What a final decision does: warn, deduct, and what the party's addon adds, such as to suspend (SC-17)."""

    _inherit = "rural.penalty.case"

    movement_id = fields.Many2one("rural.deposit.movement", "Deduction", readonly=True, copy=False)
    movement_state = fields.Selection(related="movement_id.state", string="State of the Deduction")
    deducted = fields.Monetary(related="movement_id.balance_amount", string="Deducted From the Balance")
    receivable = fields.Monetary(related="movement_id.receivable_amount", string="Receivable Beyond the Balance")
    has_effect = fields.Boolean(compute="_compute_has_effect", help="Whether there is something to show of it.")

    @api.depends("state", "movement_id")
    def _compute_has_effect(self):
        for case in self:
            case.has_effect = bool(case._effect())

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
        deposit = self.deposit_id
        if not deposit:
            raise UserError(self.env._("%s has no deposit to deduct from.", self._party().display_name))
        self.movement_id = deposit._request(
            "deduct",
            self.amount,
            self._effect_reason(),
            clause="SC-17",
            document=self.name,
            source=self,
        )

    def _take_effect_suspension(self):
        """Hook: suspend the party; who knows no suspension cannot be sentenced to one."""
        self.violation_id._check_action("suspension")

    def _take_effect_termination(self):
        """Hook: let the party leave; who knows no termination cannot be sentenced to one."""
        self.violation_id._check_action("termination")

    def _effect_reason(self) -> str:
        return self.env._("Penalty %(case)s: %(violation)s", case=self.name, violation=self.violation_id.display_name)

    def _effect(self):
        """Hook: return the record that carries out the decision, such as a movement of the deposit."""
        return self.movement_id

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
        return self._effect()._get_records_action(context={})

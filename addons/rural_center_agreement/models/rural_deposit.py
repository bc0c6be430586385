from odoo import api, fields, models
from odoo.exceptions import UserError

from .agreement.deposit import ACTIVITY


class RuralDeposit(models.Model):
    """The deposit of a center: one region, one deposit (SC-07)."""

    _inherit = "rural.deposit"

    center_id = fields.Many2one(
        "rural.service.center",
        "Service Center",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        readonly=True,
        copy=False,
        tracking=True,
    )

    _one_a_center = models.UniqueIndex(
        "(center_id) WHERE center_id IS NOT NULL AND active",
        "The center has a deposit already: one region, one deposit.",
    )

    @api.model
    def _check_may_begin(self, vals_list):
        """Open a center's deposit from its agreement only (SC-07)."""
        if any(vals.get("center_id") for vals in vals_list):
            raise UserError(
                self.env._("The deposit of a center is opened by its agreement: choose “Ask for Deposit” there.")
            )
        return super()._check_may_begin(vals_list)

    def _is_relied_on(self):
        return bool(self.center_id) or super()._is_relied_on()

    def _refund_blockers(self):
        """Let a center's deposit go back at its exit only (DP-04)."""
        blockers = super()._refund_blockers()
        center = self.center_id
        if center and center.exit_id.state not in ("running", "done"):
            blockers.append(self.env._("%s has not left: its exit is not decided.", center.display_name))
        return blockers

    def _refund_notes(self):
        """Say at the exit of a center what it may still earn with (DP-04)."""
        leaving = self.center_id.exit_id
        waiting = leaving._on_their_way() if leaving.state in ("running", "done") else []
        return [*super()._refund_notes(), *waiting]

    def _schedule_top_up(self):
        """Leave it to the area manager of a working center, who has it to do with the agreement (SC-07)."""
        active = self.center_id.agreement_ids.filtered(lambda agreement: agreement.stage == "active")
        return active._remind_of_deposit() if active else super()._schedule_top_up()

    def _close_top_up(self, feedback):
        self.center_id.agreement_ids.activity_feedback([ACTIVITY], feedback=feedback)
        return super()._close_top_up(feedback)


class RuralDepositMovement(models.Model):
    _inherit = "rural.deposit.movement"

    def _after_posting(self):
        """Take the agreements that waited for the deposit one step further (SC-05)."""
        agreements = self.deposit_id.center_id.agreement_ids
        agreements._deposit_has_come()
        agreements._remind_of_deposit()
        return super()._after_posting()

    def _after_cancelling(self):
        """Have what working centers miss of their deposit looked after (SC-07)."""
        self.deposit_id.center_id.agreement_ids._remind_of_deposit()
        return super()._after_cancelling()

from odoo import fields, models
from odoo.exceptions import UserError


class RuralLineAcceptance(models.Model):
    """A confirmed acceptance is taken back by two persons as well; what was settled is adjusted (SC-12, SC-13)."""

    _inherit = "rural.line.acceptance"

    withdrawal_reason = fields.Text(readonly=True, copy=False, tracking=True)
    withdrawal_requested_by_id = fields.Many2one("res.users", "Withdrawal Asked By", readonly=True, copy=False)
    withdrawn_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    withdrawn_at = fields.Datetime("Withdrawn On", readonly=True, copy=False)

    def action_withdraw(self):
        """Ask why the acceptance shall be withdrawn."""
        self._check_state("confirmed")
        return self._ask(
            "rural.line.acceptance.withdraw",
            self.env._("Withdraw Acceptances"),
            acceptance_ids=[fields.Command.set(self.ids)],
        )

    def _request_withdrawal(self, reason):
        """Ask for the withdrawal of confirmed acceptances.

        :raises UserError: without a reason
        """
        self._check_group("rural_base.group_settlement_officer")
        self._check_state("confirmed")
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the acceptance is withdrawn."))
        self.sudo().write(
            {
                "state": "withdrawal_requested",
                "withdrawal_reason": reason,
                "withdrawal_requested_by_id": self.env.uid,
            }
        )

    def action_confirm_withdrawal(self):
        """Judge the line as if it had never been accepted; by another person than who asked for that."""
        self._check_withdrawal()
        self._end_withdrawal()
        self._judge_lines("withdrawal_requested_by_id")

    def action_keep(self):
        """Let the acceptance stand."""
        self._check_withdrawal()
        self.sudo().write({"state": "confirmed", "withdrawal_reason": False, "withdrawal_requested_by_id": False})

    def _check_withdrawal(self):
        self._check_group("rural_base.group_settlement_manager")
        self._check_state("withdrawal_requested")
        self._check_another_person("withdrawal_requested_by_id")

    def _end_withdrawal(self, reason=None):
        said = {"withdrawal_reason": reason} if reason else {}
        self.sudo().write(
            {"state": "withdrawn", "withdrawn_by_id": self.env.uid, "withdrawn_at": fields.Datetime.now(), **said}
        )
        self.env["rural.line.acceptance"].flush_model(["state"])

from odoo import models
from odoo.exceptions import UserError

from odoo.addons.rural_base import china_time

from .rural_bonus_run_computation import OFFICERS

HEADS = ("rural_merchant.group_recruiting_head",)
GENERAL_MANAGERS = ("rural_merchant.group_general_manager",)


class RuralBonusRun(models.Model):
    """Draft → reviewed by the head → approved by the general manager → in payslips, each by another person."""

    _inherit = "rural.bonus.run"

    def action_review(self):
        """Say that the figures are right, as head of recruiting who has not computed them."""
        self._check_group(*HEADS)
        self._check_state("draft")
        self._check_another_person("computed_by_id")
        for run in self:
            run._check_computed()
            run._check_over()
            run._check_shares()
        self.sudo().write({"state": "reviewed", "reviewed_by_id": self.env.uid})

    def action_approve(self):
        """Approve, as general manager who has neither computed nor reviewed; from now on the figures are final."""
        self._check_group(*GENERAL_MANAGERS)
        self._lock()
        self._check_state("reviewed")
        self._check_another_person("computed_by_id", "reviewed_by_id")
        for run in self:
            run._check_figures()
        self.sudo().write({"state": "approved", "approved_by_id": self.env.uid})

    def action_back_to_draft(self):
        """Let it be computed again, before it is approved."""
        self._check_group(*OFFICERS, *HEADS)
        self._check_state("reviewed")
        self.sudo().write({"state": "draft", "reviewed_by_id": False})

    def action_cancel(self):
        """Set a run aside that has not been approved."""
        self._check_group(*OFFICERS)
        self._check_state("draft", "reviewed")
        self.sudo().write({"state": "cancelled"})

    def _check_computed(self):
        if not self.computation_count:
            raise UserError(self.env._("%s has not been computed yet.", self.display_name))

    def _check_over(self):
        if self.date_to >= china_time.today():
            raise UserError(self.env._("%s is not over yet: its figures can still change.", self.display_name))

    def _check_shares(self):
        """MA-27: who left or was dismissed gets none, and the shares add up to the whole."""
        if self.kind != "year":
            return
        leavers = self.env["rural.bonus.computation"].sudo()._leavers(self.date_to, self.company_id)
        for share in self.share_ids:
            if share.weight and not share.successor_id and share.employee_id.id in leavers:
                raise UserError(
                    self.env._(
                        "%s has left during the year and gets no share of its bonus. Take the share out, or name "
                        "who took over.",
                        share.employee_id.name,
                    )
                )
        if self.pool_amount and not self.share_ids.filtered("weight"):
            raise UserError(self.env._("Nobody shares in the bonus of %s yet.", self.name))

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_date

from odoo.addons.rural_base import china_time


class RuralCrossRegionReport(models.Model):
    """The steps of a report: draft, requested, approved or rejected, revoked (SC-11)."""

    _inherit = "rural.cross.region.report"

    def action_request(self):
        """Ask another person to approve the report (SC-11)."""
        self.check_access("write")
        for report in self:
            report._check_step("draft")
            report._check_purchaser()
            report._check_not_over()
        self.sudo().write({"state": "requested", "requested_by_id": self.env.uid})
        for report in self:
            report._ask_area_manager()

    def action_approve(self):
        """Let in the purchaser's orders from now on; the requester cannot do it (maker and checker)."""
        self._check_checker()
        for report in self:
            report._check_step("requested")
            report._check_purchaser()
            report._check_not_over()
        self.sudo().write(
            {
                "state": "approved",
                "approved_by_id": self.env.uid,
                "approved_at": fields.Datetime.now(),
            }
        )
        self.activity_unlink(["mail.mail_activity_data_todo"])

    def action_reject(self):
        """Ask for the reason of the rejection."""
        return self._decision_action("reject", self.env._("Reject"))

    def action_revoke(self):
        """Ask for the reason of the revocation."""
        return self._decision_action("revoke", self.env._("Revoke"))

    def action_reset_to_draft(self):
        """Take a report back to change it: one's own request, or a rejected one."""
        self.check_access("write")
        for report in self:
            report._check_step("requested", "rejected")
        self.sudo().write({"state": "draft", "requested_by_id": False, "decision_reason": False})
        self.activity_unlink(["mail.mail_activity_data_todo"])

    def _reject(self, reason):
        """Turn the request down; the requester cannot do it."""
        self._check_checker()
        for report in self:
            report._check_step("requested")
        self.sudo().write({"state": "rejected", "decision_reason": reason})
        self.activity_unlink(["mail.mail_activity_data_todo"])

    def _revoke(self, reason):
        """End an approved report with the present day.

        Orders placed until the end of the day have been let in already and stay so.
        """
        for report in self:
            if not report.can_revoke:
                raise UserError(
                    self.env._(
                        "%s cannot be revoked: only a settlement manager or the area manager ends an "
                        "approved report, and only one that is still valid.",
                        report.display_name,
                    )
                )
        self.sudo().write(
            {
                "valid_until": china_time.today(),
                "decision_reason": reason,
                "revoked_by_id": self.env.uid,
                "revoked_at": fields.Datetime.now(),
            }
        )

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _check_step(self, *states):
        if self.state not in states:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "%(report)s is in the state “%(state)s”: this step is not possible.",
                    report=self.display_name,
                    state=labels[self.state],
                )
            )

    def _check_purchaser(self):
        if self.purchaser_type == "budget_unit":
            raise UserError(
                self.env._(
                    "%s is a budget unit. Cross-region reports are for purchasers that are not budget units (SC-11).",
                    self.purchaser_id.display_name,
                )
            )

    def _check_not_over(self):
        if self.valid_until < china_time.today():
            raise UserError(
                self.env._(
                    "%(report)s would be over since %(day)s. Set a later last day.",
                    report=self.display_name,
                    day=format_date(self.env, self.valid_until),
                )
            )

    def _check_checker(self):
        self.check_access("write")
        for report in self:
            if report.requested_by_id == self.env.user:
                raise AccessError(
                    self.env._(
                        "You have requested %s yourself. Another person must decide on it.",
                        report.display_name,
                    )
                )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _ask_area_manager(self):
        manager = self.center_id.area_manager_id
        if manager and manager != self.env.user:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Decide on the cross-region report"),
                user_id=manager.id,
            )

    def _decision_action(self, decision, name):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "rural.report.decision",
            "view_mode": "form",
            "target": "new",
            "context": {"default_report_id": self.id, "default_decision": decision},
        }

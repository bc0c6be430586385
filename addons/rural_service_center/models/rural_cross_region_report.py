from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_date

from odoo.addons.rural_base import china_time

#: Set by the steps of the report, never typed.
STEP_FIELDS = {
    "state",
    "requested_by_id",
    "approved_by_id",
    "approved_at",
    "decision_reason",
    "revoked_by_id",
    "revoked_at",
    "run_id",
}
#: What is asked for; it stays as it is once asked.
REQUEST_FIELDS = {"center_id", "purchaser_id", "valid_until", "reason"}


class RuralCrossRegionReport(models.Model):
    """Leave for a center to serve a purchaser of another region (SC-11).

    A report lets in the orders from its approval to the end of its last day. What it let in stays in: an
    approved report is never edited, and revoking it only brings its last day forward to the present one. One that was
    approved elsewhere comes with a file, and only such a file corrects its last day.
    """

    _name = "rural.cross.region.report"
    _description = "Cross-Region Report"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "approved_at desc, id desc"
    _rec_names_search = ["purchaser_id", "center_id"]
    _check_company_auto = True

    # what is asked for
    center_id = fields.Many2one("rural.service.center", required=True, index=True, ondelete="restrict", tracking=True)
    purchaser_id = fields.Many2one(
        "rural.purchaser",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    purchaser_type = fields.Selection(related="purchaser_id.purchaser_type")
    purchaser_region_id = fields.Many2one(string="Purchaser Region", related="purchaser_id.region_id")
    company_id = fields.Many2one(related="center_id.company_id", store=True, index=True, precompute=True)
    valid_until = fields.Date(required=True, tracking=True, help="Last day on which orders are let in.")
    reason = fields.Text(help="Why the center is to serve a purchaser of another region.")

    # what becomes of it
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("requested", "Requested"),
            ("approved", "Approved"),
            ("rejected", "Rejected"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )
    requested_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_at = fields.Datetime(
        readonly=True,
        copy=False,
        tracking=True,
        help="Orders placed before this moment are not let in.",
    )
    decision_reason = fields.Text(
        "Reason of the Decision",
        readonly=True,
        copy=False,
        tracking=True,
        help="Why the report has been rejected or revoked.",
    )
    revoked_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    revoked_at = fields.Datetime(readonly=True, copy=False)
    run_id = fields.Many2one(
        "rural.load.run",
        "Load",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The file by which a report that was approved elsewhere has been taken over.",
    )
    loaded_by_id = fields.Many2one(related="run_id.user_id", string="Loaded By")
    can_approve = fields.Boolean(compute="_compute_can_approve")
    can_revoke = fields.Boolean(compute="_compute_can_revoke")

    _approved_once = models.UniqueIndex(
        "(center_id, purchaser_id, approved_at) WHERE state = 'approved'",
        "This report has been approved at the very same moment already.",
    )
    _approved_when = models.Constraint(
        "CHECK (state <> 'approved' OR approved_at IS NOT NULL)",
        "An approved report needs the moment of its approval.",
    )

    @api.depends("center_id", "purchaser_id")
    def _compute_display_name(self):
        for report in self:
            center, purchaser = report.center_id, report.purchaser_id
            report.display_name = " · ".join(filter(None, (center.service_code or center.name, purchaser.display_name)))

    @api.depends("state", "requested_by_id")
    @api.depends_context("uid")
    def _compute_can_approve(self):
        may = self.env.user.has_group("rural_base.group_operations")
        for report in self:
            report.can_approve = may and report.state == "requested" and report.requested_by_id != self.env.user

    @api.depends("state", "valid_until", "revoked_at", "center_id")
    @api.depends_context("uid")
    def _compute_can_revoke(self):
        is_manager = self.env.user.has_group("rural_base.group_settlement_manager")
        today = china_time.today()
        for report in self:
            report.can_revoke = (
                report.state == "approved"
                and not report.revoked_at
                and report.valid_until
                and report.valid_until >= today
                and (is_manager or report.center_id.area_manager_id == self.env.user)
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Start as a draft, whatever the caller says; only the system takes over decided ones."""
        if not self.env.su and any(vals.get("state", "draft") != "draft" for vals in vals_list):
            raise UserError(self.env._("A new cross-region report starts as a draft."))
        if not self.env.su:
            vals_list = [self._without_step_fields(vals) for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        """Refuse to edit what has been asked for or decided (SC-11)."""
        if not self.env.su:
            self._check_may_write(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_approved(self):
        if any(report.state in ("requested", "approved") for report in self):
            raise UserError(self.env._("A requested or approved cross-region report cannot be deleted."))

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

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

    def _check_may_write(self, vals):
        if not STEP_FIELDS.isdisjoint(vals):
            raise UserError(self.env._("A cross-region report moves on by its buttons, not by editing."))
        if not REQUEST_FIELDS.isdisjoint(vals) and any(report.state != "draft" for report in self):
            raise UserError(
                self.env._(
                    "Only a draft can be edited. Take a requested or rejected report back to draft; an "
                    "approved one can only be revoked."
                )
            )

    @api.model
    def _without_step_fields(self, vals):
        return {name: value for name, value in vals.items() if name not in STEP_FIELDS}

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

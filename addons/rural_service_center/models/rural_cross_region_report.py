from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from odoo.addons.rural_base import china_time

MANAGER = "rural_base.group_operations_manager"


class RuralCrossRegionReport(models.Model):
    """Leave for a center to serve a purchaser of another region (SC-11).

    A report lets in the orders from its approval to the end of its last day. What it let in stays in: an
    approved report is never edited, and revoking it only brings its last day forward to the present one. One that was
    approved elsewhere comes with a file, as does a correction of its last day; both count once an operations manager
    other than who loaded the file has confirmed them (SC-04).
    """

    _name = "rural.cross.region.report"
    _description = "Cross-Region Report"
    _inherit = ["rural.request.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "approved_at desc, id desc"
    _rec_names_search = ["purchaser_id", "center_id"]
    _check_company_auto = True
    _editable_states = ("draft",)
    _deletable_states = ("draft", "rejected")
    _decider_groups = ("rural_base.group_operations",)
    _maker_fields = ("create_uid", "requested_by_id", "corrected_by_id")

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
    requested_by_id = fields.Many2one(default=False)
    requested_at = fields.Datetime(default=False)
    decision_reason = fields.Text(tracking=True, help="Why the report has been rejected or revoked.")
    approved_at = fields.Datetime(
        readonly=True,
        copy=False,
        tracking=True,
        help="Orders placed before this moment are not let in.",
    )
    revoked_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    revoked_at = fields.Datetime(readonly=True, copy=False)
    can_revoke = fields.Boolean(compute="_compute_can_revoke")

    # taken over from a file
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
    corrected_until = fields.Date(
        "Last Day by a Later File", readonly=True, copy=False, help="Counts once a manager has confirmed it."
    )
    corrected_by_id = fields.Many2one("res.users", "Correction Loaded By", readonly=True, copy=False)
    awaits_confirmation = fields.Boolean(
        "Take-Over to Confirm",
        compute="_compute_awaits_confirmation",
        store=True,
        index="btree_not_null",
        help="It came with a file, or a file corrects it, and no manager has confirmed that yet (SC-04).",
    )
    can_confirm_take_over = fields.Boolean(compute="_compute_can_decide", search="_search_can_confirm_take_over")

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

    @api.depends("state", "run_id", "corrected_until")
    def _compute_awaits_confirmation(self):
        for report in self:
            report.awaits_confirmation = report._is_taken_over_request() or bool(report.corrected_until)

    def _compute_can_decide(self):
        result = super()._compute_can_decide()
        is_manager = self._is_in_group(MANAGER)
        for report in self:
            if report._is_taken_over_request():
                report.can_decide = report.can_decide and is_manager
            report.can_confirm_take_over = (
                is_manager and report.awaits_confirmation and self.env.user not in report._makers()
            )
        return result

    @api.model
    def _search_can_confirm_take_over(self, operator, value):
        waiting = [("awaits_confirmation", "=", True)]
        return self._search_offered("can_confirm_take_over", waiting, operator, value)

    def _can_decide_depends(self):
        return (*super()._can_decide_depends(), "run_id", "corrected_until", "awaits_confirmation")

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

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_request(self):
        """Ask another person to approve the report (SC-11)."""
        self.check_access("write")
        self._lock_rows()
        self._check_state("draft")
        self._check_can_let_in()
        self.sudo().write(
            {
                "state": "requested",
                "requested_by_id": self.env.uid,
                "requested_at": fields.Datetime.now(),
                "decided_by_id": False,
                "decided_at": False,
                "decision_reason": False,
            }
        )
        for report in self:
            report._ask_area_manager()

    def action_approve(self):
        """Let in the purchaser's orders from now on; the requester cannot do it (maker and checker)."""
        for report in self:
            report._decide("approved", approved_at=report.approved_at or fields.Datetime.now())

    def action_confirm_take_over(self):
        """Let what came with files count, as a manager who did not load it (SC-04)."""
        self._check_group(MANAGER)
        waiting = self.filtered("awaits_confirmation")
        if not waiting:
            raise UserError(self.env._("None of these waits to be confirmed."))
        waiting._confirm_take_over()

    def action_reject(self):
        """Ask for the reason of the rejection.

        :raises AccessError: without the role
        """
        self._check_group(*self._decider_groups)
        (self - self.filtered("corrected_until"))._check_state("requested")
        return self._ask_reason("reject")

    def action_revoke(self):
        """Ask for the reason of the revocation.

        :raises UserError: for whoever may not end it, and when it is over
        """
        self._check_may_revoke()
        return self._ask_reason("revoke")

    def action_reset_to_draft(self):
        """Take a report back to change it: one's own request, or a rejected one."""
        self.check_access("write")
        self._lock_rows()
        self._check_state("requested", "rejected")
        self.filtered(lambda report: report.state == "requested")._check_asked_by_user()
        for report in self.filtered("run_id"):
            raise UserError(self.env._("%s came with a file: it is confirmed or rejected.", report.display_name))
        self.sudo().write({"state": "draft", "requested_by_id": False, "requested_at": False, "decision_reason": False})
        self.activity_unlink(["mail.mail_activity_data_todo"])

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    @api.model
    def _reason_steps(self):
        placeholder = self.env._("Why? The requester will read it.")
        return {
            **super()._reason_steps(),
            "reject": {
                "method": "_reject",
                "title": self.env._("Reject Report"),
                "button": self.env._("Reject"),
                "placeholder": placeholder,
            },
            "revoke": {
                "method": "_revoke",
                "title": self.env._("Revoke Report"),
                "button": self.env._("Revoke"),
                "help": self.env._("The report ends with the present day. Orders that it has let in stay let in."),
                "placeholder": placeholder,
            },
        }

    def _reject(self, reason):
        """Turn requests down, and corrections by a file; who asked or loaded cannot do it."""
        reason = self._check_reason(reason)
        corrected = self.filtered("corrected_until")
        if corrected:
            corrected._check_may_confirm_take_over()
            corrected.sudo().write({"corrected_until": False, "corrected_by_id": False})
            for report in corrected:
                report._message_log(body=self.env._("The correction by a file has been rejected: %s", reason))
        if requested := self - corrected:
            requested._decide("rejected", reason)

    def _revoke(self, reason):
        """End approved reports with the present day.

        Orders placed until the end of the day have been let in already and stay so.
        """
        reason = self._check_reason(reason)
        self._check_may_revoke()
        self._lock_rows()
        self.sudo().write(
            {
                "valid_until": china_time.today(),
                "corrected_until": False,
                "decision_reason": reason,
                "revoked_by_id": self.env.uid,
                "revoked_at": fields.Datetime.now(),
            }
        )

    def _correct(self, valid_until, run):
        """Note the last day that a later file gives; it counts once a manager has confirmed it."""
        self.sudo().write({"corrected_until": valid_until, "corrected_by_id": run.user_id.id})

    def _confirm_take_over(self):
        self.filtered(lambda report: report.state == "requested").action_approve()
        self.filtered("corrected_until")._confirm_correction()

    def _confirm_correction(self):
        self._check_may_confirm_take_over()
        for report in self:
            report._message_log(
                body=self.env._(
                    "Corrected by a file that %(user)s loaded: the last day is no longer %(before)s, but %(after)s.",
                    user=report.corrected_by_id.name,
                    before=format_date(self.env, report.valid_until),
                    after=format_date(self.env, report.corrected_until),
                )
            )
            report.sudo().write({"valid_until": report.corrected_until, "corrected_until": False})

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _is_taken_over_request(self) -> bool:
        return self.state == "requested" and bool(self.run_id)

    def _check_may_decide(self, state):
        result = super()._check_may_decide(state)
        self.check_access("write")
        taken_over = self.filtered(lambda report: report._is_taken_over_request())
        taken_over._check_may_confirm_take_over()
        if state == "approved":
            (self - taken_over)._check_can_let_in()
        return result

    def _check_may_confirm_take_over(self):
        """Refuse who is no manager or has loaded the file (SC-04)."""
        if self:
            if self._is_system():
                raise UserError(
                    self.env._("Name the manager who confirms: what came with a file takes a second person.")
                )
            self._check_group(MANAGER)
            self._lock_rows()
            self._check_not_maker("loaded_by_id")

    def _after_decision(self, state):
        self.activity_unlink(["mail.mail_activity_data_todo"])
        return super()._after_decision(state)

    def _check_may_revoke(self):
        """Leave the end of a valid report to a settlement manager and to the area manager (SC-11)."""
        self.check_access("read")
        for report in self:
            if not report.can_revoke:
                raise UserError(
                    self.env._(
                        "%s cannot be revoked: only a settlement manager or the area manager ends an "
                        "approved report, and only one that is still valid.",
                        report.display_name,
                    )
                )

    def _check_can_let_in(self):
        """Refuse reports that could let in no order (SC-11)."""
        for report in self:
            if report.purchaser_type == "budget_unit":
                raise UserError(
                    self.env._(
                        "%s is a budget unit. Cross-region reports are for purchasers that are not budget units "
                        "(SC-11).",
                        report.purchaser_id.display_name,
                    )
                )
            if report.valid_until < china_time.today():
                raise UserError(
                    self.env._(
                        "%(report)s would be over since %(day)s. Set a later last day.",
                        report=report.display_name,
                        day=format_date(self.env, report.valid_until),
                    )
                )

    def _ask_area_manager(self):
        manager = self.center_id.area_manager_id
        if manager and manager != self.env.user:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Decide on the cross-region report"),
                user_id=manager.id,
            )

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.rural_base import china_time

CLERKS = ("rural_base.group_operations",)


class RuralStationRectification(models.Model):
    """What a station has to put right by a day: ordered by one person, checked again by another (ST-09, ST-10).

    A station that has not put it right may be let go as below standard.
    """

    _name = "rural.station.rectification"
    _description = "Rectification by a Station"
    _inherit = [
        "rural.files.mixin", "rural.step.mixin", "rural.editor.mixin", "rural.printed.mixin", "mail.thread",
        "mail.activity.mixin",
    ]  # fmt: skip
    _order = "due_on desc, id desc"
    _rec_names_search = ["station_id"]
    _editable_states = ("draft",)
    _always_writable = frozenset({"attachment_ids"})
    _open_file_states = ("draft", "ordered")
    _deletable_states = ("draft",)
    _maker_fields = ("create_uid", "ordered_by_id")

    station_id = fields.Many2one("rural.station", required=True, index=True, ondelete="restrict", tracking=True)
    company_id = fields.Many2one(related="station_id.company_id", store=True, index=True, precompute=True)
    area_id = fields.Many2one(related="station_id.area_id")
    assessment_id = fields.Many2one("rural.station.assessment", readonly=True, copy=False, ondelete="restrict")
    what = fields.Text("To Be Put Right", required=True, tracking=True)
    due_on = fields.Date("To Be Put Right By", required=True, tracking=True)
    state = fields.Selection(
        [("draft", "Draft"), ("ordered", "Ordered"), ("passed", "Put Right"), ("failed", "Not Put Right")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        tracking=True,
        group_expand=True,
    )
    ordered_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    ordered_on = fields.Date(readonly=True, copy=False)
    checked_by_id = fields.Many2one("res.users", "Checked Again By", readonly=True, copy=False)
    checked_on = fields.Date("Checked Again On", readonly=True, copy=False)
    finding = fields.Text(readonly=True, copy=False, tracking=True)
    exit_ids = fields.One2many("rural.station.exit", "rectification_id", "Exits", readonly=True)
    is_late = fields.Boolean(compute="_compute_is_late", search="_search_is_late", help="To be checked by now.")

    @api.depends("station_id.name", "due_on")
    def _compute_display_name(self):
        for order in self:
            order.display_name = f"{order.station_id.name or ''} {order.due_on or ''}".strip()

    @api.depends("state", "due_on")
    def _compute_is_late(self):
        for order in self:
            order.is_late = order.state == "ordered" and order.due_on <= china_time.today()

    @api.model
    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = fields.Domain("state", "=", "ordered") & fields.Domain("due_on", "<=", china_time.today())
        return late if True in value else ~late

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def action_order(self):
        """Order the stations to put it right; the partner reads it, and staff is reminded of the day."""
        self._check_group(*CLERKS)
        self.check_access("write")
        self._lock_rows()
        self._check_state("draft")
        for order in self:
            if order.due_on <= china_time.today():
                raise UserError(self.env._("%s: the day by which it is put right lies ahead.", order.display_name))
        self.sudo().write({"state": "ordered", "ordered_by_id": self.env.uid, "ordered_on": china_time.today()})
        for order in self.sudo():
            order._tell_partner()
            order.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=order.due_on,
                summary=self.env._("Check again what was to be put right"),
                user_id=order._checker().id,
            )

    def _tell_partner(self):
        order = self.with_context(lang=self.station_id.partner_id.lang or self.env.lang)
        order.message_post(
            body=order.env._("Please put right by %(day)s: %(what)s", day=self.due_on, what=self.what),
            subject=order.env._("Rectification of %s", self.station_id.name),
            partner_ids=self.station_id.partner_id.ids,
            subtype_xmlid="mail.mt_comment",
        )

    def _checker(self):
        """Hook: return the user who is reminded to check again: somebody else than who ordered it, if possible."""
        assessor = self.assessment_id.assessed_by_id
        others = self.env.ref(CLERKS[0]).all_user_ids.filtered(
            lambda user: user.active and not user.share and self.company_id in user.company_ids
        )
        others -= self._makers()
        return (assessor & others) or others.sorted("id")[:1] or self.env.user

    @api.model
    def _reason_steps(self):
        finding = {
            "help": self.env._("Whoever ordered it does not check it. What you found is kept."),
            "placeholder": self.env._("What did you find?"),
        }
        return {
            **super()._reason_steps(),
            "pass": {
                "method": "_pass",
                "title": self.env._("It Is Put Right"),
                "button": self.env._("Put Right"),
                **finding,
            },
            "fail": {
                "method": "_fail",
                "title": self.env._("It Is Not Put Right"),
                "button": self.env._("Not Put Right"),
                **finding,
            },
        }

    def action_pass(self):
        """Ask what shows that it is put right."""
        self._check_may_check()
        return self._ask_reason("pass")

    def action_fail(self):
        """Ask what shows that it is not put right."""
        self._check_may_check()
        self._check_due()
        return self._ask_reason("fail")

    def _pass(self, finding):
        """Find on the re-check that it is put right (ST-10)."""
        self._check_again("passed", finding)

    def _fail(self, finding):
        """Find on the re-check, from the day on by which it was due, that it is not put right (ST-10)."""
        self._check_due()
        self._check_again("failed", finding)

    def _check_may_check(self):
        self._check_group(*CLERKS)
        self._check_state("ordered")
        self._check_not_maker()

    def _check_due(self):
        for order in self:
            if order.due_on > china_time.today():
                raise UserError(
                    self.env._("%(order)s has until %(day)s.", order=order.station_id.name, day=order.due_on)
                )

    def _check_again(self, state, finding):
        finding = self._check_reason(finding)
        self._begin_step(CLERKS, ("ordered",))
        self.sudo().write(
            {"state": state, "finding": finding, "checked_by_id": self.env.uid, "checked_on": china_time.today()}
        )
        self.sudo().activity_ids.unlink()

    def action_exit(self):
        """Enter the exit of a station that has not put it right."""
        self.ensure_one()
        self._check_group(*CLERKS)
        self._check_state("failed")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Exit"),
            "res_model": "rural.station.exit",
            "views": [(False, "form")],
            "context": {
                "default_station_id": self.station_id.id,
                "default_kind": "below_standard",
                "default_rectification_id": self.id,
                "default_reason": self.finding,
            },
        }

    # ------------------------------------------------------------------
    # Print
    # ------------------------------------------------------------------

    def action_print(self):
        """Print the orders.

        :raises UserError: for a draft
        """
        self._check_state("ordered", "passed", "failed")
        return self.env.ref("rural_station_assessment.action_report_station_rectification").report_action(
            self, config=False
        )

    def _printed_file_name(self) -> str:
        return f"整改通知书-{self.station_id.code}-{self.ordered_on}"

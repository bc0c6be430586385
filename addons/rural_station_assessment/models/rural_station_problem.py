from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.rural_base import china_time

from ..photos import keep_photos

STATES = [("open", "To Put Right"), ("put_right", "To Check"), ("closed", "Checked")]
OPERATIONS = "rural_base.group_operations"


class RuralStationProblem(models.Model):
    """A problem of a station that is put right by a day, with proof, and then checked by somebody else (ST-06)."""

    _name = "rural.station.problem"
    _description = "Problem of a Station"
    _inherit = [
        *("rural.step.mixin", "rural.editor.mixin", "rural.files.mixin", "rural.printed.mixin"),
        *("mail.thread", "mail.activity.mixin"),
    ]
    _order = "due_on, id"
    _check_company_auto = True
    _editable_states = ("open",)
    _deletable_states = ()
    _always_writable = frozenset({"attachment_ids"})
    _open_file_states = ("open",)
    _maker_fields = ("put_right_by_id",)

    # what
    name = fields.Char("Problem", required=True, tracking=True)
    station_id = fields.Many2one("rural.station", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="station_id.company_id", store=True, index=True, precompute=True)
    area_id = fields.Many2one(related="station_id.area_id", store=True, index="btree_not_null")
    item_id = fields.Many2one("rural.station.check.item", index="btree_not_null", ondelete="restrict")
    inspection_id = fields.Many2one(
        "rural.station.inspection", "Found By", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    found_on = fields.Date(required=True, readonly=True, default=lambda self: china_time.today())
    due_on = fields.Date(
        "To Put Right By", required=True, tracking=True, default=lambda self: self._default_due_on(),
    )  # fmt: skip

    # how far
    state = fields.Selection(
        STATES, required=True, readonly=True, default="open", copy=False, tracking=True, index=True,
        group_expand=True,
    )  # fmt: skip
    is_overdue = fields.Boolean("Overdue", compute="_compute_is_overdue", search="_search_is_overdue")
    put_right_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    put_right_at = fields.Datetime("Put Right On", readonly=True, copy=False)
    put_right_note = fields.Text("What Was Done", readonly=True, copy=False)
    checked_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    checked_at = fields.Datetime("Checked On", readonly=True, copy=False)
    check_inspection_id = fields.Many2one(
        "rural.station.inspection", "Checked at", readonly=True, copy=False, ondelete="restrict"
    )
    sent_back_reason = fields.Text("Why Not in Order", readonly=True, copy=False)
    sent_back_count = fields.Integer("Times Sent Back", readonly=True, copy=False, aggregator=None)

    @api.model
    def _default_due_on(self):
        return self._due_after(china_time.today(), self.env.company)

    @api.depends("name", "station_id.name")
    def _compute_display_name(self):
        for problem in self:
            problem.display_name = f"{problem.station_id.name}: {problem.name}"

    @api.depends("state", "due_on")
    def _compute_is_overdue(self):
        today = china_time.today()
        for problem in self:
            problem.is_overdue = problem.state == "open" and bool(problem.due_on) and problem.due_on < today

    @api.model
    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        overdue = Domain("state", "=", "open") & Domain("due_on", "<", china_time.today())
        return overdue if True in value else ~overdue

    @api.model_create_multi
    def create(self, vals_list):
        """Note problems; a clerk is reminded of each until it is checked."""
        problems = super().create(vals_list)
        for problem in problems:
            problem._remind(problem.due_on, lambda speaking: speaking.env._("Have it put right"))
        return problems

    # ------------------------------------------------------------------
    # Putting right
    # ------------------------------------------------------------------

    def action_put_right(self):
        """Ask what was done."""
        self._check_group(OPERATIONS)
        self._check_state("open")
        return self._ask_reason("put_right")

    def action_check(self):
        """Find problems in order that somebody else has put right (ST-06)."""
        self._begin_step((OPERATIONS,), ("put_right",))
        self._close()

    def action_send_back(self):
        """Ask why problems are not in order yet."""
        self._check_group(OPERATIONS)
        self._check_state("put_right")
        self._check_not_maker()
        return self._ask_reason("send_back")

    @api.model
    def _reason_steps(self):
        return {
            **super()._reason_steps(),
            "put_right": {
                "method": "_put_right",
                "title": self.env._("Put Right"),
                "button": self.env._("Put Right"),
                "help": self.env._("Somebody else checks it, by the proof or at the next inspection."),
                "placeholder": self.env._("What was done?"),
            },
            "send_back": {
                "method": "_send_back",
                "title": self.env._("Not in Order Yet"),
                "button": self.env._("Send Back"),
                "help": self.env._("It is open again and has to be put right by a new day."),
                "placeholder": self.env._("What is still missing?"),
            },
        }

    def _put_right(self, note):
        """Say that problems are put right, with what was done and a file as proof.

        :raises UserError: for a problem without proof
        """
        note = self._check_reason(note)
        self._check_group(OPERATIONS)
        self._keep_put_right(note)

    def _put_right_as_partner(self, note, photos):
        """Say on the portal that a problem is put right, with photos as proof; return what was refused of them.

        :param photos: pairs of name and content
        :raises AccessError: for everybody but the partners of the station and of its area
        :raises UserError: without a proof
        """
        self.ensure_one()
        self.station_id._check_partner()
        note = self._check_reason(note)
        self._lock_rows()
        self._check_state("open")
        refused = keep_photos(self, photos)
        if refused and not self.sudo().attachment_ids:
            raise UserError("\n".join(refused))
        self._keep_put_right(note)
        return refused

    def _keep_put_right(self, note):
        self._lock_rows()
        self._check_state("open")
        for problem in self.sudo():
            if not problem.attachment_ids:
                raise UserError(
                    self.env._("%s: add a photo or another file as proof that it is put right.", problem.display_name)
                )
        self.sudo().write(
            {
                "state": "put_right",
                "put_right_by_id": self.env.uid,
                "put_right_at": fields.Datetime.now(),
                "put_right_note": note,
            }
        )
        self.sudo().activity_ids.unlink()
        for problem in self.sudo():
            day = problem._due_after(china_time.today(), problem.company_id)
            problem._remind(day, lambda speaking: speaking.env._("Check that it is put right"))

    def _close(self, inspection=None):
        self.sudo().write(
            {
                "state": "closed",
                "checked_by_id": self.env.uid,
                "checked_at": fields.Datetime.now(),
                "check_inspection_id": inspection and inspection.id,
            }
        )
        self.sudo().activity_ids.unlink()

    def _send_back(self, reason):
        """Say that problems are not in order yet; they have to be put right by a new day."""
        reason = self._check_reason(reason)
        self._begin_step((OPERATIONS,), ("put_right",))
        self._reopen(reason)

    def _reopen(self, reason):
        for problem in self.sudo():
            problem.write(
                {
                    "state": "open",
                    "due_on": problem._due_after(china_time.today(), problem.company_id),
                    "sent_back_reason": reason,
                    "sent_back_count": problem.sent_back_count + 1,
                }
            )
            problem.message_post(body=self.env._("Not in order yet: %s", reason))
            problem.activity_ids.unlink()
            problem._remind(problem.due_on, lambda speaking: speaking.env._("Have it put right"))

    # ------------------------------------------------------------------
    # At an inspection
    # ------------------------------------------------------------------

    def _answer_at(self, inspection, result, note):
        """Take what an inspector found about a problem that was known before.

        :param str result: `in_order` or `not_yet`
        """
        self.ensure_one()
        inspector = self.env.user
        if result == "in_order" and self.state == "put_right":
            if inspection.outcome != "counted" or inspector == self.put_right_by_id:
                self.sudo().message_post(
                    body=self.env._(
                        "In order, says the inspection %s, which does not decide: it does not count, or the inspector "
                        "has put it right.",
                        inspection.number,
                    )
                )
                return
            self._close(inspection)
        elif result == "not_yet" and self.state == "put_right":
            self._reopen(note or self.env._("The inspection %s has found it again.", inspection.number))
        elif result == "not_yet":
            self.sudo().message_post(body=self.env._("The inspection %s has found it again.", inspection.number))

    # ------------------------------------------------------------------
    # Reminding
    # ------------------------------------------------------------------

    @api.model
    def _due_after(self, day, company):
        """Return the day by which a problem is put right that is found on a day."""
        days = self.env["rural.parameter"].sudo()._value_on("station_problem_days", day, company).value
        return fields.Date.add(day, days=int(days))

    def _remind(self, day, text_of):
        """Give a clerk an activity for the problem.

        :param text_of: gives its text, from the problem in the clerk's language
        """
        self.ensure_one()
        clerk = self.station_id._clerk()
        if clerk:
            self.sudo().activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=day,
                summary=text_of(self.with_context(lang=clerk.lang)),
                user_id=clerk.id,
            )

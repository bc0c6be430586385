from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..survey_question_answer import SATISFACTION

#: Everything that complaints add is for the staff: a portal user reads tickets, too.
STAFF = "base.group_user"
READERS = "rural_complaint.group_complaint_reader"
#: What only the steps write.
STEP_FIELDS = {
    "step_id", "step_form", "stage_id", "round", "step_since", "step_deadline", "actor_id", "finding", "head_id",
    "person_id", "satisfaction", "is_accepted", "number", "promise_deadline", "promise_days_id", "process_id",
    "closed_date", "duplicate_id",
}  # fmt: skip
#: What never changes once it is a complaint.
KEPT_FIELDS = {"team_id", "company_id", "active"}
#: The complaint record: written down at the first step, kept afterwards.
RECORD_FIELDS = {
    "name", "partner_id", "partner_name", "partner_email", "complainant_phone", "received_at", "received_by_id",
    "channel_id", "complaint_kind_id", "description",
}  # fmt: skip


class HelpdeskTicket(models.Model):
    """A ticket that is a complaint: it follows a process whose steps cannot be skipped (MA-40)."""

    _name = "helpdesk.ticket"
    _inherit = ["helpdesk.ticket", "rural.step.mixin"]
    _guards_readonly = False
    _step_field = "step_form"

    process_id = fields.Many2one("rural.complaint.process", index=True, readonly=True, copy=False, ondelete="restrict")
    step_id = fields.Many2one(
        "rural.complaint.step", index=True, readonly=True, copy=False, ondelete="restrict", groups=STAFF
    )
    step_form = fields.Selection(
        related="step_id.form", store=True, index=True, string="Form of the Step", compute_sudo=True
    )
    round = fields.Integer(default=1, readonly=True, copy=False, aggregator="max", groups=STAFF)

    # complaint record
    received_at = fields.Datetime(
        "Received On", default=fields.Datetime.now, index=True, copy=False, groups=STAFF, tracking=True
    )
    received_by_id = fields.Many2one(
        "res.users", "Taken By", default=lambda self: self._default_received_by_id(), copy=False, groups=STAFF
    )
    complainant_phone = fields.Char("Phone", groups=STAFF)
    complaint_kind_id = fields.Many2one(
        "rural.complaint.kind", "Kind of Complaint", index=True, ondelete="restrict", groups=STAFF, tracking=True
    )

    # what came of it so far
    finding = fields.Selection(
        [("founded", "Founded"), ("unfounded", "Unfounded")], readonly=True, copy=False, index=True, groups=STAFF
    )
    head_id = fields.Many2one("hr.employee", "Responsible Head", readonly=True, copy=False, index=True, groups=STAFF)
    person_id = fields.Many2one(
        "hr.employee", "Responsible Person", readonly=True, copy=False, index=True, groups=STAFF
    )
    satisfaction = fields.Selection(SATISFACTION, "Satisfied?", readonly=True, copy=False, groups=STAFF)
    actor_id = fields.Many2one(
        "res.users", "Acts Next", readonly=True, copy=False, index=True, groups=STAFF, help="Who has to take the step."
    )

    # forms
    investigation_ids = fields.One2many(
        "rural.complaint.investigation", "ticket_id", "Investigations", readonly=True, groups=READERS
    )
    slip_ids = fields.One2many("rural.complaint.slip", "ticket_id", "Transfer Slips", readonly=True, groups=STAFF)
    opinion_ids = fields.One2many(
        "rural.complaint.opinion", "ticket_id", "Merchant's Views", readonly=True, groups=READERS
    )
    execution_ids = fields.One2many(
        "rural.complaint.execution", "ticket_id", "Carried Out", readonly=True, groups=STAFF
    )
    revisit_ids = fields.One2many("rural.complaint.revisit", "ticket_id", "Revisits", readonly=True, groups=READERS)
    filing_ids = fields.One2many("rural.complaint.filing", "ticket_id", "Filings", readonly=True, groups=READERS)
    is_asked_of_me = fields.Boolean(
        "Asked of Me", compute="_compute_is_asked_of_me", search="_search_is_asked_of_me", compute_sudo=True,
        groups=STAFF, help="The user was sent a transfer slip of it, as the responsible head.",
    )  # fmt: skip

    # penalties
    penalty_ids = fields.One2many("rural.complaint.penalty", "ticket_id", "Penalties", readonly=True, groups=READERS)
    penalty_count = fields.Integer(compute="_compute_penalty_count", groups=READERS)
    is_accepted = fields.Boolean(
        "Accepted", readonly=True, copy=False, groups=READERS,
        help="The merchant accepted the plan in the end, and was satisfied with what was done.",
    )  # fmt: skip

    def _default_received_by_id(self):
        return not self.env.user.share and self.env.user

    def _compute_penalty_count(self):
        for ticket in self:
            ticket.penalty_count = len(ticket.penalty_ids)

    @api.depends("slip_ids.state", "slip_ids.head_id")
    @api.depends_context("uid")
    def _compute_is_asked_of_me(self):
        for ticket in self:
            asked = ticket.slip_ids.filtered(lambda slip: slip.state in ("sent", "done"))
            ticket.is_asked_of_me = self.env.user in asked.head_id.user_id

    @api.model
    def _search_is_asked_of_me(self, operator, value):
        # Found without the rights of the user: whoever reads tickets need not be allowed to read employees.
        if operator != "in":
            return NotImplemented
        slips = (
            self.env["rural.complaint.slip"]
            .sudo()
            .search([("head_id.user_id", "=", self.env.uid), ("state", "in", ("sent", "done"))])
        )
        return Domain("id", "in" if True in value else "not in", slips.ticket_id.ids)

    @api.depends("team_id", "step_id")
    def _compute_stage_id(self):
        complaints = self.filtered(lambda ticket: ticket.sudo().step_id)
        for ticket in complaints:
            ticket.stage_id = ticket.sudo().step_id.stage_id
        return super(HelpdeskTicket, self - complaints)._compute_stage_id()

    @api.model
    def _read_group_stage_ids(self, stages, domain):
        """Show the columns of the complaints' steps where complaints are shown, also the empty ones."""
        if self.env.context.get("complaints_only"):
            steps = self.env["rural.complaint.step"].sudo().search([("process_id.active", "=", True)])
            return (stages | steps.stage_id).sudo(False).sorted(lambda stage: (stage.sequence, stage.id))
        return super()._read_group_stage_ids(stages, domain)

    @api.depends("process_id")
    def _compute_display_name(self):
        """Give a complaint that is just being written down no half of a name."""
        beginning = self.filtered(lambda ticket: ticket.process_id and not ticket.id)
        beginning.display_name = ""
        return super(HelpdeskTicket, self - beginning)._compute_display_name()

    @api.constrains("stage_id", "step_id", "process_id", "team_id")
    def _check_step(self):
        for ticket in self.sudo():
            step = ticket.step_id
            if not (ticket.process_id or step):
                continue
            if (step.stage_id, step.process_id, step.process_id.team_id) != (
                ticket.stage_id,
                ticket.process_id,
                ticket.team_id,
            ):
                raise ValidationError(self.env._("A complaint stands where its steps have brought it."))

    @api.constrains("received_at")
    def _check_received_at(self):
        for ticket in self.sudo():
            if ticket.process_id and ticket.received_at and ticket.received_at > fields.Datetime.now():
                raise ValidationError(self.env._("A complaint cannot be received in the future."))

    # ------------------------------------------------------------------
    # Writing
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Let every complaint begin at the first step of its process."""
        vals_list = [self._prepare_complaint_vals(vals) for vals in vals_list]
        tickets = super().create(vals_list)
        tickets.sudo().filtered("process_id")._enter_step()
        return tickets

    def write(self, vals):
        """Leave the steps to their buttons, whoever writes and however; keep what was written down.

        :raises UserError: for anything else
        """
        self.check_access("write")
        for ticket in self.sudo().filtered("process_id"):
            ticket.sudo(self.env.su)._check_written(vals)
        joining = self.env[self._name]
        if vals.get("team_id"):
            joining = self._joining_process(vals["team_id"])
        result = super(HelpdeskTicket, self - joining).write(vals)
        for ticket in joining:
            super(HelpdeskTicket, ticket.sudo()).write(ticket._prepare_joining_vals(vals))
            ticket.sudo()._enter_step()
        if "received_at" in vals:
            self.sudo().filtered("process_id")._refresh_deadlines()
        return result

    def _check_written(self, vals):
        self.ensure_one()
        ticket = self.sudo()
        step = self.env["rural.complaint.step"].sudo().browse(vals.get("step_id", ticket.step_id.id))
        by_hand = not self.env.su
        if "stage_id" in vals and vals["stage_id"] != step.stage_id.id:
            self._refuse_skipping()
        changed = {name for name, value in vals.items() if name in self._fields and ticket._differs(name, value)}
        # The system may archive what is old; whoever is logged in may not.
        kept = (KEPT_FIELDS | {"process_id"}) - ({"active"} if self._is_system() else set())
        if changed & kept and ticket.process_id:
            raise UserError(
                self.env._("%s stays a complaint of its team and company, and is kept.", ticket.display_name)
            )
        if by_hand and changed & STEP_FIELDS:
            self._refuse_skipping()
        if by_hand and ticket.step_form != "record" and changed & self._record_fields():
            raise UserError(
                self.env._("The record of %s is complete: write what is new into the chatter.", ticket.display_name)
            )

    @api.model
    def _record_fields(self) -> set[str]:
        """Return what the complaint record says; other addons add to it."""
        return RECORD_FIELDS

    def _differs(self, name, value) -> bool:
        return self._fields[name].convert_to_write(self[name], self) != value

    def _refuse_skipping(self):
        raise UserError(
            self.env._(
                "%(complaint)s goes from step to step by its buttons; no step can be skipped. It is at “%(step)s”.",
                complaint=self.sudo().display_name,
                step=self.sudo().stage_id.name,
            )
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_complaints(self):
        for ticket in self.sudo():
            if ticket.process_id and ticket.step_form != "record":
                raise UserError(self.env._("%s has been recorded and is kept for ever.", ticket.display_name))

    # ------------------------------------------------------------------
    # Beginning
    # ------------------------------------------------------------------

    @api.model
    def _prepare_complaint_vals(self, vals) -> dict:
        vals = dict(vals)
        if not self.env.su:
            vals = {name: value for name, value in vals.items() if name not in STEP_FIELDS - {"process_id", "stage_id"}}
        processes = self.env["rural.complaint.process"].sudo()
        process = processes.browse(vals.get("process_id", self.env.context.get("default_process_id")))
        if not process:
            team = vals.get("team_id", self.env.context.get("default_team_id"))
            process = processes._of_team(self.env["helpdesk.ticket.team"].browse(team))
        if not process:
            return vals
        return vals | self._prepare_first_step_vals(process)

    @api.model
    def _prepare_first_step_vals(self, process) -> dict:
        step = process._first_step()
        return {
            "process_id": process.id,
            "team_id": process.team_id.id,
            "step_id": step.id,
            "stage_id": step.stage_id.id,
            "step_since": fields.Datetime.now(),
            "round": 1,
        }

    def _joining_process(self, team_id):
        """Return the plain tickets that become complaints by coming to that team."""
        process = self.env["rural.complaint.process"]._of_team(self.env["helpdesk.ticket.team"].browse(team_id))
        return self.filtered(lambda ticket: not ticket.sudo().process_id) if process else self.browse()

    def _prepare_joining_vals(self, vals) -> dict:
        """Return what makes a plain ticket a complaint: at its first step, whatever it was before."""
        process = self.env["rural.complaint.process"]._of_team(self.env["helpdesk.ticket.team"].browse(vals["team_id"]))
        rest = {name: value for name, value in vals.items() if name not in STEP_FIELDS}
        received = {} if self.sudo().received_at else {"received_at": self.create_date}
        return rest | received | self._prepare_first_step_vals(process)

    def _prepare_ticket_number(self, values):
        """Number complaints apart from other tickets."""
        if values.get("process_id"):
            sequence = self.env["ir.sequence"].sudo()
            if values.get("company_id"):
                sequence = sequence.with_company(values["company_id"])
            return sequence.next_by_code("rural.complaint") or "/"
        return super()._prepare_ticket_number(values)

    def copy(self, default=None):
        """Copy a complaint to a new one that begins at the first step."""
        process = self.sudo().process_id
        return super().copy({**(default or {}), **({"process_id": process.id} if process else {})})

    def get_formview_id(self, access_uid=None):
        """Open complaints in their own form wherever they are opened from."""
        self.ensure_one()
        if self.sudo().process_id:
            return self.env.ref("rural_complaint.view_complaint_form").id
        return super().get_formview_id(access_uid=access_uid)

    def _follow(self, users):
        """Let users read along."""
        self.sudo().message_subscribe(partner_ids=users.partner_id.ids)

from odoo import api, fields, models
from odoo.exceptions import UserError

from .helpdesk_ticket.steps import OFFICER

#: Printed forms are in Chinese whatever the reader's language.
FINDINGS = {"founded": "属实，投诉成立", "unfounded": "不属实"}
SATISFACTIONS = {"very_satisfied": "非常满意", "satisfied": "满意", "dissatisfied": "不满意"}


class RuralComplaintForm(models.AbstractModel):
    """A form of a complaint: laid out when its step begins, filled in, done, and kept as it is (MA-40)."""

    _name = "rural.complaint.form.mixin"
    _description = "Form of a Complaint"
    _inherit = ["rural.step.mixin"]
    _order = "ticket_id desc, round, id"
    _rec_name = "ticket_id"
    _check_company_auto = True
    #: The step at which it is filled in.
    _form = None
    #: What must be filled in before it is done.
    _needed: tuple[str, ...] = ()
    _deletable_states = ()
    #: States in which it is kept as it is.
    _kept_states: tuple[str, ...] = ("done",)
    _printed_title = ""
    _printed_signatures = ("客服专员", "客服主管")

    ticket_id = fields.Many2one(
        "helpdesk.ticket", string="Complaint", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="ticket_id.company_id", store=True, index=True, precompute=True)
    ticket_name = fields.Char(related="ticket_id.name", string="Complaint About")
    partner_id = fields.Many2one(related="ticket_id.partner_id", string="Complainant")
    round = fields.Integer(readonly=True, default=1, aggregator=None)
    state = fields.Selection(
        [("draft", "To Be Filled In"), ("done", "Done")], required=True, readonly=True, default="draft", index=True
    )
    done_at = fields.Datetime("Done On", readonly=True)
    done_by_id = fields.Many2one("res.users", readonly=True)

    @api.depends("ticket_id.number", "ticket_id.name", "round")
    def _compute_display_name(self):
        for form in self:
            form.display_name = f"{self._form_name()} {form.ticket_id.display_name or ''}"

    # ------------------------------------------------------------------
    # Writing
    # ------------------------------------------------------------------

    def _check_may_begin(self, vals_list):
        raise UserError(self.env._("The form comes with its step: open the complaint and take the step there."))

    def write(self, vals):
        """Let a form be filled in until it is done; the system changes it no more than a person.

        :raises UserError: for a form that is done
        """
        for form in self.sudo():
            if form.state in self._kept_states:
                raise UserError(self.env._("%s is done and is kept as it is.", form.display_name))
        return super().write(vals)

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    @api.model
    def _create_for(self, ticket):
        """Create the empty form of a step."""
        return self.create({"ticket_id": ticket.id, "round": ticket.round, **self._prepare_form_vals(ticket)})

    def action_done(self):
        """Finish the form: the complaint goes on by what it says.

        :raises UserError: naming what is missing
        """
        for form in self:
            form._check_may_finish()
            form.ticket_id._lock_step(self._form)
            form._check_is_open()
            form._check_complete()
            form._check_more()
            form._before_done()
            outcome = form._outcome()
            form.sudo().write({"state": "done", "done_at": fields.Datetime.now(), "done_by_id": self.env.uid})
            form.sudo()._post_outcome()
            form.ticket_id._take_step(outcome, form._completed())

    def _check_may_finish(self):
        self._check_group(OFFICER)
        self.check_access("write")

    def _check_is_open(self):
        if self.ticket_id._open_form() != self:
            raise UserError(self.env._("%s is not what is to be done now.", self.display_name))

    def _check_complete(self):
        missing = [
            self._fields[name]._description_string(self.env)
            for name in self._needed
            if not self[name] or (isinstance(self[name], str) and not self[name].strip())
        ]
        if missing:
            raise UserError(
                self.env._("%(form)s lacks: %(missing)s.", form=self.display_name, missing=", ".join(missing))
            )

    def _action_open(self):
        return {
            "type": "ir.actions.act_window",
            "name": self._form_name(),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_open(self):
        """Open the form."""
        self.ensure_one()
        return self._action_open()

    @api.model
    def _form_name(self) -> str:
        return self.env["ir.model"].sudo()._get(self._name).name

    def _post_note(self, body, **options):
        """Leave a line in the chatter of the complaint."""
        self.ticket_id.sudo().message_post(body=body, **options)

    # ------------------------------------------------------------------
    # For forms with a responsible head
    # ------------------------------------------------------------------

    def _acts_for_head(self) -> bool:
        """Tell whether the user fills in what is the head's: the head, or an officer for a head without a login."""
        user = self.sudo().head_id.user_id
        return self._is_system() or (user == self.env.user if user else self.env.user.has_group(OFFICER))

    # ------------------------------------------------------------------
    # Hooks
    # ------------------------------------------------------------------

    @api.model
    def _prepare_form_vals(self, ticket) -> dict:
        """Return what an empty form says already."""
        return {}

    def _check_more(self):
        """Refuse what else is not complete.

        :raises UserError: naming it
        """

    def _before_done(self):
        """Do what belongs to finishing the form, before it is kept."""

    def _outcome(self) -> str:
        """Return how the step ends."""
        raise NotImplementedError

    def _completed(self):
        """Return from when the days of the next step count; None: from now on."""

    def _post_outcome(self):
        """Say in the chatter what came out."""

    def _actor(self):
        """Return who fills it in; None: the officer in charge."""
        return

    # ------------------------------------------------------------------
    # Printed form
    # ------------------------------------------------------------------

    def _printed_rows(self) -> list[tuple[str, str]]:
        """Return what the form says: label and text, in Chinese."""
        return []

    def _printed_sheet(self) -> dict:
        """Return a form as the template prints it."""
        self.ensure_one()
        ticket = self.ticket_id.sudo()
        head = [
            ("投诉编号", ticket.number),
            ("投诉商户", ticket.partner_id.name),
            ("投诉事项", ticket.name),
        ]
        if ticket.round > 1:
            head.append(("处理轮次", f"第 {self.round} 轮"))
        end = [("填写人", self.done_by_id.name), ("填写时间", ticket._printed_moment(self.done_at))]
        return {
            "title": self._printed_title,
            "company": self.company_id.name,
            "rows": [(label, text or "") for label, text in (*head, *self._printed_rows(), *end)],
            "signatures": self._printed_signatures,
        }

    def _printed_file_name(self) -> str:
        return f"{self._printed_title}-{self.ticket_id.sudo().number}"

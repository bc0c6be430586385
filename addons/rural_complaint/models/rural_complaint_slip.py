from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .helpdesk_ticket.steps import OFFICER

ANSWER_FIELDS = {"answer", "plan", "plan_due"}


class RuralComplaintSlip(models.Model):
    """The transfer slip: what the responsible head is asked, answers and plans (MA-40)."""

    _name = "rural.complaint.slip"
    _description = "Transfer Slip"
    _inherit = "rural.complaint.form.mixin"
    _form = "slip"
    _needed = ("answer", "plan", "plan_due")
    _kept_states = ("done", "recalled")
    _printed_title = "客户投诉传递单"
    _printed_signatures = ("客服专员", "责任部门负责人")

    number = fields.Char(readonly=True)
    head_id = fields.Many2one("hr.employee", "Responsible Head", check_company=True, ondelete="restrict", index=True)
    request = fields.Text("What Is Asked", help="The facts, and what the head is to answer.")
    sent_at = fields.Datetime("Sent On", readonly=True)
    sent_by_id = fields.Many2one("res.users", readonly=True)
    deadline = fields.Datetime("To Be Answered Until", readonly=True)
    state = fields.Selection(
        selection_add=[("sent", "Sent"), ("done",), ("recalled", "Recalled")],
        ondelete={"sent": "set default", "recalled": "set default"},
    )
    recalled_at = fields.Datetime("Recalled On", readonly=True)
    recalled_by_id = fields.Many2one("res.users", readonly=True)
    recall_reason = fields.Text("Why Recalled", readonly=True)
    answer = fields.Text()
    plan = fields.Text(help="What will be done, by whom.")
    plan_due = fields.Date("Done Until", help="The day until which the plan will have been carried out.")
    is_mine = fields.Boolean(compute="_compute_is_mine")

    @api.depends("head_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for slip in self:
            slip.is_mine = slip._acts_for_head()

    def _check_may_write(self, vals):
        """Leave the question to the officers, and the answer to the head."""
        for slip in self:
            if ANSWER_FIELDS & vals.keys() and not (slip._acts_for_head() and slip.state == "sent"):
                raise AccessError(self.env._("Only the responsible head answers %s.", slip.display_name))
            if vals.keys() - ANSWER_FIELDS and (slip.state != "draft" or not self.env.user.has_group(OFFICER)):
                raise UserError(self.env._("%s has been sent: what was asked stays.", slip.display_name))

    @api.depends("number")
    def _compute_display_name(self):
        numbered = self.filtered("number")
        for slip in numbered:
            slip.display_name = slip.number
        return super(RuralComplaintSlip, self - numbered)._compute_display_name()

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def action_send(self):
        """Send the slip to the responsible head, whose days count from now.

        :raises UserError: naming what is missing
        """
        self.ensure_one()
        self._check_group(OFFICER)
        self.check_access("write")
        self.ticket_id._lock_step("slip")
        self._check_is_open()
        self._check_state("draft")
        if not self.head_id or not (self.request or "").strip():
            raise UserError(self.env._("Name the responsible head, and write what is asked."))
        ticket, now = self.ticket_id.sudo(), fields.Datetime.now()
        ticket.write({"head_id": self.head_id.id, "step_since": now})
        ticket._refresh_deadlines()
        self.sudo().write(
            {
                "state": "sent",
                "number": self.env["ir.sequence"].sudo().with_company(self.company_id).next_by_code(self._name),
                "sent_at": now,
                "sent_by_id": self.env.uid,
                "deadline": ticket.step_deadline,
            }
        )
        ticket.actor_id = self._actor() or ticket._officer_in_charge()
        ticket._follow(ticket.actor_id)
        ticket._remind_actor()
        self._post_note(
            self.env._("Transfer slip %(slip)s sent to %(head)s.", slip=self.number, head=self.head_id.name)
        )

    def action_recall(self):
        """Ask why a slip is recalled that has not been answered yet."""
        self._check_may_recall()
        return self._ask_reason("recall")

    @api.model
    def _reason_steps(self):
        return {
            **super()._reason_steps(),
            "recall": {
                "method": "_recall",
                "title": self.env._("Recall the Slip"),
                "button": self.env._("Recall the Slip"),
                "help": self.env._("The slip is kept, and a new one is written that goes to another head."),
                "placeholder": self.env._("Such as: the matter belongs to another department"),
            },
        }

    def _check_may_recall(self):
        self._check_group(OFFICER)
        self._check_state("sent")

    def _recall(self, reason):
        """Recall a slip before it is answered; the new one can be sent to another head (MA-41).

        :raises UserError: without a reason, or when the head has answered meanwhile
        """
        self.ensure_one()
        reason = self._check_reason(reason)
        self.ticket_id._lock_step("slip")
        self._check_may_recall()
        slip, ticket = self.sudo(), self.ticket_id.sudo()
        slip.write(
            {
                "state": "recalled",
                "recalled_at": fields.Datetime.now(),
                "recalled_by_id": self.env.uid,
                "recall_reason": reason,
            }
        )
        self._post_note(
            self.env._(
                "Transfer slip %(slip)s recalled from %(head)s: %(why)s",
                slip=slip.number,
                head=slip.head_id.name,
                why=reason,
            )
        )
        # Who answers no more reads no more, unless a complaint officer.
        recalled_from = slip.head_id.user_id - self.env.ref(OFFICER).sudo().all_user_ids
        ticket.message_unsubscribe(partner_ids=recalled_from.partner_id.ids)
        ticket.write({"step_since": fields.Datetime.now()})
        ticket._enter_step()
        new = ticket._open_form()
        new.write({"request": slip.request, "head_id": False})
        return new.sudo(self.env.su)._action_open()

    def _check_may_finish(self):
        if not self._acts_for_head():
            raise AccessError(self.env._("Only the responsible head answers %s.", self.display_name))
        self.check_access("write")
        self._check_state("sent")

    @api.model
    def _prepare_form_vals(self, ticket):
        refused = ticket.opinion_ids.filtered(
            lambda opinion: opinion.round == ticket.round and opinion.answer == "refused"
        )[-1:]
        investigation = ticket.investigation_ids.filtered(lambda form: form.round == ticket.round)[-1:]
        return {"head_id": ticket.head_id.id, "request": refused.opinion or investigation.found}

    def _outcome(self):
        return "answered"

    def _actor(self):
        if self.state == "draft":
            return None
        return self.sudo().head_id.user_id or None

    def _post_outcome(self):
        self._post_note(
            self.env._("%(head)s has answered; to be done until %(day)s.", head=self.head_id.name, day=self.plan_due)
        )

    # ------------------------------------------------------------------
    # Printed form
    # ------------------------------------------------------------------

    def _printed_rows(self):
        moment = self.ticket_id._printed_moment
        return [
            ("传递单号", self.number),
            ("责任部门负责人", self.head_id.sudo().name),
            ("传递内容", self.request),
            ("传递时间", moment(self.sent_at)),
            ("答复期限", moment(self.deadline)),
            ("答复", self.answer),
            ("解决方案", self.plan),
            ("完成期限", self.ticket_id._printed_day(self.plan_due)),
        ]

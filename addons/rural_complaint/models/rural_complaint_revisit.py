from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.rural_base.china_time import to_china

from .rural_complaint_form import SATISFACTIONS
from .survey_question_answer import SATISFACTION

#: Printed forms are in Chinese whatever the reader's language.
WAYS = {"phone": "电话", "visit": "上门", "online": "网上问卷"}


class RuralComplaintRevisit(models.Model):
    """A revisit with the satisfaction form: satisfied often enough, or back to the investigation (MA-40)."""

    _name = "rural.complaint.revisit"
    _description = "Revisit"
    _inherit = "rural.complaint.form.mixin"
    _form = "revisit"
    _needed = ("spoken_with", "satisfaction")
    _printed_title = "客户满意度调查表"
    _printed_signatures = ("客服专员", "商户（签字）")

    sequence = fields.Integer("Revisit", readonly=True, default=1, aggregator=None)
    visited_at = fields.Datetime("Revisited On", help="Empty: now, or when the questionnaire was answered.")
    way = fields.Selection(
        [("phone", "By Phone"), ("visit", "On the Spot"), ("online", "Questionnaire")], "How", default="phone"
    )
    spoken_with = fields.Char(help="Who spoke for the merchant.")
    satisfaction = fields.Selection(
        SATISFACTION,
        compute="_compute_satisfaction",
        store=True,
        readonly=False,
        help="As the merchant says, or as it answered the questionnaire.",
    )
    remark = fields.Text("What the Merchant Says", compute="_compute_satisfaction", store=True, readonly=False)
    wants_another = fields.Boolean("One More Revisit", help="More than the rule asks for.")
    user_input_id = fields.Many2one("survey.user_input", "Questionnaire", readonly=True, ondelete="restrict")
    is_answered = fields.Boolean("Answered Online", compute="_compute_is_answered", compute_sudo=True)
    answer_url = fields.Char("Address of the Questionnaire", compute="_compute_is_answered", compute_sudo=True)
    needed = fields.Integer("Needed Revisits", compute="_compute_needed")
    may_want_another = fields.Boolean(compute="_compute_needed")

    @api.depends("user_input_id.state")
    def _compute_is_answered(self):
        for revisit in self:
            answer = revisit.user_input_id
            revisit.is_answered = answer.state == "done"
            revisit.answer_url = answer and f"{revisit.get_base_url()}{answer.get_start_url()}"

    @api.depends("user_input_id.state")
    def _compute_satisfaction(self):
        for revisit in self:
            answer = revisit.user_input_id.sudo()
            if revisit.state == "done" or answer.state != "done":
                revisit.satisfaction, revisit.remark = revisit.satisfaction, revisit.remark
                continue
            lines = answer.user_input_line_ids.filtered(lambda line: not line.skipped)
            meanings = lines.suggested_answer_id.filtered("complaint_satisfaction")
            revisit.satisfaction = meanings[:1].complaint_satisfaction
            revisit.remark = "\n".join(filter(None, lines.mapped("value_text_box")))

    @api.depends("ticket_id", "sequence", "satisfaction", "round")
    def _compute_needed(self):
        for revisit in self:
            ticket = revisit.ticket_id.sudo()
            revisit.needed = revisit._needed_revisits()
            most = ticket.complaint_kind_id.revisits_most
            revisit.may_want_another = revisit.sequence >= revisit.needed and (not most or revisit.sequence < most)

    def _needed_revisits(self) -> int:
        ticket = self.ticket_id.sudo()
        kind = ticket.complaint_kind_id
        return int(ticket._days(kind.revisits_parameter_id, ticket.received_at).value) if kind else 1

    @api.model
    def _prepare_form_vals(self, ticket):
        earlier = ticket.revisit_ids.filtered(lambda revisit: revisit.round == ticket.round)
        survey = ticket.process_id.survey_id.sudo()
        answer = self.env["survey.user_input"]
        if survey:
            answer = survey._create_answer(
                partner=ticket.partner_id,
                email=ticket.partner_email or ticket.partner_id.email,
                nickname=ticket.partner_name or ticket.partner_id.name,
                check_attempts=False,
            )
        return {
            "sequence": len(earlier) + 1,
            "spoken_with": earlier[-1:].spoken_with or ticket.partner_name or ticket.partner_id.name,
            "user_input_id": answer.id,
        }

    def _check_may_write(self, vals):
        for revisit in self.filtered("is_answered"):
            if any(vals.get(name, revisit[name]) != revisit[name] for name in ("satisfaction", "remark")):
                raise UserError(self.env._("The merchant has answered the questionnaire: that answer counts."))

    def action_open_questionnaire(self):
        """Open the questionnaire, to fill it in together with the merchant."""
        self.ensure_one()
        self.check_access("read")
        if not self.user_input_id:
            raise UserError(self.env._("The process has no questionnaire."))
        return {"type": "ir.actions.act_url", "target": "new", "url": self.sudo().user_input_id.get_start_url()}

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def _check_more(self):
        if not self.visited_at:
            self.visited_at = self.user_input_id.sudo().end_datetime or fields.Datetime.now()
        if self.visited_at > fields.Datetime.now():
            raise UserError(self.env._("A revisit cannot lie in the future."))
        done = self.ticket_id.sudo().execution_ids.filtered(lambda form: form.round == self.round)[-1:]
        if done and to_china(self.visited_at).date() < to_china(done.completed_at).date():
            raise UserError(self.env._("The revisit lies before what it asks about was completed."))
        if self.satisfaction == "dissatisfied" and not (self.remark or "").strip():
            raise UserError(self.env._("The merchant is not satisfied: write down why, for the investigation."))
        if self.wants_another and not self.may_want_another and self.sequence >= self.needed:
            raise UserError(self.env._("A complaint of this kind is revisited no more often than this."))

    def _before_done(self):
        self.ticket_id.sudo().satisfaction = self.satisfaction
        if self.user_input_id and not self.is_answered:
            self.sudo()._fill_in_questionnaire()

    def _fill_in_questionnaire(self):
        """Enter by hand what the merchant said, so that the figures of the survey are whole."""
        satisfaction, remark = self.satisfaction, self.remark
        answer = self.user_input_id
        for question in answer.survey_id.question_ids:
            choice = question.suggested_answer_ids.filtered(
                lambda suggested: suggested.complaint_satisfaction == satisfaction
            )[:1]
            if choice:
                answer._save_lines(question, choice.id)
            elif question.question_type == "text_box" and remark:
                answer._save_lines(question, remark)
        answer.write({"state": "done", "end_datetime": self.visited_at})

    def _outcome(self):
        if self.satisfaction == "dissatisfied":
            return "dissatisfied"
        more = self.sequence < self.needed or (self.wants_another and self.may_want_another)
        return "again" if more else "satisfied"

    def _completed(self):
        return self.visited_at

    def _post_outcome(self):
        label = dict(self._fields["satisfaction"]._description_selection(self.env))[self.satisfaction]
        self._post_note(self.env._("Revisit %(number)s: %(result)s.", number=self.sequence, result=label))

    # ------------------------------------------------------------------
    # Printed form
    # ------------------------------------------------------------------

    def _printed_rows(self):
        boxes = "　".join(
            f"{'■' if self.satisfaction == value else '□'}{label}" for value, label in SATISFACTIONS.items()
        )
        return [
            ("回访次数", f"第 {self.sequence} 次"),
            ("回访时间", self.ticket_id._printed_moment(self.visited_at)),
            ("回访方式", WAYS.get(self.way)),
            ("回访对象", self.spoken_with),
            ("满意程度", boxes),
            ("商户意见", self.remark),
        ]

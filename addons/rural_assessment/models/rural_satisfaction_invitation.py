from odoo import api, fields, models

from .. import rules


class RuralSatisfactionInvitation(models.Model):
    """A purchaser that was asked how satisfied it is, and what it answered (SC-16)."""

    _name = "rural.satisfaction.invitation"
    _description = "Invitation to a Satisfaction Survey"
    _order = "round_id desc, answered_at desc, id"
    _rec_name = "purchaser_id"
    _rec_names_search = ["purchaser_id", "email"]
    _check_company_auto = True

    round_id = fields.Many2one("rural.satisfaction.round", "Survey", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="round_id.company_id", store=True, index=True, precompute=True)
    year = fields.Integer(related="round_id.year", store=True, precompute=True, aggregator=None)
    purchaser_id = fields.Many2one(
        "rural.purchaser", required=True, index=True, ondelete="restrict", check_company=True
    )
    region_id = fields.Many2one("rural.region", "Purchaser's Region", required=True, index=True, ondelete="restrict")
    email = fields.Char("E-Mail", required=True)
    user_input_id = fields.Many2one("survey.user_input", "Answer", copy=False, index=True, ondelete="set null")
    is_answered = fields.Boolean("Answered", compute="_compute_score", store=True, compute_sudo=True)
    answered_at = fields.Datetime("Answered On", compute="_compute_score", store=True, compute_sudo=True)
    score = fields.Float(
        digits=(16, 12),
        compute="_compute_score",
        store=True,
        compute_sudo=True,
        aggregator="avg",
        help="Mean of the scale questions, 0 to 1.",
    )
    comment = fields.Text(compute="_compute_score", store=True, compute_sudo=True)

    _once = models.UniqueIndex("(round_id, purchaser_id)", "The purchaser has been invited already.")

    @api.depends("user_input_id.state", "user_input_id.user_input_line_ids.value_scale")
    def _compute_score(self):
        for invitation in self:
            answer = invitation.user_input_id
            lines = answer.user_input_line_ids.filtered(lambda line: not line.skipped)
            scales = lines.filtered(lambda line: line.answer_type == "scale")
            score = answer.state == "done" and rules.answer_score(
                (line.value_scale, line.question_id.scale_min, line.question_id.scale_max) for line in scales
            )
            is_scored = score is not False and score is not None
            texts = lines.filtered(lambda line: line.answer_type == "text_box").mapped("value_text_box")
            # An answer counts from then on, even if the sheet is deleted later.
            if is_scored or answer or not invitation.is_answered:
                invitation.is_answered = is_scored
                invitation.score = float(score) if is_scored else 0
                invitation.answered_at = answer.end_datetime if is_scored else False
                invitation.comment = "\n".join(texts) if is_scored else False

    def _send(self):
        """Make an answer sheet for each purchaser and mail its address."""
        template = self.env.ref("rural_assessment.mail_template_satisfaction")
        for invitation in self.sudo():
            round_ = invitation.round_id
            invitation.user_input_id = round_.survey_id._create_answer(
                email=invitation.email,
                nickname=invitation.purchaser_id.name or invitation.purchaser_id.code,
                deadline=round_._answer_deadline(),
                check_attempts=False,
            )
            template.send_mail(invitation.id)

    def _answer_url(self) -> str:
        """Return the address at which the purchaser answers."""
        return f"{self.get_base_url()}{self.sudo().user_input_id.get_start_url()}"

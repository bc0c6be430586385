from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class RuralTrainingResult(models.Model):
    """A person in a training session, with the result; it stays once the session's are recorded.

    For whom somebody takes part is named by the addon that keeps such: it adds its field and names it in
    `_party_fields`.
    """

    _name = "rural.training.result"
    _description = "Training Result"
    _inherit = "rural.step.mixin"
    _order = "session_id desc, person"
    _rec_name = "person"
    _check_company_auto = True
    _step_field = "session_state"
    _editable_states = ("planned",)

    session_id = fields.Many2one("rural.training.session", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="session_id.company_id", store=True, index=True, precompute=True)
    course_id = fields.Many2one(related="session_id.course_id", store=True)
    held_at = fields.Datetime(related="session_id.begins_at", string="Held On", store=True)
    session_state = fields.Selection(related="session_id.state", string="State of the Session", store=True)
    audience = fields.Selection(related="session_id.audience", store=True)
    partner_id = fields.Many2one(
        "res.partner",
        "Contact",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="The supplier whose person it is, or the person.",
    )
    party_key = fields.Char(compute="_compute_party_key", store=True, precompute=True, groups="base.group_user")
    person = fields.Char(required=True)
    email = fields.Char("E-Mail", help="Where the online test is sent.")
    attended = fields.Boolean(default=True)
    is_marked = fields.Boolean("Marked", compute="_compute_score", store=True, readonly=False)
    score = fields.Float(compute="_compute_score", store=True, readonly=False, aggregator="avg", help="Out of 100.")
    answer_id = fields.Many2one("survey.user_input", "Online Test", readonly=True, copy=False, ondelete="set null")
    passed = fields.Boolean(compute="_compute_passed", store=True)

    _once = models.UniqueIndex(
        "(session_id, party_key, person)",
        "This person takes part already. Tell two people of one name apart by their contacts, or by their names.",
    )

    @api.constrains("score")
    def _check_score(self):
        for result in self:
            if not 0 <= result.score <= 100:
                raise ValidationError(self.env._("%s: a score lies between 0 and 100.", result.person))

    @api.constrains("session_id", "partner_id")
    def _check_supplier(self):
        for result in self:
            if result.session_id.audience == "supplier" and not result.partner_id:
                raise ValidationError(self.env._("%s: enter the supplier as the contact.", result.person))

    @api.depends(lambda self: self._party_fields())
    def _compute_party_key(self):
        for result in self:
            party = result._party()
            result.party_key = f"{party._name},{party.id}" if party else ""

    @api.depends("answer_id.state", "answer_id.scoring_percentage")
    def _compute_score(self):
        for result in self:
            answer = result.answer_id.sudo()
            if answer.state == "done":
                result.score = min(max(answer.scoring_percentage, 0), 100)
                result.is_marked = True
            else:
                result.score, result.is_marked = result.score, result.is_marked

    @api.depends("attended", "is_marked", "score", "session_id.pass_score", "answer_id.scoring_success")
    def _compute_passed(self):
        for result in self:
            enough = result.score >= result.session_id.pass_score
            if result.answer_id:
                enough = result.answer_id.sudo().scoring_success
            result.passed = result.attended and result.is_marked and enough

    @api.onchange("partner_id")
    def _onchange_partner_id(self):
        if self.partner_id:
            self.person = self.person or self.partner_id.name
            self.email = self.email or self.partner_id.email

    @api.onchange("score")
    def _onchange_score(self):
        self.is_marked = True

    @api.model_create_multi
    def create(self, vals_list):
        """Add participants; whoever does has a hand in the session's results."""
        results = super().create(vals_list)
        if not self.env.su:
            results.session_id._add_editor()
        return results

    def write(self, vals):
        """Write; a score by hand marks, and whoever gives it has a hand in the session's results."""
        result = super().write(self._marked(vals))
        if not self.env.su:
            self.session_id._add_editor()
        return result

    @api.model
    def _prepare_begin_vals(self, vals):
        return self._marked(super()._prepare_begin_vals(vals))

    def _check_may_write(self, vals):
        self._check_not_tested()
        return super()._check_may_write(vals)

    @api.constrains("session_id")
    def _check_session_open(self):
        """Refuse participants of a session whose results are recorded."""
        for result in self:
            if result.session_id.state != "planned":
                raise ValidationError(
                    self.env._("The results of %s are recorded and stay as they are.", result.session_id.display_name)
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_open(self):
        if not self.env.su:
            self._check_session_open()
            self._check_not_tested()
            self.session_id._add_editor()

    def _check_not_tested(self):
        for result in self:
            if result.answer_id.sudo().state == "done":
                raise UserError(self.env._("The result of %s comes from the online test.", result.person))

    @api.model
    def _marked(self, vals) -> dict:
        return {**vals, "is_marked": True} if "score" in vals and "is_marked" not in vals else vals

    # ------------------------------------------------------------------
    # For whom
    # ------------------------------------------------------------------

    @api.model
    def _party_fields(self) -> list[str]:
        """Hook: return the fields of which one says for whom somebody takes part; the first that is set holds."""
        return ["partner_id"]

    def _party(self):
        """Return the record for which somebody takes part, such as a center; empty for who comes for himself."""
        self.ensure_one()
        return next((self[name] for name in self._party_fields() if self[name]), self.partner_id)

    # ------------------------------------------------------------------
    # Online test
    # ------------------------------------------------------------------

    def _send_test(self):
        """Make an answer sheet for each person and mail its address."""
        template = self.env.ref("rural_training.mail_template_training_test")
        for result in self:
            if not result.email:
                raise UserError(self.env._("%s has no e-mail address.", result.person))
            survey = result.course_id.survey_id.sudo()
            result.sudo().answer_id = survey._create_answer(email=result.email, nickname=result.person)
            template.sudo().send_mail(result.id)

    def _test_url(self) -> str:
        answer = self.answer_id.sudo()
        return f"{self.get_base_url()}{answer.get_start_url()}"

from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.rural_base import china_time

from ..rules import year_days
from .assessment.measuring import STAFF

BATCH = 200


class RuralSatisfactionRound(models.Model):
    """A survey of the purchasers of a year: sent once to each, answered until its deadline (SC-16)."""

    _name = "rural.satisfaction.round"
    _description = "Satisfaction Survey"
    _inherit = ["rural.step.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "year desc, id desc"
    _check_company_auto = True
    _deletable_states = ("draft",)
    _maker_fields = ("create_uid", "sent_by_id")

    name = fields.Char(compute="_compute_name", store=True, readonly=False, required=True, precompute=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    year = fields.Integer(
        required=True, default=lambda self: china_time.today().year, tracking=True, aggregator=None,
        help="The year of whose purchases the purchasers are asked.",
    )  # fmt: skip
    survey_id = fields.Many2one(
        "survey.survey",
        "Questionnaire",
        required=True,
        ondelete="restrict",
        default=lambda self: self.env.ref("rural_assessment.survey_satisfaction", raise_if_not_found=False),
        help="The mean of its scale questions is the score of an answer.",
    )
    deadline = fields.Date(required=True, tracking=True, help="The last day on which answers count.")
    state = fields.Selection(
        [("draft", "Draft"), ("sent", "Sent"), ("closed", "Closed")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        tracking=True,
        group_expand=True,
    )
    sent_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    sent_at = fields.Datetime("Sent On", readonly=True, copy=False)
    invitation_ids = fields.One2many("rural.satisfaction.invitation", "round_id", "Invitations", readonly=True)
    invitation_count = fields.Integer("Invited", compute="_compute_counts")
    answer_count = fields.Integer("Answered", compute="_compute_counts")
    mean_score = fields.Float(digits=(16, 6), compute="_compute_counts", help="Over all answers, 0 to 1.")
    reachable_count = fields.Integer("To Be Invited", compute="_compute_reachable_count")
    unreachable_count = fields.Integer("Without E-Mail", compute="_compute_reachable_count")

    @api.depends("year")
    @api.depends_context("lang")
    def _compute_name(self):
        for round_ in self:
            round_.name = self.env._("Purchasers' satisfaction %s", round_.year)

    @api.depends("invitation_ids.is_answered")
    def _compute_counts(self):
        groups = self.env["rural.satisfaction.invitation"]._read_group(
            [("round_id", "in", self.ids)], ["round_id", "is_answered"], ["__count", "score:avg"]
        )
        counts = {(round_.id, answered): (count, score) for round_, answered, count, score in groups}
        for round_ in self:
            answered, mean = counts.get((round_.id, True), (0, 0))
            round_.answer_count, round_.mean_score = answered, mean
            round_.invitation_count = answered + counts.get((round_.id, False), (0, 0))[0]

    @api.depends("year", "company_id", "state")
    def _compute_reachable_count(self):
        for round_ in self:
            round_.reachable_count, round_.unreachable_count = round_._count_purchasers()

    def _check_may_write(self, vals):
        """Keep of whom and what was asked; the deadline of a survey that was sent may still move."""
        if vals.keys() & {"company_id", "year", "survey_id"}:
            self._check_state("draft")

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_send(self):
        """Send the survey to all purchasers that traded in the year and were not asked yet."""
        self._check_group(*STAFF)
        self.check_access("write")
        self._check_state("draft", "sent")
        for round_ in self:
            if round_.deadline < china_time.today():
                raise UserError(self.env._("The deadline of %s is over. Choose a later one.", round_.name))
            purchasers = round_._purchasers_to_invite()
            if not purchasers:
                raise UserError(
                    self.env._(
                        "There is nobody to ask: no purchaser with an e-mail address has bought in %(year)s in the "
                        "region of a center with an agreement, or all have been asked.",
                        year=round_.year,
                    )
                )
            round_.sudo().write({"state": "sent", "sent_by_id": self.env.uid, "sent_at": fields.Datetime.now()})
            for start in range(0, len(purchasers), BATCH):
                round_.sudo().with_delay()._invite(dict(purchasers[start : start + BATCH]))
            round_.message_post(body=self.env._("Sent to %s purchasers.", len(purchasers)))

    def action_close(self):
        """Take no more answers."""
        self._check_group(*STAFF)
        self.check_access("write")
        self._check_state("sent")
        self.sudo().write({"state": "closed"})
        self.sudo().invitation_ids.user_input_id.write({"deadline": fields.Datetime.now()})

    @api.model
    def _cron_close(self):
        """Close what is past its deadline."""
        self.search([("state", "=", "sent"), ("deadline", "<", china_time.today())]).action_close()

    def action_view_invitations(self):
        """Show who was asked, and who answered."""
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_assessment.action_satisfaction_invitation")
        return {**action, "domain": [("round_id", "in", self.ids)], "context": {}}

    def action_preview(self):
        """Show the questionnaire as a purchaser sees it."""
        self.ensure_one()
        self._check_group(*STAFF)
        return {"type": "ir.actions.act_url", "target": "new", "url": self.sudo()._preview_url()}

    def _preview_url(self):
        answer = self.survey_id.with_user(SUPERUSER_ID)._create_answer(
            email=self.env.user.email, test_entry=True, check_attempts=False
        )
        return answer.get_start_url()

    # ------------------------------------------------------------------
    # Whom to ask
    # ------------------------------------------------------------------

    def _purchasers_to_invite(self) -> list:
        """Return the purchasers that traded in regions with an agreement: pairs of id and region id.

        A purchaser that bought for several regions is asked for the one where it bought last.
        """
        self.env["rural.purchaser"].flush_model()
        self.env["rural.satisfaction.invitation"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                SELECT traded.purchaser_id, traded.region_id
                  FROM (%(traded)s) traded
                  JOIN rural_purchaser purchaser ON purchaser.id = traded.purchaser_id
                 WHERE purchaser.email <> '' AND purchaser.no_survey IS NOT TRUE
                       AND NOT EXISTS (SELECT FROM rural_satisfaction_invitation invitation
                                        WHERE invitation.round_id = %(round)s
                                              AND invitation.purchaser_id = purchaser.id)
                 ORDER BY traded.purchaser_id
                """,
                traded=self._traded_query(),
                round=self.id or 0,
            )
        )
        return self.env.cr.fetchall()

    def _count_purchasers(self) -> tuple:
        self.env["rural.purchaser"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                SELECT count(*) FILTER (WHERE purchaser.email <> ''), count(*) FILTER (WHERE purchaser.email IS NULL)
                  FROM (%s) traded
                  JOIN rural_purchaser purchaser ON purchaser.id = traded.purchaser_id
                 WHERE purchaser.no_survey IS NOT TRUE
                """,
                self._traded_query(),
            )
        )
        return self.env.cr.fetchone()

    def _traded_query(self) -> SQL:
        centers = self.env["rural.service.center"].sudo().search([("company_id", "=", self.company_id.id)])
        agreements = self.env["rural.center.agreement"].sudo()._of_year(centers, self.year)
        first, last = year_days(self.year or 2000)
        self.env["rural.order.line"].flush_model()
        return SQL(
            """
            SELECT DISTINCT ON (line.purchaser_id) line.purchaser_id, line.region_id
              FROM rural_order_line line
              JOIN rural_region region ON region.id = line.region_id
             WHERE line.company_id = %(company)s AND line.state = 'completed'
                   AND line.completion_month BETWEEN %(first)s AND %(last)s
                   AND string_to_array(rtrim(region.parent_path, '/'), '/')::int[] && %(regions)s::int[]
             ORDER BY line.purchaser_id, line.completion_time DESC, line.id DESC
            """,
            company=self.company_id.id,
            first=first,
            last=last,
            regions=agreements.region_id.ids,
        )

    # ------------------------------------------------------------------
    # Asking
    # ------------------------------------------------------------------

    def _invite(self, region_by_purchaser):
        """Invite purchasers, given with their regions; those who were invited already are left out."""
        self.ensure_one()
        if self.state != "sent":
            return
        regions = {int(purchaser): region for purchaser, region in region_by_purchaser.items()}
        invited = set(self.invitation_ids.purchaser_id.ids)
        purchasers = self.env["rural.purchaser"].browse(regions).exists()
        self.env["rural.satisfaction.invitation"].create(
            [
                {
                    "round_id": self.id,
                    "purchaser_id": purchaser.id,
                    "region_id": regions[purchaser.id],
                    "email": purchaser.email,
                }
                for purchaser in purchasers
                if purchaser.id not in invited and purchaser.email
            ]
        )._send()

    def _answer_deadline(self):
        """Return the end of the last day in China, in UTC."""
        return china_time.day_start(self.deadline + timedelta(days=1))

from odoo import api, fields, models


class SurveySurvey(models.Model):
    """The written test of station partners, drawn at random from a bank of questions (ST-02)."""

    _inherit = "survey.survey"

    is_station_test = fields.Boolean(
        "Written Test of Station Partners",
        help="Applicants take the last survey with this mark. Its sections draw their questions at random; the mark "
        "of success passes.",
    )

    @api.model
    def _station_test(self):
        """Return the survey that applicants take now, an empty record where there is none."""
        return self.search(
            [("is_station_test", "=", True), ("scoring_type", "!=", "no_scoring"), ("active", "=", True)],
            order="id desc",
            limit=1,
        )


class SurveyUserInput(models.Model):
    _inherit = "survey.user_input"

    rural_examination_ids = fields.One2many("rural.station.examination", "answer_id", "Tests of Station Partners")

    def _mark_done(self):
        """Let the test of an applicant be judged by the answers, as soon as the last one is sent (ST-02)."""
        result = super()._mark_done()
        for examination in self.sudo().rural_examination_ids.filtered(lambda each: each.state == "open"):
            examination._lock_rows()
            examination._conclude_written()
        return result

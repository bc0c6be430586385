from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged

from .common import YEAR, AssessmentCase


class SatisfactionCase(AssessmentCase):
    def setUp(self):
        super().setUp()
        self._load_year()
        self.env["rural.purchaser"].search([("company_id", "=", self.company.id)]).write({"email": False})
        for code in ("P2", "P3", "P5"):
            self.purchaser(code).email = f"{code.lower()}@example.com"

    def purchaser(self, code):
        return self.env["rural.purchaser"].search([("code", "=", code), ("company_id", "=", self.company.id)])

    def sent(self):
        round_ = (
            self.env["rural.satisfaction.round"]
            .with_user(self.operations)
            .create({"year": YEAR, "deadline": "2023-01-31"})
        )
        round_.with_context(queue_job__no_delay=True).action_send()
        return round_.with_env(self.env)

    def answer(self, invitation, *scores):
        sheet = invitation.user_input_id
        for question, score in zip(self._scales(sheet.survey_id), scores, strict=True):
            sheet._save_lines(question, str(score))
        sheet._mark_done()

    def _scales(self, survey):
        return survey.question_ids.filtered(lambda question: question.question_type == "scale")


class TestSatisfaction(SatisfactionCase):
    """SC-16: the mean of the scores that purchasers of the region gave."""

    def test_sc16_purchasers_of_the_regions_with_an_agreement_are_asked_once(self):
        round_ = self.sent()
        # P5 belongs to a region without an agreement; the others have no address.
        self.assertEqual(round_.invitation_ids.purchaser_id, self.purchaser("P2") | self.purchaser("P3"))
        self.assertEqual(set(round_.invitation_ids.mapped("region_id.code")), {"422802"})
        with self.assertRaisesRegex(UserError, "nobody to ask"):
            round_.with_user(self.operations).action_send()
        self.purchaser("TCG422802").email = "union@example.com"
        round_.with_user(self.operations).with_context(queue_job__no_delay=True).action_send()
        self.assertEqual(round_.invitation_count, 3)

    def test_sc16_a_survey_that_was_sent_stays(self):
        round_ = self.sent().with_user(self.operations)
        other = round_.survey_id.sudo().copy()
        for vals in ({"year": 2021}, {"survey_id": other.id}, {"state": "draft"}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                round_.write(vals)
        with self.assertRaisesRegex(UserError, "“Sent” and is kept"):
            round_.unlink()
        round_.deadline = "2023-02-28"

    def test_sc16_who_does_not_want_to_be_asked_is_not(self):
        self.purchaser("P2").no_survey = True
        self.assertEqual(self.sent().invitation_ids.purchaser_id, self.purchaser("P3"))

    def test_sc16_invitation_carries_its_own_address(self):
        round_ = self.sent()
        mails = self.env["mail.mail"].search([("model", "=", "rural.satisfaction.invitation")])
        mails = mails.filtered(lambda mail: mail.res_id in round_.invitation_ids.ids)
        self.assertEqual(set(mails.mapped("email_to")), {"p2@example.com", "p3@example.com"})
        for invitation in round_.invitation_ids:
            body = mails.filtered(lambda mail, invitation=invitation: mail.res_id == invitation.id).body_html
            self.assertIn(invitation.user_input_id.access_token, body)

    def test_sc16_satisfaction_is_the_mean_of_the_scores(self):
        round_ = self.sent()
        first, second = round_.invitation_ids
        self.answer(first, 10, 10, 9, 9, 7)
        self.assertEqual((first.score, first.is_answered), (0.9, True))
        self.answer(second, 8, 8, 8, 8, 8)
        line = self.result(self.assess())
        self.assertEqual((line.satisfaction, line.answers), (0.85, 2))
        # 0.85 ÷ 0.9, cut.
        self.assertEqual(line.completion_satisfaction, 0.944444)
        self.assertEqual(round_.mean_score, 0.85)

    def test_sc16_province_counts_all_answers_below_it(self):
        province = self.env["rural.service.center"].create(
            {
                "name": "试验省运营服务中心",
                "kind": "province",
                "region_id": self.env["rural.region"].search([("code", "=", "420000")]).id,
            }
        )
        self._agree(province)
        round_ = self.sent()
        self.assertEqual(len(round_.invitation_ids), 3)
        for invitation, score in zip(round_.invitation_ids.sorted("email"), (10, 8, 3), strict=True):
            self.answer(invitation, *[score] * 5)
        assessment = self.assess()
        self.assertEqual(self.result(assessment).satisfaction, 0.9)
        self.assertEqual(self.result(assessment, province).satisfaction, 0.7)

    def test_sc16_without_answers_nothing_is_known(self):
        self.sent()
        line = self.result(self.assess())
        self.assertFalse(line.is_satisfaction_known)
        self.assertEqual(line.completion_satisfaction, 0)
        self.assertIn("not measured yet", line.explanation)

    def test_sc16_answers_are_not_overruled_by_hand(self):
        self.answer(self.sent().invitation_ids[0], 5, 5, 5, 5, 5)
        assessment = self.assess()
        with self.assertRaisesRegex(UserError, "1 answers to the survey"):
            self.enter_satisfaction(assessment.line_ids)
        self.assertEqual(self.result(assessment).satisfaction, 0.5)

    def test_sc16_answers_entered_by_hand_before_give_way_to_the_survey(self):
        assessment = self.assess()
        self.enter_satisfaction(assessment.line_ids, 1)
        self.assertEqual(self.result(assessment).satisfaction, 1)
        self.answer(self.sent().invitation_ids[0], 5, 5, 5, 5, 5)
        self.assertEqual(self.result(self.assess()).satisfaction, 0.5)

    def test_sc16_closed_after_the_deadline(self):
        from freezegun import freeze_time

        round_ = self.sent()
        self.env["rural.satisfaction.round"]._cron_close()
        self.assertEqual(round_.state, "sent")
        with freeze_time("2023-01-31 16:00:01"):
            self.env["rural.satisfaction.round"]._cron_close()
        self.assertEqual(round_.state, "closed")

    def test_sc16_no_survey_without_address_deadline_or_role(self):
        with self.assertRaisesRegex(ValidationError, "not an e-mail address"):
            self.purchaser("P2").email = "总工会"
        Round = self.env["rural.satisfaction.round"]
        late = Round.with_user(self.operations).create({"year": YEAR, "deadline": "2023-01-09"})
        with self.assertRaisesRegex(UserError, "deadline"):
            late.action_send()
        with self.assertRaises(AccessError):
            Round.with_user(self.accountant).create({"year": YEAR, "deadline": "2023-01-31"})
        round_ = self.sent()
        with self.assertRaisesRegex(UserError, "“Sent” and is kept"):
            round_.with_user(self.operations).unlink()


@tagged("post_install", "-at_install")
class TestAnsweringOnTheWeb(HttpCase, SatisfactionCase):
    def test_sc16_purchaser_answers_without_a_login(self):
        invitation = self.sent().invitation_ids[0]
        survey, token = invitation.user_input_id.survey_id, invitation.user_input_id.access_token
        # The real clock: a browser's session does not live in the past.
        invitation.user_input_id.deadline = False
        page = self.url_open(invitation._answer_url().replace(invitation.get_base_url(), ""))
        self.assertEqual(page.status_code, 200)
        titles = [survey.with_context(lang=lang).title for lang in ("en_US", "zh_CN")]
        self.assertTrue(any(title in page.text for title in titles))
        self.url_open(f"/survey/begin/{survey.access_token}/{token}", json={"params": {"lang_code": "en_US"}})
        answers = {str(question.id): "9" for question in self._scales(survey)}
        comment = survey.question_ids.filtered(lambda question: question.question_type == "text_box")
        answers[str(comment.id)] = "配送再快一些"
        response = self.url_open(f"/survey/submit/{survey.access_token}/{token}", json={"params": answers})
        self.assertEqual(response.status_code, 200)
        self.env.invalidate_all()
        self.assertEqual((invitation.is_answered, invitation.score), (True, 0.9))
        self.assertEqual(invitation.comment, "配送再快一些")

import base64

from odoo.addons.rural_base import china_time
from odoo.addons.rural_deposit.tests.common import DepositCase

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")
#: Right by their check digits; nobody's.
NUMBERS = ("430181198805050014", "43018119900101002X", "430181197512120037", "422802198506150042")


class PartnerMixin:
    """What the tests of applicants make; `cls.company` is there."""

    @classmethod
    def _make_written_test(cls):
        cls.survey = cls.env["survey.survey"].create(
            {
                "title": "站点合伙人笔试",
                "is_station_test": True,
                "scoring_type": "scoring_without_answers",
                "scoring_success_min": 60,
                "access_mode": "token",
                "users_login_required": False,
                "question_and_page_ids": [
                    (0, 0, {"title": title, "question_type": "simple_choice", "suggested_answer_ids": answers})
                    for title in ("快递到站后先做什么？", "村民要退货怎么办？")
                    for answers in [
                        [
                            (0, 0, {"value": "按规定办", "is_correct": True, "answer_score": 1}),
                            (0, 0, {"value": "不管", "is_correct": False, "answer_score": 0}),
                        ]
                    ]
                ],
            }
        )

    @classmethod
    def new_application(cls, user, number=NUMBERS[0], **vals):
        return (
            cls.env["rural.station.application"]
            .with_user(user)
            .create(
                {
                    "applicant": "向翠兰",
                    "phone": "13800005250",
                    "email": "cuilan@example.com",
                    "id_number": number,
                    "region_id": cls._region("430181").id,
                    "township": "大瑶镇",
                    "village": "新河村",
                    **vals,
                }
            )
        )

    def answer(self, examination, right=True):
        """Send the answers of a written test, all right or all wrong."""
        sheet = examination.sudo().answer_id
        sheet._mark_in_progress()
        for question in sheet.predefined_question_ids:
            chosen = question.suggested_answer_ids.filtered(lambda each: bool(each.is_correct) == right)[:1]
            sheet._save_lines(question, str(chosen.id))
        sheet._mark_done()


class PartnerCase(PartnerMixin, DepositCase):
    """A company with two clerks, a manager, an accountant, and a written test, on 1 July 2022."""

    company_name = "站点试验运营商"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls.operations
        cls.second = cls._new_user("d_second", "rural_base.group_operations")
        cls.third = cls._new_user("d_third", "rural_base.group_operations")
        cls._make_written_test()
        cls.course = cls.env["rural.training.course"].create(
            {"name": "站点合伙人培训", "audience": "station", "company_id": cls.company.id}
        )

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def train(self, application, score=80):
        """Hold a training for an applicant, confirmed by a second person."""
        session = (
            self.env["rural.training.session"]
            .with_user(self.clerk)
            .create(
                {
                    "course_id": self.course.id,
                    "begins_at": "2022-06-20 01:00:00",
                    "ends_at": "2022-06-20 08:00:00",
                    "result_ids": [
                        (0, 0, {"application_id": application.id, "person": application.applicant, "score": score})
                    ],
                }
            )
        )
        session.action_record()
        session.with_user(self.second).action_confirm()
        return session

    def begin(self, application, user=None):
        """Begin the next test; return it."""
        return self.env["rural.station.examination"].browse(
            application.with_user(user or self.clerk).action_test()["res_id"]
        )

    def write_test(self, application, right=True):
        examination = self.begin(application)
        self.answer(examination, right)
        return examination

    def computer_test(self, application, failed=(), user=None):
        """Hold a computer test at which the items with these numbers are not passed."""
        examination = self.begin(application).with_user(user or self.second)
        for number, result in enumerate(examination.result_ids):
            result.result = "failed" if number in failed else "passed"
        examination.action_conclude()
        return examination

    def interview(self, application, *scores, conclude=True):
        """Hold an interview with a score of each interviewer."""
        examination = self.begin(application)
        people = (self.second, self.third, self.director)[: len(scores)]
        for user in people:
            examination.with_user(self.clerk).score_ids = [(0, 0, {"interviewer_id": user.id})]
        for user, score in zip(people, scores, strict=True):
            own = examination.score_ids.filtered(lambda each, user=user: each.interviewer_id == user).with_user(user)
            own.score = score
            own.action_give()
        if conclude:
            examination.with_user(self.second).action_conclude()
        return examination

    def bring_to(self, application, state):
        """Take an application to a step by all steps before it."""
        steps = {
            "training": lambda: application.with_user(self.clerk).action_accept(),
            "written": lambda: self.train(application),
            "computer": lambda: self.write_test(application),
            "interview": lambda: self.computer_test(application),
            "agreed": lambda: self.interview(application, 80, 75),
        }
        for step, take in steps.items():
            take()
            if step == state:
                break
        self.assertEqual(application.state, state)
        return application

    def sign(self, application):
        """Draw the agreement up, and have it countersigned by somebody else; return it."""
        application.with_user(self.clerk).action_draw_up()
        agreement = application.agreement_id.with_user(self.clerk)
        agreement.write(
            {
                "signed_on": china_time.today(),
                "signed_scan": base64.b64encode(PDF),
                "signed_scan_name": "协议.pdf",
            }
        )
        agreement.with_user(self.second).action_sign()
        return agreement

    def pay(self, agreement):
        """Have the deposit requested, approved and posted by three people."""
        action = agreement.with_user(self.clerk).action_request_deposit()
        movement = self.Movement.browse(action["res_id"])
        movement.with_user(self.clerk).document = "收款单 0001"
        return self.post(self.approve(movement))

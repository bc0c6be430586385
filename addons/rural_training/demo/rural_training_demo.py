from datetime import datetime, timedelta

from odoo import api, models

from odoo.addons.rural_base import china_time

#: Who plans and records, and who confirms.
MAKER, CHECKER = "operations", "area"
VILLAGERS = ["王秋菊", "刘四清", "陈桂香", "黎望明", "胡春桃", "吴细毛", "李木生", "张腊梅"]
SUPPLIERS = {"supplier_tea": "程国强", "supplier_rice": "毛艳红"}


class RuralTrainingDemo(models.AbstractModel):
    """Trainings of villagers and suppliers in their states; other addons hold theirs with the same methods."""

    _name = "rural.training.demo"
    _inherit = "rural.demo.mixin"
    _description = "Demo data of training"

    @api.model
    def _work(self):
        """Hold the trainings, once."""
        self = self._in_company()
        if self.env["rural.training.session"].search_count([], limit=1):
            return
        villagers = [{"person": name} for name in VILLAGERS]
        held = self._session(self.env.ref("rural_training.course_villagers"), 45, "县电商公共服务中心二楼", villagers)
        course = self.env.ref("rural_training.course_suppliers")
        held |= self._session(course, 30, "线上", self._suppliers())
        self._as(MAKER, held).action_record()
        self._as(CHECKER, held).action_confirm()
        self._session(course, -9, "县供销社会议室", self._suppliers(), marked=False)

    def _suppliers(self):
        return [
            {"partner_id": self.env.ref(f"rural_training.{name}").id, "person": person}
            for name, person in SUPPLIERS.items()
        ]

    def _session(self, course, days_ago, place, participants, marked=True):
        """Plan a session with people, each with a score between 78 and 97 if they are marked already."""
        begins = datetime.combine(china_time.today() - timedelta(days=days_ago), datetime.min.time())
        scores = [{"score": 78 + number * 7 % 20} if marked else {} for number in range(len(participants))]
        return self._as(MAKER, self.env["rural.training.session"]).create(
            {
                "course_id": course.id,
                "begins_at": begins + timedelta(hours=1),
                "ends_at": begins + timedelta(hours=8),
                "place": place,
                "trainer": "王晓兰",
                "result_ids": [(0, 0, {**person, **score}) for person, score in zip(participants, scores, strict=True)],
            }
        )

    def _test(self, title, questions, pass_mark=80):
        """Make an online test of questions with one answer each, the right one first."""
        return self.env["survey.survey"].create(
            {
                "title": title,
                "scoring_type": "scoring_with_answers",
                "scoring_success_min": pass_mark,
                "questions_layout": "one_page",
                "access_mode": "token",
                "question_and_page_ids": [
                    (
                        0,
                        0,
                        {
                            "title": question,
                            "question_type": "simple_choice",
                            "suggested_answer_ids": self._answers(texts),
                        },
                    )
                    for question, texts in questions
                ],
            }
        )

    def _answers(self, texts):
        return [
            (0, 0, {"value": text, "is_correct": not number, "answer_score": 0 if number else 1})
            for number, text in enumerate(texts)
        ]

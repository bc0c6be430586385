from datetime import datetime, timedelta

from odoo import models

from odoo.addons.rural_base import china_time

from .rural_agreement_demo import CHECKER, DIRECTOR, MAKER, ON_THEIR_WAY

#: Questions of the online test, with the right answer first.
QUESTIONS = [
    (
        "采购人下单时，服务码应当怎样使用？",
        ["每笔订单都填写，未填写的订单不计入结算", "年底统一补填", "可以借用其他中心的服务码"],
    ),
    ("区域外的非预算单位希望采购，应当先做什么？", ["先向平台报备，批准后再开展", "直接下单", "由采购人自行说明"]),
    ("区域服务中心可以推广销售哪些商品？", ["商品池内的“832优选”商品", "任何商品"]),
]


class RuralAgreementDemo(models.AbstractModel):
    """Trainings in every state with their results, an online test, and exits."""

    _inherit = "rural.agreement.demo"

    def _train(self, working, newcomers):
        """Hold a session for those who work, one for the newcomers; one waits to be confirmed, one is planned."""
        people = [
            "张萍",
            "吴建兵",
            "齐倩雯",
            "杜淼",
            "纪彬",
            "刘雅男",
            "李梦楠",
            "吴新荣",
            "谭晓琴",
            "向小芹",
            "覃红",
            "彭大鹏",
        ]
        stages = {row[0]: row[2] for row in ON_THEIR_WAY}
        ready = [code for code, stage in stages.items() if stage in ("trained", "active")]
        waiting = [code for code, stage in stages.items() if stage == "published"]
        first = self._session(120, "武汉市洪山区农商大厦三楼", zip(working.values(), people, strict=False))
        second = self._session(20, "通城县万雅国际商贸城培训教室", [(newcomers[code], people[0]) for code in ready])
        third = self._session(3, "浏阳市电商公共服务中心", [(newcomers[code], people[3]) for code in waiting])
        self._as(MAKER, first | second | third).action_record()
        self._as(CHECKER, first | second).action_confirm()
        later = [(newcomers[code], people[5]) for code in ("421223", "430626")]
        self._session(-12, "线上", later, course="course_online", marked=False)

    def _test(self):
        return self.env["survey.survey"].create(
            {
                "title": "区域服务中心岗前测试",
                "scoring_type": "scoring_with_answers",
                "scoring_success_min": 80,
                "questions_layout": "one_page",
                "access_mode": "token",
                "question_and_page_ids": [
                    (
                        0,
                        0,
                        {
                            "title": title,
                            "question_type": "simple_choice",
                            "suggested_answer_ids": self._answers(texts),
                        },
                    )
                    for title, texts in QUESTIONS
                ],
            }
        )

    def _answers(self, texts):
        return [
            (0, 0, {"value": text, "is_correct": not number, "answer_score": 0 if number else 1})
            for number, text in enumerate(texts)
        ]

    def _session(self, days_ago, place, participants, course="course_induction", marked=True):
        begins = datetime.combine(china_time.today() - timedelta(days=days_ago), datetime.min.time())
        results = []
        for number, (center, person) in enumerate(participants):
            result = {"center_id": center.id, "person": person, "email": center.partner_id.email}
            results.append((0, 0, {**result, "score": 78 + number * 7 % 20} if marked else result))
        return self._as(MAKER, self.env["rural.training.session"]).create(
            {
                "course_id": self.env.ref(f"rural_center_agreement.{course}").id,
                "begins_at": begins + timedelta(hours=1),
                "ends_at": begins + timedelta(hours=8),
                "place": place,
                "trainer": "王晓兰",
                "result_ids": results,
            }
        )

    def _leave(self, working, newcomers):
        """Have one exit asked for, one being settled."""
        exits = self._as(MAKER, self.env["rural.center.exit"])
        today = china_time.today()
        exits.create(
            {
                "center_id": working["420324"].id,
                "kind": "not_renewed",
                "reason": "授权到期，双方协商不再续签",
                "last_day": today + timedelta(days=30),
            }
        )
        leaving = exits.create(
            {"center_id": newcomers["421081"].id, "reason": "企业转型从事冷链物流，申请退出", "last_day": today}
        )
        self._as(DIRECTOR, leaving).action_decide()

from datetime import timedelta

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
        induction = self.env.ref("rural_center_agreement.course_induction")
        hold = self.env["rural.training.demo"]._session
        first = hold(induction, 120, "武汉市洪山区农商大厦三楼", list(map(self._participant, working.values(), people)))
        place = "通城县万雅国际商贸城培训教室"
        second = hold(induction, 20, place, [self._participant(newcomers[code], people[0]) for code in ready])
        place = "浏阳市电商公共服务中心"
        third = hold(induction, 3, place, [self._participant(newcomers[code], people[3]) for code in waiting])
        self._as(MAKER, first | second | third).action_record()
        self._as(CHECKER, first | second).action_confirm()
        later = [self._participant(newcomers[code], people[5]) for code in ("421223", "430626")]
        hold(self.env.ref("rural_center_agreement.course_online"), -12, "线上", later, marked=False)

    def _participant(self, center, person):
        return {"center_id": center.id, "person": person, "email": center.partner_id.email}

    def _test(self):
        return self.env["rural.training.demo"]._test("区域服务中心岗前测试", QUESTIONS)

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

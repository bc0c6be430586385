from datetime import timedelta

from odoo import api, models

from odoo.addons.rural_base import china_time

#: Who records, decides, answers appeals and posts in the demo company.
MAKER, DIRECTOR, DEPUTY, CASHIER, OFFICER = "operations", "director", "deputy", "cashier", "officer"
#: Region of the center, violation, days ago, facts, what the center said, how far the case is.
CASES = [
    ("422823", "w01", 3, "采购人反映脐橙订单延迟 12 天未跟进，致电中心无人接听，通话记录附后", None, "draft"),
    ("422826", "w04", 12, "未经报备向襄阳市采购人推广，采购人提供了宣传折页", "承认推广，称对方主动联系", "heard"),
    ("422825", "w02", 20, "公众号文章使用“国家级指定”字样，网页截图附后", "文章由第三方代写，已删除", "decided"),
    ("420325", "w03", 25, "以“832优选”名义销售池外黑木耳，现场照片附后", "认为该产品正在申请入池", "appealed"),
    ("422802", "w02", 60, "价格宣传与平台公示价不一致，截图附后", "承认有误，已更正", "deducted"),
    ("422801", "w04", 75, "向荆州市采购人推广未报备，订单记录附后", "已补办报备手续", "milder"),
    ("420323", "w06", 80, "一季度内三次投诉，两次成立", "提供了与采购人的沟通记录", "revoked"),
    ("422827", "w06", 90, "一季度内四次投诉成立，投诉单附后", "未到场", "suspended"),
]
APPEAL = "情节轻微且已及时改正，申请从轻"


class RuralAssessmentDemo(models.AbstractModel):
    """Demo data that only the real work can make."""

    _name = "rural.assessment.demo"
    _inherit = "rural.demo.mixin"
    _description = "Demo data of the assessment"

    @api.model
    def _run_the_year(self):
        """Ask purchasers, measure the centers, and have penalty cases in every stage, once."""
        self = self._in_company()
        company = self.env.company
        if self.env["rural.assessment"].search_count([("company_id", "=", company.id)], limit=1):
            return
        if self.env.lang == "zh_CN":
            # Demo data is loaded before the translations of records, which its texts name.
            self.env["ir.module.module"]._load_module_terms(["rural_assessment"], ["zh_CN"])
        year = china_time.today().year
        self._ask_purchasers(company, year, MAKER)
        self._as(OFFICER, self.env["rural.assessment"])._prepare(company, year)
        for case in CASES:
            self._take_case(*case)
        self._write_to_nobody()

    # ------------------------------------------------------------------
    # Satisfaction
    # ------------------------------------------------------------------

    def _ask_purchasers(self, company, year, login):
        """Send the survey to the purchasers that bought in the year; two of three have answered."""
        bought = self.env["rural.order.line"]._read_group(
            [("company_id", "=", company.id), ("state", "=", "completed"), ("completion_month", ">=", f"{year}-01-01")],
            ["purchaser_id"],
        )
        for number, (purchaser,) in enumerate(bought):
            if number % 8 != 7:
                purchaser.write({"email": f"{purchaser.code.lower()}@example.com", "contact_name": "采购办"})
        today = china_time.today()
        round_ = self._as(login, self.env["rural.satisfaction.round"]).create(
            {
                "name": f"{year} 年采购人满意度调查",
                "year": year,
                "deadline": today + timedelta(days=30),
                "company_id": company.id,
            }
        )
        if not round_._purchasers_to_invite():
            return round_
        round_.with_context(queue_job__no_delay=True).action_send()
        for number, invitation in enumerate(round_.sudo().invitation_ids):
            if number % 3 != 2:
                self._answer(invitation, number)
        return round_

    def _answer(self, invitation, number):
        sheet = invitation.user_input_id
        for position, question in enumerate(sheet.survey_id.question_ids):
            if question.question_type == "scale":
                sheet._save_lines(question, str(10 - (number * 2 + position * 3) % 4))
            elif number % 5 == 0:
                sheet._save_lines(question, "希望增加冷链配送，发票再快一些")
        sheet._mark_done()

    # ------------------------------------------------------------------
    # Penalties
    # ------------------------------------------------------------------

    def _take_case(self, code, violation, days_ago, facts, said, stage):
        """Take a case to where it is wanted, by the people who do it."""
        day = china_time.today() - timedelta(days=days_ago)
        case = self._as(MAKER, self.env["rural.penalty.case"]).create(
            {
                "center_id": self.env["rural.service.center"].search([("region_id.code", "=", code)], limit=1).id,
                "violation_id": self.env.ref(f"rural_assessment.violation_{violation}").id,
                "occurred_on": day,
                "description": facts,
            }
        )
        if stage == "draft":
            return
        absent = said == "未到场"
        case.write(
            {"heard_on": day + timedelta(days=2), "hearing": False if absent else said, "did_not_appear": absent}
        )
        case.action_hear()
        if stage != "heard":
            self._decide(case, stage)

    def _decide(self, case, stage):
        amount = 500 if stage == "deducted" else case.amount
        self._as(DIRECTOR, case)._decide(case.action, amount, case.suspension_days, "事实清楚，证据充分，按目录处理")
        if stage in ("deducted", "suspended"):
            self._as(DEPUTY, case)._accept("中心负责人签收处理决定书，书面表示接受")
        elif stage != "decided":
            case._appeal(APPEAL)
        if stage == "deducted":
            self._as(DEPUTY, case.movement_id).action_approve()
            self._as(CASHIER, case.movement_id)._post()
        elif stage == "milder":
            self._as(DEPUTY, case)._decide_appeal("changed", "已补办报备，改为警告", "warning")
        elif stage == "revoked":
            self._as(DEPUTY, case)._decide_appeal("revoked", "复核投诉单，成立的仅一次，撤销原决定")

    # ------------------------------------------------------------------
    # Letters
    # ------------------------------------------------------------------

    def _write_to_nobody(self):
        """Take back the letters: demo data writes to nobody."""
        models_ = ("rural.satisfaction.invitation", "rural.penalty.case")
        self.env["mail.mail"].search([("model", "in", models_), ("state", "=", "outgoing")]).unlink()

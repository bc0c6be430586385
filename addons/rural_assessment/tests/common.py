from freezegun import freeze_time

from odoo.addons.rural_settlement.tests.common import SettlementCase

YEAR = 2022
#: (indicator, target) of an agreement that the orders of `_load_year` meet exactly.
TARGETS = {
    "target_market_revenue": 1410.25,
    "target_region_turnover": 2910.25,
    "target_purchasers": 3,
    "target_satisfaction": 0.9,
}


class AssessmentCase(SettlementCase):
    """The settlement's company in January after the year, with agreements, a director and a deputy."""

    entry_source = "rural_assessment_id"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2023-01-10 02:00:00"))
        cls.director = cls._new_user("a_director", "rural_base.group_operations_manager")
        cls.deputy = cls._new_user("a_deputy", "rural_base.group_operations_manager")
        cls.apples.pool_entry_ids.incentive_rate = 0.02
        cls.rice.pool_entry_ids.incentive_rate = 0.015
        cls.Assessment = cls.env["rural.assessment"]
        cls.agreement = cls._agree(cls.lichuan)

    @classmethod
    def _agree(cls, center, year=YEAR, stage="active", **targets):
        return cls.env["rural.center.agreement"].create(
            {"center_id": center.id, "year": year, "stage": stage, **TARGETS, **targets}
        )

    # ------------------------------------------------------------------
    # A year
    # ------------------------------------------------------------------

    def _load_year(self):
        """Orders of a year, small enough to add up by hand.

        Lichuan: 1,000.00 + (500.50 - 100.25) + 10.00 = 1,410.25 with its code, and 1,500.00 without one.
        """
        self.load(
            self.row("E1", 3, "1000.00"),
            self.row("E2", 4, "500.50", refund="100.25", product=self.rice, 采购单位编码="P2"),
            self.row("N1", 4, "2000.00", refund="500.00", 采购单位编码="P3", 服务码=""),
            self.row("F1", 4, "80.00", refund="80.00", 采购单位编码="P4", 服务码=""),
            self.row("O1", 5, "300.00", 采购单位编码="P5", 采购单位地区代码="421222"),
            self.row("W1", 5, "999.00", 采购单位编码="P6", 订单状态="待收货", 完成时间=""),
            self.row("T1", 3, "700.00", center=self.tongcheng),
            self.row("Y1", 12, "10.00", 下单时间="2022-12-20 09:00:00", 完成时间="2022-12-31 23:59:59"),
            self.row("Y2", 12, "20.00", 下单时间="2022-12-30 09:00:00", 完成时间="2023-01-01 00:00:00"),
        )

    def _close_year(self, year=YEAR):
        """Confirm the statements of all months of the year, one after the other."""
        self.prepare()
        drafts = self.statements().filtered(
            lambda statement: statement.state == "draft" and statement.month.year <= year
        )
        for _month, statements in sorted(drafts.grouped("month").items()):
            self.confirm(statements)

    def assess(self, year=YEAR, user=None):
        return self.Assessment.with_user(user or self.officer)._prepare(self.company, year).with_env(self.env)

    def enter_satisfaction(self, lines, share=0.9, user=None):
        for line in lines:
            line.with_user(user or self.operations).write(
                {
                    "satisfaction_by_hand": True,
                    "satisfaction_entered": share,
                    "satisfaction_reason": "电话回访 20 家采购单位",
                }
            )

    def review(self, assessment, user=None):
        changed = assessment.with_user(user or self.manager).action_confirm()
        self.assertIs(changed, True)
        return assessment

    def posted(self, year=YEAR, share=0.9):
        """A year that went all its way."""
        self._close_year(year)
        assessment = self.assess(year)
        self.enter_satisfaction(assessment.line_ids.filtered("agreement_id"), share)
        self.review(assessment)
        assessment.with_user(self.accountant)._post()
        return assessment

    def result(self, assessment, center=None):
        return assessment.line_ids.filtered(lambda line: line.center_id == (center or self.lichuan))

    def rewards(self, line):
        """Product, kind, base, rate and reward of the reward lines."""
        return {
            (reward.product_id.name or "", reward.kind, reward.year): (
                reward.base,
                reward.incentive_rate,
                reward.reward,
            )
            for reward in line.reward_line_ids
        }

    # ------------------------------------------------------------------
    # Penalties and deposits
    # ------------------------------------------------------------------

    def pay_deposit(self, amount, center=None):
        deposit = (center or self.lichuan)._open_deposit()
        movement = deposit.with_user(self.operations)._request("collect", amount, "年度保证金", document="回单 1")
        movement.with_user(self.director).action_approve()
        movement.with_user(self.accountant)._post()
        return deposit

    def post_deduction(self, case):
        """Let the deputy approve and the accountant post what a penalty deducts."""
        movement = case.movement_id
        movement.with_user(self.deputy).action_approve()
        movement.with_user(self.accountant)._post()
        return movement

    def record(self, violation="w02", center=None, **vals):
        values = {
            "center_id": (center or self.lichuan).id,
            "violation_id": self.env.ref(f"rural_assessment.violation_{violation}").id,
            "occurred_on": "2022-12-15",
            "description": "宣传页写有“国家指定”字样，截图附后",
            **vals,
        }
        return self.env["rural.penalty.case"].with_user(self.operations).create(values)

    def hear(self, case):
        case.write({"heard_on": "2023-01-05", "hearing": "中心称宣传页由第三方制作，已撤下"})
        case.action_hear()
        return case

    def decide(self, case, user=None, **measure):
        values = {name: case[name] for name in ("action", "amount", "suspension_days")} | measure
        case.with_user(user or self.director)._decide(
            values["action"], values["amount"], values["suspension_days"], "事实清楚，影响较小"
        )
        return case

    def accept(self, case):
        """Let the deputy record that the center accepts."""
        case.with_user(self.deputy)._accept("中心来函接受，负责人签字")
        return case

    def decided(self, violation="w02", **measure):
        return self.decide(self.hear(self.record(violation)), **measure)

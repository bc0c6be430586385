from odoo.tests import tagged

from odoo.addons.rural_service_order.eligibility import EXCEPTIONS

from .common import OrderCase

#: What makes a line fail by each reason, in the order of SC-10.
FAULTS = {
    "not_completed": {"订单状态": "待收货", "完成时间": ""},
    "no_code": {"服务码": ""},
    "unknown_code": {"服务码": "FW999999Z"},
    "center_inactive": {"服务码": "FW422802T"},
    "out_of_region": {"采购单位地区代码": "420106"},
    "not_in_pool": {"商品编码": "OSP9", "商品名称": "梨"},
}


@tagged("post_install", "-at_install")
class TestJudgement(OrderCase):
    """SC-10: the first reason that applies excludes a line from the fee."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._new_center("利川市区域服务中心", "422802", "FW422802T", valid_from="2021-01-01", valid_to="2021-12-31")

    def assert_outcome(self, expected, **cells):
        line = self.line_of(**cells)
        self.assertEqual(line.outcome, expected)
        return line

    def test_sc10_eligible_line_earns_its_fee(self):
        line = self.assert_outcome("eligible", amount="100.00")
        self.assertEqual(line.center_id, self.county_center)
        self.assertEqual(line.pool_entry_id, self.pool_entry)
        self.assertEqual((line.fee_rate, line.fee), (0.05, 5.0))

    def test_sc10_each_reason(self):
        for reason, cells in FAULTS.items():
            with self.subTest(reason):
                self.assertEqual(self.assert_outcome(reason, **cells).fee, 0)

    def test_sc12_exceptions_have_a_code_and_earn_nothing(self):
        outcomes = {reason: self.line_of(**cells) for reason, cells in FAULTS.items()}
        lines = self.env["rural.order.line"].union(self.line_of(), *outcomes.values())
        expected = lines.browse().union(*(outcomes[reason] for reason in EXCEPTIONS))
        self.assertEqual(
            lines.search([("id", "in", lines.ids), ("is_exception", "=", True)]), expected.sorted(reverse=True)
        )
        self.assertEqual(
            lines.search([("id", "in", lines.ids), ("is_exception", "=", False)]),
            (lines - expected).sorted(reverse=True),
        )
        self.assertEqual(lines.filtered("is_exception"), expected)

    def test_sc10_first_reason_takes_precedence(self):
        """With all faults from one on, the first is told; those of the code itself exclude each other."""
        reasons = list(FAULTS)
        for position, reason in enumerate(reasons):
            cells = {}
            for later in reversed(reasons[position:]):
                cells |= FAULTS[later]
            with self.subTest(reason):
                self.assert_outcome(reason, **cells)

    def test_sc10_every_open_state_is_not_completed(self):
        for state in ("待付款", "待发货", "待收货", "已取消"):
            with self.subTest(state):
                self.assert_outcome("not_completed", 订单状态=state)

    def test_sc10_center_is_kept_where_it_is_known(self):
        for reason in ("out_of_region", "not_in_pool"):
            self.assertEqual(self.assert_outcome(reason, **FAULTS[reason]).center_id, self.county_center)
        self.assertFalse(self.assert_outcome("unknown_code", **FAULTS["unknown_code"]).center_id)

    def test_sc10_authorisation_includes_both_days_in_china_time(self):
        self.pool_entry.write({"valid_from": "2020-01-01", "valid_to": False})
        for moment, expected in (
            ("2021-12-31 23:59:59", "center_inactive"),
            ("2022-01-01 00:00:00", "eligible"),
            ("2022-12-31 23:59:59", "eligible"),
            ("2023-01-01 00:00:00", "center_inactive"),
        ):
            with self.subTest(moment):
                self.assert_outcome(expected, 下单时间=moment, 完成时间="2023-01-05 08:00:00")

    def test_sc10_suspension_includes_both_days(self):
        self.env["rural.center.suspension"].create(
            {
                "center_id": self.county_center.id,
                "valid_from": "2022-05-10",
                "valid_to": "2022-05-20",
                "reason": "整改",
            }
        )
        for moment, expected in (
            ("2022-05-09 23:59:59", "eligible"),
            ("2022-05-10 00:00:00", "center_inactive"),
            ("2022-05-20 23:59:59", "center_inactive"),
            ("2022-05-21 00:00:00", "eligible"),
        ):
            with self.subTest(moment):
                self.assert_outcome(expected, 下单时间=moment, 完成时间="2022-06-01 08:00:00")

    def test_sc08_pool_entry_includes_both_days(self):
        for moment, expected in (
            ("2022-01-31 23:59:59", "not_in_pool"),
            ("2022-02-01 00:00:00", "eligible"),
            ("2022-11-30 23:59:59", "eligible"),
            ("2022-12-01 00:00:00", "not_in_pool"),
        ):
            with self.subTest(moment):
                self.assert_outcome(expected, 下单时间=moment, 完成时间="2022-12-20 08:00:00")

    def test_sc08_rate_is_the_one_valid_at_order_time(self):
        self.pool_entry._change_from(
            self.env["rural.pool.entry"]._fields["valid_from"].to_date("2022-03-11"), fee_rate=0.08
        )
        before, after = self.lines_of(
            self.row(下单时间="2022-03-10 23:59:59"), self.row(下单时间="2022-03-11 00:00:00")
        )
        self.assertEqual((before.fee, after.fee), (5.0, 8.0))

    def test_times_are_stored_in_utc_and_months_are_chinese(self):
        line = self.line_of(下单时间="2022-03-31 07:59:59", 完成时间="2022-04-01 00:00:00")
        self.assertEqual(str(line.order_time), "2022-03-30 23:59:59")
        self.assertEqual(str(line.completion_time), "2022-03-31 16:00:00")
        self.assertEqual(str(line.completion_month), "2022-04-01")
        self.assertEqual(str(self.line_of(完成时间="2022-03-31 23:59:59").completion_month), "2022-03-01")

    def test_sc10_provincial_center_covers_its_counties(self):
        line = self.assert_outcome("eligible", 服务码="FW420000T")
        self.assertEqual(line.center_id, self.province_center)
        self.assert_outcome("out_of_region", 服务码="FW420000T", 采购单位地区代码="430102")

    def test_sc10_county_center_does_not_cover_its_province(self):
        self.assert_outcome("out_of_region", 采购单位地区代码="420000")

    def test_region_counts_to_the_county(self):
        for code in ("421222", "421222100", "421222100001"):
            self.assertEqual(self.assert_outcome("eligible", 采购单位地区代码=code).region_id.code, "421222")

    def test_fee_is_rounded_half_up_once(self):
        for amount, fee in (("0.10", 0.01), ("0.09", 0.0), ("0.30", 0.02), ("0.50", 0.03), ("1.10", 0.06)):
            with self.subTest(amount):
                self.assertEqual(self.line_of(amount=amount).fee, fee)

    def test_refund_lessens_the_fee(self):
        line = self.line_of(amount="100.00", 退款金额="40.10")
        self.assertEqual((line.net_amount, line.fee), (59.9, 3.0))
        line = self.line_of(amount="100.00", 退款金额="100.00")
        self.assertEqual((line.outcome, line.net_amount, line.fee), ("eligible", 0, 0))

    def test_sc10_archived_center_still_owns_its_code(self):
        self.county_center.active = False
        self.assert_outcome("eligible")

    def test_explanation_says_what_a_person_asks(self):
        sentences = {
            "not_completed": "待收货",
            "no_code": "no service code",
            "unknown_code": "FW999999Z",
            "center_inactive": "利川市区域服务中心",
            "out_of_region": "通城县区域服务中心",
            "not_in_pool": "梨",
        }
        for reason, words in sentences.items():
            line = self.assert_outcome(reason, **FAULTS[reason])
            label = dict(line._fields["state"]._description_selection(self.env))["pending_receipt"]
            self.assertIn(label if words == "待收货" else words, line.explanation)
        line = self.assert_outcome("eligible")
        self.assertIn("100.00 × 5% = 5.00", line.explanation)
        self.assertEqual((line.clause_id.code, line.parameter), ("SC-10", self.pool_entry))

    def test_company_judges_by_its_own_centers(self):
        other = self.env["res.company"].create({"name": "另一家运营商"})
        self._new_center("崇阳县区域服务中心", "421223", "FW421223T", company=other)
        self.assert_outcome("unknown_code", 服务码="FW421223T", 采购单位地区代码="421223")

    def test_codes_are_found_as_people_write_them(self):
        row = self.row()
        line = self.lines_of(row)
        Line = self.env["rural.order.line"].with_user(self.officer)
        self.assertIn(line, Line.search([("searched_code", "=", "ｆｗ 421222ｔ")]))
        self.assertEqual(line, Line.search([("searched_code", "=", f" {row['订单编号'].lower()}")]))

from odoo.tests import tagged

from .common import OrderCase


@tagged("post_install", "-at_install")
class TestCrossRegion(OrderCase):
    """SC-11: a report lets in a purchaser of another region."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.purchaser = cls.env["rural.purchaser"].create(
            {"code": "OCG8", "name": "武昌区总工会", "purchaser_type": "non_budget_unit"}
        )
        # 10:00:00 in China
        cls.report = cls._new_report(cls.county_center, "2022-03-10 02:00:00", "2022-06-30")

    @classmethod
    def _new_report(cls, center, approved_at, valid_until, purchaser=None):
        return cls.env["rural.cross.region.report"].create(
            {
                "center_id": center.id,
                "purchaser_id": (purchaser or cls.purchaser).id,
                "state": "approved",
                "approved_at": approved_at,
                "valid_until": valid_until,
            }
        )

    def assert_outcome(self, expected, order_time="2022-04-01 09:00:00", **cells):
        line = self.line_of(
            **{
                "下单时间": order_time,
                "完成时间": "2022-07-15 10:00:00",
                "采购单位编码": "OCG8",
                "采购单位名称": "武昌区总工会",
                "采购单位类型": "非预算单位",
                "采购单位地区代码": "420106",
                **cells,
            }
        )
        self.assertEqual(line.outcome, expected)
        return line

    def test_sc11_report_lets_the_purchaser_in(self):
        line = self.assert_outcome("eligible")
        self.assertEqual((line.report_id, line.clause_id.code, line.fee), (self.report, "SC-11", 5.0))

    def test_sc11_approved_at_exactly_order_time(self):
        self.assert_outcome("eligible", "2022-03-10 10:00:00")

    def test_sc11_approved_one_second_after_the_order(self):
        self.assert_outcome("out_of_region", "2022-03-10 09:59:59")

    def test_sc11_last_day_is_included(self):
        self.assert_outcome("eligible", "2022-06-30 23:59:59")
        self.assert_outcome("out_of_region", "2022-07-01 00:00:00")

    def test_sc11_budget_unit_is_not_let_in(self):
        """The type at the time of the order counts, as its row says it."""
        run = self.run_of(
            row := self.row(
                采购单位编码="OCG8", 采购单位名称="武昌区总工会", 采购单位类型="预算单位", 采购单位地区代码="420106"
            )
        )
        self.assertEqual(self.line(row).outcome, "out_of_region")
        self.assertEqual(run.warning_count, 1)

    def test_sc11_report_of_another_purchaser(self):
        self.assert_outcome("out_of_region", 采购单位编码="OCG7", 采购单位名称="洪山区总工会")

    def test_sc11_report_of_another_center(self):
        self._new_center("崇阳县区域服务中心", "421223", "FW421223T")
        self.assert_outcome("out_of_region", 服务码="FW421223T")

    def test_sc11_only_an_approved_report(self):
        other = self.env["rural.purchaser"].create({"code": "OCG6", "purchaser_type": "non_budget_unit"})
        self.env["rural.cross.region.report"].create(
            {"center_id": self.county_center.id, "purchaser_id": other.id, "valid_until": "2022-12-31"}
        )
        self.assert_outcome("out_of_region", 采购单位编码="OCG6")

    def test_sc11_needs_the_code_on_the_order(self):
        self.assert_outcome("no_code", 服务码="")

    def test_sc11_not_needed_within_the_region(self):
        line = self.assert_outcome("eligible", 采购单位地区代码="421222")
        self.assertFalse(line.report_id)

    def test_sc11_several_reports_count_a_line_once(self):
        self._new_report(self.county_center, "2022-03-11 02:00:00", "2022-12-31")
        self.assertEqual(self.assert_outcome("eligible").fee, 5.0)

from odoo.tests import tagged
from odoo.tools import SQL

from .common import OrderCase


@tagged("post_install", "-at_install")
class TestChanges(OrderCase):
    """SC-10: a change of pool, center or report judges the lines again that it touches, and only them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pears = cls._new_product("OSP2", "梨", "OGYS2", 0.10)
        cls.pears_entry = cls.pears.pool_entry_ids
        cls.neighbour = cls._new_center("崇阳县区域服务中心", "421223", "FW421223T")

    def setUp(self):
        super().setUp()
        self.apple_line = self.line_of()
        self.pear_line = self.line_of(商品编码="OSP2", 商品名称="梨", 供应商编码="OGYS2", 供应商名称="供应商OGYS2")
        self.neighbour_line = self.line_of(服务码="FW421223T", 采购单位地区代码="421223", 采购单位编码="OCG2")

    def assert_judged(self, *expected):
        """Outcome and fee of the three lines; and nothing but what differs was written."""
        lines = self.apple_line + self.pear_line + self.neighbour_line
        lines.invalidate_recordset()
        self.assertEqual([(line.outcome, line.fee) for line in lines], list(expected))

    def versions(self):
        """The versions of the stored rows, by which the database tells that one was written."""
        self.env.flush_all()
        self.env.cr.execute("SELECT id, ctid::text FROM rural_order_line WHERE company_id = %s", [self.company.id])
        return dict(self.env.cr.fetchall())

    def test_sc08_rate_changed(self):
        before = self.versions()
        self.pool_entry.fee_rate = 0.07
        self.assert_judged(("eligible", 7.0), ("eligible", 10.0), ("eligible", 7.0))
        self.assertEqual(self.versions()[self.pear_line.id], before[self.pear_line.id])

    def test_sc08_entry_closed_and_deleted(self):
        self.pool_entry.valid_to = "2022-03-09"
        self.assert_judged(("not_in_pool", 0), ("eligible", 10.0), ("not_in_pool", 0))
        self.pears_entry.unlink()
        self.assert_judged(("not_in_pool", 0), ("not_in_pool", 0), ("not_in_pool", 0))

    def test_sc08_entry_added(self):
        self.pool_entry.unlink()
        self.env["rural.pool.entry"].create(
            {"product_id": self.apples.id, "fee_rate": 0.02, "valid_from": "2022-03-10", "valid_to": "2022-03-10"}
        )
        self.assert_judged(("eligible", 2.0), ("eligible", 10.0), ("eligible", 2.0))

    def test_sc10_authorisation_changed(self):
        self.neighbour.authorisation_ids.valid_from = "2022-03-11"
        self.assert_judged(("eligible", 5.0), ("eligible", 10.0), ("center_inactive", 0))
        self.neighbour.authorisation_ids.unlink()
        self.assert_judged(("eligible", 5.0), ("eligible", 10.0), ("center_inactive", 0))
        self.env["rural.center.authorisation"].create({"center_id": self.neighbour.id, "valid_from": "2022-03-10"})
        self.assert_judged(("eligible", 5.0), ("eligible", 10.0), ("eligible", 5.0))

    def test_sc10_suspension_entered_and_lifted(self):
        suspension = self.env["rural.center.suspension"].create(
            {"center_id": self.neighbour.id, "valid_from": "2022-03-01", "reason": "整改"}
        )
        self.assert_judged(("eligible", 5.0), ("eligible", 10.0), ("center_inactive", 0))
        suspension.valid_to = "2022-03-09"
        self.assert_judged(("eligible", 5.0), ("eligible", 10.0), ("eligible", 5.0))

    def test_sc11_report_approved_for_lines_loaded_before(self):
        line = self.line_of(采购单位编码="OCG8", 采购单位类型="非预算单位", 采购单位地区代码="420106")
        self.assertEqual(line.outcome, "out_of_region")
        report = self.env["rural.cross.region.report"].create(
            {
                "center_id": self.county_center.id,
                "purchaser_id": line.purchaser_id.id,
                "state": "approved",
                "approved_at": "2022-03-01 00:00:00",
                "valid_until": "2022-12-31",
            }
        )
        line.invalidate_recordset()
        self.assertEqual((line.outcome, line.report_id), ("eligible", report))
        report.valid_until = "2022-03-09"
        line.invalidate_recordset()
        self.assertEqual((line.outcome, line.report_id.id), ("out_of_region", False))

    def test_sc06_center_that_gets_its_code_later(self):
        row = self.row(服务码="FW421224T", 采购单位地区代码="421224")
        line = self.lines_of(row)
        self.assertEqual(line.outcome, "unknown_code")
        self.assertIn("no center has the service code FW421224T", line.explanation)
        headings = "服务码,中心名称,类型,地区代码,授权开始,授权结束,停用开始,停用结束"
        self.load_as(self.operations, "centers", f"{headings}\r\nFW421224T,通山,市县,421224,2022-01-01,,,")
        line.invalidate_recordset()
        self.assertIn("waits for an operations manager's confirmation", line.explanation)
        self._new_center("通山县区域服务中心", "421224", "FW421224T")
        line.invalidate_recordset()
        self.assertEqual(line.outcome, "eligible")

    def test_change_without_effect_writes_nothing(self):
        before = self.versions()
        self.pool_entry.incentive_rate = 0.02
        self.pool_entry.valid_to = "2022-12-31"
        self.county_center.name = "通城县服务中心"
        self.assertEqual(self.versions(), before)

    def test_pool_file_judges_again(self):
        content = (
            "商品编码,商品名称,供应商编码,供应商名称,服务费率,年终激励费率,生效日期,失效日期\n"
            "OSP1,苹果,OGYS1,供应商OGYS1,0.06,0,2022-02-01,2022-11-30\n"
        )
        self.pool_entry.unlink()
        load = self.env["rural.load.run"].with_user(self.operations)._load
        self.assertEqual(load("pool", "pool.csv", content.encode()).new_count, 1)
        self.apples.pool_entry_ids.with_user(self.director).action_confirm()
        self.assert_judged(("eligible", 6.0), ("eligible", 10.0), ("eligible", 6.0))

    def test_hook_narrows_what_is_judged_again(self):
        """Settled lines are left alone by narrowing `_open_condition`."""
        Line = self.env.registry["rural.order.line"]
        self.patch(Line, "_open_condition", lambda records: SQL("line.product_id <> %s", self.apples.id))
        self.pool_entry.fee_rate = 0.07
        self.pears_entry.fee_rate = 0.20
        self.assert_judged(("eligible", 5.0), ("eligible", 20.0), ("eligible", 5.0))

    def test_merged_suppliers_take_their_order_lines_along(self):
        kept, gone = self.pears.supplier_id, self.apples.supplier_id
        lines = self.env["rural.order.line"].search([("supplier_id", "=", gone.id)])
        self.assertTrue(lines)
        merging = self.env["base.partner.merge.automatic.wizard"].create({})
        merging._merge([kept.id, gone.id], kept, extra_checks=False)
        self.assertEqual(lines.supplier_id, kept)

from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from .common import OrderCase

POOL_HEADINGS = "商品编码,商品名称,供应商编码,供应商名称,服务费率,年终激励费率,生效日期,失效日期"
CENTER_HEADINGS = "服务码,中心名称,类型,地区代码,授权开始,授权结束,停用开始,停用结束"


@tagged("post_install", "-at_install")
class TestOrderFacts(OrderCase):
    """SC-10, SC-11: what lines are judged on judges them again when it changes, once for many changes."""

    def setUp(self):
        super().setUp()
        self.pears = self._new_product("OSP2", "梨", "OGYS2", 0.10)
        self.neighbour = self._new_center("崇阳县区域服务中心", "421223", "FW421223T")
        self.judged = []

        def remember(lines, condition, companies):
            [keys] = condition.params
            self.judged.append(set(keys))

        self.startPatcher(patch.object(self.registry["rural.order.line"], "_judge_again", remember))

    def assert_judged(self, *expected):
        self.assertEqual(self.judged, [set(keys) for keys in expected])
        self.judged.clear()

    def test_sc08_new_entries_judge_once(self):
        entries = self.pool_entry | self.pears.pool_entry_ids
        entries.unlink()
        self.assert_judged([self.apples.id, self.pears.id])
        self.env["rural.pool.entry"].create(
            [
                {"product_id": product.id, "fee_rate": 0.02, "valid_from": "2022-03-10"}
                for product in self.apples | self.pears
            ]
        )
        self.assert_judged([self.apples.id, self.pears.id])

    def test_sc08_only_facts_judge(self):
        self.pool_entry.supplier_id = self.pears.supplier_id
        self.assert_judged()
        self.pool_entry.fee_rate = 0.07
        self.assert_judged([self.apples.id])

    def test_sc08_the_lines_from_before_are_judged_too(self):
        self.pears.pool_entry_ids.unlink()
        self.judged.clear()
        self.pool_entry.product_id = self.pears
        self.assert_judged([self.apples.id, self.pears.id])

    def test_sc08_a_change_of_rate_judges_once(self):
        change = self.env["rural.pool.entry.change"].create(
            {"entry_id": self.pool_entry.id, "fee_rate": 0.1, "first_day": "2022-06-01"}
        )
        change.action_apply()
        self.assert_judged([self.apples.id])

    def test_sc10_centers_and_their_periods_judge(self):
        self.neighbour.name = "崇阳县服务中心"
        self.assert_judged()
        self.neighbour.region_id = self._region("421224")
        self.assert_judged(["FW421223T"])
        suspension = self.env["rural.center.suspension"].create(
            {"center_id": self.neighbour.id, "valid_from": "2022-03-01", "reason": "整改"}
        )
        suspension.reason = "已整改"
        self.assert_judged(["FW421223T"])
        suspension.valid_to = "2022-03-09"
        self.neighbour.authorisation_ids.unlink()
        self.assert_judged(["FW421223T"], ["FW421223T"])

    def test_sc11_a_report_judges_when_it_begins_and_ends(self):
        purchaser = self.env["rural.purchaser"].create(
            {"code": "OCG9", "name": "武昌区总工会", "purchaser_type": "non_budget_unit"}
        )
        report = self.env["rural.cross.region.report"].create(
            {
                "center_id": self.county_center.id,
                "purchaser_id": purchaser.id,
                "state": "approved",
                "approved_at": fields.Datetime.now(),
                "valid_until": "2099-12-31",
            }
        )
        self.assert_judged(["FW421222T"])
        report.valid_until = "2099-06-30"
        self.assert_judged(["FW421222T"])

    def test_sc10_a_file_judges_once(self):
        rows = [f"OSP8{number},桃,OGYS8,供应商OGYS8,0.05,0,2022-02-01,2022-11-30" for number in range(3)]
        run = self.load_as(self.operations, "pool", "\n".join([POOL_HEADINGS, *rows]))
        self.assertEqual(self.counts(run), {"new": 3})
        products = self.env["rural.product"].search([("code", "in", ["OSP80", "OSP81", "OSP82"])])
        self.assert_judged(products.ids)
        rows = [
            "FW429999B,通山县区域服务中心,市县,421224,2022-01-30,2023-12-31,2022-04-10,2022-04-30",
            "FW429999P,隆回县区域服务中心,市县,430524,2021-12-01,,,",
        ]
        run = self.load_as(self.operations, "centers", "\n".join([CENTER_HEADINGS, *rows]))
        self.assertEqual(self.counts(run), {"new": 2})
        codes = ["FW429999B", "FW429999P"]
        self.assert_judged()  # nothing counts before a second person has confirmed it (SC-04)
        take_overs = self.env["rural.center.take.over"].search([("service_code", "in", codes)])
        director = self._new_user("facts_director", "rural_base.group_operations_manager")
        self.as_user(take_overs, director).action_confirm()
        self.assert_judged(codes, codes, codes[:1])  # centers, authorisations, suspensions

    def test_many_changes_together_judge_once(self):
        with self.env["rural.order.facts.mixin"]._judge_orders_once():
            self.pool_entry.fee_rate = 0.07
            self.pears.pool_entry_ids.fee_rate = 0.2
            self.pears.pool_entry_ids.unlink()
            self.assert_judged()
        self.assert_judged([self.apples.id, self.pears.id])

    def test_an_error_judges_nothing_and_leaves_nothing(self):
        with self.assertRaises(ZeroDivisionError), self.env["rural.order.facts.mixin"]._judge_orders_once():
            self.pool_entry.fee_rate = 0.07
            raise ZeroDivisionError
        self.assert_judged()
        self.pool_entry.fee_rate = 0.08
        self.assert_judged([self.apples.id])


@tagged("post_install", "-at_install")
class TestTurns(OrderCase):
    """SC-08, SC-10: a fact changes in turn with the loads, whether or not a line is there that it touches."""

    def assert_turn_taken(self, change):
        self.env.flush_all()
        before = self.turns("settlement")
        result = change()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertGreater(self.turns("settlement"), before)
        return result

    def test_sc08_an_entry_is_confirmed_in_turn(self):
        product = self.env["rural.product"].create(
            {"code": "OSP7", "name": "李", "supplier_id": self.apples.supplier_id.id, "company_id": self.company.id}
        )
        vals = {"product_id": product.id, "fee_rate": 0.05, "valid_from": "2022-02-01", "reason": "漏录"}
        entry = self.as_user(self.env["rural.pool.entry"], self.operations).create(vals)
        self.assertEqual(entry.state, "requested")
        self.assert_turn_taken(self.as_user(entry, self.director).action_confirm)
        self.assertEqual(entry.state, "confirmed")

    def test_sc04_centers_come_and_change_in_turn(self):
        center = self.assert_turn_taken(lambda: self._new_center("崇阳县区域服务中心", "421223", "FW421223T"))
        self.assert_turn_taken(lambda: center.write({"region_id": self._region("421224").id}))
        self.assert_turn_taken(lambda: center.authorisation_ids.write({"valid_to": "2022-06-30"}))
        self.assert_turn_taken(center.authorisation_ids.unlink)

from odoo.addons.rural_settlement.tests.common import APRIL

from .common import PortalCase


class TestEstimate(PortalCase):
    """Now is the first of July 2022."""

    def estimate(self, center=None):
        centers = self.as_portal(center or self.lichuan, "own")
        parts = self.env["rural.center.estimate"]._of_centers(centers)[centers.id]
        return {
            name: (part["count"], float(part["base"]), float(part["fee"]))
            for name, part in parts.items()
            if part["count"]
        }

    def pending(self, order, state="待收货", **cells):
        return self.row(order, 7, **{"下单时间": "2022-07-01 08:00:00", "完成时间": "", "订单状态": state, **cells})

    def test_sc13_earned_as_orders_complete(self):
        self.load(self.pending("A1", amount="100.00"))
        self.assertEqual(self.estimate(), {"expected": (1, 100.0, 5.0)})
        done = {"完成时间": "2022-07-01 09:30:00", "订单状态": "已完成"}
        self.load(self.pending("A1", amount="100.00", **done))
        self.assertEqual(self.estimate(), {"earned": (1, 100.0, 5.0)})

    def test_sc10_expected_is_what_the_rule_of_the_orders_would_give(self):
        self.load(
            self.pending("B1", amount="100.00"),
            self.pending("B2", amount="100.00", state="待发货", product=self.rice),
            self.pending("B3", amount="100.00", state="待付款"),
            self.pending("B4", amount="100.00", state="已取消"),
            self.pending("B5", amount="100.00", 采购单位地区代码="421222"),
            self.pending("B6", amount="100.00", 商品编码="NOTINPOOL", 商品名称="池外商品"),
        )
        self.assertEqual(self.estimate(), {"expected": (2, 200.0, 15.0)})

    def test_sc13_earlier_months_wait_and_stated_ones_are_over(self):
        self.load(self.row("C1", 4, "100.00"), self.row("C2", 5, "200.00"))
        self.assertEqual(self.estimate(), {"waiting": (2, 300.0, 15.0)})
        self.close(APRIL)
        self.assertEqual(self.estimate(), {"waiting": (1, 200.0, 10.0)})

    def test_sc13_a_refund_of_a_stated_month_is_waiting_as_an_adjustment(self):
        self.load(self.row("D1", 4, "100.00"))
        self.close(APRIL)
        self.load(self.row("D1", 4, "100.00", refund="40.00"))
        self.assertEqual(self.estimate(), {"waiting": (1, -40.0, -2.0)})

    def test_sc20_each_center_by_itself(self):
        self.load(self.pending("E1", amount="100.00"), self.pending("E2", amount="700.00", center=self.tongcheng))
        self.assertEqual(self.estimate(), {"expected": (1, 100.0, 5.0)})

    def test_sc13_at_a_glance_by_center(self):
        done = {"下单时间": "2022-07-01 08:00:00", "完成时间": "2022-07-01 09:30:00"}
        self.load(self.row("F1", 7, "100.00", **done), self.row("F2", 6, "100.00"))
        completed = self.env["rural.center.estimate"]._completed_this_month(self.lichuan + self.tongcheng)
        self.assertEqual(completed[self.lichuan.id], {"count": 1, "base": 100.0, "fee": 5.0})
        self.assertEqual(completed[self.tongcheng.id]["count"], 0)

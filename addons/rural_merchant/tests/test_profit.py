from datetime import date
from decimal import Decimal

from odoo.tests import tagged

from .common import MerchantCase


@tagged("post_install", "-at_install")
class TestProfit(MerchantCase):
    def _figures(self, merchant, first=date(2023, 4, 1), last=date(2023, 7, 1)):
        rows = self.env["rural.merchant"]._monthly_profits(first, last, merchant)
        return {row["month"].month: row for row in rows}

    def test_ma09_terminals_of_each_month(self):
        merchant = self._installed(number="T1", day=date(2023, 5, 10))
        second = self._terminal(merchant, "T2", date(2023, 6, 1))
        second._remove(date(2023, 7, 3), "不再需要")
        rows = self._figures(merchant)
        self.assertNotIn(4, rows)
        counts = {month: (row["terminals"], row["installed"], row["removed"]) for month, row in rows.items()}
        self.assertEqual(counts, {5: (0, 1, 0), 6: (1, 1, 0), 7: (2, 0, 1)})
        self.assertTrue(all(row["in_business"] for row in rows.values()))

    def test_ma24_in_business_from_installation_to_removal(self):
        merchant = self._installed(number="T1", day=date(2023, 5, 31))
        merchant.terminal_ids._remove(date(2023, 6, 1), "关店")
        self.assertEqual(sorted(self._figures(merchant)), [5, 6])

    def test_ma09_profit_is_rebate_and_fee_less_costs(self):
        merchant = self._installed(number="T1")
        self.env["rural.terminal.fee"].create(
            {"terminal_id": merchant.terminal_ids.id, "month": date(2023, 6, 15), "amount": 50}
        )
        self.env["rural.merchant.cost"].create(
            {"merchant_id": merchant.id, "month": date(2023, 6, 30), "name": "物料", "amount": 12.34}
        )
        june = self._figures(merchant)[6]
        self.assertEqual(june["profit"], Decimal("37.66"))
        self.assertTrue(june["fee_paid"])
        self.assertFalse(self._figures(merchant)[7]["fee_paid"])

    def test_ma23_deferral_by_leadership(self):
        merchant = self._installed(number="T1")
        deferral = (
            self.env["rural.terminal.deferral"]
            .with_user(self.recruiter)
            .create(
                {
                    "merchant_id": merchant.id,
                    "date_from": date(2023, 6, 10),
                    "date_to": date(2023, 6, 20),
                    "reason": "有潜力",
                }
            )
        )
        self.assertEqual((deferral.date_from, deferral.date_to), (date(2023, 6, 1), date(2023, 6, 30)))
        deferral.action_request()
        self.assertFalse(self._figures(merchant)[6]["deferred"])
        deferral.with_user(self.gm).action_approve()
        self.assertEqual({month: row["deferred"] for month, row in self._figures(merchant).items()},
                         {5: False, 6: True, 7: False})  # fmt: skip

from datetime import date
from decimal import Decimal

from odoo.tests import tagged

from .common import TransactionCase


@tagged("post_install", "-at_install")
class TestProfit(TransactionCase):
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

    def test_ma23_the_fee_is_paid_when_each_terminal_costs_what_it_costs_that_month(self):
        merchant = self._installed(number="T1", day=date(2023, 5, 1))
        self._terminal(merchant, "T2", date(2023, 5, 1))
        first, second = merchant.terminal_ids
        fee = self.env["rural.terminal.fee"].create({"terminal_id": first.id, "month": "2023-06-01", "amount": 50})
        self.assertFalse(self._figures(merchant)[6]["fee_paid"])
        other = fee.copy({"terminal_id": second.id, "amount": 0.01})
        self.assertFalse(self._figures(merchant)[6]["fee_paid"])
        other.amount = 50
        self.assertTrue(self._figures(merchant)[6]["fee_paid"])
        self.env.ref("rural_merchant.parameter_merchant_terminal_fee_first")._change_from(date(2023, 6, 1), value=60)
        self.assertFalse(self._figures(merchant)[6]["fee_paid"])
        (fee + other).amount = 60
        self.assertTrue(self._figures(merchant)[6]["fee_paid"])

    def test_ma09_one_figure_for_screen_bonus_and_year(self):
        """The screen by terminal, the bonus by merchant and the year's total add up to the same, to the cent."""
        merchants = self.env["rural.merchant"]
        for number in (1, 2, 3):
            merchant = self._installed(f"商户{number}", code=f"P{number}", number=f"P{number}T1")
            self._terminal(merchant, f"P{number}T2", date(2023, 6, 5))
            self._load(
                *(
                    f"P{number}-{row},2023-0{5 + row % 2}-1{row} 12:00:00,P{number},P{number}T1,预付费卡,消费,{row}.3"
                    for row in range(1, 8)
                ),
                f"P{number}-8,2023-06-18 12:00:00,P{number},P{number}T2,预付费卡,退货,20.07",
            )
            merchants += merchant
        self.env["rural.terminal.fee"].create([{"terminal_id": merchants[0].terminal_ids[0].id, "month": "2023-06-01"}])
        self.env["rural.merchant.cost"].create(
            [{"merchant_id": merchants[1].id, "month": "2023-05-01", "name": "物料", "amount": 7.77}]
        )
        rows = self.env["rural.merchant"]._monthly_profits(date(2023, 5, 1), date(2023, 6, 1))
        shown = self.env["rural.merchant.profit"].search([("company_id", "=", self.company.id)])
        by_bonus = {(row["merchant_id"], row["month"]): row["profit"] for row in rows if row["profit"]}
        by_screen = {
            (merchant.id, month): Decimal(f"{profit:.2f}")
            for merchant, month, profit in shown._read_group(
                [("id", "in", shown.ids)], ["merchant_id", "month:month"], ["profit:sum"]
            )
        }
        self.assertEqual(len(by_bonus), 6)
        self.assertEqual(by_bonus, by_screen)
        total = sum(by_bonus.values()), sum(row["in_business"] for row in rows)
        self.assertEqual(self.env["rural.merchant"]._total_profit(date(2023, 1, 1), date(2023, 12, 1))[0], total[0])
        self.assertEqual(self.env["rural.merchant"]._total_profit(date(2023, 5, 1), date(2023, 6, 1)), total)

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

from datetime import date
from decimal import Decimal

from odoo.exceptions import AccessError, UserError
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

    def test_ma23_a_credit_counts_once_a_second_person_has_confirmed_it(self):
        merchant = self._installed(number="T1")
        credit = self.env["rural.merchant.cost"].with_user(self.head).create(
            {"merchant_id": merchant.id, "month": "2023-06-01", "name": "返利", "amount": -80}
        )  # fmt: skip
        self.assertEqual((credit.state, credit.requested_by_id), ("requested", self.head))
        self.assertEqual(self._figures(merchant)[6]["profit"], 0)
        self.assertFalse(self.env["rural.merchant.profit"].search([("merchant_id", "=", merchant.id)]).profit)
        with self.assertRaises(AccessError):
            credit.action_confirm()
        with self.assertRaisesRegex(UserError, "by the buttons only"):
            credit.state = "confirmed"
        self.assertFalse(credit.can_decide)
        credit.with_user(self.manager).action_confirm()
        self.assertEqual((credit.state, credit.decided_by_id), ("confirmed", self.manager))
        self.assertEqual(self._figures(merchant)[6]["profit"], 80)
        with self.assertRaisesRegex(UserError, "another entry"):
            credit.amount = -800
        with self.assertRaisesRegex(UserError, "another entry"):
            credit.unlink()

    def test_ma23_a_director_does_not_confirm_the_own_credit(self):
        merchant = self._installed(number="T1")
        credits = self.env["rural.merchant.cost"].with_user(self.director)
        credit = credits.create({"merchant_id": merchant.id, "month": "2023-06-01", "name": "返利", "amount": -80})
        with self.assertRaisesRegex(UserError, "Somebody else"):
            credit.action_confirm()
        # Nor one whose amount comes from the director.
        changed = credits.with_user(self.head).create(
            {"merchant_id": merchant.id, "month": "2023-06-01", "name": "返利", "amount": -1}
        )
        changed.with_user(self.director).amount = -80
        with self.assertRaisesRegex(UserError, "Somebody else"):
            changed.with_user(self.director).action_confirm()
        changed.with_user(self.gm).action_confirm()
        self.assertEqual(self._figures(merchant)[6]["profit"], 80)

    def test_ma23_a_refused_credit_does_not_count(self):
        merchant = self._installed(number="T1")
        credit = self.env["rural.merchant.cost"].with_user(self.head).create(
            {"merchant_id": merchant.id, "month": "2023-06-01", "name": "返利", "amount": -80}
        )  # fmt: skip
        action = credit.with_user(self.manager).action_reject()
        wizard = self.env[action["res_model"]].with_user(self.manager).with_context(**action["context"])
        with self.assertRaises(UserError):
            wizard.create({"reason": " "}).action_apply()
        wizard.create({"reason": "没有凭证"}).action_apply()
        self.assertEqual((credit.state, credit.decision_reason), ("refused", "没有凭证"))
        self.assertEqual(self._figures(merchant)[6]["profit"], 0)

    def test_ma23_a_fee_that_is_said_to_be_paid_counts_once_confirmed(self):
        merchant = self._installed(number="T1")
        wizard = self.env["rural.terminal.fee.charge"].with_user(self.head).create(
            {"month": "2023-06-01", "merchant_ids": merchant.ids, "payment_way": "direct"}
        )  # fmt: skip
        fee = self.env["rural.terminal.fee"].search(wizard.action_charge()["domain"])
        self.assertFalse(self._figures(merchant)[6]["fee_paid"])
        with self.assertRaises(AccessError):
            fee.with_user(self.head).action_confirm()
        fee.with_user(self.manager).action_confirm()
        june = self._figures(merchant)[6]
        self.assertEqual((june["fee_paid"], june["profit"]), (True, 50))
        with self.assertRaisesRegex(UserError, "another entry"):
            fee.with_user(self.head).amount = 60

    def test_ma23_a_fee_that_is_deducted_does_not_become_one_that_was_paid(self):
        merchant = self._installed(number="T1")
        fee = self.env["rural.terminal.fee"].with_user(self.head).create(
            {"terminal_id": merchant.terminal_ids.id, "month": "2023-06-01", "payment_way": "statement"}
        )  # fmt: skip
        with self.assertRaisesRegex(UserError, "how it is paid"):
            fee.payment_way = "direct"

    def test_ma23_a_refused_fee_can_be_entered_again(self):
        merchant = self._installed(number="T1")
        vals = {"terminal_id": merchant.terminal_ids.id, "month": "2023-06-01", "payment_way": "direct"}
        fee = self.env["rural.terminal.fee"].with_user(self.head).create(vals)
        fee.with_user(self.manager)._reject("没有到账")
        fee.copy({"month": "2023-06-01"}).with_user(self.manager).action_confirm()
        self.assertTrue(self._figures(merchant)[6]["fee_paid"])

    def test_ma23_who_entered_what_a_profit_follows_from(self):
        merchant = self._installed(number="T1")
        makers = self.env["rural.merchant"]._profit_entry_makers
        june = self.company, date(2023, 6, 1), date(2023, 6, 30)
        self.env["rural.merchant.cost"].with_user(self.accountant).create(
            {"merchant_id": merchant.id, "month": "2023-06-01", "name": "物料", "amount": 8}
        )
        self.assertEqual(makers(*june), self.accountant)
        fee = self.env["rural.terminal.fee"].with_user(self.head).create(
            {"terminal_id": merchant.terminal_ids.id, "month": "2023-06-01", "payment_way": "direct"}
        )  # fmt: skip
        fee.with_user(self.manager).action_confirm()
        self.assertEqual(makers(*june), self.accountant | self.head)
        self.assertFalse(makers(self.company, date(2023, 7, 1), date(2023, 7, 31)))

    def test_ma25_only_an_ended_cooperation_counts_as_a_removal(self):
        merchant = self._installed(number="T1")
        kinds = ("ended", "moved", "exchanged", "given_up")
        for number, kind in enumerate(kinds, start=2):
            self._terminal(merchant, f"T{number}")._remove(date(2023, 6, 20), "退机", kind)
        june = self._figures(merchant)[6]
        self.assertEqual((june["terminals"], june["removed"]), (5, 1))

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

from datetime import date, datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import TransactionCase


@tagged("post_install", "-at_install")
class TestLoadTransactions(TransactionCase):
    """MA-09: catering has a rebate of 10% on prepaid cards and a fee of 2% on bank cards."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.merchant = cls._installed(code="SH1", number="T1")
        cls.Transaction = cls.env["rural.card.transaction"]

    def _transaction(self, number):
        return self.Transaction.search([("number", "=", number), ("company_id", "=", self.company.id)])

    def _outcomes(self, run):
        return tuple(
            run[f"{name}_count"] for name in ("new", "updated", "unchanged", "duplicate", "rejected")
        )  # fmt: skip

    def test_ma09_rebate_and_fee_by_card_type(self):
        run = self._load(
            "A1,2023-05-10 12:00:00,sh1,T1,预付费卡,消费,123.45",
            "A2,2023-05-10 12:05:00,SH1,T1,银行卡,消费,123.45",
        )
        self.assertEqual(self._outcomes(run), (2, 0, 0, 0, 0))
        prepaid, bank = self._transaction("A1"), self._transaction("A2")
        # 123.45 × 10% = 12.345 → 12.35; 123.45 × 2% = 2.469 → 2.47
        self.assertEqual((prepaid.rebate, prepaid.bank_fee), (12.35, 0))
        self.assertEqual((bank.rebate, bank.bank_fee), (0, 2.47))
        self.assertEqual(prepaid.month, date(2023, 5, 1))
        self.assertEqual(prepaid.terminal_id, self.merchant.terminal_ids)

    def test_ma09_the_rate_valid_then(self):
        self.env["rural.merchant.rate"]._agree_from(self.merchant, "rebate", 0.08, 0.1, date(2023, 6, 1))
        self._load(
            "B1,2023-05-31 23:59:59,SH1,T1,预付费卡,消费,100",
            "B2,2023-06-01 00:00:00,SH1,T1,预付费卡,消费,100",
        )
        before, after = self._transaction("B1"), self._transaction("B2")
        self.assertEqual((before.rebate, after.rebate), (10, 8))
        # the last evening of May in China is still May, though June is near in no other zone
        self.assertEqual((before.month, after.month), (date(2023, 5, 1), date(2023, 6, 1)))
        self.assertEqual(after.time, datetime(2023, 5, 31, 16))
        self.assertEqual((before.rate_id.valid_to, after.rate_id.valid_from), (date(2023, 5, 31), date(2023, 6, 1)))

    def test_ma09_reversals_are_negative_at_the_rate_of_their_own_time(self):
        self.env["rural.merchant.rate"]._agree_from(self.merchant, "rebate", 0.08, 0.1, date(2023, 6, 1))
        self._load(
            "C1,2023-05-31 10:00:00,SH1,T1,预付费卡,消费,100.05",
            "C2,2023-05-31 10:01:00,SH1,T1,预付费卡,撤销,100.05",
            "C3,2023-06-02 10:00:00,SH1,T1,预付费卡,退货,-50",
        )
        sale, void, returned = (self._transaction(number) for number in ("C1", "C2", "C3"))
        self.assertEqual((sale.amount, sale.rebate), (100.05, 10.01))
        self.assertEqual((void.amount, void.rebate), (-100.05, -10.01))
        self.assertEqual((returned.amount, returned.rebate), (-50, -4))

    def test_ma09_loaded_twice_changes_nothing(self):
        rows = ["D1,2023-05-10 12:00:00,SH1,T1,预付费卡,消费,10", "D2,2023-05-10 12:00:00,SH1,T1,银行卡,消费,20"]
        self._load(*rows)
        again = self._load(*rows)
        self.assertEqual(self._outcomes(again), (0, 0, 2, 0, 0))
        corrected = self._load(rows[0], "D2,2023-05-10 12:00:00,SH1,T1,银行卡,消费,21")
        self.assertEqual(self._outcomes(corrected), (0, 1, 1, 0, 0))
        self.assertEqual(self._transaction("D2").bank_fee, 0.42)

    def test_ma09_one_file_or_a_file_for_each_row(self):
        """Together and one by one rows become the same transactions, and the same are rejected."""
        self._terminal(self.merchant, "T2", date(2023, 6, 14))
        self.env["rural.merchant.rate"]._agree_from(self.merchant, "rebate", 0.0925, 0.1, date(2023, 6, 15))
        rows = [
            f"N{number},2023-0{5 + number % 2}-{10 + number} 12:00:00,SH{1 + number // 18},T{1 + number % 4 % 2},"
            f"{('预付费卡', '银行卡')[number // 3 % 2]},{('消费', '撤销', '退货')[number % 3]},{number}.{number:02d}"
            for number in range(20)
        ]
        together = self._load(*rows)
        expected = self._facts(together)
        self.Transaction.search([("run_id", "=", together.id)]).sudo().unlink()
        runs = self.env["rural.load.run"].union(*(self._load(row) for row in rows))
        self.assertEqual(self._facts(runs), expected)
        self.assertTrue(together.new_count > 12 and together.rejected_count > 3)

    def _facts(self, runs):
        """What became of rows, whatever the load: transactions and reasons."""
        names = ("number", "time", "month", "amount", "rate_id", "rate", "rebate", "bank_fee", "terminal_id")
        found = self.Transaction.search([("run_id", "in", runs.ids)], order="number")
        reasons = {issue.record_key: issue.reason for issue in runs.sudo().issue_ids}
        return [[transaction[name] for name in names] for transaction in found], reasons

    def test_ma09_rejected_rows_say_why(self):
        run = self._load(
            "E1,2023-05-10 12:00:00,SH9,T1,预付费卡,消费,10",
            "E2,2023-05-10 12:00:00,SH1,T9,预付费卡,消费,10",
            "E3,2023-04-30 12:00:00,SH1,T1,预付费卡,消费,10",
            "E4,2023-05-10 12:00:00,SH1,T1,预付费卡,消费,-10",
            "E5,2023-05-10 12:00:00,SH1,T1,购物卡,消费,10",
            "E6,2023-05-10,SH1,T1,预付费卡,消费,10",
            "E7,2023-05-10 12:00:00,SH1,T1,预付费卡,消费,10.001",
            "E8,2023-05-10 12:00:00,SH1,T1,预付费卡,撤销,0",
            "E9,2023-05-10 12:00:00,SH1,T1,预付费卡,消费,10",
            "E9,2023-05-10 12:00:00,SH1,T1,预付费卡,消费,11",
            "E10,2123-05-10 12:00:00,SH1,T1,预付费卡,消费,10",
            "E11,2023-05-10 12:00:00,,T1,预付费卡,消费,10",
        )
        self.assertEqual(self._outcomes(run), (0, 0, 0, 0, 12))
        reasons = [issue.reason for issue in run.sudo().issue_ids.sorted("row_number")]
        self.assertEqual(
            reasons,
            ["merchant", "terminal", "terminal", "amount", "card type", "time", "amount", "amount",
             "conflicting key", "conflicting key", "time", "merchant"],
        )  # fmt: skip

    def test_ma09_a_transaction_of_today_but_none_of_tomorrow(self):
        """Days are China's: at 23:59 there it is 15:59 UTC."""
        with freeze_time("2023-06-10 15:59:00"):
            run = self._load(
                "K1,2023-06-10 23:59:30,SH1,T1,预付费卡,消费,1", "K2,2023-06-11 00:00:00,SH1,T1,预付费卡,消费,1"
            )
        self.assertEqual(self._outcomes(run), (1, 0, 0, 0, 1))
        self.assertEqual(run.sudo().issue_ids.record_key, "K2")

    def test_ma09_a_number_with_other_content_corrects_the_transaction_and_its_draft(self):
        self._load("L1,2023-05-10 12:00:00,SH1,T1,预付费卡,消费,10")
        self.env["rural.merchant.statement"].with_user(self.officer)._prepare_drafts(self.company, date(2023, 5, 31))
        run = self._load("L1,2023-05-10 12:00:00,SH1,T1,预付费卡,消费,30")
        self.assertEqual(self._outcomes(run), (0, 1, 0, 0, 0))
        draft = self.env["rural.merchant.statement"].search([("merchant_id", "=", self.merchant.id)])
        self.assertEqual((draft.sales, draft.rebate), (30, 3))

    def test_ma09_a_file_that_takes_back_an_amount_says_so(self):
        def row(number, kind, amount):
            return f"{number},2023-05-10 12:00:00,SH1,T1,预付费卡,{kind},{amount}"

        self._load(row("L1", "消费", 30), row("L2", "退货", 30), row("L3", "消费", 30), row("L4", "消费", 30))
        run = self._load(
            row("L1", "消费", 10), row("L2", "退货", 10), row("L3", "撤销", 30), row("L4", "消费", 40)
        ).sudo()
        self.assertEqual((self._outcomes(run), run.warning_count), ((0, 4, 0, 0, 0), 3))
        less, less_returned, turned = run.issue_ids.sorted("row_number")
        self.assertEqual(run.issue_ids.mapped("kind"), ["warning"] * 3)
        self.assertRegex(less.message, r"“消费” of 30\.00, the row says “消费” of 10\.00.*load the newest one again")
        self.assertRegex(less_returned.message, r"“退货” of -30\.00, the row says “退货” of -10\.00")
        self.assertRegex(turned.message, r"“消费” of 30\.00, the row says “撤销” of -30\.00")
        self.assertEqual(self._transaction("L1").amount, 10, "it is taken as the row says")

    def test_ma09_a_serial_number_that_comes_again_is_asked_about_and_takes_nothing_back(self):
        """A serial number belongs to its day and terminal."""
        other = self._installed("乙", code="SH2", number="T2")
        self._load("000123,2023-05-10 10:00:00,SH1,T1,预付费卡,消费,1000.00")
        run = self._load("000123,2023-06-12 15:00:00,SH2,T2,预付费卡,消费,20.00")
        [issue] = run.sudo().issue_ids
        self.assertEqual((run.rejected_count, issue.reason, issue.column), (1, "number again", "交易流水号"))
        self.assertRegex(issue.message, "1000.00 at 2023-05-10 10:00:00, terminal T1.*000123-20230612")
        sale = self._transaction("000123")
        self.assertEqual((sale.merchant_id, sale.amount), (self.merchant, 1000))
        again = self._load("000123-20230612,2023-06-12 15:00:00,SH2,T2,预付费卡,消费,20.00")
        self.assertEqual(self._outcomes(again), (1, 0, 0, 0, 0))
        self.assertEqual(self._transaction("000123-20230612").merchant_id, other)

    def test_ma09_a_correction_on_the_same_day_and_terminal_is_none_of_these(self):
        self._load("000123,2023-05-10 10:00:00,SH1,T1,预付费卡,消费,1000.00")
        run = self._load("000123,2023-05-10 10:05:00,SH1,T1,预付费卡,消费,100.00")
        self.assertEqual(self._outcomes(run), (0, 1, 0, 0, 0))

    def test_sc10_a_serial_number_that_lost_its_zeros_is_no_new_sale(self):
        self._load("000123,2023-05-10 10:00:00,SH1,T1,预付费卡,消费,1000.00")
        run = self._load("123,2023-05-10 10:00:00,SH1,T1,预付费卡,消费,1000.00")
        self.assertEqual(self._outcomes(run), (0, 0, 0, 0, 1))
        self.assertIn("000123", run.sudo().issue_ids.message)

    def test_ma09_a_transaction_corrected_to_another_merchant_leaves_the_draft_of_its_former_one(self):
        other = self._installed(code="SH2", number="T2")
        self._load("H1,2023-05-10 12:00:00,SH1,T1,银行卡,消费,100", "H2,2023-05-11 12:00:00,SH1,T1,银行卡,消费,7")
        self._load("H3,2023-05-10 12:00:00,SH2,T2,银行卡,消费,50")
        drafts = self.env["rural.merchant.statement"]._prepare_drafts(self.company, date(2023, 5, 1))
        self._load("H1,2023-05-10 12:00:00,SH2,T2,银行卡,消费,100")
        sales = {draft.merchant_id: draft.sales for draft in drafts}
        self.assertEqual(sales, {self.merchant: 7, other: 150})

    def test_ma09_no_rate_no_transaction(self):
        self.merchant.rate_ids.filtered(lambda version: version.kind == "bank_fee").sudo().unlink()
        run = self._load("F1,2023-05-10 12:00:00,SH1,T1,银行卡,消费,10")
        self.assertEqual(run.sudo().issue_ids.reason, "rate")

    def test_ma08_a_removed_terminal_takes_nothing_more(self):
        self.merchant.terminal_ids._remove(date(2023, 6, 10), "退机")
        run = self._load(
            "G1,2023-06-10 12:00:00,SH1,T1,预付费卡,消费,10",
            "G2,2023-06-11 12:00:00,SH1,T1,预付费卡,消费,10",
        )
        self.assertEqual(self._outcomes(run), (1, 0, 0, 0, 1))

    def test_ma09_another_company_does_not_know_the_merchant(self):
        other = self._new_company("另一家公司")
        self.officer.company_ids += other
        runs = self.env["rural.load.run"].with_user(self.officer).with_company(other)
        content = (
            "交易流水号,交易时间,商户编号,终端号,卡类型,交易类型,金额\nH1,2023-05-10 12:00:00,SH1,T1,预付费卡,消费,10"
        )
        run = runs._load("transactions", "t.csv", content.encode())
        self.assertEqual(run.rejected_count, 1)

    def test_ma09_recruiters_do_not_load(self):
        with self.assertRaises(AccessError):
            self._load("I1,2023-05-10 12:00:00,SH1,T1,预付费卡,消费,10", user=self.recruiter)

    def test_ma03_a_rate_does_not_change_under_settled_transactions(self):
        self._load("J1,2023-05-10 12:00:00,SH1,T1,预付费卡,消费,10")
        request = self.env["rural.merchant.rate.request"].with_user(self.recruiter).create(
            {"merchant_id": self.merchant.id, "rate": 0.09, "valid_from": date(2023, 5, 5), "reason": "x"}
        )  # fmt: skip
        with self.assertRaisesRegex(Exception, "transactions after"):
            request.action_submit()
        request.valid_from = date(2023, 5, 11)
        request.action_submit()
        self.assertEqual(request.state, "agreed")

    def test_ma09_explains_itself(self):
        self._load("K1,2023-05-10 12:00:00,SH1,T1,预付费卡,消费,100")
        transaction = self._transaction("K1")
        self.assertEqual(transaction.clause_id.code, "MA-09")
        self.assertIn("100.00 × 10% = 10.00", transaction.explanation)
        self.assertEqual(transaction.parameter, transaction.rate_id)

from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.rural_base import china_time

from .common import StatementCase

MAY, JUNE, JULY = date(2023, 5, 1), date(2023, 6, 1), date(2023, 7, 1)


@tagged("post_install", "-at_install")
class TestStatements(StatementCase):
    """MA-09: card sales, less rebate, less fees, is what the merchant gets."""

    def setUp(self):
        super().setUp()
        self._load(
            "S1,2023-05-10 12:00:00,SH1,T1,预付费卡,消费,123.45",
            "S2,2023-05-11 12:00:00,SH1,T2,预付费卡,消费,50.00",
            "S3,2023-05-12 12:00:00,SH1,T1,银行卡,消费,200.00",
            "S4,2023-05-13 12:00:00,SH1,T1,预付费卡,撤销,50.00",
            "S5,2023-06-10 12:00:00,SH1,T1,预付费卡,消费,80.00",
        )
        self.env["rural.terminal.fee"].create(
            {"terminal_id": self.merchant.terminal_ids[0].id, "month": MAY, "payment_way": "statement"}
        )

    def test_ma09_figures_by_hand(self):
        drafts = self._prepare()
        self.assertEqual(drafts.sorted("month").mapped("month"), [MAY, JUNE])
        may, june = self._statement(MAY), self._statement(JUNE)
        # 123.45 + 50 + 200 − 50; rebate 12.35 + 5 − 5; fee of the bank card 4.00; one terminal 50
        self.assertEqual(self._figures(may), (323.45, 12.35, 4.00, 50.00, 257.10))
        self.assertEqual((may.prepaid_sales, may.bank_sales, may.transaction_count), (123.45, 200.00, 4))
        self.assertEqual(self._figures(june), (80.00, 8.00, 0, 0, 72.00))
        self.assertEqual(may.name, "SH1-202305")

    def test_ma09_drafts_follow_the_transactions(self):
        self._prepare()
        self._load("S6,2023-05-20 12:00:00,SH1,T1,预付费卡,消费,100.00")
        self.assertEqual(self._figures(self._statement(MAY)), (423.45, 22.35, 4.00, 50.00, 347.10))

    def test_ma09_a_closed_month_stays_and_the_difference_comes_in_the_next(self):
        self._close(date(2023, 5, 31))
        may = self._statement(MAY)
        before = self._figures(may)
        self._load(
            "S1,2023-05-10 12:00:00,SH1,T1,预付费卡,消费,100.00",
            "S7,2023-05-31 12:00:00,SH1,T1,银行卡,消费,10.00",
        )
        self.assertEqual(self._figures(may), before)
        self._prepare()
        june = self._statement(JUNE)
        adjustments = june.line_ids.filtered("is_adjustment")
        self.assertEqual(june.adjustment_count, 2)
        # S1: 100 − 123.45 and 10.00 − 12.35; S7: 10 and its fee of 0.20
        prepaid, bank = (
            adjustments.filtered(lambda line, kind=kind: line.kind == kind) for kind in ("prepaid", "bank")
        )
        self.assertEqual((round(prepaid.sales, 2), round(prepaid.rebate, 2)), (-23.45, -2.35))
        self.assertEqual((bank.sales, bank.bank_fee, bank.net_amount), (10, 0.20, 9.80))
        self.assertEqual(self._figures(june), (66.55, 5.65, 0.20, 0, 60.70))

    def test_ma09_nothing_is_lost_and_nothing_settled_twice(self):
        self._close(date(2023, 6, 30))
        self.assertFalse(self._prepare())
        self._load("S5,2023-06-10 12:00:00,SH1,T1,预付费卡,消费,81.00")
        self._load("S5,2023-06-10 12:00:00,SH1,T1,预付费卡,消费,80.00")
        self.assertFalse(self._prepare(date(2023, 7, 31)))

    def test_ma09_a_second_person_confirms(self):
        self.manager.group_ids += self.env.ref("rural_base.group_settlement_officer")
        drafts = self.Statement.with_user(self.manager)._prepare_drafts(self.company, MAY)
        with self.assertRaisesRegex(UserError, "Somebody else"):
            drafts._confirm()
        with self.assertRaises(AccessError):
            drafts.with_user(self.officer)._confirm()

    def test_ma09_figures_that_changed_are_shown_again(self):
        drafts = self._prepare(date(2023, 5, 31))
        self.env["rural.terminal.fee"].create(
            {"terminal_id": self.merchant.terminal_ids[1].id, "month": MAY, "payment_way": "statement"}
        )
        changed = drafts.with_user(self.manager)._confirm()
        self.assertEqual((changed, drafts.state), (drafts, "draft"))
        self.assertFalse(drafts.with_user(self.manager)._confirm())
        self.assertEqual(drafts.state, "confirmed")

    def test_ma09_months_close_in_order(self):
        self._prepare()
        with self.assertRaisesRegex(UserError, "one after the other"):
            self._statement(JUNE).with_user(self.manager)._confirm()

    def test_ma09_a_month_that_is_not_over_stays_open(self):
        month = china_time.today().replace(day=1)
        self._load(f"S8,{month} 00:00:01,SH1,T1,预付费卡,消费,1.00")
        self._close(date(2023, 6, 30))
        drafts = self._prepare(month)
        with self.assertRaisesRegex(UserError, "not over yet"):
            drafts.with_user(self.manager)._confirm()

    def test_ma09_a_cancelled_statement_is_due_again(self):
        self._close(date(2023, 5, 31))
        may = self._statement(MAY)
        before = self._figures(may)
        may.with_user(self.manager)._cancel("算错了")
        self.assertEqual(may.state, "cancelled")
        again = self._statement(MAY)
        self.assertNotEqual(again, may)
        self.assertEqual(self._figures(again), before)

    def test_ma09_from_a_line_to_its_transactions(self):
        self._prepare()
        line = self._statement(MAY).line_ids.filtered(lambda line: line.kind == "prepaid")
        found = self.env["rural.card.transaction"].search(line.action_view_transactions()["domain"])
        self.assertEqual(sorted(found.mapped("number")), ["S1", "S2", "S4"])
        self.assertEqual(round(sum(found.mapped("rebate")), 2), round(line.rebate, 2))
        self._close(date(2023, 5, 31))

    def test_ma09_explains_itself(self):
        self._prepare()
        statement = self._statement(JUNE)
        self.assertEqual(statement.clause_id.code, "MA-09")
        self.assertIn("72.00", statement.explanation)
        self.assertIn("at 10%", statement.line_ids.explanation)

    def test_ma09_profit_of_merchant_and_terminal(self):
        rows = {row["month"]: row for row in self.env["rural.merchant"]._monthly_profits(MAY, JUNE, self.merchant)}
        self.assertEqual((str(rows[MAY]["profit"]), str(rows[JUNE]["profit"])), ("62.35", "8.00"))
        profits = self.env["rural.merchant.profit"].search(
            [("merchant_id", "=", self.merchant.id), ("month", "=", MAY)]
        )
        by_terminal = {row.terminal_id.number: round(row.profit, 2) for row in profits}
        self.assertEqual(by_terminal, {"T1": 57.35, "T2": 5.0})

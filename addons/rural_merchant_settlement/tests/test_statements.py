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
        seen = {drafts.id: drafts._figures()}
        self.env["rural.terminal.fee"].create(
            {"terminal_id": self.merchant.terminal_ids[1].id, "month": MAY, "payment_way": "statement"}
        )
        changed = drafts.with_user(self.manager)._confirm(seen)
        self.assertEqual((changed, drafts.state), (drafts, "draft"))
        self.assertFalse(drafts.with_user(self.manager)._confirm())
        self.assertEqual(drafts.state, "confirmed")

    def test_ma09_whoever_looks_at_other_figures_confirms_nothing(self):
        """The button says what was on the screen; the figures that are there by now are shown instead."""
        drafts = self._prepare(date(2023, 5, 31)).with_user(self.manager)
        names = ("transaction_count", "sales", "rebate", "bank_fee", "terminal_fee", "net_amount")
        seen = [drafts[name] for name in names]
        self._load("S6,2023-05-20 12:00:00,SH1,T1,预付费卡,消费,100.00")
        answer = drafts.with_context(rural_seen=seen).action_confirm()
        self.assertIn("SH1-202305", answer["params"]["message"])
        self.assertEqual(drafts.state, "draft")
        drafts.with_context(rural_seen=[drafts[name] for name in names]).action_confirm()
        self.assertEqual((drafts.state, drafts.confirmed_by_id), ("confirmed", self.manager))

    def test_ma09_several_are_confirmed_as_the_dialog_showed_them(self):
        self._installed("乙", number="T9", code="SH9")
        self._load("S9,2023-05-20 12:00:00,SH9,T9,预付费卡,消费,10.00")
        drafts = self._prepare(date(2023, 5, 31))
        action = drafts.with_user(self.manager).action_confirm_selected()
        wizards = self.env[action["res_model"]].with_user(self.manager).with_context(**action["context"])
        wizard = wizards.create({})
        self.assertEqual((wizard.statement_count, wizard.sales), (2, 333.45))
        self._load("S9,2023-05-20 12:00:00,SH9,T9,预付费卡,消费,20.00")
        self.assertIn("SH9-202305", wizard.action_confirm()["params"]["message"])
        self.assertEqual(set(drafts.mapped("state")), {"draft"})
        wizards.create({}).action_confirm()
        self.assertEqual(set(drafts.mapped("state")), {"confirmed"})
        with self.assertRaises(AccessError):
            drafts.with_user(self.officer).action_confirm_selected()

    def test_ma09_all_or_none_are_confirmed(self):
        self._installed("乙", number="T9", code="SH9")
        self._load("S9,2023-05-20 12:00:00,SH9,T9,预付费卡,消费,10.00")
        drafts = self._prepare(date(2023, 5, 31))
        self.assertEqual(len(drafts), 2)
        seen = {draft.id: draft._figures() for draft in drafts}
        self._load("S9,2023-05-20 12:00:00,SH9,T9,预付费卡,消费,20.00")
        changed = drafts.with_user(self.manager)._confirm(seen)
        self.assertEqual(changed.mapped("name"), ["SH9-202305"])
        self.assertEqual(set(drafts.mapped("state")), {"draft"})

    # ------------------------------------------------------------------
    # Everybody whose hand is in the figures
    # ------------------------------------------------------------------

    def _hand(self, *groups):
        """Somebody who may confirm, and enter something as well."""
        return self._new_user("test_hand", ",".join(("rural_base.group_settlement_manager", *groups)))

    def _assert_maker(self, user, drafts):
        self.assertIn(user, drafts.maker_ids)
        self.assertFalse(drafts.with_user(user).can_confirm)
        with self.assertRaisesRegex(UserError, "Somebody else"):
            drafts.with_user(user)._confirm()
        self.assertEqual(drafts.state, "draft")
        self.assertFalse(drafts.with_user(self.manager)._confirm())
        self.assertEqual((drafts.state, drafts.confirmed_by_id), ("confirmed", self.manager))
        self.assertIn(user, drafts.preparer_ids)

    def test_ma09_who_loaded_a_corrected_file_does_not_confirm(self):
        hand = self._hand("rural_base.group_settlement_officer")
        drafts = self._prepare(date(2023, 5, 31))
        self._load("S1,2023-05-10 12:00:00,SH1,T1,预付费卡,消费,900.00", user=hand)
        self._assert_maker(hand, drafts)

    def test_ma09_who_took_a_sale_away_by_a_corrected_file_does_not_confirm(self):
        hand = self._hand("rural_base.group_settlement_officer")
        self._installed("乙", number="T9", code="SH9")
        drafts = self._prepare(date(2023, 5, 31))
        self._load("S1,2023-05-10 12:00:00,SH9,T9,预付费卡,消费,123.45", user=hand)
        self._assert_maker(hand, drafts)

    def test_ma09_who_loaded_the_file_of_a_later_draft_does_not_confirm(self):
        hand = self._hand("rural_base.group_settlement_officer")
        self._close(date(2023, 6, 30))
        self._load("S8,2023-07-01 12:00:00,SH1,T1,预付费卡,消费,1.00", user=hand)
        self._assert_maker(hand, self._prepare(date(2023, 7, 31)))

    def test_ma09_who_corrected_a_closed_month_does_not_confirm_the_adjustment(self):
        hand = self._hand("rural_base.group_settlement_officer")
        self._close(date(2023, 5, 31))
        self._load("S1,2023-05-10 12:00:00,SH1,T1,预付费卡,消费,900.00", user=hand)
        self._assert_maker(hand, self._prepare(date(2023, 6, 30)))

    def test_ma09_who_entered_a_fee_does_not_confirm(self):
        hand = self._hand("rural_base.group_settlement_officer")
        drafts = self._prepare(date(2023, 5, 31))
        self.env["rural.terminal.fee"].with_user(hand).create(
            {"terminal_id": self.merchant.terminal_ids[1].id, "month": MAY, "payment_way": "statement"}
        )
        self._assert_maker(hand, drafts)

    def test_ma09_who_took_a_fee_back_does_not_confirm(self):
        hand = self._hand("rural_base.group_settlement_officer")
        drafts = self._prepare(date(2023, 5, 31))
        self.env["rural.terminal.fee"].with_user(hand).search([("merchant_id", "=", self.merchant.id)]).unlink()
        self.assertEqual(drafts.terminal_fee, 0)
        self._assert_maker(hand, drafts)

    def test_ma09_who_agreed_a_rate_does_not_confirm(self):
        hand = self._hand("rural_merchant.group_recruiting_head")
        request = self.env["rural.merchant.rate.request"].with_user(hand).create(
            {"merchant_id": self.merchant.id, "rate": 0.09, "valid_from": date(2023, 7, 1), "reason": "x"}
        )  # fmt: skip
        request.action_submit()
        self.assertEqual(request.state, "agreed")
        self._load("S8,2023-07-01 12:00:00,SH1,T1,预付费卡,消费,100.00")
        self._close(date(2023, 6, 30))
        drafts = self._prepare(date(2023, 7, 31))
        self.assertEqual(drafts.rebate, 9)
        self._assert_maker(hand, drafts)

    def test_ma09_who_only_looks_again_is_no_maker(self):
        drafts = self._prepare(date(2023, 5, 31))
        self.manager.group_ids += self.env.ref("rural_base.group_settlement_officer")
        drafts.with_user(self.manager).action_refresh()
        self.assertNotIn(self.manager, drafts.maker_ids)
        self.assertFalse(drafts.with_user(self.manager)._confirm())

    def test_ma09_the_makers_of_a_cancelled_statement_are_those_of_the_next(self):
        hand = self._hand("rural_base.group_settlement_officer")
        drafts = self.Statement.with_user(hand)._prepare_drafts(self.company, date(2023, 5, 31))
        self.assertFalse(drafts.with_user(self.manager)._confirm())
        [again] = drafts.with_user(self.manager)._cancel("算错了")
        self._assert_maker(hand, again)

    def test_ma09_months_close_in_order(self):
        self._prepare()
        with self.assertRaisesRegex(UserError, "close in their order"):
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

    def test_ma09_the_number_of_a_cancelled_statement_is_not_used_again(self):
        for expected in ("SH1-202305", "SH1-202305-2", "SH1-202305-3"):
            self._close(date(2023, 5, 31))
            may = self._statement(MAY)
            self.assertEqual(may.name, expected)
            may.with_user(self.manager)._cancel("算错了")
            self.assertEqual((may.cancelled_by_id, may.cancel_reason), (self.manager, "算错了"))
            self.assertTrue(may.cancelled_at)

    def test_ma09_another_company_is_not_settled_from_here(self):
        other = self._new_company("另一家公司")
        with self.assertRaises(AccessError):
            self.Statement.with_user(self.officer)._prepare_drafts(other, date(2023, 5, 31))

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

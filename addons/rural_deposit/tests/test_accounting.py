from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form
from odoo.tools import mute_logger

from .common import DepositCase


class TestAccounting(DepositCase):
    """DP-02, DP-03: the entries, and that nothing else moves the liability."""

    def test_dp03_collection_debits_the_bank(self):
        movement = self.done("collect", 20_000)
        self.assertEqual(movement.payment_id.payment_type, "inbound")
        self.assertEqual((movement.payment_id.state, movement.payment_id.amount), ("paid", 20_000))
        self.assertEqual({line.account_id: line.balance for line in movement.move_id.line_ids}, {
            self.bank.default_account_id: 20_000,
            self.company.rural_deposit_account_id: -20_000,
        })  # fmt: skip
        self.assertEqual(set(movement.move_id.line_ids.partner_id), {self.lichuan})
        self.assertEqual(self.company.rural_deposit_account_id.with_company(self.company).code[:4], "2241")

    def test_dp03_deduction_credits_income(self):
        self.done("collect", 20_000)
        movement = self.done("deduct", 1_200.50)
        self.assertFalse(movement.payment_id)
        self.assertEqual(self.entry(movement), {"2241": 1_200.50, "6301": -1_200.50})
        self.assertEqual(self.liability(self.lichuan), 18_799.50)

    def test_dp03_refund_credits_the_bank(self):
        self.done("collect", 20_000)
        movement = self.done("refund", 20_000)
        self.assertEqual(movement.payment_id.payment_type, "outbound")
        self.assertEqual(self.ledger(self.bank.default_account_id), 0)
        self.assertEqual(self.liability(self.lichuan), 0)

    def test_dp02_deduction_beyond_the_balance_is_cut(self):
        self.done("collect", 500)
        movement = self.done("deduct", 620.50)
        self.assertEqual((movement.balance_amount, movement.receivable_amount), (500, 120.50))
        self.assertEqual((self.deposit.balance, self.deposit.receivable), (0, 120.50))
        self.assertEqual(self.ledger("asset_receivable", self.lichuan), 120.50)
        self.assertEqual(self.entry(movement), {"2241": 500, "1122": 120.50, "6301": -620.50})
        self.assertIn("120.50", movement.explanation)

    def test_dp02_deduction_from_nothing_is_all_receivable(self):
        movement = self.done("deduct", 80)
        self.assertEqual((movement.balance_amount, movement.receivable_amount, self.deposit.balance), (0, 80, 0))
        self.assertEqual(self.ledger("asset_receivable", self.lichuan), 80)

    def test_dp02_balance_is_never_negative_whoever_writes_it(self):
        movement = self.done("collect", 500)
        for record, name, amount in ((self.deposit, "balance", -1), (movement, "balance_amount", 499)):
            with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                record.sudo()[name] = amount
                record.flush_recordset()
            self.env.invalidate_all()

    def test_dp03_accountant_chooses_day_and_journal(self):
        cash = self.env["account.journal"].create(
            {"name": "现金", "code": "XJ1", "type": "cash", "company_id": self.company.id}
        )
        movement = self.approve(self.request("collect", 300))
        action = movement.with_user(self.accountant).action_post_selected()
        form = Form(self.env[action["res_model"]].with_user(self.accountant).with_context(**action["context"]))
        self.assertEqual((form.journal_id, form.money_in, form.money_out), (self.bank, 300, 0))
        form.journal_id = cash
        form.date = "2022-06-30"
        form.save().action_post()
        self.assertEqual((movement.journal_id, str(movement.move_id.date)), (cash, "2022-06-30"))

    def test_dp02_accountant_sees_the_cut_before_it_is_posted(self):
        self.done("collect", 500)
        movements = self.approve(self.request("deduct", 300)) + self.approve(self.request("deduct", 300))
        wizard = (
            self.env["rural.deposit.movement.post"].with_user(self.accountant).create({"movement_ids": movements.ids})
        )
        self.assertEqual((wizard.deducted, wizard.beyond, wizard.has_payment), (500, 100, False))
        wizard.action_post()
        self.assertEqual((self.deposit.deducted, self.deposit.receivable), (500, 100))

    def test_dp03_deposits_held_before_are_taken_over_without_a_bank(self):
        other = self.env["account.account"].search(
            [("company_ids", "in", self.company.id), ("account_type", "=", "equity")], limit=1
        )
        general = self.env["account.journal"].search(
            [("company_id", "=", self.company.id), ("type", "=", "general")], limit=1
        )
        movement = self.approve(self.request("collect", 20_000, reason="期初余额"))
        with self.assertRaisesRegex(UserError, "counterpart"):
            self.post(movement, None, general)
        with self.assertRaisesRegex(UserError, "another account"):
            self.post(movement, None, general, self.company._rural_deposit_account())
        self.post(movement, None, general, other)
        self.assertFalse(movement.payment_id)
        self.assertEqual((self.ledger(other), self.liability(self.lichuan)), (20_000, 20_000))

    def test_dp03_cancelled_movement_is_reversed(self):
        first = self.done("collect", 20_000)
        movement = self.done("deduct", 700)
        self.cancel(movement, "处罚撤销")
        self.assertEqual(
            (movement.state, movement.cancel_reason, self.deposit.balance), ("cancelled", "处罚撤销", 20_000)
        )
        self.assertEqual(len(movement.move_ids), 2)
        self.assertEqual(set(movement.move_ids.mapped("state")), {"posted"})
        self.cancel(first)
        self.assertEqual(first.payment_id.state, "canceled")
        self.assertEqual((self.deposit.balance, self.liability(self.lichuan)), (0, 0))
        self.assertEqual(self.ledger(self.bank.default_account_id), 0)

    def test_dp03_cancelled_with_what_was_beyond_the_balance(self):
        self.done("collect", 500)
        movement = self.done("deduct", 800)
        self.cancel(movement)
        self.assertEqual((self.deposit.balance, self.deposit.receivable), (500, 0))
        self.assertEqual(self.ledger("asset_receivable", self.lichuan), 0)

    def test_dp02_collection_is_not_cancelled_under_later_deductions(self):
        movement = self.done("collect", 500)
        self.done("deduct", 200)
        with self.assertRaisesRegex(UserError, "only .*300.00.*Cancel the later movements first"):
            self.cancel(movement)
        self.assertEqual((movement.state, self.deposit.balance), ("posted", 300))

    def test_dp02_nothing_is_cancelled_under_a_later_deduction_that_was_cut(self):
        self.done("collect", 2_000)
        first, second = self.done("deduct", 1_500), self.done("deduct", 1_500)
        self.assertEqual((second.balance_amount, second.receivable_amount), (500, 1_000))
        with self.assertRaisesRegex(UserError, f"{second.name} took.*Cancel the later movements first"):
            self.cancel(first)
        self.cancel(first + second)
        self.assertEqual((self.deposit.balance, self.deposit.receivable), (2_000, 0))
        self.assertEqual(self.ledger("asset_receivable", self.lichuan), 0)

    def test_dp02_several_are_cancelled_from_the_last(self):
        movements = self.done("collect", 500) + self.done("deduct", 200) + self.done("refund", 300)
        self.cancel(movements)
        self.assertEqual((self.deposit.balance, self.liability()), (0, 0))

    def test_dp02_receivable_that_was_paid_is_not_cancelled(self):
        movement = self.done("deduct", 80)
        line = movement.move_id.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
        action = line.with_user(self.accountant).action_register_payment()
        wizard = self.env[action["res_model"]].with_user(self.accountant).with_context(**action["context"])
        wizard.create({})._create_payments()
        with self.assertRaisesRegex(UserError, "Undo the reconciliation first"):
            self.cancel(movement)

    def test_dp03_nothing_else_moves_the_liability(self):
        self.done("collect", 500)
        liability, bank = self.company.rural_deposit_account_id, self.bank.default_account_id
        move = (
            self.env["account.move"]
            .with_user(self.accountant)
            .create(
                {
                    "line_ids": [
                        Command.create({"account_id": liability.id, "partner_id": self.lichuan.id, "balance": 5}),
                        Command.create({"account_id": bank.id, "balance": -5}),
                    ]
                }
            )
        )
        with self.assertRaisesRegex(UserError, "is kept by documents"):
            move.action_post()

    def _posted_entry(self):
        """An ordinary entry of 5.00, posted."""
        bank, income = self.bank.default_account_id, self.company._rural_deposit_income_account()
        move = (
            self.env["account.move"]
            .with_user(self.accountant)
            .create(
                {
                    "line_ids": [
                        Command.create({"account_id": income.id, "partner_id": self.lichuan.id, "balance": -5}),
                        Command.create({"account_id": bank.id, "balance": 5}),
                    ]
                }
            )
        )
        move.action_post()
        return move

    def test_dp03_no_posted_item_moves_to_the_liability(self):
        self.done("collect", 500)
        liability = self.company.rural_deposit_account_id
        item = self._posted_entry().line_ids[0]
        added = [
            {"move_id": item.move_id.id, "account_id": account.id, "partner_id": self.lichuan.id, "balance": balance}
            for account, balance in ((liability, -5), (self.bank.default_account_id, 5))
        ]
        for attempt in (lambda: item.write({"account_id": liability.id}), lambda: item.create(added)):
            with self.assertRaisesRegex(UserError, "is kept by documents"), self.env.cr.savepoint():
                attempt()
        self.assertEqual(self.liability(self.lichuan), 500)

    def test_dp03_no_line_of_a_bank_statement_moves_the_liability(self):
        self.done("collect", 500)
        line = (
            self.env["account.bank.statement.line"]
            .with_user(self.accountant)
            .create({"journal_id": self.bank.id, "payment_ref": "保证金", "amount": 100, "partner_id": self.lichuan.id})
        )
        item = line.move_id.line_ids.filtered(lambda item: item.account_id != self.bank.default_account_id)
        with self.assertRaisesRegex(UserError, "is kept by documents"):
            item.account_id = self.company.rural_deposit_account_id

    def test_dp03_nothing_is_added_to_the_entry_of_a_movement(self):
        items = self.done("collect", 500).move_id.line_ids.with_user(self.accountant)
        added = [
            {"move_id": item.move_id.id, "account_id": item.account_id.id, "balance": item.balance} for item in items
        ]
        with self.assertRaisesRegex(UserError, "Cancel the movement instead"):
            items.create(added)

    def test_dp03_entry_of_a_movement_stays_as_it_is(self):
        movement = self.done("collect", 500)
        move = movement.move_id.with_user(self.accountant)
        line = move.line_ids[0]
        account = self.company._rural_deposit_income_account()
        attempts = (
            move.button_draft,
            move.button_cancel,
            move._reverse_moves,
            movement.payment_id.with_user(self.accountant).action_draft,
            movement.payment_id.with_user(self.accountant).action_cancel,
            movement.payment_id.with_user(self.accountant).action_reject,
            movement.payment_id.with_user(self.accountant).unlink,
            lambda: move.write({"partner_id": self.tongcheng.id}),
            lambda: line.write({"partner_id": self.tongcheng.id}),
            lambda: line.write({"account_id": account.id}),
            lambda: line.write({"balance": 1}),
        )
        for attempt in attempts:
            with self.assertRaisesRegex(UserError, "Cancel the movement instead"), self.env.cr.savepoint():
                attempt()
            self.env.invalidate_all()
        self.assertEqual(self.liability(self.lichuan), 500)

    def test_dp03_hint_stands_on_entries_of_deposits_alone(self):
        movement = self.done("collect", 500)
        other = movement.move_id.copy()
        self.assertIn(movement.name, movement.move_id.rural_undo_hint)
        self.assertIn(movement.name, movement.payment_id.rural_undo_hint)
        self.assertIs(other.rural_undo_hint, False)

    def test_dp03_an_entry_is_copied_by_nobody_and_a_copy_is_not_posted(self):
        entry = self.done("collect", 500).move_id
        with self.assertRaisesRegex(UserError, "Cancel the movement instead"):
            entry.with_user(self.accountant).copy()
        copy = entry.sudo().copy()
        with self.assertRaisesRegex(UserError, "is kept by documents"):
            copy.with_user(self.accountant).action_post()

    def test_dp03_account_of_the_deposits_stays_theirs(self):
        self.done("collect", 500)
        with self.assertRaisesRegex(UserError, "stays their account"):
            self.company.rural_deposit_account_id = self.company._rural_deposit_account().copy({"code": "224199"})

    def test_dp03_bank_that_is_missing_is_named(self):
        movement = self.approve(self.request("collect", 500))
        self.bank.active = False
        with self.assertRaisesRegex(UserError, "no bank journal"):
            self.post(movement)

    def test_dp03_books_of_small_companies(self):
        company = self.env["res.company"].create(
            {"name": "小微运营商", "country_id": self.env.ref("base.cn").id, "currency_id": self.env.ref("base.CNY").id}
        )
        self.env["account.chart.template"]._load("cn", company, install_demo=False)
        self.assertEqual(company._rural_deposit_income_account().with_company(company).code[:4], "5301")

    def test_dp03_from_entry_and_payment_to_the_movement(self):
        movement = self.done("collect", 500)
        for record in (movement.move_id, movement.payment_id):
            self.assertEqual(record.action_view_rural_deposit_movement()["res_id"], movement.id)
        self.assertEqual(self.env["account.move"].search(movement.action_view_moves()["domain"]), movement.move_ids)

    def test_dp01_others_react_to_what_was_posted(self):
        seen = []
        Movement = self.env.registry["rural.deposit.movement"]
        self.patch(Movement, "_after_posting", lambda movements: seen.append(("posted", movements.ids)))
        self.patch(Movement, "_after_cancelling", lambda movements: seen.append(("cancelled", movements.ids)))
        movement = self.done("collect", 500)
        self.cancel(movement)
        self.assertEqual(seen, [("posted", movement.ids), ("cancelled", movement.ids)])

    def test_dp03_money_is_taken_on_a_day_on_which_the_deposit_held_it(self):
        with freeze_time("2022-06-20 02:00:00"):
            self.done("collect", 20000)
        deduction = self.approve(self.request("deduct", 500))
        for day in ("2022-06-19", "2022-07-02"):
            with self.subTest(day=day), self.assertRaisesRegex(UserError, "accounting date from 2022/06/20"):
                self.post(deduction, fields.Date.to_date(day))
        self.post(deduction, fields.Date.to_date("2022-06-20"))
        self.assertEqual(str(deduction.move_id.date), "2022-06-20")

    def test_dp03_a_reversal_is_not_before_its_entry_nor_before_what_it_rests_on(self):
        with freeze_time("2022-06-20 02:00:00"):
            collection = self.done("collect", 20000)
        deduction = self.done("deduct", 500)
        with freeze_time("2022-07-10 02:00:00"):
            for day in ("2020-01-01", "2022-06-30", "2022-07-11"):
                with self.subTest(day=day), self.assertRaisesRegex(UserError, "accounting date from 2022/07/01"):
                    deduction.with_user(self.accountant)._cancel("登记有误", fields.Date.to_date(day))
            self.cancel(deduction)
            # The books held 19,500 until then.
            with self.assertRaisesRegex(UserError, "accounting date from 2022/07/10"):
                collection.with_user(self.accountant)._cancel("登记有误", fields.Date.to_date("2022-07-09"))
            self.cancel(collection)
        self.assertEqual(str(collection.reversal_date), "2022-07-10")

    def test_dp03_money_that_comes_in_may_have_come_before_but_not_ahead_of_today(self):
        collection = self.approve(self.request("collect", 20000))
        with self.assertRaisesRegex(UserError, "ahead of today"):
            self.post(collection, fields.Date.to_date("2022-07-02"))
        self.post(collection, fields.Date.to_date("2022-05-31"))
        self.assertEqual(str(collection.date), "2022-05-31")

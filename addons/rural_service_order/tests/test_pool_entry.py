from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import SQL
from odoo.tools.misc import format_date

from .common import OrderCase

HEADINGS = "商品编码,商品名称,供应商编码,供应商名称,服务费率,年终激励费率,生效日期,失效日期"
ROW = "OSP1,苹果,OGYS1,供应商OGYS1,0.05,0,2022-02-01,2022-11-30"


@tagged("post_install", "-at_install")
class TestPoolEntry(OrderCase):
    """SC-08: a change of rate is a new version; what orders were judged by stays."""

    def setUp(self):
        super().setUp()
        self.apple_line = self.line_of()  # placed on 10 March
        self.entry = self.pool_entry.with_user(self.operations)

    def refused(self, user):
        """The changes that are refused to somebody."""
        entry = self.pool_entry.with_user(user)
        supplier = self.apples.supplier_id.copy({"supplier_code": f"OGYS{user.id}"})
        changes = [
            {"fee_rate": 0.06},
            {"incentive_rate": 0.01},
            {"supplier_id": supplier.id},
            {"valid_from": "2022-01-01"},
            {"valid_to": "2022-03-09"},
            {"valid_to": "2022-03-10"},
            {"valid_to": False},
            {"valid_from": "2022-02-01", "fee_rate": 0.05, "valid_to": "2022-11-30"},
        ]
        refused = []
        for number, vals in enumerate(changes):
            try:
                with self.cr.savepoint():
                    entry.write(vals)
            except UserError:
                refused.append(number)
        return refused

    def test_sc08_what_orders_were_judged_by_stays(self):
        for user in (self.operations, self.director):
            with self.subTest(user=user.login):
                self.assertEqual(self.refused(user), [0, 1, 2, 3, 4, 5, 6])
                with self.assertRaisesRegex(UserError, "SC-08"):
                    self.pool_entry.with_user(user).unlink()
        self.assertEqual(self.apple_line.fee_rate, 0.05)

    def correct(self, **vals):
        """Ask as operations for a version that takes the place of the present one."""
        context = self.entry.action_correct()["context"]
        values = {name.removeprefix("default_"): value for name, value in context.items()}
        return self.env["rural.pool.entry"].with_user(self.operations).create({**values, **vals})

    def test_sc08_a_correction_counts_once_a_manager_has_confirmed_it(self):
        with self.assertRaisesRegex(UserError, "reason"), self.cr.savepoint():
            self.correct(fee_rate=0.06)
        asked = self.correct(fee_rate=0.06, reason="合同费率录错")
        self.assertEqual((asked.state, self.apple_line.fee_rate), ("requested", 0.05))
        with self.assertRaises(AccessError), self.cr.savepoint():
            asked.action_confirm()
        asked.with_user(self.director).action_confirm()
        self.assertEqual((asked.state, self.pool_entry.state), ("confirmed", "replaced"))
        self.assertEqual((self.apple_line.fee_rate, self.apple_line.pool_entry_id), (0.06, asked))
        self.assertEqual((asked.requested_by_id, asked.decided_by_id), (self.operations, self.director))

    def test_sc08_who_confirms_sees_what_changes(self):
        asked = self.correct(fee_rate=0.06, reason="合同费率录错").with_user(self.director)
        self.assertIn("5% → 6%", asked.change_text)
        self.assertIn("1 are judged again", asked.change_text)
        asked.action_confirm()
        self.assertFalse(asked.change_text)

    def test_sc08_nobody_confirms_the_own_change_of_the_past(self):
        entries = self.env["rural.pool.entry"].with_user(self.director)
        product, line = self.apples, self.apple_line
        product.pool_entry_ids.unlink()
        asked = entries.create({"product_id": product.id, "valid_from": "2022-01-01", "fee_rate": 1, "reason": "补录"})
        self.assertEqual(line.outcome, "not_in_pool")
        with self.assertRaises(UserError), self.cr.savepoint():
            asked.action_confirm()
        with self.assertRaises(UserError), self.cr.savepoint():
            asked.write({"state": "confirmed"})
        self.assertEqual(line.outcome, "not_in_pool")

    def test_sc08_the_state_is_not_given_by_default_keys_or_values(self):
        product = self._new_product("OSP3", "桃", "OGYS3", 0.10)
        product.pool_entry_ids.unlink()
        entries = self.env["rural.pool.entry"].with_user(self.operations).with_context(default_state="confirmed")
        vals = {"product_id": product.id, "valid_from": "2022-01-01", "fee_rate": 1, "reason": "补录"}
        self.assertEqual(entries.create({**vals, "state": "confirmed"}).state, "requested")
        self.assertFalse(product.pool_entry_ids.filtered(lambda entry: entry.state == "confirmed"))

    def test_sc08_a_refused_change_of_the_past_never_counts(self):
        asked = self.correct(fee_rate=0.06, reason="合同费率录错")
        asked.with_user(self.director)._reject("费率没有错")
        self.assertEqual((asked.state, asked.decision_reason), ("refused", "费率没有错"))
        self.assertEqual((self.pool_entry.state, self.apple_line.fee_rate), ("confirmed", 0.05))
        with self.assertRaises(UserError), self.cr.savepoint():
            asked.with_user(self.director).action_confirm()

    def test_sc08_what_has_been_settled_changes_by_a_correction_alone(self):
        self.patch(self.registry["rural.order.line"], "_open_condition", lambda lines: SQL("FALSE"))
        self.assertEqual(self.refused(self.director), [0, 1, 2, 3, 4, 5, 6])
        asked = self.correct(fee_rate=0.06, reason="合同费率录错")
        self.assertIn("closed months earn 6.00 instead of 5.00 yuan", asked.change_text)
        asked.with_user(self.director).action_confirm()
        self.assertEqual((self.apple_line.fee_rate, self.apple_line.pool_entry_id), (0.06, asked))
        self.assertIn("earn 6.00 instead of 5.00", "".join(asked.message_ids.mapped("body")))
        self.assertFalse(asked.change_text)

    def test_sc08_who_confirms_another_last_day_reads_which_days_and_lines_lose_or_gain_their_fee(self):
        """Two lines settled; the earlier one earns as much more as the later one loses: the sum alone says nothing."""
        later = self.line_of(下单时间="2022-03-20 10:00:00", 完成时间="2022-03-21 10:00:00")
        self.patch(
            self.registry["rural.order.line"], "_open_condition", lambda lines: SQL("line.outcome <> 'eligible'")
        )
        narrow = self.correct(valid_to="2022-03-15", fee_rate=0.1, reason="合同只到三月中").with_user(self.director)
        for words in (
            f"any more on the days {self.day(16)} – {format_date(self.env, date(2022, 11, 30))}",
            "earn 10.00 instead of 5.00",
            "1 order lines lose their fee of 5.00 yuan",
            later.display_name,
        ):
            self.assertIn(words, narrow.change_text)
        self.assertNotIn(self.apple_line.display_name, narrow.change_text)
        narrow.action_confirm()
        self.assertEqual((self.apple_line.fee, later.fee, later.outcome), (10, 0, "not_in_pool"))
        self.entry = narrow.with_user(self.operations)
        wide = self.correct(valid_to=False, fee_rate=0.1, reason="合同还在").with_user(self.director)
        for words in (f"first time on the days from {self.day(16)} on", "earn up to 10.00 yuan", later.display_name):
            self.assertIn(words, wide.change_text)

    def day(self, number):
        return format_date(self.env, date(2022, 3, number))

    def test_sc08_an_entry_of_days_to_come_is_changed_freely(self):
        with freeze_time("2022-01-31 04:00:00"):
            entry = self._new_product("OSP3", "桃", "OGYS3", 0.10).pool_entry_ids.with_user(self.operations)
            entry.write({"fee_rate": 0.2, "valid_to": "2022-02-01"})
            entry.unlink()

    def test_sc08_a_new_version_begins_after_the_last_order(self):
        change = self.env["rural.pool.entry.change"].with_user(self.operations)
        vals = {"entry_id": self.entry.id, "fee_rate": 0.06}
        with freeze_time("2022-03-10 04:00:00"):
            with self.assertRaisesRegex(UserError, "SC-08"), self.cr.savepoint():
                change.create({**vals, "first_day": "2022-03-10"}).action_apply()
            change.create({**vals, "first_day": "2022-03-11"}).action_apply()
        self.assertEqual(self.pool_entry.valid_to, date(2022, 3, 10))

    def test_sc08_a_change_of_rate_in_the_past_waits_for_a_second_person(self):
        change = self.env["rural.pool.entry.change"].with_user(self.operations)
        vals = {"entry_id": self.entry.id, "fee_rate": 0.06, "first_day": "2022-03-05", "reason": "三月起新合同"}
        asked = self.env["rural.pool.entry"].browse(change.create(vals).action_apply()["res_id"])
        self.assertEqual((asked.state, self.pool_entry.valid_to), ("requested", date(2022, 11, 30)))
        asked.with_user(self.director).action_confirm()
        self.assertEqual(self.pool_entry.valid_to, date(2022, 3, 4))
        self.assertEqual((self.apple_line.fee_rate, self.apple_line.pool_entry_id), (0.06, asked))

    def test_sc08_a_file_changes_the_rate_by_a_row_of_its_own(self):
        shortened = ROW.replace("2022-11-30", "2022-03-31")
        for rows, expected in (
            ([ROW.replace("0.05", "0.06")], {"rejected": 1}),
            # the second row asks for a version that begins in the past: it waits, and says which version it will end
            (
                [ROW.replace("2022-11-30", "2022-03-09"), ROW.replace("2022-02-01", "2022-03-10")],
                {"rejected": 1, "new": 1, "warning": 1},
            ),
            ([shortened, ROW.replace("2022-02-01", "2022-04-01").replace("0.05", "0.06")], {"updated": 1, "new": 1}),
        ):
            with self.subTest(rows=rows):
                with freeze_time("2022-03-20 04:00:00"):
                    run = self.load_as(self.operations, "pool", "\n".join([HEADINGS, *rows]))
                self.assertEqual(self.counts(run), expected)
        self.assertEqual(self.apple_line.fee_rate, 0.05)

    def test_sc08_a_file_that_reaches_into_the_past_waits_for_a_second_person(self):
        line = self.apple_line
        line.product_id.pool_entry_ids.unlink()
        self.assertEqual(line.outcome, "not_in_pool")
        run = self.load_as(self.operations, "pool", "\n".join([HEADINGS, ROW]))
        self.assertEqual(self.counts(run), {"new": 1})
        self.assertEqual(line.outcome, "not_in_pool")
        entry = line.product_id.pool_entry_ids
        self.assertTrue(entry.reason)
        self.assertEqual((run.waiting_count, run._summary()["to_confirm"]), (1, 1))
        self.assertEqual(run.action_view_waiting()["res_id"], entry.id)
        self.assertEqual(
            self.counts(self.load_as(self.operations, "pool", "\n".join([HEADINGS, ROW]))), {"unchanged": 1}
        )
        entry.with_user(self.director).action_confirm()
        self.assertEqual((line.outcome, line.fee_rate), ("eligible", 0.05))

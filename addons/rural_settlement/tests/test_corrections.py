from odoo.exceptions import UserError
from odoo.tests import new_test_user

from .common import FEBRUARY, JANUARY, MARCH, SettlementCase


class TestCorrections(SettlementCase):
    """SC-08: a version of the past changes what closed orders earn; the difference is an adjustment (SC-13)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.director = cls._new_user("s_director", "rural_base.group_operations_manager")
        cls.both = cls._new_user("s_both", "rural_base.group_settlement_manager,rural_base.group_operations")

    def ask(self, user=None, **vals):
        usual = {"product_id": self.apples.id, "fee_rate": 0.05, "valid_from": "2021-12-01", "reason": "合同费率录错"}
        return self.env["rural.pool.entry"].with_user(user or self.operations).create(usual | vals)

    def correct(self, user=None, **vals):
        asked = self.ask(user, **vals)
        asked.with_user(self.director).action_confirm()
        return asked

    def test_sc08_a_correction_of_a_settled_rate_is_an_adjustment_line_by_line(self):
        self.load(self.row("A1", 1, "100.00"), self.row("A2", 1, "33.33"), self.row("A3", 2, "200.00"))
        january = self.close(JANUARY)
        asked = self.ask(fee_rate=0.06)
        self.assertIn("closed months earn 8.00 instead of 6.67 yuan", asked.change_text)
        asked.with_user(self.director).action_confirm()
        self.assertEqual(january.fee, 6.67, "a closed month is not edited")
        february = self.prepare(FEBRUARY)
        self.assertRecordValues(
            february,
            [{"line_count": 3, "adjustment_count": 2, "base": 200.00, "fee": 13.33, "adjustment_fee": 1.33}],
        )
        self.confirm(february)
        entries = february.entry_ids.filtered(lambda entry: entry.kind == "adjustment")
        self.assertEqual(
            [(entry.base, entry.fee, entry.fee_rate) for entry in entries], [(0, 1.0, 0.06), (0, 0.33, 0.06)]
        )
        explained = entries[0].explanation
        for words in ("5%", "6%", "合同费率录错", self.operations.name, self.director.name):
            self.assertIn(words, explained)
        self.assertEqual(self.dues(), {}, "nothing is settled twice")
        entries.invalidate_recordset()
        for_center = entries[0].with_user(new_test_user(self.env, "s_portal", "base.group_portal")).sudo().explanation
        self.assertIn("6%", for_center)
        self.assertNotIn("合同费率录错", for_center)

    def test_sc08_corrections_of_settled_rates_clear_in_the_books(self):
        self.load(self.row("A1", 1))
        self.post(self.close(JANUARY))
        self.correct(fee_rate=0.02)
        self.load(self.row("A2", 2, "10.00"))
        february = self.close(FEBRUARY)
        self.assertEqual(february.fee, -2.80)
        self.post(february)
        self.assertEqual(self.clearing(), 0)
        self.assertEqual(self.balance("liability_payable", partner=self.lichuan.partner_id), -2.20)

    def test_sc08_a_refund_after_a_correction_takes_back_at_the_corrected_rate(self):
        self.load(self.row("A1", 1))
        self.close(JANUARY)
        self.correct(fee_rate=0.06)
        self.load(self.row("A1", 1, refund="50.00"))
        self.assertEqual(self.line("A1").fee, 3.00)
        self.assertEqual(sum(self.dues().values()), -2.00)

    def test_sc08_a_correction_changes_the_rate_alone_of_what_was_settled(self):
        self.load(self.row("A1", 1))
        self.close(JANUARY)
        self.lichuan.authorisation_ids.valid_to = "2022-01-05"
        self.correct(fee_rate=0.06)
        self.assertEqual((self.line("A1").outcome, self.line("A1").fee), ("eligible", 6.00))

    def test_sc08_a_correction_leaves_what_was_accepted_by_hand(self):
        self.load(self.row("A1", 1, 采购单位地区代码="421222"))
        values = {"line_id": self.line("A1").id, "center_id": self.lichuan.id, "fee_rate": 0.5, "reason": "跨区协议"}
        acceptance = self.env["rural.line.acceptance"].with_user(self.officer).create(values)
        acceptance.with_user(self.manager).action_confirm()
        self.close(JANUARY)
        self.correct(fee_rate=0.06)
        self.assertEqual(self.dues(), {})

    def test_sc08_days_taken_out_of_the_pool_are_taken_back(self):
        self.load(self.row("A1", 1), self.row("A2", 2))
        self.close(JANUARY, FEBRUARY)
        asked = self.correct(self.both, valid_to="2022-01-31", reason="二月起不在池内")
        self.assertEqual((self.line("A1").outcome, self.line("A2").outcome), ("eligible", "not_in_pool"))
        march = self.prepare(MARCH)
        self.assertRecordValues(march, [{"line_count": 1, "fee": -5.00, "adjustment_fee": -5.00}])
        self.assertIn(self.both, march.maker_ids, "who wrote the version is a maker of what it changes")
        with self.assertRaisesRegex(UserError, "Somebody else"):
            march.with_user(self.both)._confirm()
        self.confirm(march)
        self.assertEqual(self.line("A1").pool_entry_id, asked)

    def test_sc08_whoever_asked_for_a_correction_does_not_confirm_its_adjustment(self):
        self.load(self.row("A1", 1))
        self.close(JANUARY)
        self.correct(self.both, fee_rate=0.06)
        february = self.prepare(FEBRUARY)
        self.assertEqual(february.fee, 1.00)
        self.assertFalse(february.with_user(self.both).can_confirm)
        self.confirm(february)

    def test_sc08_a_change_of_rate_within_a_settled_version(self):
        self.load(self.row("A1", 1), self.row("A2", 2))
        self.close(JANUARY, FEBRUARY)
        self.correct(fee_rate=0.07, valid_from="2022-02-01")
        self.assertEqual((self.line("A1").fee, self.line("A2").fee), (5.00, 7.00))
        self.assertEqual(self.prepare(MARCH).fee, 2.00)

    def test_sc08_a_gap_is_filled_though_a_later_version_has_been_settled(self):
        self.apples.pool_entry_ids.valid_from = "2022-02-01"
        self.load(self.row("A1", 1), self.row("A2", 2))
        self.close(FEBRUARY)
        self.assertEqual(self.line("A1").outcome, "not_in_pool")
        self.correct(fee_rate=0.07, valid_from="2022-01-01", valid_to="2022-01-31", reason="漏录")
        self.assertEqual((self.line("A1").outcome, self.line("A1").fee), ("eligible", 7.00))
        self.assertRecordValues(self.prepare(MARCH), [{"fee": 7.00, "adjustment_fee": 7.00}])
        self.assertEqual(self.line("A2").fee, 5.00)

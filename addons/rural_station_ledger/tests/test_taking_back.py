from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import HandCase


@tagged("post_install", "-at_install")
@freeze_time("2026-05-02 04:00:00")
class TestTakingBack(HandCase):
    """Goods that come back, corrections of what was ranked, and links by hand (ST-07, ST-12)."""

    # ------------------------------------------------------------------
    # Goods that come back
    # ------------------------------------------------------------------

    def test_st12_what_was_not_handed_over_just_ends(self):
        entry = self.bought()
        self.assertEqual(entry._return("不要了"), entry)
        self.assertEqual((entry.state, entry.outcome, self.turnover()), ("returned", "returned", 0))
        with self.assertRaises(UserError):
            entry._return("再退一次")

    def test_st12_what_was_handed_over_comes_back_as_a_row_below_zero(self):
        with freeze_time("2026-04-20 04:00:00"):
            entry = self.handed_over()
        back = entry._return("坏了")
        self.assertEqual((back.quantity, back.amount, back.charge, back.state), (-1, -120, -2, "handed_over"))
        self.assertEqual((entry.state, entry.outcome), ("handed_over", "counts"))
        self.assertEqual((self.turnover("2026-04-01"), self.turnover()), (120, -120))
        with self.assertRaises(UserError):
            entry._return("又坏了")
        with self.assertRaises(UserError):
            back._return("反悔")

    def test_st12_what_never_counted_leaves_no_row_below_zero(self):
        self.env["rural.station.closure"].create(
            {"station_id": self.station.id, "valid_from": "2026-05-02", "valid_to": "2026-05-02"}
        )
        entry, bill = self.handed_over(), self.begin("bill", done=True)
        self.assertEqual((entry.outcome, entry._return("坏了"), bill._return("停电")), ("not_open", entry, bill))
        self.assertEqual((entry.state, bill.state, self.turnover()), ("returned", "void", 0))

    def test_st12_a_part_comes_back_and_never_more_than_there_was(self):
        entry = self.handed_over(quantity="3")
        entry._return("坏了一袋", quantity="1", amount="40", charge="0")
        with self.assertRaises(UserError):
            entry._return("都坏了", quantity="3", amount="80")
        with self.assertRaises(UserError):
            entry._return("都坏了", quantity="1", amount="80.01")
        back = entry._return("都坏了")
        self.assertEqual((back.quantity, back.amount, self.turnover()), (-2, -80, 0))

    def test_st12_signs_of_what_comes_back(self):
        entry = self.handed_over()
        for vals in (
            {"amount": "-120"},
            {"quantity": "0"},
            {"quantity": "-1"},
            {"charge": "-2"},
            {"amount": "1.00001"},
        ):
            with self.subTest(vals), self.assertRaises(UserError):
                entry._return("坏了", **vals)
        training = self.begin("training", amount="", charge="", done=True)
        with self.assertRaises(UserError):
            training._return("没来")

    def test_st04_an_exchange_counts(self):
        entry, later = self.bought(), self.handed_over()
        with self.assertRaises(UserError):
            entry._exchange("尺码不对", code="x")
        entry._exchange("尺码不对", code=self.code(entry))
        later._exchange("颜色不对")
        self.assertEqual((entry.outcome, later.outcome, self.turnover()), ("counts", "counts", 240))

    # ------------------------------------------------------------------
    # Corrections
    # ------------------------------------------------------------------

    def ranked(self, **vals):
        with freeze_time("2026-04-20 04:00:00"):
            entry = self.sold_by_hand(**vals)
        self.publish()
        return entry

    def test_st07_what_was_ranked_is_corrected_and_not_edited(self):
        entry = self.ranked()
        for step in (lambda: entry._amend(amount="12"), lambda: entry._void("错了")):
            with self.assertRaisesRegex(UserError, "2026-04"):
                step()
        with self.assertRaises(AccessError):
            entry._correct("多写一个零", amount="12")
        right = entry.with_user(self.clerk)._correct("多写一个零", amount="12")
        self.assertEqual((right.amount, right.outcome, entry.amount, entry.is_replaced), (12, "counts", 120, True))
        self.assertEqual(self.turnover("2026-04-01"), 12)
        edition = self.publish()
        self.assertEqual(edition.edition, 2)
        self.assertEqual(edition.line_ids.filtered("is_changed").turnover, 12)
        again = right.with_user(self.clerk)._correct("又错了", amount="13")
        self.assertEqual((self.turnover("2026-04-01"), again.corrects_id), (13, entry.sudo()))
        with self.assertRaises(UserError):
            entry.with_user(self.clerk)._correct("再改", amount="14")

    def dialog(self, action, **typed):
        """Open a dialog by the action of its button, type, and press its button as the clerk."""
        wizards = self.as_user(self.env[action["res_model"]], self.clerk).with_context(**action["context"])
        with Form(wizards) as form:
            for name, value in typed.items():
                setattr(form, name, value)
        return form.save().action_change()

    def test_st07_the_clerk_corrects_by_the_dialog(self):
        entry = self.as_user(self.ranked(), self.clerk)
        self.assertTrue(entry.can_correct)
        shown = self.dialog(entry.action_correct(), amount=12, reason="多写一个零")
        right = self.env["rural.station.entry"].browse(shown["res_id"])
        self.assertEqual((right.amount, right.corrects_id.id, self.turnover("2026-04-01")), (12, entry.id, 12))

    def test_st12_the_clerk_takes_back_by_the_dialog(self):
        entry = self.as_user(self.handed_over(), self.clerk)
        self.assertTrue(entry.can_return and entry.can_exchange)
        shown = self.dialog(entry.action_return(), reason="坏了")
        back = self.env["rural.station.entry"].browse(shown["res_id"])
        self.assertEqual((back.amount, back.takes_back_id.id, self.turnover()), (-120, entry.id, 0))
        entry.invalidate_recordset()
        self.assertTrue(entry.is_taken_back)
        self.assertFalse(entry.can_return or entry.can_exchange or entry.can_amend or entry.can_void)

    def test_st12_the_clerk_changes_by_the_dialog(self):
        entry = self.as_user(self.handed_over(), self.clerk)
        self.dialog(entry.action_amend(), item="复合肥")
        self.assertEqual(entry.item, "复合肥")

    def test_st07_all_of_it_may_be_wrong(self):
        entry = self.ranked()
        self.assertFalse(entry.with_user(self.clerk)._correct("没有这回事"))
        self.assertEqual(self.turnover("2026-04-01"), 0)

    def test_st07_before_its_ranking_an_entry_is_changed_and_not_corrected(self):
        entry = self.sold_by_hand()
        with self.assertRaises(UserError):
            entry.with_user(self.clerk)._correct("错了", amount="1")

    def test_st12_a_corrected_entry_counts_once_when_the_platform_has_it(self):
        entry = self.ranked(number="T1")
        entry.with_user(self.clerk)._correct("多写一个零", amount="12")
        self.assertEqual(self.turnover("2026-04-01"), 12)
        self.load_platform(self.sold("T1", "13.00", day="2026-04-20"))
        self.assertEqual(self.turnover("2026-04-01"), 13)

    def test_st12_a_number_entered_twice_counts_once_after_a_correction(self):
        with freeze_time("2026-04-21 04:00:00"):
            self.sold_by_hand(number="T1", amount="7", day="2026-04-20")
        entry = self.ranked(number="T1", day="2026-04-19")
        self.assertEqual(self.turnover("2026-04-01"), 120)
        entry.with_user(self.clerk)._correct("多写一个零", amount="12")
        self.assertEqual(self.turnover("2026-04-01"), 12)

    def test_st12_a_corrected_row_of_a_file_is_changed_by_no_file(self):
        self.load_ledger(self.own("26-1", "120", day="2026-04-20"))
        self.publish()
        self.entry("26-1").with_user(self.clerk)._correct("多写一个零", amount="12")
        run = self.load_ledger(self.own("26-1", "99", day="2026-04-20"))
        self.assertEqual(list(self.issues(run).values()), ["key"])
        self.assertEqual(self.turnover("2026-04-01"), 12)

    def test_st07_who_kept_entries_does_not_publish(self):
        with freeze_time("2026-04-20 04:00:00"):
            self.as_user(self.station, self.manager)._begin_entry("bill", {"amount": "5", "done": True})
        with self.assertRaisesRegex(UserError, "Somebody else"):
            self.publish()

    def test_st07_a_station_finishes_nothing_in_a_published_month(self):
        self.publish()
        with self.assertRaisesRegex(UserError, "2026-04"):
            self.begin("bill", day="2026-04-30", done=True)
        late = self.as_user(self.station, self.clerk)._begin_entry(
            "bill", {"day": "2026-04-30", "amount": "5", "done": True}
        )
        self.assertEqual(f"{late.month}", "2026-04-01")

    # ------------------------------------------------------------------
    # Links
    # ------------------------------------------------------------------

    def double(self):
        self.load_platform(self.sold("T1", "10.00", charge="3.00"))
        self.load_ledger(self.own("26-1"))
        return self.entry("26-1").with_user(self.clerk), self.entry("T1")

    def test_st12_a_possible_double_is_linked_by_hand_and_can_be_undone(self):
        entry, platform = self.double()
        self.assertEqual((entry._twins(), entry.hint, self.turnover("2026-03-01")), (platform, "possible_double", 20))
        self.assertIn("3.00", entry._differences_from(platform))
        with self.assertRaises(AccessError):
            entry.with_user(self.partner_user)._link(platform)
        entry._link(platform)
        self.assertEqual((entry.outcome, entry.hint), ("same_as_platform", "charge"))
        self.assertEqual(self.turnover("2026-03-01"), 10)
        entry._unlink_from_platform("不是一笔")
        self.assertEqual((entry.hint, self.turnover("2026-03-01")), ("possible_double", 20))
        self.assertEqual(len(entry.step_ids), 2)

    def test_st12_a_link_outlives_the_files(self):
        entry, platform = self.double()
        entry._link(platform)
        self.load_ledger(self.own("26-1", "11.00"))
        self.load_platform(self.sold("T1", "12.00"))
        self.assertEqual((entry.outcome, entry.hint), ("same_as_platform", "amount"))
        self.assertEqual(self.turnover("2026-03-01"), 12)

    def test_st12_an_entry_of_the_platform_is_linked_once(self):
        entry, platform = self.double()
        self.load_ledger(self.own("26-2"), self.own("26-3", platform="T1"))
        with self.assertRaises(UserError):
            entry._link(platform)
        with self.assertRaises(UserError):
            entry._link(self.entry("26-2"))
        elsewhere = self.env["res.company"].create({"name": "另一家运营商"})
        stranger = self._new_user("station_elsewhere", "rural_base.group_operations", elsewhere)
        with self.assertRaises(AccessError):
            entry.with_user(stranger)._link(platform)

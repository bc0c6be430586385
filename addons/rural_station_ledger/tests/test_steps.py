from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import HandCase


@tagged("post_install", "-at_install")
@freeze_time("2026-05-02 04:00:00")
class TestSteps(HandCase):
    """Entries that a station keeps on its telephone, step by step (ST-03, ST-04, ST-12)."""

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def test_st04_from_request_to_handing_over(self):
        entry = self.begin()
        self.assertEqual((entry.state, entry.outcome, entry.entry_number), ("recorded", "not_finished", "S26-0001"))
        entry._advance("ordered", number=" t 900 ", amount="118.50")
        entry._advance("received", shelf="B1")
        entry._advance("notified")
        self.assertRegex(self.code(entry), r"^[0-9]{6}$")
        entry._advance("handed_over", code=self.code(entry))
        self.assertEqual((entry.state, entry.number, entry.completed_on), ("handed_over", "T900", date(2026, 5, 2)))
        self.assertEqual((entry.outcome, entry.month, entry.turnover), ("counts", date(2026, 5, 1), 118.5))
        self.assertEqual(entry.hint, "not_on_platform")
        self.assertEqual(entry.step_ids.done_by_id, self.partner_user)
        self.assertEqual(len(entry.step_ids), 5)

    def test_st04_from_recommendation_to_sale(self):
        entry = self.begin("selling", item="山药")
        for state in ("negotiated", "listed", "sold"):
            entry._advance(state)
        self.assertEqual((entry.outcome, entry.turnover), ("counts", 120))

    def test_st04_no_step_is_left_out_or_taken_twice(self):
        entry = self.begin()
        with self.assertRaisesRegex(UserError, "Ordered"):
            entry._advance("received")
        entry._advance("ordered")
        with self.assertRaisesRegex(UserError, "Received"):
            entry._advance("ordered")
        with self.assertRaises(UserError):
            entry._advance("sold")

    def test_st03_services_are_recorded_and_done(self):
        bill = self.begin("bill", item="电费", amount="300", charge="2", done=True)
        self.assertEqual((bill.state, bill.outcome, bill.turnover, bill.counted_charge), ("done", "counts", 0, 2))

    def test_st12_a_second_sending_is_the_same_entry(self):
        self.assertEqual(self.begin(token="abc"), self.begin(token="abc"))
        self.assertNotEqual(self.begin(token="abd"), self.begin())

    def test_st12_numbers_are_given_within_the_station(self):
        self.load_ledger(self.own("S26-0007"), self.own("26-0099"))
        self.assertEqual(self.begin().entry_number, "S26-0008")
        other = self.as_user(self.other, self.clerk)._begin_entry("notice", {})
        self.assertEqual(other.entry_number, "S26-0001")

    # ------------------------------------------------------------------
    # Who
    # ------------------------------------------------------------------

    def test_st11_another_stations_entry_is_out_of_reach(self):
        theirs = self.as_user(self.other, self.clerk)._begin_entry("buying", {"amount": "1"})
        for user in (self.partner_user, self.area_user):
            with self.assertRaises(AccessError):
                theirs.with_user(user)._advance("ordered")
            with self.assertRaises(AccessError):
                self.as_user(self.other, user)._begin_entry("notice", {})
        with self.assertRaises(AccessError):
            self.begin().with_user(self.area_user)._advance("ordered")

    # ------------------------------------------------------------------
    # Pick-up codes
    # ------------------------------------------------------------------

    def test_st04_goods_are_handed_over_against_their_code_only(self):
        entry, other = self.bought(), self.bought()
        self.assertNotEqual(self.code(entry), self.code(other))
        for code in (None, "", self.code(other), "abc"):
            with self.assertRaises(UserError):
                entry._advance("handed_over", code=code)
        entry._advance("handed_over", code=f" {self.code(entry)} ")
        self.assertFalse(entry.sudo().pickup_code)

    def test_st04_wrong_codes_lock_for_a_while(self):
        entry = self.bought()
        right = self.code(entry)
        wrong = "000000" if right != "000000" else "000001"
        messages = []
        for code in [*[wrong] * 5, right]:
            try:
                entry._advance("handed_over", code=code)
            except UserError as error:
                messages.append(str(error))
        self.assertIn("4", messages[0])
        self.assertIn("12:15", messages[5])
        self.assertEqual(entry.state, "notified")
        with freeze_time("2026-05-02 04:15:01"):
            entry._advance("handed_over", code=right)
        self.assertEqual(entry.state, "handed_over")

    def test_st04_only_the_station_reads_a_code(self):
        entry = self.bought()
        for user in (self.clerk, self.manager, self.area_user):
            with self.assertRaises(AccessError):
                entry.with_user(user)._pickup_notice()
        for user in (self.clerk, self.area_user, self.partner_user):
            with self.assertRaises(AccessError):
                entry.with_user(user).read(["pickup_code"])

    # ------------------------------------------------------------------
    # What is typed
    # ------------------------------------------------------------------

    def test_st12_what_no_file_may_have_nobody_types(self):
        wrong = [
            {"amount": "1.00001"},
            {"amount": "-5"},
            {"amount": "1e30"},
            {"amount": 1e30},
            {"amount": "nan"},
            {"amount": ""},
            {"amount": "120元"},
            {"quantity": "0"},
            {"quantity": "-1"},
            {"charge": "-1"},
            {"day": "2026-05-03"},
            {"day": "gestern"},
            {"number": "2.02601E+19"},
            {"villager": "李" * 501},
            {"villager_phone": "1" * 41},
            {"state": "sold"},
            {"company_id": 1},
        ]
        for vals in wrong:
            with self.subTest(vals), self.assertRaises(UserError):
                self.begin(**vals)
        with self.assertRaises(UserError):
            self.begin("nothing")
        self.assertEqual(self.begin(amount=" 374.8250 ", number=" ｔ 1 ").amount, 374.83)

    def test_st12_a_day_on_which_the_station_is_shut_is_kept_and_does_not_count(self):
        self.env["rural.station.closure"].create(
            {"station_id": self.station.id, "valid_from": "2026-05-02", "valid_to": "2026-05-02"}
        )
        bill = self.begin("bill", done=True)
        self.assertEqual((bill.state, bill.outcome), ("done", "not_open"))
        self.assertIn("not open", bill.sudo().with_context(lang="en_US").explanation)

    def test_st12_two_telephones_take_a_step_once(self):
        entry = self.begin()
        second = self.env["rural.station.entry"].with_user(self.partner_user).browse(entry.id)
        second._advance("ordered", number="T1")
        with self.assertRaisesRegex(UserError, "Ordered"):
            entry._advance("ordered", number="T2")
        self.assertEqual(entry.number, "T1")

    def test_st12_changes_are_noted_without_the_villager(self):
        entry = self.begin()
        entry._amend(amount="99", villager="王小明")
        self.assertEqual((entry.amount, entry.villager), (99, "王小明"))
        note = entry.step_ids[-1].note
        self.assertIn("120.0 → 99.0", note)
        self.assertNotIn("王", note)
        with self.assertRaises(UserError):
            entry._amend(station_id=self.other.id)

    def test_st12_a_void_entry_stays_and_does_not_count(self):
        entry = self.sold_by_hand()
        with self.assertRaises(UserError):
            entry._void(" ")
        entry._void("记错了")
        self.assertEqual((entry.state, entry.outcome, self.turnover()), ("void", "void", 0))
        with self.assertRaises(UserError):
            entry._void("再来一次")

    def test_st12_no_file_changes_what_a_person_keeps(self):
        entry = self.sold_by_hand()
        run = self.load_ledger(self.own(entry.entry_number, "999"))
        self.assertEqual(list(self.issues(run).values()), ["key"])
        self.assertEqual(entry.amount, 120)

    def test_st12_what_came_with_a_file_goes_on_by_files(self):
        self.load_ledger(self.own("26-1", kind="代购", state="已下单"))
        with self.assertRaisesRegex(UserError, "file"):
            self.entry("26-1").with_user(self.partner_user)._advance("received")

    # ------------------------------------------------------------------
    # Parcels
    # ------------------------------------------------------------------

    def test_st03_a_parcel_comes_in_is_told_of_and_goes_out(self):
        parcel = self.begin("parcel_in", courier=" yt 77 ")
        with self.assertRaises(UserError):
            parcel._advance("done", code="1")
        parcel._advance("notified", villager_phone="13800138000")
        notice = parcel._pickup_notice()
        self.assertIn("A3", notice["text"])
        self.assertEqual(notice["phone"], "13800138000")
        parcel._advance("done", code=notice["code"])
        self.assertEqual((parcel.outcome, parcel.turnover), ("counts", 0))

    def test_st03_a_parcel_scanned_twice_is_refused_with_its_place(self):
        parcel = self.begin("parcel_in", courier="YT77")
        with self.assertRaisesRegex(UserError, "shelf A3"):
            self.begin("parcel_in", courier=" yt77")
        parcel._advance("notified")
        parcel._advance("done", code=self.code(parcel))
        with self.assertRaisesRegex(UserError, "2026-05-02"):
            self.begin("parcel_in", courier="YT77")
        with self.assertRaises(UserError):
            self.begin("parcel_in", courier="")
        self.assertTrue(self.as_user(self.other, self.clerk)._begin_entry("parcel_in", {"courier": "YT77"}))

    def test_st03_parcels_that_lie_too_long_are_listed(self):
        old, new = self.begin("parcel_in", day="2026-04-24"), self.begin("parcel_in", courier="YT2", day="2026-04-25")
        found = self.env["rural.station.entry"].search(
            [("lies_too_long", "=", True), ("station_id", "=", self.station.id)]
        )
        self.assertEqual(found, old.sudo())
        self.assertEqual((old.lies_too_long, new.lies_too_long), (True, False))
        self.assertEqual(self.mine._waiting_entries(), old | new)
        self.assertEqual(self.mine._find_parcel("yt 2"), new)

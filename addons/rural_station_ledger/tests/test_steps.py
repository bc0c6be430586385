from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import LedgerCase


@tagged("post_install", "-at_install")
@freeze_time("2026-05-02 04:00:00")
class TestSteps(LedgerCase):
    """Entries that a station keeps on its telephone, step by step (ST-03, ST-04, ST-12)."""

    def setUp(self):
        super().setUp()
        self.registry_enter_test_mode()
        self.mine = self.as_user(self.station, self.partner_user)

    def begin(self, kind="buying", **vals):
        defaults = {"item": "化肥", "amount": "120.00", "charge": "2", "villager": "李大山"}
        if kind.startswith("parcel"):
            defaults = {"courier": "YT1", "shelf": "A3", "villager": "李大山"}
        return self.mine._begin_entry(kind, {**defaults, **vals})

    def code(self, entry):
        return entry._pickup_notice()["code"]

    def bought(self, **vals):
        entry = self.begin(**vals)
        for state in ("ordered", "received", "notified"):
            entry._advance(state)
        return entry

    def handed_over(self, **vals):
        entry = self.bought(**vals)
        entry._advance("handed_over", code=self.code(entry))
        return entry

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

import re
from datetime import timedelta

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.rural_base import china_time

from .common import StationPageCase

ORDER = {"item": "尿素", "amount": "128.505", "charge": "2", "villager": "李大山", "villager_phone": "13900000001"}


@tagged("post_install", "-at_install")
class TestOrders(StationPageCase):
    """A villager's order, parcels and cash, through the pages (ST-03, ST-04, ST-12)."""

    def setUp(self):
        super().setUp()
        self.log_in("own")

    def begin(self, kind="buying", **vals):
        """Enter something; return the entry and the answer."""
        response = self.send(f"/my/station/ledger/new/{kind}", station=self.station.id, **{**ORDER, **vals})
        found = re.search(r"/ledger/(\d+)", response.headers.get("Location", ""))
        return self.env["rural.station.entry"].browse(int(found[1])) if found else None, response

    def advance(self, entry, state, **vals):
        response = self.send(f"/my/station/ledger/{entry.id}/advance", state=state, **vals)
        entry.invalidate_recordset()
        return response

    def test_st04_an_order_from_its_request_to_handing_over(self):
        entry, _response = self.begin()
        self.assertEqual((entry.state, entry.amount, entry.source), ("recorded", 128.51, "station"))
        for state, vals in (("ordered", {}), ("received", {"shelf": "A3"}), ("notified", {})):
            self.assertEqual(self.advance(entry, state, **vals).status_code, 303, state)
        self.assertEqual((entry.state, entry.sudo().shelf), ("notified", "A3"))
        code = entry.sudo().pickup_code
        self.assertIn(code, self.page(f"/my/station/ledger/{entry.id}").text)
        response = self.advance(entry, "handed_over", code=f"{(int(code) + 1) % 10**6:06d}")
        self.assertEqual((response.status_code, entry.state), (200, "notified"))
        self.assertIn("alert-danger", response.text)
        self.assertEqual(self.advance(entry, "handed_over", code=code).status_code, 303)
        self.assertEqual((entry.state, entry.outcome, entry.turnover), ("handed_over", "counts", 128.51))

    def test_st04_no_step_is_left_out(self):
        entry, _response = self.begin()
        response = self.advance(entry, "notified")
        self.assertEqual((response.status_code, entry.state), (200, "recorded"))
        self.assertIn("alert-danger", response.text)

    def test_st12_sent_twice_is_one_entry(self):
        first, _response = self.begin(token="abc")
        second, _response = self.begin(token="abc")
        self.assertEqual(first, second)

    def test_st04_return_exchange_change_and_void(self):
        entry, _response = self.begin()
        self.send(f"/my/station/ledger/{entry.id}/amend", item="复合肥", amount="130")
        self.advance(entry, "ordered")
        self.assertEqual((entry.item, entry.amount), ("复合肥", 130))
        response = self.send(f"/my/station/ledger/{entry.id}/return", reason=" ")
        self.assertIn("alert-danger", response.text)
        self.send(f"/my/station/ledger/{entry.id}/return", reason="不要了")
        entry.invalidate_recordset()
        self.assertEqual(entry.state, "returned")
        wrong, _response = self.begin()
        self.send(f"/my/station/ledger/{wrong.id}/void", reason="记错了")
        wrong.invalidate_recordset()
        self.assertEqual(wrong.state, "void")

    def test_st12_what_no_file_may_have_is_refused_and_what_was_typed_stays(self):
        for name, value in (("amount", "很多"), ("amount", ""), ("amount", "-5"), ("day", "2999-01-01")):
            entry, response = self.begin(**{name: value})
            self.assertIsNone(entry, (name, value))
            self.assertEqual(response.status_code, 200)
            self.assertIn("alert-danger", response.text)
            self.assertIn("李大山", response.text)

    def test_st03_services_are_done_at_once(self):
        for kind in ("bill", "booking", "training", "notice"):
            vals = {"quantity": "3", "amount": ""} if kind in ("training", "notice") else {}
            entry, response = self.begin(kind, done="1", **vals)
            self.assertTrue(entry, (kind, response.text[-3000:] if response.status_code == 200 else response))
            self.assertEqual((entry.state, entry.outcome), ("done", "counts"), kind)
        with mute_logger("odoo.http"):
            self.assertEqual(self.page("/my/station/ledger/new/nonsense").status_code, 404)

    def test_st03_a_parcel_from_the_camera_to_its_villager(self):
        response = self.send(
            "/my/station/parcels/in", station=self.station.id, courier=" sf123 4567890123 ", shelf="B12",
            villager_phone="13900000002", then="next",
        )  # fmt: skip
        self.assertEqual(response.status_code, 303)
        parcel = self.station.entry_ids.filtered(lambda entry: entry.kind == "parcel_in")
        self.assertEqual((parcel.courier, parcel.sudo().shelf), ("SF1234567890123", "B12"))
        again = self.send("/my/station/parcels/in", station=self.station.id, courier="SF1234567890123", then="next")
        self.assertIn("alert-danger", again.text)
        self.assertIn("B12", again.text)
        for words in ("0123", "b12", "0002", "SF1234567890123"):
            response = self.page("/my/station/parcels", search=words)
            self.assertTrue(response.headers["Location"].endswith(f"/my/station/ledger/{parcel.id}"), words)
        self.assertEqual(self.page("/my/station/parcels", search="没有").status_code, 200)
        self.advance(parcel, "notified")
        self.advance(parcel, "done", code=parcel.sudo().pickup_code)
        self.assertEqual((parcel.state, parcel.outcome), ("done", "counts"))

    def test_st03_what_lies_too_long_is_red(self):
        day = f"{china_time.today() - timedelta(days=20)}"
        self.as_portal(self.station, "own")._begin_entry("parcel_in", {"courier": "YT1234567890", "day": day})
        self.assertIn("o_station_overdue", self.page("/my/station/parcels").text)
        self.assertIn("fa-clock-o", self.page("/my/station").text)

    def test_st12_cash_is_counted_and_a_difference_needs_a_reason(self):
        self.begin("bill", done="1", amount="100", charge="2")
        self.assertIn("102.00", self.page("/my/station/cash").text)
        self.assertIn("alert-danger", self.send("/my/station/cash", counted="100", station=self.station.id).text)
        counts = self.env["rural.station.cash.count"].search([("station_id", "=", self.station.id)])
        self.assertFalse(counts)
        self.send("/my/station/cash", counted="100", reason="找错零钱", station=self.station.id)
        counts = self.env["rural.station.cash.count"].search([("station_id", "=", self.station.id)])
        self.assertEqual((counts.expected, counts.difference), (102, -2))

    def test_st11_the_ledger_is_filtered(self):
        self.begin()
        self.begin("bill", done="1", item="电费")
        month = f"{china_time.today():%Y-%m}"
        for arguments, shown, hidden in (
            ({}, ("尿素", "电费"), ()),
            ({"show": "open"}, ("尿素",), ("电费",)),
            ({"kind": "bill"}, ("电费",), ("尿素",)),
            ({"month": month, "kind": "buying"}, ("尿素",), ("电费",)),
            ({"month": "2001-01"}, (), ("尿素", "电费")),
        ):
            text = self.page("/my/station/ledger", **arguments).text
            for word in shown:
                self.assertIn(word, text, arguments)
            for word in hidden:
                self.assertNotIn(word, text, arguments)

    def test_st11_a_station_that_has_ended_takes_no_entry(self):
        entry, _response = self.begin()
        self.station.closed_on = china_time.today() - timedelta(days=1)
        self.assertIsNone(self.begin()[0])
        self.advance(entry, "ordered")
        self.assertEqual(entry.state, "recorded")
        for path in ("/ledger", f"/ledger/{entry.id}", "/parcels", "/parcels/in", "/cash", "/ledger/new/buying"):
            response = self.page(f"/my/station{path}")
            self.assertEqual(response.status_code, 200, path)
            self.assertNotIn('method="post"', response.text, path)

import base64
import io
from datetime import date

from PIL import Image

from odoo.addons.rural_station.tests.common import StationCase
from odoo.addons.rural_station_ledger.tests.common import LedgerCase

SCAN = base64.b64encode(b"%PDF-1.4 signed")
#: What a program and a page look like under the name of a photo.
PDF = b"%PDF-1.7 ... startxref 9 %%EOF"
HTML = b"<html><script>alert(1)</script></html>"


def photo(form="PNG", size=(8, 6), colour="green") -> bytes:
    """Return a small picture."""
    stream = io.BytesIO()
    Image.new("RGB", size, colour).save(stream, form)
    return stream.getvalue()


class AssessmentCase(LedgerCase):
    """Forms of March 2026, taken through their steps by a clerk and a manager."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["rural.station.equipment"].create(
            {
                "station_id": cls.station.id,
                "kind_id": cls.env.ref("rural_station.equipment_kind_computer").id,
                "valid_from": "2025-01-01",
            }
        )

    def prepare(self, month=date(2026, 3, 1), user=None):
        forms = self.as_user(self.env["rural.station.assessment"], user or self.clerk)
        return forms._prepare_month(self.company, month).with_env(self.env)

    def form(self, user=None):
        return self.prepare(user=user).filtered(lambda form: form.station_id == self.station)

    def publish(self, month=date(2026, 3, 1)):
        self.as_user(self.env["rural.station.ranking"], self.manager)._publish(self.company, month)

    def assessed(self, form=None, user=None, **vals):
        form = form or self.form()
        mine = self.as_user(form, user or self.clerk)
        mine.write({"operation": "good", "service": "good", "result": "keep", **vals})
        mine.action_assess()
        return form

    def sign(self, form, day=date(2026, 4, 2), scan=SCAN, user=None):
        self.as_user(form, user or self.clerk)._sign("陈科长", day, scan, "考核表.pdf")

    def signed(self, form=None, **vals):
        form = self.assessed(form, **vals)
        self.sign(form)
        return form


class InspectionCase(StationCase):
    """An area partner with a telephone in a village."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.items = cls.env["rural.station.check.item"].search([], order="number")

    def sent(self, number="XJ20260302-AAAA1111", **vals):
        """What a telephone sends: everything in order, at the place."""
        return {
            "number": number,
            "inspected_at": "2026-03-02T02:00:00Z",
            "longitude": 113.6,
            "latitude": 28.1,
            "accuracy": 12.4,
            "position_at": "2026-03-02T02:00:05Z",
            "answers": [{"item": item.id, "answer": "ok"} for item in self.items],
            **vals,
        }

    def answers(self, number, answer, note="", photos=()):
        """All in order but one item, by its number."""
        return [
            {"item": item.id, "answer": answer, "note": note, "photos": photos}
            if item.number == number
            else {"item": item.id, "answer": "ok"}
            for item in self.items
        ]

    def record(self, user=None, station=None, **vals):
        """Send an inspection as the area partner."""
        user = user or self.area_user
        station = (station or self.station).with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
        return station._record_inspection(self.sent(**vals))

    def problems(self, station=None):
        return self.env["rural.station.problem"].search([("station_id", "=", (station or self.station).id)])

import base64
from datetime import date

from odoo.addons.rural_station_ledger.tests.common import LedgerCase

SCAN = base64.b64encode(b"%PDF-1.4 signed")


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

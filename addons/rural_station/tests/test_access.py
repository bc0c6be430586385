from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import StationCase


@tagged("post_install", "-at_install")
class TestAccess(StationCase):
    """Who may and who may not (shared convention "roles")."""

    def codes(self, user):
        stations = self.env["rural.station"].with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
        return stations.search([]).mapped("code")

    def test_st11_partners_see_their_own(self):
        self.assertEqual(self.codes(self.partner_user), ["ZD001"])
        self.assertEqual(self.codes(self.area_user), ["ZD001"])
        with self.assertRaises(AccessError):
            self.other.with_user(self.area_user).read(["name"])
        with self.assertRaises(AccessError):
            self.as_user(self.station, self.partner_user).name = "我的站"

    def test_operations_keeps_the_stations(self):
        station = self.as_user(self.station, self.clerk)
        station.name = "新名"
        self.assertFalse(station.has_access("unlink"))
        self.assertTrue(self.as_user(self.station, self.manager).has_access("unlink"))

    def test_others_see_nothing(self):
        employee, officer = (
            self._new_user("station_employee"),
            self._new_user("station_officer", "rural_base.group_settlement_officer"),
        )
        for user in (employee, officer):
            self.assertFalse(self.as_user(self.station, user).has_access("read"))

    def test_another_company_sees_nothing(self):
        other = self.env["res.company"].create({"name": "另一家运营商"})
        self.assertEqual(self.codes(self._new_user("station_elsewhere", "rural_base.group_operations", other)), [])

from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import CenterCase


@tagged("post_install", "-at_install")
class TestServiceCenter(CenterCase):
    def test_sc01_a_provincial_center_is_the_parent_of_those_in_its_province(self):
        self.assertFalse(self.center.parent_id)
        province = self._new_center("省级运营服务中心", self.province)
        self.assertEqual(self.center.parent_id, province)
        self.assertEqual(self._new_center("咸宁市服务中心", self._region("421200")).parent_id, province)
        self.assertFalse(self._new_center("浏阳市服务中心", self._region("430181")).parent_id)
        self.assertFalse(province.parent_id)

    def test_sc01_the_parent_is_the_living_provincial_center(self):
        first = self._new_center("省级运营服务中心", self.province, override_reason="与后任交接")
        period = self.authorise(first, "2022-01-01")
        self.assertEqual(self.center.parent_id, first)
        period.valid_to = "2022-12-31"
        self.assertFalse(self.center.parent_id)
        second = self._new_center("省级第二运营服务中心", self.province, override_reason="接替前任")
        self.assertEqual(self.center.parent_id, second)
        period.valid_to = False
        self.assertEqual(self.center.parent_id, first, "the second one is not authorised yet")
        period.valid_to = "2022-12-31"
        period = self.authorise(second, "2023-01-01")
        self.assertEqual(self.center.parent_id, second)
        period.unlink()
        self.assertEqual(self.center.parent_id, second)

    def test_sc10_region_kind_and_payee_are_fixed_with_the_code(self):
        payee = self.env["res.partner"].create({"name": "通城电商有限公司"})
        other = self._new_center("崇阳县区域服务中心", self._region("421223")).with_user(self.operations)
        center = self.as_user(self.center, self.operations)
        for vals in ({"region_id": self._region("421224").id}, {"partner_id": payee.id}, {"kind": "province"}):
            with self.subTest(vals=vals), self.assertRaisesRegex(AccessError, "fixed"):
                center.write(vals)
        center.write({"name": "通城县服务中心", "partner_id": center.partner_id.id})
        other.write({"region_id": self._region("421224").id, "partner_id": payee.id})
        with self.assertRaisesRegex(AccessError, "Change Payee"):
            center.with_user(self.director).partner_id = payee
        center.with_user(self.director).kind = center.kind

    def test_sc01_each_kind_has_its_level_of_region(self):
        for kind, region in (("province", self.county), ("city_county", self.province)):
            with self.subTest(kind=kind), self.assertRaises(ValidationError):
                self.env["rural.service.center"].create({"name": "-", "kind": kind, "region_id": region.id})

    def test_the_payee_is_made_with_the_center(self):
        self.assertEqual(self.center.partner_id.name, "通城县区域服务中心")
        self.assertEqual(self.center.partner_id.company_id, self.company)
        payee = self.env["res.partner"].create({"name": "通城电商有限公司"})
        center = self._new_center("崇阳县服务中心", self._region("421223"), partner_id=payee.id)
        self.assertEqual(center.partner_id, payee)

    def test_a_center_is_entered_on_its_form(self):
        form = Form(self.as_user(self.env["rural.service.center"], self.operations))
        form.name, form.region_id = "崇阳县区域服务中心", self._region("421223")
        center = form.save()
        self.assertEqual((center.company_id, center.partner_id.name), (self.company, center.name))

    def test_sc06_a_manager_takes_over_a_center_on_its_form(self):
        form = Form(self.as_user(self.env["rural.service.center"], self.director))
        form.name, form.region_id = "崇阳县区域服务中心", self._region("421223")
        form.service_code = "FW421223T"
        with form.authorisation_ids.new() as authorisation:
            authorisation.valid_from, authorisation.reason = date(2022, 1, 1), "接管前已授权"
        center = form.save()
        self.assertEqual((center.service_code, center.state), ("FW421223T", "active"))

    def test_sc10_state_on_the_days_of_authorisation_and_suspension_in_china(self):
        self.authorise(self.center, "2022-03-01", "2022-03-31")
        self.suspend(self.center, "2022-03-10", "2022-03-20")
        for moment, expected in (
            ("2022-02-28 15:59:59", "draft"),
            ("2022-02-28 16:00:00", "active"),
            ("2022-03-09 15:59:59", "active"),
            ("2022-03-09 16:00:00", "suspended"),
            ("2022-03-20 15:59:59", "suspended"),
            ("2022-03-20 16:00:00", "active"),
            ("2022-03-31 15:59:59", "active"),
            ("2022-03-31 16:00:00", "ended"),
        ):
            with self.subTest(moment=moment), freeze_time(moment):
                self.center.invalidate_recordset(["state"])
                self.assertEqual(self.center.state, expected)
                self.assert_found_in(expected)

    def assert_found_in(self, expected):
        centers = self.env["rural.service.center"].search([("id", "=", self.center.id)])
        found = [
            state
            for state in ("draft", "active", "suspended", "ended")
            if centers.search_count([("state", "=", state), ("id", "=", self.center.id)])
        ]
        self.assertEqual(found, [expected])
        self.assertFalse(centers.search([("state", "!=", expected), ("id", "=", self.center.id)]))
        groups = centers._read_group([("id", "=", self.center.id)], ["state"], ["__count"])
        self.assertEqual(groups, [(expected, 1)])

    def test_a_center_without_authorisation_is_not_yet_authorised(self):
        self.assertEqual(self.center.state, "draft")
        self.suspend(self.center, "2022-01-01")
        self.assertEqual(self.center.state, "draft")

    def test_a_renewed_center_is_active_and_a_gap_is_not(self):
        self.authorise(self.center, "2022-01-01", "2022-01-31")
        self.authorise(self.center, "2022-03-01")
        with freeze_time("2022-02-15"):
            self.assertEqual(self.center.state, "ended")
        self.center.invalidate_recordset(["state"])
        with freeze_time("2022-03-15"):
            self.assertEqual(self.center.state, "active")

    def test_authorised_until(self):
        self.assertFalse(self.center.authorised_until)
        last = self.authorise(self.center, "2022-01-01", "2022-12-31")
        self.authorise(self.center, "2021-01-01", "2021-12-31")
        self.assertEqual(self.center.authorised_until, date(2022, 12, 31))
        last.valid_to = False
        self.assertFalse(self.center.authorised_until)

    def test_periods_of_a_center_never_overlap(self):
        self.authorise(self.center, "2022-01-01", "2022-12-31")
        with self.assertRaises(ValidationError):
            self.authorise(self.center, "2022-12-31")
        self.suspend(self.center, "2022-02-01", "2022-02-10")
        with self.assertRaises(ValidationError):
            self.suspend(self.center, "2022-02-10", "2022-02-20")

    def test_a_center_is_archived_only_when_its_authorisation_is_over(self):
        authorisation = self.authorise(self.center, "2022-01-01")
        with self.assertRaises(UserError):
            self.center.active = False
        authorisation.valid_to = "2022-12-31"
        self.center.active = False
        self.assertFalse(self.center.active)

    def test_periods_are_told_in_the_chatter(self):
        center = self.center.with_context(tracking_disable=False)
        before = len(center.message_ids)
        suspension = self.suspend(self.center, "2022-02-01", "2022-02-10").with_context(tracking_disable=False)
        suspension.valid_to = "2022-02-20"
        suspension.unlink()
        self.assertEqual(len(center.message_ids), before + 2)

    def test_the_tile_counts_centers_that_end_without_a_successor(self):
        tile = self.env.ref("rural_service_center.tile_centers_ending").with_user(self.operations)
        with freeze_time("2022-03-01 04:00:00"):
            self.authorise(self.center, "2021-01-01", "2022-04-30")
            self.assertEqual(tile.count, 1)
            self.authorise(self.center, "2022-05-01")
            tile.invalidate_recordset()
            self.assertEqual(tile.count, 0)

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import HandCase


@tagged("post_install", "-at_install")
@freeze_time("2026-05-02 04:00:00")
class TestVillagers(HandCase):
    """Names of villagers are seen by their station and its area only, and go after a time (ST-12)."""

    def test_st12_staff_see_the_first_character(self):
        entry = self.begin()
        for user in (self.partner_user, self.area_user):
            self.assertEqual(entry.with_user(user).villager, "李大山")
        for user in (self.clerk, self.manager):
            self.assertEqual(entry.with_user(user).villager_shown, "李**")
            for read in (
                lambda own: own.read(["villager"]),
                lambda own: own.search([("villager", "ilike", "李")]),
                lambda own: own._read_group([], ["villager"]),
                lambda own: own.export_data(["villager_phone"]),
            ):
                with self.assertRaises(AccessError):
                    read(entry.with_user(user))

    def test_st12_the_file_of_a_ledger_stays_with_who_loaded_it(self):
        run = self.load_ledger(self.own("26-1"))
        file = run.sudo().attachment_id
        self.assertTrue(file.with_user(self.clerk).raw)
        other = self._new_user("station_clerk_2", "rural_base.group_operations")
        for user in (other, self.manager):
            with self.assertRaises(AccessError):
                file.with_user(user).read(["raw"])

    def test_st12_names_go_after_their_time_and_no_file_brings_them_back(self):
        self.load_ledger(self.own("26-1", day="2026-03-10"))
        run = self.entry("26-1").run_id
        fresh = self.begin()
        with freeze_time("2026-09-07 04:00:00"):
            self.env["rural.station.entry"]._anonymise()
            entry = self.entry("26-1")
            self.assertEqual((entry.sudo().villager, f"{entry.anonymised_on}"), (False, "2026-09-07"))
            self.assertEqual(fresh.sudo().villager, "李大山")
            self.assertEqual(self.counts(self.load_ledger(self.own("26-1", day="2026-03-10"))), {"unchanged": 1})
            self.assertFalse(entry.sudo().villager)
        with freeze_time("2027-05-02 04:00:00"):
            self.env["rural.station.entry"]._anonymise()
        self.assertFalse(fresh.sudo().villager)
        self.assertFalse(run.attachment_id)

    def test_st12_dialogs_keep_no_name(self):
        dialogs = (
            self.env["rural.station.entry.begin"]
            .with_user(self.clerk)
            .with_context(allowed_company_ids=self.company.ids)
        )
        dialog = dialogs.create({"station_id": self.station.id, "amount": 5, "villager": "李大山"})
        found = dialog.action_begin()
        self.assertFalse(dialog.exists())
        self.assertEqual(self.env["rural.station.entry"].browse(found["res_id"]).sudo().villager, "李大山")

from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from .common import PoolCase


@tagged("post_install", "-at_install")
class TestPoolEntry(PoolCase):
    def change_rate(self, entry, first_day, fee_rate):
        wizard = self.env["rural.pool.entry.change"].create(
            {"entry_id": entry.id, "first_day": first_day, "fee_rate": fee_rate}
        )
        return self.env["rural.pool.entry"].browse(wizard.action_apply()["res_id"])

    def test_sc08_a_change_of_rate_is_a_new_version(self):
        old = self.new_entry("2022-01-01", "2023-12-31", incentive_rate=0.01)
        new = self.change_rate(old, "2022-09-13", 0.1327)
        self.assertEqual((old.valid_from, old.valid_to), (date(2022, 1, 1), date(2022, 9, 12)))
        self.assertEqual((new.valid_from, new.valid_to), (date(2022, 9, 13), date(2023, 12, 31)))
        self.assertEqual((old.fee_rate, new.fee_rate, new.incentive_rate), (0.05, 0.1327, 0.01))
        self.assertEqual(new.supplier_id, old.supplier_id)

    def test_sc08_both_days_of_a_version_count(self):
        old = self.new_entry("2022-01-01", "2023-12-31")
        new = self.change_rate(old, "2022-09-13", 0.1)
        on = self.env["rural.pool.entry"]._version_on
        self.assertFalse(on(date(2021, 12, 31), product_id=self.product))
        self.assertEqual(on(date(2022, 9, 12), product_id=self.product), old)
        self.assertEqual(on(date(2022, 9, 13), product_id=self.product), new)
        self.assertEqual(on(date(2023, 12, 31), product_id=self.product), new)

    def test_sc08_a_rate_changes_within_its_version_only(self):
        entry = self.new_entry("2022-01-01", "2022-12-31")
        for first_day in ("2022-01-01", "2023-01-01"):
            with self.subTest(first_day=first_day), self.assertRaises(UserError):
                self.change_rate(entry, first_day, 0.1)

    def test_sc08_versions_of_a_product_never_overlap(self):
        self.new_entry("2022-01-01", "2022-12-31")
        with self.assertRaises(ValidationError) as caught:
            self.new_entry("2022-12-31")
        self.assertIn("SP900001 利川红茶", str(caught.exception))
        self.new_entry("2023-01-01")

    def test_sc08_two_products_may_be_in_the_pool_at_once(self):
        self.new_entry("2022-01-01")
        other = self.product.copy({"code": "SP900002"})
        self.new_entry("2022-01-01", product_id=other.id)
        self.assertTrue(other.pool_entry_ids)

    def test_a_rate_is_a_share(self):
        for name, rate, said in (
            ("fee_rate", 5, "“Service Fee Rate” is entered in percent: 5 means 5%. 500%"),
            ("fee_rate", -0.01, "5 means 5%. -1%"),
            ("incentive_rate", 2, "“Year-End Incentive Rate” is entered in percent: 5 means 5%. 200%"),
        ):
            with (
                self.subTest(name=name, rate=rate),
                self.assertNoLogs("odoo.sql_db", "ERROR"),
                self.assertRaisesRegex(ValidationError, said),
            ):
                self.new_entry("2022-01-01", **{name: rate})

    def test_the_supplier_stays_when_the_product_changes_hands(self):
        entry = self.new_entry("2022-01-01")
        other = self.supplier.copy({"supplier_code": "GYS90002"})
        self.product.supplier_id = other
        self.assertEqual(entry.supplier_id, self.supplier)

    def test_the_wizard_proposes_the_next_month_and_the_present_rates(self):
        entry = self.new_entry("2022-01-01", fee_rate=0.07, incentive_rate=0.02)
        with freeze_time("2022-03-31 16:00:00"):  # 1 April in China
            form = Form(self.env["rural.pool.entry.change"].with_context(default_entry_id=entry.id))
        self.assertEqual(form.first_day, date(2022, 5, 1))
        self.assertEqual((form.fee_rate, form.incentive_rate), (0.07, 0.02))

    def test_a_product_shows_the_entry_of_the_day_in_china(self):
        entry = self.new_entry("2022-03-01", "2022-03-31", fee_rate=0.08)
        for moment, expected in (
            ("2022-02-28 15:59:59", False),
            ("2022-02-28 16:00:00", True),
            ("2022-03-31 15:59:59", True),
            ("2022-03-31 16:00:00", False),
        ):
            with self.subTest(moment=moment), freeze_time(moment):
                self.product.invalidate_recordset()
                self.assertEqual(self.product.current_entry_id == entry, expected)
                self.assertEqual(self.product.fee_rate, 0.08 if expected else 0)

    def test_a_new_version_is_told_in_the_chatter(self):
        entry = self.new_entry("2022-01-01").with_context(tracking_disable=False)
        self.flush_tracking()
        entry.fee_rate = 0.06
        self.flush_tracking()
        self.assertEqual(entry.message_ids[:1].tracking_value_ids.field_id.name, "fee_rate")

    def flush_tracking(self):
        self.env.flush_all()
        self.cr.precommit.run()

    def test_the_tile_counts_entries_that_expire_without_a_successor(self):
        tile = self.env.ref("rural_product_pool.tile_pool_entries_expiring").with_user(self.operations)
        with freeze_time("2022-03-01 04:00:00"):
            entry = self.new_entry("2022-01-01", "2022-03-20")
            self.assertEqual(tile.count, 1)
            self.new_entry("2022-03-21")
            tile.invalidate_recordset()
            self.assertEqual(tile.count, 0)
            entry.product_id.pool_entry_ids.unlink()
            self.new_entry("2022-01-01", "2022-04-01")
            tile.invalidate_recordset()
            self.assertEqual(tile.count, 0)

from datetime import date
from unittest.mock import patch

import psycopg2.errors

from odoo.exceptions import ValidationError
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

JANUARY = {"valid_from": "2022-01-01", "valid_to": "2022-01-31"}
FROM_FEBRUARY = {"valid_from": "2022-02-01", "valid_to": False}


@tagged("post_install", "-at_install")
class TestDated(TransactionCase):
    """Shared convention "validity", on the versions of parameters."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.versions = cls.env["rural.parameter.value"]
        cls.parameter, cls.other = cls.env["rural.parameter"].create(
            [{"code": "test.days", "name": "Days"}, {"code": "test.rate", "name": "Rate"}]
        )

    def version(self, period, parameter=None, **vals):
        parameter = parameter or self.parameter
        return self.versions.create({"parameter_id": parameter.id, "value": 1, **period, **vals})

    def valid_on(self, day):
        return self.versions._version_on(day, parameter_id=self.parameter, company_id=False)

    def test_adjacent_periods_are_allowed(self):
        january, february = self.version(JANUARY), self.version(FROM_FEBRUARY)
        self.assertEqual(self.valid_on(date(2022, 1, 31)), january)
        self.assertEqual(self.valid_on(date(2022, 2, 1)), february)

    def test_both_days_included(self):
        january = self.version(JANUARY)
        self.assertEqual(self.valid_on(date(2022, 1, 1)), january)
        self.assertEqual(self.valid_on(date(2022, 1, 31)), january)
        self.assertFalse(self.valid_on(date(2021, 12, 31)))
        self.assertFalse(self.valid_on(date(2022, 2, 1)))

    def test_open_end_is_valid_ever_after(self):
        february = self.version(FROM_FEBRUARY)
        self.assertEqual(self.valid_on(date(9999, 12, 31)), february)

    def test_one_day_is_a_period(self):
        self.version({"valid_from": "2022-01-05", "valid_to": "2022-01-05"})
        self.assertTrue(self.valid_on(date(2022, 1, 5)))

    def test_overlap_on_one_day_is_refused_and_names_the_other(self):
        self.version(JANUARY)
        with self.assertRaisesRegex(ValidationError, "Days 2 .* overlaps Days 1 .*2022-01-01"):
            self.version({"valid_from": "2022-01-31", "valid_to": False}, value=2)

    def test_two_open_ends_are_refused(self):
        self.version(FROM_FEBRUARY)
        with self.assertRaises(ValidationError):
            self.version({"valid_from": "2030-01-01"})

    def test_overlap_by_a_write_is_refused(self):
        january = self.version(JANUARY)
        self.version(FROM_FEBRUARY)
        with self.assertRaises(ValidationError):
            january.valid_to = "2022-02-01"

    def test_overlap_within_one_create_is_refused(self):
        vals = {"parameter_id": self.parameter.id, "value": 1, **JANUARY}
        with self.assertRaises(ValidationError):
            self.versions.create([vals, dict(vals)])

    def test_other_keys_do_not_collide(self):
        self.version(JANUARY)
        self.version(JANUARY, self.other)
        self.version(JANUARY, company_id=self.env.company.id)

    def test_empty_key_is_a_key_of_its_own(self):
        self.version(JANUARY)
        with self.assertRaises(ValidationError):
            self.version(JANUARY, company_id=False)

    def test_two_periods_change_places_in_one_go(self):
        january, february = self.version(JANUARY), self.version(FROM_FEBRUARY)
        january.write({"valid_from": "2021-01-01", "valid_to": "2021-12-31"})
        february.write({"valid_from": "2022-01-01"})
        self.assertEqual(self.valid_on(date(2022, 1, 15)), february)

    def test_last_day_before_the_first_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "2021.* lies before .*2022"):
            self.version({"valid_from": "2022-01-01", "valid_to": "2021-12-31"})
        january = self.version(JANUARY)
        with self.assertRaises(ValidationError):
            january.valid_from = "2022-02-01"

    def insert(self, first, last):
        self.env.cr.execute(
            "INSERT INTO rural_parameter_value (parameter_id, value, valid_from, valid_to, state)"
            " VALUES (%s, 1, %s, %s, 'confirmed')",
            (self.parameter.id, first, last),
        )

    @mute_logger("odoo.sql_db")
    def test_database_refuses_an_overlap_by_plain_sql(self):
        self.insert("2022-01-01", None)
        with self.assertRaises(psycopg2.errors.ExclusionViolation), self.env.cr.savepoint():
            self.insert("2022-06-30", "2022-06-30")
        with self.assertRaises(psycopg2.errors.CheckViolation), self.env.cr.savepoint():
            self.insert("2021-06-30", "2021-06-29")

    @mute_logger("odoo.sql_db")
    def test_database_decides_when_the_check_saw_nothing(self):
        self.version(JANUARY)
        check = patch.object(self.registry["rural.parameter.value"], "_constraint_methods", [])
        with check, self.assertRaises(psycopg2.errors.ExclusionViolation), self.env.cr.savepoint():
            self.version(JANUARY)

    @mute_logger("odoo.sql_db")
    def test_message_of_the_database_is_for_people(self):
        self.insert("2022-01-01", None)
        try:
            with self.env.cr.savepoint():
                self.insert("2022-01-01", None)
        except psycopg2.errors.ExclusionViolation as error:
            message = self.versions._sql_error_to_message(error)
        self.assertIn("valid on the same day", message)

    def test_change_from_a_day_on(self):
        first = self.version(FROM_FEBRUARY, value=0.05)
        second = first._change_from(date(2022, 7, 1), value=0.06)
        self.assertEqual(first.valid_to, date(2022, 6, 30))
        self.assertEqual((second.valid_from, second.valid_to), (date(2022, 7, 1), False))
        self.assertEqual((first.value, second.value), (0.05, 0.06))
        self.assertEqual(second.parameter_id, self.parameter)

    def test_change_keeps_the_end(self):
        second = self.version(JANUARY)._change_from(date(2022, 1, 16), value=2)
        self.assertEqual(second.valid_to, date(2022, 1, 31))

    def test_change_outside_the_period_is_refused(self):
        january = self.version(JANUARY)
        for day in (date(2022, 1, 1), date(2022, 2, 1)):
            with self.subTest(day=day), self.assertRaises(ValidationError):
                january._change_from(day, value=2)

    def test_key_must_be_the_models_own(self):
        with self.assertRaises(TypeError):
            self.versions._version_on(date(2022, 1, 1), parameter_id=self.parameter)

from datetime import date, timedelta

from odoo.exceptions import UserError
from odoo.tests import Form, TransactionCase, new_test_user, tagged

from odoo.addons.rural_base import china_time


@tagged("post_install", "-at_install")
class TestParameter(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.parameter = cls.env["rural.parameter"].create(
            {
                "code": "test.days",
                "name": "Days",
                "unit": "working days",
                "value_ids": [
                    (0, 0, {"valid_from": "2021-01-01", "valid_to": "2021-12-31", "value": 3}),
                    (0, 0, {"valid_from": "2022-01-01", "value": 5}),
                ],
            }
        )

    def value_on(self, day, **company):
        return self.env["rural.parameter"]._value_on("test.days", day, **company).value

    def test_last_year_computes_today_as_it_did_then(self):
        self.assertEqual(self.value_on(date(2021, 12, 31)), 3)
        self.assertEqual(self.value_on(date(2022, 1, 1)), 5)

    def test_own_value_of_a_company_goes_first(self):
        other = self.env["res.company"].create({"name": "另一家运营商"})
        self.parameter.value_ids = [(0, 0, {"valid_from": "2022-06-01", "value": 7, "company_id": other.id})]
        self.assertEqual(self.value_on(date(2022, 6, 1), company=other), 7)
        self.assertEqual(self.value_on(date(2022, 5, 31), company=other), 5)
        self.assertEqual(self.value_on(date(2022, 6, 1)), 5)

    def test_day_without_a_value_is_an_error_that_names_both(self):
        with self.assertRaisesRegex(UserError, "Days has no value on .*2020"):
            self.value_on(date(2020, 12, 31))

    def test_version_reads_as_a_sentence(self):
        self.assertEqual(self.parameter.value_ids[0].display_name, "Days 5 working days (from 2022-01-01)")


@tagged("post_install", "-at_install")
class TestParameterVersions(TransactionCase):
    """Nobody alone rewrites the numbers of days that are over (shared convention "roles")."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager, cls.other = (
            new_test_user(cls.env, f"parameter_{number}", "rural_base.group_settlement_manager") for number in (1, 2)
        )
        cls.parameter = cls.env["rural.parameter"].create(
            {"code": "test.rate", "name": "Rate", "value_ids": [(0, 0, {"valid_from": "2022-01-01", "value": 5})]}
        )
        cls.used = cls.parameter.value_ids
        cls.tomorrow = china_time.today() + timedelta(days=1)

    def enter(self, user, **vals):
        versions = self.env["rural.parameter.value"].with_user(user).with_context(tracking_disable=True)
        return versions.create({"parameter_id": self.parameter.id, "value": 7, **vals})

    def value_on(self, day):
        return self.env["rural.parameter"]._value_on("test.rate", day).value

    def test_a_version_that_has_been_used_stays(self):
        used = self.used.with_user(self.manager)
        for vals in ({"value": 6}, {"valid_from": "2022-02-01"}, {"valid_to": "2022-12-31"}, {"state": "refused"}):
            with self.subTest(vals=vals), self.assertRaises(UserError), self.cr.savepoint():
                used.write(vals)
        with self.assertRaises(UserError), self.cr.savepoint():
            used.unlink()

    def test_a_version_of_the_past_takes_a_reason_and_a_second_person(self):
        with self.assertRaises(UserError), self.cr.savepoint():
            self.enter(self.manager, valid_from="2022-06-01")
        asked = self.enter(self.manager, valid_from="2022-06-01", reason="董事会决议")
        self.assertEqual(self.value_on(date(2022, 6, 1)), 5)
        with self.assertRaises(UserError), self.cr.savepoint():
            asked.action_confirm()
        with self.assertRaises(UserError), self.cr.savepoint():
            asked.with_user(self.other).write({"value": 8})
        asked.with_user(self.other).action_confirm()
        self.assertEqual(self.value_on(date(2022, 5, 31)), 5)
        self.assertEqual(self.value_on(date(2022, 6, 1)), 7)
        self.assertEqual(self.used.valid_to, date(2022, 5, 31))

    def test_the_reason_stays_as_it_was_confirmed(self):
        asked = self.enter(self.manager, valid_from="2022-06-01", reason="董事会决议")
        asked.reason = "董事会决议 3 号"
        asked.with_user(self.other).action_confirm()
        for user in (self.manager, self.other):
            for reason in ("改写", False):
                with self.assertRaisesRegex(UserError, "its reason stays"):
                    asked.with_user(user).write({"reason": reason})
        self.assertEqual(asked.reason, "董事会决议 3 号")

    def test_days_to_come_are_one_persons_to_set_and_noted_with_before_and_after(self):
        self.used.with_user(self.manager).valid_to = china_time.today()
        version = self.enter(self.manager, valid_from=self.tomorrow)
        self.assertEqual((version.state, self.value_on(self.tomorrow)), ("confirmed", 7))
        version.with_context(tracking_disable=True).value = 9
        note = self.parameter.message_ids[0].body
        self.assertIn("7", note)
        self.assertIn("9", note)

    def test_sc08_a_value_from_a_day_on_ends_the_open_one_by_itself(self):
        admin = new_test_user(self.env, "parameter_admin", "base.group_system,rural_base.group_settlement_manager")
        with Form(self.parameter.with_user(admin)) as form, form.value_ids.new() as row:
            row.valid_from, row.value = self.tomorrow, 8
            self.assertFalse(row.change_text)
        new = self.parameter.value_ids - self.used
        self.assertEqual((new.state, self.value_on(self.tomorrow)), ("confirmed", 8))
        self.assertEqual((self.used.valid_to, self.value_on(china_time.today())), (china_time.today(), 5))
        self.assertIn("until further notice", "".join(self.parameter.message_ids.mapped("body")))
        # A value for some days alone ends nothing: what comes after it would have no value.
        later = self.tomorrow + timedelta(days=9)
        with self.assertRaisesRegex(UserError, "overlaps"), self.cr.savepoint():
            self.enter(self.manager, valid_from=later, valid_to=later)
        with self.assertRaisesRegex(UserError, "overlaps"), self.cr.savepoint():
            self.enter(self.manager, valid_from=self.tomorrow)

from datetime import date

from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged


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

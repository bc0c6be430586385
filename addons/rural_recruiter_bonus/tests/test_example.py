from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ..wizards.rural_bonus_example import BOOK, CLAUSES
from .common import BonusCase


@tagged("post_install", "-at_install")
class TestExample(BonusCase):
    def test_every_example_of_the_book_comes_out_on_the_screen(self):
        for number, (clause, _given, _expected) in enumerate(BOOK):
            page = Form(self.env["rural.bonus.example"])
            page.example = str(number)
            self.assertEqual(page.clause, clause)
            self.assertTrue(page.explanation)
            self.assertIn("✓", page.book)
            self.assertNotIn("≠", page.book)

    def test_ma22_types_points(self):
        page = Form(self.env["rural.bonus.example"])
        page.points = 12.5
        self.assertIn("140.00", page.answer)
        self.assertIn("2.5 points above 10", page.explanation)
        page.points = 4.5
        self.assertIn("75.00", page.answer)

    def test_ma24_of_a_profit(self):
        page = Form(self.env["rural.bonus.example"])
        page.clause, page.average, page.profit, page.coefficient = "MA-24", 100, 1000.25, 1.2
        self.assertEqual(page.answer, "1.2%")
        self.assertIn("14.40", page.explanation)

    def test_ma26_a_cent_left_over_is_the_new_ones(self):
        page = Form(self.env["rural.bonus.example"])
        page.clause, page.amount, page.days, page.transfer_day = "MA-26", 1.01, 90, 1
        self.assertIn("0.50", page.answer)
        self.assertIn("0.51", page.answer)

    def test_another_scheme_differs_from_the_book_and_says_so(self):
        scheme = self.env["rural.bonus.scheme"].create(
            {
                "name": "Draft",
                "valid_from": "2099-01-01",
                "floor_points": 5,
                "quarter_rate": 0.011,
                "removal_base": 0.05,
            }
        )
        page = Form(self.env["rural.bonus.example"])
        page.scheme_id = scheme
        for clause, _label in CLAUSES[:3]:
            page.clause = clause
            self.assertIn("≠", page.book)

    def test_recruiters_do_not_open_it(self):
        with self.assertRaises(AccessError):
            self.env["rural.bonus.example"].with_user(self.li_user).create({})

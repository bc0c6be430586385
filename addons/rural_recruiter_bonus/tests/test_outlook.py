from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import APRIL, BonusCase


@tagged("post_install", "-at_install")
class TestOutlook(BonusCase):
    def page(self, user):
        action = self.env["rural.bonus.outlook"].with_user(user).action_open()
        return self.env["rural.bonus.outlook"].with_user(user).browse(action["res_id"])

    @freeze_time("2023-05-20 02:00:00")
    def test_points_what_is_missing_and_estimates(self):
        self.merchant(self.li, "1", "2023-05-10", m5=1000)
        page = self.page(self.li_user)
        self.assertEqual((page.employee_id, page.points, page.points_missing), (self.li, 4, 2))
        self.assertEqual((page.month_amount, page.quarter_amount), (-100, 20))
        self.assertIn("4", page.month_text)
        # June has not begun: April is before the merchant, May counts.
        self.assertIn("1,000.00", page.quarter_text)

    def test_history(self):
        self.merchant(self.li, m4=45500)
        self.approve(self.run_of("quarter", APRIL))
        self.assertEqual(self.page(self.li_user).line_ids.mapped("amount"), [910])

    def test_nobody_elses_page(self):
        page = self.page(self.li_user)
        other = self._new_user("b_wang", "rural_merchant.group_recruiter")
        self.wang.user_id = other
        with self.assertRaises(AccessError):
            page.with_user(other).read(["points"])
        with self.assertRaises(AccessError):
            self.env["rural.bonus.outlook"].with_user(other)._of(self.li)

    def test_without_an_employee(self):
        nobody = self._new_user("b_nobody", "rural_merchant.group_recruiter")
        action = self.env["rural.bonus.outlook"].with_user(nobody).action_open()
        self.assertIn("There is no employee for your user", action["help"])
        self.assertFalse(self.env[action["res_model"]].with_user(nobody).search(action["domain"]))

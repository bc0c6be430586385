from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import MAY, BonusCase


@tagged("post_install", "-at_install")
class TestScheme(BonusCase):
    def draft(self, valid_from, **numbers):
        first = self.env.ref("rural_recruiter_bonus.scheme_first").with_user(self.payroll)
        return first.copy({"valid_from": valid_from, "company_id": self.company.id, **numbers})

    def test_a_closed_month_computes_as_it_did_after_the_scheme_changed(self):
        self.merchant(self.li, "1", "2023-05-10")
        run = self.run_of("month", MAY)
        before = self.amounts(run)
        self.draft("2023-06-01", point_deduction=500).with_user(self.gm).action_adopt()
        run.action_compute()
        self.assertEqual(self.amounts(run), before)
        self.assertEqual(self.amounts(self.run_of("month", "2023-06-01"), "MA-22")["李小红"], -3000)

    def test_author_does_not_adopt(self):
        self.payroll.group_ids += self.env.ref("rural_merchant.group_general_manager")
        with self.assertRaisesRegex(UserError, "Somebody else"):
            self.draft("2023-06-01").action_adopt()

    def test_adopted_scheme_stays_and_ends_the_one_before(self):
        first, second = self.draft("2023-01-01"), self.draft("2023-06-01")
        first.with_user(self.gm).action_adopt()
        second.with_user(self.gm).action_adopt()
        self.assertEqual(str(first.valid_to), "2023-05-31")
        for attempt in (lambda: second.write({"point_reward": 99}), second.unlink):
            with self.assertRaises(UserError), self.cr.savepoint():
                attempt()

    def test_scheme_does_not_reach_back_over_approved_months(self):
        self.approve(self.run_of("month", MAY))
        with self.assertRaisesRegex(UserError, "2023-05"):
            self.draft("2023-05-01").with_user(self.gm).action_adopt()

    def test_what_if_beside_what_was_paid(self):
        self.merchant(self.li, "1", "2023-05-10")
        self.approve(self.run_of("month", MAY))
        draft = self.draft("2024-03-01", point_deduction=10)
        trial = (
            self.env["rural.bonus.trial"]
            .with_user(self.payroll)
            .create({"scheme_id": draft.id, "date_from": "2023-01-01", "date_to": "2023-12-31"})
        )
        trial.action_try()
        found = {line.employee_id.name: (line.paid, line.tried, line.difference) for line in trial.line_ids}
        self.assertEqual(found, {"李小红": (-100, -20, 80), "王建国": (-300, -60, 240)})
        self.assertEqual((trial.paid, trial.tried, trial.difference), (-400, -80, 320))
        self.assertEqual(draft.state, "draft")

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL

from .common import APRIL, JUNE, MAY, BonusCase

#: What a trial could leave behind, beside itself.
KEPT = (
    "rural_bonus_run", "rural_bonus_line", "rural_bonus_share", "rural_bonus_scheme", "rural_bonus_tenure",
    "hr_payslip", "hr_payslip_input", "mail_message", "mail_activity",
)  # fmt: skip


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

    def closed_periods(self):
        """A month and a quarter, approved, with a line of each kind that recruiters have."""
        self.merchant(self.li, "1", "2023-05-10")
        poor = self.merchant(self.li, m4=20, m5=120, m6=900)
        self.transfer(poor, self.wang, "2023-06-01")
        self.follow_up(poor, "good_review", "2023-05-20")
        return self.approve(self.run_of("month", MAY)), self.approve(self.run_of("quarter", APRIL))

    def command(self, *arguments):
        return self.env["rural.command"].with_company(self.company)._execute(["bonus", *arguments])

    def facts(self, run, scheme=None):
        """What the run's period is worth now, by the scheme: everybody's clauses, amounts and inputs."""
        computation = self.env["rural.bonus.computation"]
        lines = computation._lines(run.kind, run.date_from, run.company_id, scheme or run.scheme_id)
        return sorted((line["employee_id"], line["clause"], str(line["amount"]), str(line["inputs"])) for line in lines)

    def test_closed_periods_recompute_the_same_after_the_scheme_changed(self):
        month, quarter = self.closed_periods()
        asked = (("month", "2023-05"), ("quarter", "2023Q2"))
        facts, told = [self.facts(run) for run in (month, quarter)], [self.command(*period) for period in asked]
        changed = self.draft(JUNE, floor_points=9, point_deduction=500, quarter_rate=0.05, terminal_profit=5000)
        changed.with_user(self.gm).action_adopt()
        self.env.invalidate_all()
        self.assertEqual([self.facts(run) for run in (month, quarter)], facts)
        self.assertEqual([self.command(*period) for period in asked], told)
        self.assertNotEqual(self.facts(month, changed), facts[0])
        for kind, first in (("month", JUNE), ("quarter", "2023-07-01")):
            with self.subTest(kind=kind):
                self.assertFalse(self.run_of(kind, first).correction_count)

    def test_what_if_by_the_same_scheme_is_what_was_approved_to_the_cent(self):
        runs = self.closed_periods()
        self.draft(JUNE, point_deduction=500).with_user(self.gm).action_adopt()
        trial = self.trial(runs[0].scheme_id)
        trial.action_try()
        self.assertEqual({line.employee_id for line in trial.line_ids}, {line.employee_id for line in runs[0].line_ids})
        self.assertFalse(trial.line_ids.filtered("difference"))
        self.assertEqual(round(trial.tried, 2), round(sum(run.total for run in runs), 2))

    def test_what_if_leaves_nothing_behind(self):
        self.closed_periods()
        trial = self.trial(self.draft("2024-03-01", point_deduction=10, quarter_rate=0.015))
        before = self.contents()
        trial.action_try()
        self.assertTrue(trial.line_ids.filtered("difference"))
        self.assertEqual(self.contents(), before)

    def trial(self, scheme):
        trials = self.env["rural.bonus.trial"].with_user(self.payroll)
        return trials.create({"scheme_id": scheme.id, "date_from": "2023-01-01", "date_to": "2023-12-31"})

    def contents(self) -> dict:
        """The rows of what is kept, as text."""
        self.env.flush_all()
        return {
            table: self.env.execute_query(SQL("SELECT t::text FROM %s AS t ORDER BY id", SQL.identifier(table)))
            for table in KEPT
        }

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

    # ------------------------------------------------------------------
    # Who has edited a draft does not adopt it, also another's (MA-20)
    # ------------------------------------------------------------------

    def test_who_edited_a_draft_does_not_adopt_it(self):
        draft = self.draft(JUNE).with_user(self.gm)
        self.assertTrue(draft.can_adopt)
        draft.write({"point_reward_above": 90})
        draft.with_user(self.payroll).write({"point_reward_above": 40})
        self.assertFalse(draft.can_adopt)
        with self.assertRaisesRegex(UserError, "Somebody else"):
            draft.action_adopt()
        with self.assertRaises(UserError):
            draft.write({"editor_ids": [(5,)]})

    def test_who_edited_a_coefficient_does_not_adopt_the_scheme(self):
        for number, edit in enumerate(
            (
                lambda draft: draft.tenure_ids.with_user(self.gm).write({"coefficient": 2}),
                lambda draft: draft.tenure_ids.with_user(self.gm).unlink(),
                lambda draft: draft.tenure_ids.with_user(self.gm).create({"scheme_id": draft.id, "months_from": 12}),
            )
        ):
            with self.subTest(number=number):
                draft = self.draft(JUNE, tenure_ids=[(0, 0, {"months_from": 0, "coefficient": 1})])
                edit(draft)
                with self.assertRaisesRegex(UserError, "Somebody else"):
                    draft.with_user(self.gm).action_adopt()

    def test_an_adopted_scheme_is_frozen(self):
        draft = self.draft(JUNE, tenure_ids=[(0, 0, {"months_from": 0, "coefficient": 1})])
        draft.with_user(self.gm).action_adopt()
        for attempt in (
            lambda: draft.write({"floor_points": 1}),
            lambda: draft.write({"state": "draft"}),
            lambda: draft.unlink(),
            lambda: draft.tenure_ids.write({"coefficient": 3}),
            lambda: draft.tenure_ids.unlink(),
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                attempt()
        forged = draft.with_context(default_state="adopted", default_variant=0).copy({"valid_from": "2030-01-01"})
        self.assertEqual(forged.state, "draft")

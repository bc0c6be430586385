import psycopg2

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import mute_logger

from .common import YEAR, AssessmentCase


class TestSteps(AssessmentCase):
    """SC-18: prepared by one, reviewed by a second, posted by a third; nothing skipped."""

    def setUp(self):
        super().setUp()
        self._load_year()

    def _ready(self):
        self._close_year()
        assessment = self.assess()
        self.enter_satisfaction(assessment.line_ids)
        return assessment

    def test_sc18_draft_reviewed_posted(self):
        assessment = self._ready()
        self.assertEqual((assessment.state, assessment.prepared_by_id), ("draft", self.officer))
        self.review(assessment)
        self.assertEqual((assessment.state, assessment.confirmed_by_id), ("reviewed", self.manager))
        assessment.with_user(self.accountant)._post()
        self.assertEqual((assessment.state, assessment.posted_by_id), ("posted", self.accountant))

    def test_sc18_who_prepared_does_not_review(self):
        self._close_year()
        assessment = self.assess(user=self.manager)
        self.enter_satisfaction(assessment.line_ids)
        with self.assertRaisesRegex(UserError, "Somebody else"):
            assessment.with_user(self.manager).action_confirm()
        self.review(assessment, self.director)

    def test_sc18_who_refreshed_last_prepared_it(self):
        assessment = self._ready()
        assessment.with_user(self.director).action_refresh()
        with self.assertRaisesRegex(UserError, "Somebody else"):
            assessment.with_user(self.director).action_confirm()

    def test_sc18_who_entered_the_satisfaction_does_not_review(self):
        self._close_year()
        assessment = self.assess()
        self.enter_satisfaction(assessment.line_ids, user=self.director)
        with self.assertRaisesRegex(UserError, "Somebody else"):
            assessment.with_user(self.director).action_confirm()

    def test_sc18_who_prepared_or_reviewed_does_not_post(self):
        both = self._new_user("a_both", "rural_base.group_settlement_manager,account.group_account_user")
        assessment = self.review(self._ready(), both)
        with self.assertRaisesRegex(UserError, "Somebody else"):
            assessment.with_user(both)._post()

    def test_sc18_no_step_without_its_role(self):
        assessment = self._ready()
        for user in (self.officer, self.operations, self.accountant):
            with self.assertRaises(AccessError):
                assessment.with_user(user).action_confirm()
        for user in (self.manager, self.director, self.operations):
            with self.assertRaises(AccessError):
                assessment.with_user(user)._post()
        with self.assertRaises(AccessError):
            self.assess(user=self.accountant)

    def test_sc18_no_step_from_the_wrong_state(self):
        assessment = self._ready()
        with self.assertRaisesRegex(UserError, "is “Draft”"):
            assessment.with_user(self.accountant)._post()
        self.review(assessment)
        for step in (
            lambda: assessment.with_user(self.director).action_confirm(),
            lambda: self.assess(),
            lambda: self.enter_satisfaction(assessment.line_ids),
        ):
            with self.assertRaisesRegex(UserError, "is “Reviewed”"):
                step()

    def test_sc18_review_names_what_is_missing(self):
        assessment = self.assess()
        with self.assertRaisesRegex(UserError, "(?s)satisfaction of FW422802T.*lines of 2022-03"):
            assessment.with_user(self.manager).action_confirm()

    def test_sc18_a_year_that_is_not_over_is_not_reviewed(self):
        self._agree(self.lichuan, 2023)
        assessment = self.assess(2023)
        self.assertFalse(assessment.is_over)
        with self.assertRaisesRegex(UserError, "period is not over"):
            assessment.with_user(self.manager).action_confirm()

    def test_sc18_reviewer_is_told_when_the_figures_changed(self):
        assessment = self._ready()
        self.load(self.row("N1", 4, "2000.00", refund="600.00", 采购单位编码="P3", 服务码=""))
        answer = assessment.with_user(self.manager).action_confirm()
        self.assertEqual(answer["params"]["type"], "warning")
        self.assertEqual(assessment.state, "draft")
        self.assertEqual(self.result(assessment).region_turnover, 2810.25)
        self.review(assessment)

    def test_sc18_figures_are_compared_with_the_screen_of_the_reviewer(self):
        assessment = self._ready()
        seen = [*assessment._figures()[:-1], "of another day"]
        answer = assessment.with_user(self.manager).with_context(rural_seen=seen).action_confirm()
        self.assertEqual((answer["params"]["type"], assessment.state), ("warning", "draft"))
        seen = list(assessment._figures())
        self.assertIs(assessment.with_user(self.manager).with_context(rural_seen=seen).action_confirm(), True)

    def test_sc18_every_preparer_is_a_maker_not_the_last_alone(self):
        assessment = self._ready()
        assessment.with_user(self.director).action_refresh()
        assessment.with_user(self.officer).action_refresh()
        with self.assertRaisesRegex(UserError, "Somebody else"):
            assessment.with_user(self.director).action_confirm()

    def test_sc18_who_wrote_the_weights_does_not_review(self):
        assessment = self._ready()
        self.assertNotIn(self.manager, assessment.maker_ids)
        parameter = self.env.ref("rural_assessment.parameter_assessment_weight_purchasers")
        vals = {"parameter_id": parameter.id, "value": 25, "valid_from": "2015-01-01", "reason": "评分办法更正"}
        version = self.env["rural.parameter.value"].with_user(self.manager).create(vals)
        version.with_user(self.director).action_confirm()
        assessment.with_user(self.officer).action_refresh()
        with self.assertRaisesRegex(UserError, "Somebody else"):
            assessment.with_user(self.manager).action_confirm()

    def test_sc18_reviewed_figures_stay_when_orders_change(self):
        assessment = self.review(self._ready())
        before = assessment._figures()
        self.load(self.row("E1", 3, "1000.00", refund="400.00"))
        self.Assessment._cron_refresh()
        self.assertEqual(assessment._figures(), before)

    def test_sc18_reviewed_assessment_can_be_taken_back(self):
        assessment = self.review(self._ready())
        assessment.with_user(self.director).action_take_back()
        self.assertEqual((assessment.state, assessment.confirmed_by_id), ("draft", self.env["res.users"]))
        self.assertFalse(self.agreement.renewal_priority)

    def test_sc18_all_targets_met_gives_priority_in_signing(self):
        assessment = self._ready()
        self.assertFalse(self.agreement.renewal_priority)
        self.review(assessment)
        self.assertTrue(self.agreement.renewal_priority)
        self.assertIn("2022", self.agreement.renewal_priority_reason)
        renewal = self._agree(self.lichuan, 2023, "draft", previous_id=self.agreement.id)
        self.assertTrue(renewal.has_priority)

    def test_sc18_no_priority_when_a_target_is_missed(self):
        self.agreement.target_purchasers = 4
        self.review(self._ready())
        self.assertFalse(self.agreement.renewal_priority)

    def test_sc18_one_assessment_a_year(self):
        self.assertEqual(self.assess(), self.assess(user=self.operations))

    def test_sc18_year_without_agreements_is_refused(self):
        with self.assertRaisesRegex(UserError, "has an agreement for 2019"):
            self.assess(2019)

    def test_sc16_only_centers_whose_agreement_came_into_force(self):
        self._agree(self.tongcheng, stage="trained")
        self.assertEqual(self.assess().line_ids.center_id, self.lichuan)
        self.env["rural.center.agreement"].search([("center_id", "=", self.tongcheng.id)]).stage = "ended"
        self.assertEqual(self.assess().line_ids.center_id, self.lichuan | self.tongcheng)

    def test_sc16_satisfaction_by_hand_needs_its_source_and_is_a_share(self):
        line = self.assess().line_ids.with_user(self.operations)
        with self.assertRaisesRegex(ValidationError, "where the satisfaction"):
            line.write({"satisfaction_by_hand": True, "satisfaction_entered": 0.8})
        with self.assertRaisesRegex(ValidationError, "between 0% and 100%"):
            line.write({"satisfaction_by_hand": True, "satisfaction_entered": 90, "satisfaction_reason": "x"})

    def test_sc16_another_reason_makes_nobody_the_one_who_entered_the_share(self):
        assessment = self._ready()
        own = self._new_user("a_both", "rural_base.group_settlement_manager,rural_base.group_operations")
        self.enter_satisfaction(assessment.line_ids.filtered("agreement_id"), 1, own)
        self.enter_satisfaction(assessment.line_ids.filtered("agreement_id"), 1, self.operations)
        self.assertEqual(self.result(assessment).satisfaction_entered_by_id, own)
        with self.assertRaisesRegex(UserError, "Somebody else"):
            assessment.with_user(own).action_confirm()

    def test_sc08_who_entered_a_rate_that_reached_back_does_not_review(self):
        assessment = self._ready()
        entry = self.apples.pool_entry_ids
        self.env.cr.execute("UPDATE rural_pool_entry SET create_uid = %s WHERE id = %s", [self.manager.id, entry.id])
        entry.invalidate_recordset(["create_uid"])
        assessment.invalidate_recordset(["maker_ids", "can_confirm"])
        self.assertIn(self.manager, assessment.maker_ids)
        with self.assertRaisesRegex(UserError, "Somebody else"):
            assessment.with_user(self.manager).action_confirm()

    def test_sc18_weights_are_not_negative(self):
        parameter = self.env.ref("rural_assessment.parameter_assessment_weight_purchasers")
        parameter.value_ids.value = -20
        with self.assertRaisesRegex(UserError, "must not be negative"):
            self._ready()

    def test_sc18_nobody_writes_results(self):
        assessment = self._ready()
        for user in (self.officer, self.operations, self.director, self.manager):
            with self.assertRaisesRegex(UserError, "Nobody writes"):
                self.result(assessment).with_user(user).write({"reward": 10**6})
            with self.assertRaises(AccessError):
                assessment.with_user(user).write({"total": 10**6})
        with self.assertRaises(UserError):
            assessment.reward_line_ids.write({"reward": 1})

    def test_sc18_database_keeps_reviewed_reward_lines(self):
        assessment = self.review(self._ready())
        for statement in ("UPDATE rural_reward_line SET reward = 0", "DELETE FROM rural_reward_line"):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.IntegrityConstraintViolation),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(f"{statement} WHERE assessment_id = %s", (assessment.id,))

    def test_sc18_only_drafts_are_deleted(self):
        assessment = self._ready()
        self.review(assessment)
        with self.assertRaisesRegex(UserError, "kept for ever"):
            assessment.with_user(self.officer).unlink()
        assessment.with_user(self.director).action_take_back()
        assessment.with_user(self.officer).unlink()
        self.assertFalse(self.env["rural.reward.line"].search([("company_id", "=", self.company.id)]))
        self.assertEqual(self.Assessment.search_count([("company_id", "=", self.company.id), ("year", "=", YEAR)]), 0)

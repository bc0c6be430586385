from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from odoo.addons.rural_base import china_time

from .common import MerchantCase


@tagged("post_install", "-at_install")
class TestRates(MerchantCase):
    """MA-03, MA-04: catering has a standard rebate of 10% and a bank-card fee of 2%."""

    def _request(self, rate, user=None, kind="rebate", merchant=None):
        user = user or self.recruiter
        merchant = merchant or self._lead(f"商户 {rate}", self.wang, contract_from=date(2023, 5, 1))
        return (
            self.env["rural.merchant.rate.request"]
            .with_user(user)
            .create(
                {
                    "merchant_id": merchant.id,
                    "kind": kind,
                    "rate": rate,
                    "valid_from": date(2023, 5, 1),
                    "reason": "知名连锁，量大",
                }
            )
        )

    def test_ma03_the_recruiter_agrees_85_percent_at_once(self):
        request = self._request(0.085)
        self.assertEqual(request.level, "recruiter")
        request.action_submit()
        self.assertEqual(request.state, "agreed")
        version = request.version_id
        self.assertEqual((version.rate, version.valid_from, version.valid_to), (0.085, date(2023, 5, 1), False))

    def test_ma03_levels_of_the_examples(self):
        levels = {0.0849: "head", 0.07: "head", 0.0699: "director", 0.0501: "director", 0.05: "general_manager"}
        for rate, level in levels.items():
            request = self._request(rate)
            self.assertEqual(request.level, level, rate)
            request.action_submit()
            self.assertEqual(request.state, "requested")
            self.assertFalse(request.version_id)

    def test_ma03_each_level_may_up_to_its_own_and_not_above(self):
        ranks = [(self.recruiter, 1), (self.head, 2), (self.director, 3), (self.gm, 4)]
        for rate, needed in ((0.08, 2), (0.06, 3), (0.04, 4)):
            for user, rank in ranks:
                request = self._request(rate, user=self.other_recruiter, merchant=self._lead("x", self.li))
                request.action_submit()
                if rank >= needed:
                    request.with_user(user).validate_tier()
                    self.assertEqual((request.state, request.decided_by_id), ("agreed", user))
                else:
                    with self.assertRaises(UserError), self.env.cr.savepoint():
                        request.with_user(user)._validate_tier()
                    self.assertEqual(request.state, "requested")

    def test_ma03_each_level_is_reached_directly(self):
        request = self._request(0.04)
        request.action_submit()
        self.assertEqual(len(request.review_ids), 1)
        self.assertIn(self.gm, request.review_ids.reviewer_ids)
        self.assertNotIn(self.head, request.review_ids.reviewer_ids)
        self.assertTrue(request.with_user(self.gm).can_review)
        self.assertFalse(request.with_user(self.director).can_review)

    def test_ma03_a_head_agrees_within_the_own_level_at_once(self):
        request = self._request(0.07, user=self.head)
        request.action_submit()
        self.assertEqual((request.state, request.decided_by_id), ("agreed", self.head))

    def test_ma03_a_director_asks_the_general_manager(self):
        request = self._request(0.05, user=self.director)
        request.action_submit()
        self.assertEqual(request.state, "requested")
        request.with_user(self.gm).validate_tier()
        self.assertEqual(request.state, "agreed")

    def test_ma03_refused_rates_do_not_apply(self):
        request = self._request(0.06)
        request.action_submit()
        self.assertEqual(request.with_user(self.director).reject_tier()["res_model"], "rural.step.reason")
        with self.assertRaises(UserError):
            request.with_user(self.director)._reject(" ")
        request.with_user(self.director)._reject("与同街商家一致")
        self.assertEqual((request.state, request.decision_reason), ("refused", "与同街商家一致"))
        self.assertIn("与同街商家一致", request.message_ids[:1].body)
        self.assertFalse(request.merchant_id.rate_ids)

    def test_ma03_a_lower_rate_takes_a_reason(self):
        request = self._request(0.08)
        request.reason = False
        with self.assertRaisesRegex(UserError, "Say why"):
            request.action_submit()

    def test_ma03_nobody_writes_states_or_versions_by_hand(self):
        request = self._request(0.04)
        request.action_submit()
        for vals in ({"state": "agreed"}, {"rate": 0.01}, {"level": "recruiter"}):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                request.with_user(self.recruiter).write(vals)
        with self.assertRaises(AccessError):
            self.env["rural.merchant.rate"].with_user(self.gm).create(
                {"merchant_id": request.merchant_id.id, "kind": "rebate", "rate": 0.01, "standard_rate": 0.1,
                 "valid_from": date(2023, 5, 1)}
            )  # fmt: skip

    def test_ma03_reviews_are_not_forged_nor_taken_away(self):
        request = self._request(0.04)
        request.action_submit()
        review = request.review_ids.with_user(self.recruiter)
        for forge in (
            lambda: review.write({"status": "approved", "done_by": self.gm.id}),
            lambda: review.copy(),
            lambda: review.unlink(),
            lambda: request.restart_validation(),
            lambda: request.write({"review_ids": [Command.update(review.id, {"status": "approved"})]}),
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                forge()
        self.assertEqual(request.review_ids.mapped("status"), ["pending"])
        with self.assertRaises(UserError):
            request.with_user(self.recruiter)._validate_tier()
        self.assertFalse(request.version_id)

    def test_ma03_a_request_taken_back_may_be_deleted(self):
        request = self._request(0.04)
        request.action_submit()
        with self.assertRaisesRegex(UserError, "“Requested” and is kept"):
            request.unlink()
        for other in (self.head, self.director, self.gm):
            with self.assertRaisesRegex(UserError, "nobody else takes it back"):
                request.with_user(other).action_cancel()
        request.action_cancel()
        request.unlink()
        self.assertFalse(request.exists())

    def test_ma04_who_looks_at_what_waits_brings_the_next_step_up(self):
        request = self._request(0.015, kind="bank_fee", user=self.head)
        request.action_submit()
        request.with_user(self.director)._validate_tier()
        self.gm.with_user(self.gm).review_user_count()
        self.assertEqual(request.review_ids.sorted("sequence").mapped("status"), ["approved", "pending"])

    def test_ma04_a_lower_bank_fee_takes_head_operations_and_general_manager(self):
        with self.assertRaises(AccessError):
            self._request(0.015, kind="bank_fee").action_submit()
        request = self._request(0.015, kind="bank_fee", user=self.head)
        request.action_submit()
        with self.assertRaises(UserError), self.env.cr.savepoint():
            request.with_user(self.head)._validate_tier()
        request.with_user(self.director).validate_tier()
        self.assertEqual((request.state, request.reviewed_by_id), ("requested", self.director))
        with self.assertRaises(UserError), self.env.cr.savepoint():
            request.with_user(self.director)._validate_tier()
        request.with_user(self.gm).validate_tier()
        self.assertEqual((request.state, request.version_id.rate), ("agreed", 0.015))

    def test_ma04_the_general_manager_waits_for_operations(self):
        request = self._request(0.015, kind="bank_fee", user=self.head)
        request.action_submit()
        self.assertFalse(request.with_user(self.gm).can_review)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            request.with_user(self.gm)._validate_tier()
        self.assertFalse(request.reviewed_by_id)
        self.assertEqual(request.review_ids.sorted("sequence").mapped("status"), ["pending", "waiting"])

    def test_ma04_the_standard_bank_fee_is_agreed_at_once(self):
        request = self._request(0.02, kind="bank_fee")
        request.action_submit()
        self.assertEqual(request.state, "agreed")

    def test_ma03_a_new_version_ends_the_old_one(self):
        merchant = self._signed()
        request = self._request(0.09, merchant=merchant)
        request.valid_from = date(2023, 6, 1)
        request.action_submit()
        versions = merchant.rate_ids.filtered(lambda version: version.kind == "rebate").sorted("valid_from")
        self.assertEqual(versions.mapped("rate"), [0.1, 0.09])
        self.assertEqual(versions[0].valid_to, date(2023, 5, 31))

    def test_ma03_a_first_day_before_the_standard_was_raised_does_not_lower_the_level(self):
        """Every standard from the first day to today is asked: 10% is half of the 20% that hold from July on."""
        merchant = self._lead("涨价前", self.wang, contract_from=date(2023, 5, 1))
        self.assertEqual(self._request(0.1, merchant=merchant).level, "recruiter")
        standard = self.env["rural.merchant.type.rate"]._standard_on(self.catering, date(2023, 5, 1))
        standard._change_from(date(2023, 7, 1), rebate=0.2)
        request = self._request(0.1, merchant=merchant)
        self.assertEqual((request.level, request.standard_rate), ("general_manager", 0.2))
        request.action_submit()
        with self.assertRaises(UserError), self.env.cr.savepoint():
            request.with_user(self.director)._validate_tier()
        request.with_user(self.gm).validate_tier()
        self.assertEqual((request.state, request.version_id.rate), ("agreed", 0.1))

    def test_ma03_a_standard_that_is_raised_while_a_rate_waits_counts(self):
        request = self._request(0.08)
        request.action_submit()
        standard = self.env["rural.merchant.type.rate"]._standard_on(self.catering, date(2023, 5, 1))
        standard._change_from(date(2023, 7, 1), rebate=0.16)
        with self.assertRaisesRegex(AccessError, "General Manager"), self.env.cr.savepoint():
            request.with_user(self.head)._validate_tier()
        self.assertFalse(request.version_id)

    def test_ma02_new_standard_rates_of_days_to_come_end_those_that_apply(self):
        today = china_time.today()
        standards = self.env["rural.merchant.type.rate"].with_user(self.director)
        before = standards._standard_on(self.catering, today)
        first = today + timedelta(days=30)
        new = standards.create({"type_id": self.catering.id, "valid_from": first, "rebate": 0.2, "bank_fee": 0.02})
        self.assertEqual((new.state, before.valid_to), ("confirmed", first - timedelta(days=1)))
        self.assertEqual(standards._standard_on(self.catering, first), new)

    def test_ma02_a_standard_of_the_past_changes_with_a_reason_and_a_second_person(self):
        standards = self.env["rural.merchant.type.rate"].with_user(self.director)
        standard = standards._standard_on(self.catering, date(2023, 5, 1))
        with self.assertRaisesRegex(UserError, "stay as they are"):
            standard.rebate = 0.01
        vals = {"type_id": self.catering.id, "valid_from": date(2023, 5, 1), "rebate": 0.01, "bank_fee": 0.02}
        with self.assertRaisesRegex(UserError, "give the reason"), self.env.cr.savepoint():
            standards.create(vals)
        correction = standards.create({**vals, "reason": "录错"})
        self.assertEqual(standards._standard_on(self.catering, date(2023, 6, 1)), standard)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            correction.action_confirm()
        correction.with_user(self.gm).action_confirm()
        self.assertEqual(standards._standard_on(self.catering, date(2023, 6, 1)), correction)

    def test_ma03_explains_itself(self):
        request = self._request(0.07)
        self.assertEqual(request.clause_id.code, "MA-03")
        self.assertIn("7% ÷ 10% = 70% of the standard: Head of Recruiting.", request.explanation)
        self.assertEqual(request.parameter, request.standard_id)

    def test_ma03_explains_a_rate_just_below_a_level_in_full(self):
        request = self._request(0.084996)
        self.assertIn("8.4996% ÷ 10% = 84.996% of the standard: Head of Recruiting.", request.explanation)

    def test_ma03_a_form_proposes_the_rate_of_its_kind(self):
        merchant = self._lead(recruiter=self.wang)
        with Form(self.env["rural.merchant.rate.request"].with_user(self.recruiter)) as form:
            form.merchant_id = merchant
            self.assertEqual(form.rate, 0.1)
            form.rate = 0.09
            form.kind = "bank_fee"
            self.assertEqual(form.rate, 0.02)
            form.rate = 0.025
        self.assertEqual(form.record.rate, 0.025)

    # ------------------------------------------------------------------
    # Another type
    # ------------------------------------------------------------------

    def _agreed_as_retail(self, rate, kind="rebate"):
        """A merchant ready to be signed, whose rate was agreed while it had the type with the lowest standards."""
        merchant = self._lead(recruiter=self.wang, contract_from=date(2023, 5, 1), type_id=self.retail.id)
        self._request(rate, merchant=merchant, kind=kind).action_submit()
        self.assertEqual(merchant.rate_ids.rate, rate)
        self._complete_documents(merchant)
        merchant.sudo().stage = "agreed"
        merchant.with_user(self.recruiter).type_id = self.catering
        return merchant

    def test_ma03_a_rate_agreed_for_another_type_is_not_signed(self):
        merchant = self._agreed_as_retail(0.017)
        with self.assertRaisesRegex(ValidationError, "1.7%.*by another standard.*10%, it takes: General Manager"):
            merchant.with_user(self.head).action_sign()
        request = self._request(0.017, merchant=merchant)
        request.action_submit()
        request.with_user(self.gm).validate_tier()
        merchant.with_user(self.head).action_sign()
        self.assertEqual((merchant.stage, merchant.rebate_rate), ("signed", 0.017))

    def test_ma04_a_bank_fee_agreed_for_another_type_is_not_signed(self):
        merchant = self._agreed_as_retail(0.01, "bank_fee")
        with self.assertRaisesRegex(ValidationError, "it takes: Operations, then the General Manager"):
            merchant.with_user(self.head).action_sign()

    def test_ma03_a_rate_within_the_level_stays_for_another_type(self):
        merchant = self._lead(recruiter=self.wang, contract_from=date(2023, 5, 1))
        self._request(0.085, merchant=merchant).action_submit()
        self._complete_documents(merchant)
        merchant.sudo().stage = "agreed"
        merchant.with_user(self.recruiter).type_id = self.retail
        merchant.with_user(self.head).action_sign()
        self.assertEqual(merchant.rebate_rate, 0.085)

    def test_ma03_a_contract_takes_a_type_only_with_rates_of_its_level(self):
        merchant = self._signed(type_id=self.retail.id)
        with self.assertRaisesRegex(ValidationError, "by another standard"), self.env.cr.savepoint():
            merchant.with_user(self.head).type_id = self.catering
        today = china_time.today()
        for kind, rate in (("rebate", 0.1), ("bank_fee", 0.02)):
            request = self._request(rate, merchant=merchant, kind=kind)
            request.valid_from = today
            request.action_submit()
        merchant.with_user(self.head).type_id = self.catering
        self.assertEqual(merchant.type_id, self.catering)

    def test_ma03_a_contract_keeps_its_type_while_a_rate_waits(self):
        merchant = self._signed(type_id=self.retail.id)
        self._request(0.012, merchant=merchant).action_submit()
        with self.assertRaisesRegex(UserError, "the decision on"):
            merchant.with_user(self.head).type_id = self.env.ref("rural_merchant.type_beauty")

    def test_ma03_a_wrong_rate_is_refused_in_percent(self):
        with (
            self.assertNoLogs("odoo.sql_db", "ERROR"),
            self.assertRaisesRegex(ValidationError, "“Agreed Rate” is entered in percent: 5 means 5%. 800%"),
        ):
            self._request(8)

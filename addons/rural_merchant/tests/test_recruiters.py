from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from odoo.addons.rural_base import china_time

from .common import MerchantCase


@tagged("post_install", "-at_install")
class TestRecruiters(MerchantCase):
    def _transfer(self, merchants, day, reason="transfer", kept=None):
        wizard = Form(self.env["rural.merchant.transfer"].with_user(self.head))
        wizard.employee_id = self.wang
        wizard.new_employee_id = self.li
        wizard.day = day
        wizard.reason = reason
        record = wizard.save()
        record.merchant_ids = merchants
        record.kept_ids = kept or False
        record.action_transfer()

    def test_ma26_transfer_is_kept_in_the_history(self):
        merchant = self._signed()
        self._transfer(merchant, date(2023, 5, 16))
        history = merchant.assignment_ids.sorted("valid_from")
        self.assertEqual(
            [(row.employee_id, row.valid_from, row.valid_to, row.reason) for row in history],
            [
                (self.wang, date(2023, 4, 20), date(2023, 5, 15), "first"),
                (self.li, date(2023, 5, 16), False, "transfer"),
            ],
        )
        self.assertEqual(merchant.recruiter_id, self.li)
        self.assertEqual(merchant._recruiter_on(date(2023, 5, 15)), self.wang)

    def test_ma26_the_transferred_one_keeps_a_merchant(self):
        merchant, kept = self._signed("甲"), self._signed("乙")
        self._transfer(merchant + kept, date(2023, 5, 16), kept=kept)
        self.assertEqual(merchant.recruiter_id, self.li)
        self.assertEqual(kept.recruiter_id, self.wang)
        self.assertTrue(kept.assignment_ids.kept_by_transferred)

    def test_ma26_a_leaver_keeps_nothing(self):
        merchant = self._signed()
        with self.assertRaisesRegex(UserError, "keeps no merchants"):
            self._transfer(merchant, date(2023, 5, 16), "leaver", kept=merchant)
        self._transfer(merchant, date(2023, 5, 16), "leaver")
        self.assertEqual(merchant.assignment_ids.sorted("valid_from").mapped("reason"), ["first", "leaver"])

    def test_ma26_a_lead_handed_over_before_the_contract_is_nobodys_share(self):
        lead, merchant = self._lead("甲", self.wang), self._signed("乙")
        wizard = Form(self.env["rural.merchant.transfer"].with_user(self.head))
        wizard.employee_id = self.wang
        proposed = wizard.merchant_ids[:]
        self.assertIn(merchant, proposed)
        self.assertNotIn(lead, proposed)
        self._transfer(lead, date(2023, 4, 25))
        lead.contract_from = date(2023, 5, 1)
        before, since = lead.assignment_ids.sorted("valid_from")
        self.assertEqual((before.is_before_contract, since.is_before_contract), (True, False))

    def test_ma26_recruiters_do_not_transfer(self):
        merchant = self._signed()
        with self.assertRaises(AccessError):
            self.env["rural.merchant.transfer"].with_user(self.recruiter).create(
                {"employee_id": self.wang.id, "new_employee_id": self.li.id, "merchant_ids": merchant.ids}
            )
        with self.assertRaisesRegex(UserError, "by a transfer"):
            merchant.with_user(self.recruiter).recruiter_id = self.li

    def test_ma26_a_corrected_reason_counts(self):
        merchant = self._signed()
        self._transfer(merchant, date(2023, 5, 16))
        self._transfer(merchant, date(2023, 5, 16), "leaver")
        history = merchant.assignment_ids.sorted("valid_from")
        self.assertEqual(history.employee_id, self.wang + self.li)
        self.assertEqual(history.mapped("reason"), ["first", "leaver"])
        merchant._reassign(self.zhao, date(2023, 5, 16), "transfer")
        history = merchant.assignment_ids.sorted("valid_from")
        self.assertEqual(history.employee_id, self.wang + self.zhao)
        self.assertEqual(history.mapped("reason"), ["first", "transfer"])

    def test_ma26_merchants_of_others_are_not_handed_over(self):
        merchant, other = self._signed("甲"), self._signed("乙", recruiter=self.zhao)
        with self.assertRaisesRegex(UserError, "乙.* but by 赵招商"):
            self._transfer(merchant + other, date(2023, 5, 16))
        with self.assertRaisesRegex(UserError, "乙.* but by 赵招商"):
            self._transfer(merchant, date(2023, 5, 16), kept=other)
        with self.assertRaisesRegex(UserError, "甲.* but by nobody"):
            self._transfer(merchant, date(2023, 4, 19))
        self._transfer(merchant, date(2023, 4, 20))
        self.assertEqual(merchant.recruiter_id, self.li)

    # ------------------------------------------------------------------
    # Dropped out
    # ------------------------------------------------------------------

    def test_ma22_nobody_looks_after_a_merchant_that_has_dropped_out(self):
        merchant = self._installed()
        merchant._reassign(self.li, date(2023, 5, 16), "transfer")
        merchant._reassign(self.zhao, date(2099, 1, 1), "transfer")
        merchant.with_user(self.head)._drop(date(2023, 6, 20), "关店")
        history = merchant.assignment_ids.sorted("valid_from")
        self.assertEqual(
            [(row.employee_id, row.valid_from, row.valid_to) for row in history],
            [
                (self.wang, date(2023, 4, 20), date(2023, 5, 15)),
                (self.li, date(2023, 5, 16), date(2023, 6, 20)),
            ],
        )
        self.assertFalse(merchant.recruiter_id)
        with self.assertRaisesRegex(UserError, "but by nobody"):
            self._transfer(merchant, date(2023, 6, 21))
        with self.assertRaises(AccessError):
            merchant.with_user(self.recruiter).phone = "1"
        self.assertFalse(merchant.terminal_ids.with_user(self.recruiter).has_access("write"))

    def test_ma22_a_lead_taken_up_again_is_its_last_recruiters_from_then_on(self):
        lead = self._lead(recruiter=self.wang)
        lead.with_user(self.recruiter)._drop(date(2023, 5, 1), "没有意向")
        lead.with_user(self.head).action_revive()
        history = lead.assignment_ids.sorted("valid_from")
        self.assertEqual(history.mapped("valid_to"), [date(2023, 5, 1), False])
        self.assertEqual((history.employee_id, history[1].valid_from), (self.wang, china_time.today()))
        self.assertEqual(lead.recruiter_id, self.wang)
        lead.with_user(self.recruiter)._drop(china_time.today(), "没有意向")
        lead.with_user(self.head).action_revive()
        self.assertEqual(lead.assignment_ids.sorted("valid_from").mapped("valid_to"), [date(2023, 5, 1), False])

    def test_ma22_a_lead_whose_recruiter_has_left_is_anybodys(self):
        lead = self._lead(recruiter=self.wang)
        lead.with_user(self.recruiter)._drop(date(2023, 5, 1), "没有意向")
        self.wang.active = False
        lead.with_user(self.head).action_revive()
        self.assertFalse(lead.is_assigned)
        lead.with_user(self.other_recruiter).recruiter_id = self.li
        self.assertEqual(lead._recruiter_on(china_time.today()), self.li)

    def test_ma21_a_follow_up_counts_for_the_recruiter_of_its_day(self):
        merchant = self._signed()
        self._transfer(merchant, date(2023, 5, 16))
        FollowUp = self.env["rural.merchant.follow.up"].with_user(self.service)
        before, after = FollowUp.create(
            [
                {"merchant_id": merchant.id, "date": date(2023, 5, 15), "kind": "good_review"},
                {"merchant_id": merchant.id, "date": date(2023, 5, 16), "kind": "complaint"},
            ]
        )
        self.assertEqual((before.employee_id, after.employee_id), (self.wang, self.li))
        self.assertEqual((merchant.good_review_count, merchant.complaint_count), (1, 1))

    def test_ma26_take_over_on_the_day_itself(self):
        merchant = self._signed()
        later = date(2099, 1, 1)
        merchant._reassign(self.li, later, "transfer")
        self.assertEqual(merchant.recruiter_id, self.wang)
        self.assertEqual(merchant._recruiter_on(later), self.li)
        self.env["rural.merchant"]._cron_take_over()
        self.assertEqual(merchant.recruiter_id, self.wang)

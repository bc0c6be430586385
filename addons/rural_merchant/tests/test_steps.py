from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import MerchantCase, picture


@tagged("post_install", "-at_install")
class TestSteps(MerchantCase):
    def test_ma01_from_lead_to_installed(self):
        merchant = self._lead(recruiter=self.wang, contract_from=date(2023, 5, 6))
        mine = merchant.with_user(self.recruiter)
        mine.action_start_visiting()
        mine.action_agree()
        self._complete_documents(merchant)
        merchant.with_user(self.head).action_sign()
        self.assertEqual((merchant.stage, merchant.signed_month), ("signed", date(2023, 5, 1)))
        self.assertEqual((merchant.signed_class, merchant.signed_by_id), ("2", self.head))
        self.assertTrue(merchant.code)
        rates = {version.kind: version.rate for version in merchant.rate_ids}
        self.assertEqual(rates, {"rebate": 0.1, "bank_fee": 0.02})
        mine.terminal_ids.create({"merchant_id": merchant.id, "number": "t 1", "installed_on": date(2023, 5, 8)})
        self.assertEqual((merchant.stage, merchant.installed_on), ("installed", date(2023, 5, 8)))
        self.assertEqual(merchant.terminal_ids.number, "T1")
        self.assertEqual(merchant.terminal_ids.monthly_fee, 50)

    def test_ma01_missing_documents_are_named(self):
        merchant = self._lead(recruiter=self.wang, contract_from=date(2023, 5, 6))
        merchant.sudo().stage = "agreed"
        with self.assertRaisesRegex(UserError, "Business Licence; .*Tax Registration|Tax Registration"):
            merchant.with_user(self.head).action_sign()

    def test_ma01_an_expired_document_stops_the_signing(self):
        merchant = self._lead(recruiter=self.wang, contract_from=date(2023, 5, 6))
        merchant.sudo().stage = "agreed"
        self._complete_documents(merchant)
        merchant.document_ids[0].write({"is_long_term": False, "valid_until": date(2022, 1, 1)})
        with self.assertRaisesRegex(UserError, "has expired"):
            merchant.with_user(self.head).action_sign()

    def test_ma01_a_renewed_document_replaces_the_expired_one(self):
        merchant = self._lead()
        self._complete_documents(merchant)
        licence = merchant.document_ids[0]
        licence.write({"is_long_term": False, "valid_until": date(2022, 1, 31)})
        renewed = licence.copy({"valid_until": date(2099, 1, 31)})
        self.assertEqual(merchant._missing_documents(), [f"{licence.kind_id.name}: the file"])
        licence._copy_files_to(renewed)
        self.assertEqual(merchant._missing_documents(), [])

    def test_ma01_certificates_stay_as_they_were_checked(self):
        """What the head checked before the signing is neither deleted nor exchanged; new ones are added."""
        merchant = self._lead(recruiter=self.wang, contract_from=date(2023, 5, 6))
        self._complete_documents(merchant)
        self.assertFalse(merchant.document_ids._decided_by_papers())
        merchant.sudo().write({"stage": "signed", "signed_on": date(2023, 5, 6)})
        for user in (self.recruiter, self.head):
            licence = merchant.with_user(user).document_ids[0]
            paper = licence.attachment_ids
            self.assertTrue(paper)
            for attempt in (
                licence.unlink,
                paper.unlink,
                lambda paper=paper: paper.write({"raw": picture()}),
                lambda paper=paper: paper.write({"res_id": False}),
                lambda licence=licence: licence.write({"number": "9999"}),
                lambda licence=licence: licence.write({"valid_until": date(2099, 1, 1), "is_long_term": False}),
                lambda licence=licence: licence.write({"file_ids": [Command.clear()]}),
                lambda licence=licence: licence.write({"attachment_ids": [Command.clear()]}),
                lambda user=user, licence=licence: merchant.with_user(user).write(
                    {"document_ids": [Command.delete(licence.id)]}
                ),
            ):
                with self.assertRaisesRegex(UserError, "decided by its papers"), self.cr.savepoint():
                    attempt()
                self.env.invalidate_all()
            renewed = licence.copy({"valid_until": date(2099, 1, 31), "is_long_term": False})
            renewed._add_file("new.png", picture())
            licence._add_file("beside.png", picture())
            self.assertEqual(len(renewed.attachment_ids), 1)

    def test_ma01_other_bodies_show_their_registration(self):
        merchant = self._lead(body_kind="other")
        self.assertEqual(merchant._missing_documents(), ["Registration Certificate of the Body"])

    def test_ma01_a_stage_cannot_be_skipped(self):
        merchant = self._lead(recruiter=self.wang)
        with self.assertRaisesRegex(UserError, "is “Lead”"):
            merchant.with_user(self.recruiter).action_agree()
        with self.assertRaisesRegex(UserError, "by the buttons only"):
            merchant.with_user(self.recruiter).write({"stage": "signed"})

    def test_ma01_without_rating_nobody_agrees(self):
        merchant = self._lead(recruiter=self.wang, brand=0)
        merchant.with_user(self.recruiter).action_start_visiting()
        with self.assertRaisesRegex(UserError, "star rating"):
            merchant.with_user(self.recruiter).action_agree()

    def test_ma03_an_open_request_stops_the_signing(self):
        merchant = self._lead(recruiter=self.wang, contract_from=date(2023, 5, 6))
        merchant.sudo().stage = "agreed"
        self._complete_documents(merchant)
        request = self.env["rural.merchant.rate.request"].with_user(self.recruiter).create(
            {"merchant_id": merchant.id, "rate": 0.04, "reason": "量大"}
        )  # fmt: skip
        request.action_submit()
        with self.assertRaisesRegex(UserError, "the decision on"):
            merchant.with_user(self.head).action_sign()

    def test_ma07_drop_out_removes_terminals_and_names_the_replacement(self):
        merchant, other = self._installed(), self._lead("替补店", self.wang)
        wizard = self.env["rural.merchant.drop"].with_user(self.head).create(
            {"merchant_ids": merchant.ids, "day": date(2023, 6, 20), "reason": "关店", "replacement_id": other.id}
        )  # fmt: skip
        wizard.action_drop()
        self.assertEqual((merchant.stage, merchant.dropped_on), ("dropped", date(2023, 6, 20)))
        self.assertEqual(merchant.terminal_ids.removed_on, date(2023, 6, 20))
        self.assertEqual(merchant.contract_to, date(2023, 6, 20))
        self.assertEqual(other.replaced_ids, merchant)

    def test_ma07_a_merchant_withdraws_before_its_contract_begins(self):
        merchant = self._signed(first=date(2023, 6, 1))
        self.env["rural.merchant.drop"].with_user(self.head).create(
            {"merchant_ids": merchant.ids, "day": date(2023, 5, 20), "reason": "不做了"}
        ).action_drop()
        self.assertEqual((merchant.stage, merchant.dropped_on), ("dropped", date(2023, 5, 20)))
        self.assertFalse(merchant.contract_from or merchant.contract_to or merchant.signed_month)
        self.assertFalse(merchant._is_in_contract_on(date(2023, 6, 1)))
        self.assertEqual(merchant.assignment_ids.valid_to, date(2023, 5, 20))

    def test_ma07_a_recruiter_drops_a_lead_but_no_contract(self):
        lead, merchant = self._lead(recruiter=self.wang), self._installed("签约店", "T9")
        lead.with_user(self.recruiter)._drop(date(2023, 5, 1), "没有意向")
        self.assertEqual(lead.stage, "dropped")
        lead.with_user(self.head).action_revive()
        self.assertEqual(lead.stage, "lead")
        with self.assertRaises(AccessError):
            merchant.with_user(self.recruiter)._drop(date(2023, 6, 1), "没有意向")

    def test_ma06_a_later_rating_keeps_the_class_when_signed(self):
        merchant = self._signed()
        merchant.purchase_frequency = "rare"
        self.assertEqual((merchant.merchant_class, merchant.signed_class), ("3", "2"))

    def test_ma01_contract_changes_are_the_heads(self):
        merchant = self._signed()
        with self.assertRaisesRegex(UserError, "has a contract"):
            merchant.with_user(self.recruiter).contract_from = date(2023, 4, 1)
        payee = self.env["res.partner"].create({"name": "别人"})
        with self.assertRaisesRegex(UserError, "has a contract"):
            merchant.with_user(self.recruiter).partner_id = payee
        merchant.with_user(self.head).contract_to = date(2024, 4, 30)
        with self.assertRaisesRegex(UserError, "is kept"):
            merchant.with_user(self.head).unlink()

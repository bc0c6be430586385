from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import TransactionCase


@tagged("post_install", "-at_install")
class TestAccess(TransactionCase):
    def test_nobody_writes_transactions_statements_assignments_or_rates(self):
        merchant = self._signed()
        for user in (self.recruiter, self.head, self.gm, self.officer, self.accountant):
            for model in (
                "rural.card.transaction", "rural.merchant.statement", "rural.merchant.statement.line",
                "rural.merchant.assignment", "rural.merchant.rate",
            ):  # fmt: skip
                with self.assertRaises(AccessError):
                    self.env[model].with_user(user).create({"merchant_id": merchant.id})

    def test_a_merchants_form_opens_for_whoever_settles_and_pays(self):
        merchant = self._installed()
        self._complete_documents(merchant)
        for user in (self.officer, self.manager, self.accountant, self.service, self.recruiter, self.gm):
            self.assertIn("terminal_ids", self._read_views(merchant, user))

    def test_other_company_sees_nothing(self):
        self._installed()
        other = self._new_company("另一家公司")
        stranger = new_test_user(
            self.env,
            "test_stranger",
            "base.group_user,rural_merchant.group_general_manager,rural_base.group_settlement_manager",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        env = self.env(user=stranger, context={"allowed_company_ids": other.ids})
        self.assertFalse(env["rural.merchant"]._monthly_profits(date(2023, 5, 1), date(2023, 5, 31)))

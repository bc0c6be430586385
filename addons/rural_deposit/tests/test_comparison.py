from odoo.fields import Command

from .common import DepositCase


class TestComparison(DepositCase):
    """DP-03: a check that a person can run, which names what differs."""

    def compare(self):
        return self.env["rural.deposit.comparison"].with_user(self.accountant).action_compare()["params"]

    def test_dp03_agreement_is_said_with_its_sum(self):
        self.done("collect", 20_000)
        self.done("collect", 1_500, self._new_deposit(self.tongcheng))
        answer = self.compare()
        self.assertEqual(answer["type"], "success")
        self.assertIn("21,500.00", answer["message"])

    def test_dp03_deposits_of_one_party_are_added_up(self):
        self.done("collect", 20_000)
        self.done("collect", 300, self._new_deposit(self.lichuan, "province"))
        row = self.env["rural.deposit.comparison"].search([("partner_id", "=", self.lichuan.id)])
        self.assertEqual((row.deposit_count, row.balance, row.liability, row.agrees), (2, 20_300, 20_300, True))

    def test_dp03_difference_is_named(self):
        self.done("collect", 20_000)
        # As a careless hand in the database would.
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE rural_deposit SET balance = 19000, collected = 19000 WHERE id = %s", self.deposit.ids
        )
        self.env.invalidate_all()
        answer = self.compare()
        self.assertEqual(answer["type"], "danger")
        for expected in ("利川市山里货商贸有限公司", "19,000.00", "20,000.00", "-1,000.00"):
            self.assertIn(expected, answer["message"])

    def test_dp03_what_was_on_the_account_before_is_found(self):
        account = self.env["account.account"].create(
            {"code": "224188", "name": "旧保证金", "account_type": "liability_current", "company_ids": self.company.ids}
        )
        self.env["account.move"].create(
            {
                "company_id": self.company.id,
                "line_ids": [
                    Command.create({"account_id": account.id, "balance": -70}),
                    Command.create({"account_id": self.bank.default_account_id.id, "balance": 70}),
                ],
            }
        ).action_post()
        self.company.rural_deposit_account_id = account
        self.assertIn("entries without a partner", self.compare()["message"])

    def test_dp03_other_company_is_not_compared(self):
        self.done("collect", 20_000)
        other = self._new_company("别家运营商")
        stranger = self._new_user("d_stranger", "account.group_account_user", other)
        rows = self.env["rural.deposit.comparison"].with_user(stranger).with_context(allowed_company_ids=other.ids)
        self.assertFalse(rows.search([]))

from freezegun import freeze_time

from odoo.addons.rural_account.tests.common import BooksCase


class DepositCase(BooksCase):
    """A company with Chinese books, two parties, a person for each role."""

    company_name = "保证金试验运营商"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2022-07-01 02:00:00"))
        cls.operations = cls._new_user("d_operations", "rural_base.group_operations")
        cls.officer = cls._new_user("d_officer", "rural_base.group_settlement_officer")
        cls.director = cls._new_user("d_director", "rural_base.group_operations_manager")
        cls.accountant = cls._new_user("d_accountant", "account.group_account_user")
        cls.lichuan = cls.env["res.partner"].create({"name": "利川市山里货商贸有限公司", "is_company": True})
        cls.tongcheng = cls.env["res.partner"].create({"name": "通城县黄袍山电商有限公司", "is_company": True})
        cls.purpose = cls.env.ref("rural_deposit.purpose_service_center")
        cls.deposit = cls._new_deposit(cls.lichuan, subject="湖北省利川市")
        cls.Movement = cls.env["rural.deposit.movement"]
        cls.bank = cls.company._rural_deposit_bank_journal()

    @classmethod
    def _new_deposit(cls, partner, kind="city_county", **vals):
        purpose = vals.pop("purpose", cls.purpose)
        return cls.env["rural.deposit"].create(
            {
                "partner_id": partner.id,
                "purpose_id": purpose.id,
                "kind_id": purpose._kind(kind).id if kind else False,
                "company_id": cls.company.id,
                **vals,
            }
        )

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def request(self, kind, amount, deposit=None, user=None, **vals):
        deposit = (deposit or self.deposit).with_user(user or self.operations)
        values = {"reason": "试验", "document": "银行回单 0001", **vals}
        return deposit._request(kind, amount, **values).with_env(self.env)

    def approve(self, movement):
        movement.with_user(self.director).action_approve()
        return movement

    def post(self, movement, *args):
        movement.with_user(self.accountant)._post(*args)
        return movement

    def done(self, kind, amount, deposit=None, **vals):
        """A movement that went all its way."""
        return self.post(self.approve(self.request(kind, amount, deposit, **vals)))

    def cancel(self, movement, reason="登记有误"):
        movement.with_user(self.accountant)._cancel(reason)
        return movement

    # ------------------------------------------------------------------
    # Sums
    # ------------------------------------------------------------------

    def ledger(self, account, partner=None):
        """The balance of the posted items on an account, or on accounts of a type."""
        name = "account_type" if isinstance(account, str) else "account_id"
        domain = [
            ("company_id", "=", self.company.id),
            ("parent_state", "=", "posted"),
            (name, "=", account if isinstance(account, str) else account.id),
        ]
        if partner:
            domain.append(("partner_id", "=", partner.id))
        return round(sum(self.env["account.move.line"].search(domain).mapped("balance")), 2)

    def liability(self, partner=None):
        return -self.ledger(self.company._rural_deposit_account(), partner)

    def entry(self, movement):
        """What the entry of a movement says: account code and type → balance."""
        return {line.account_id.with_company(self.company).code[:4]: line.balance for line in movement.move_id.line_ids}

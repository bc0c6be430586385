from odoo.tests import TransactionCase, new_test_user


class PoolCase(TransactionCase):
    """A supplier, a product, and a user of each role, in a company of their own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "试验运营商"})
        cls.env.user.company_ids += cls.company
        cls.env = cls.env(context={**cls.env.context, "allowed_company_ids": cls.company.ids, "tracking_disable": True})
        cls.operations = cls._new_user("pool_operations", "rural_base.group_operations")
        cls.officer = cls._new_user("pool_officer", "rural_base.group_settlement_officer")
        cls.supplier = cls.env["res.partner"].create(
            {"name": "利川红茶合作社", "supplier_code": "GYS90001", "company_id": cls.company.id}
        )
        cls.product = cls.env["rural.product"].create(
            {"code": "SP900001", "name": "利川红茶", "supplier_id": cls.supplier.id}
        )

    @classmethod
    def _new_user(cls, login, group, company=None):
        company = company or cls.company
        return new_test_user(
            cls.env, login, f"base.group_user,{group}", company_id=company.id, company_ids=[(6, 0, company.ids)]
        )

    def as_user(self, records, user):
        return records.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)

    def new_entry(self, valid_from, valid_to=False, **vals):
        return self.env["rural.pool.entry"].create(
            {
                "product_id": self.product.id,
                "fee_rate": 0.05,
                "valid_from": valid_from,
                "valid_to": valid_to,
                **vals,
            }
        )

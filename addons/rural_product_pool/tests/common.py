from odoo.addons.rural_bulk.tests.common import LoadCase


class PoolCase(LoadCase):
    """A supplier, a product, and a user of each role, in a company of their own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operations = cls._new_user("pool_operations", "rural_base.group_operations")
        cls.officer = cls._new_user("pool_officer", "rural_base.group_settlement_officer")
        cls.supplier = cls.env["res.partner"].create(
            {"name": "利川红茶合作社", "supplier_code": "GYS90001", "company_id": cls.company.id}
        )
        cls.product = cls.env["rural.product"].create(
            {"code": "SP900001", "name": "利川红茶", "supplier_id": cls.supplier.id}
        )

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

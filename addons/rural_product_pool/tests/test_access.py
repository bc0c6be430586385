from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import PoolCase


@tagged("post_install", "-at_install")
class TestAccess(PoolCase):
    """Who may and who may not (shared convention "roles")."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.entry = cls.new_entry(cls, "2022-01-01")
        cls.employee = new_test_user(cls.env, "pool_employee", "base.group_user")

    def assert_may(self, user, operations):
        for record in (self.product, self.entry):
            for operation in ("read", "write", "create"):
                with self.subTest(user=user.login, model=record._name, operation=operation):
                    self.assertEqual(self.as_user(record, user).has_access(operation), operation in operations)

    def test_operations_keeps_the_pool(self):
        self.assert_may(self.operations, ("read", "write", "create"))
        self.assertTrue(self.entry.with_user(self.operations).has_access("unlink"))
        self.assertFalse(self.product.with_user(self.operations).has_access("unlink"))

    def test_settlement_reads_the_pool(self):
        self.assert_may(self.officer, ("read",))
        with self.assertRaises(AccessError):
            self.entry.with_user(self.officer).fee_rate = 0.5
        with self.assertRaises(AccessError):
            self.env["rural.pool.entry.change"].with_user(self.officer).create({"entry_id": self.entry.id})

    def test_others_see_nothing(self):
        self.assert_may(self.employee, ())

    def test_another_company_sees_nothing(self):
        other = self.env["res.company"].create({"name": "另一家运营商"})
        self.assert_may(self._new_user("pool_other", "rural_base.group_operations", other), ())

    def test_settlement_cannot_load_the_pool(self):
        with self.assertRaises(AccessError):
            self.env["rural.load.run"].with_user(self.officer)._load("pool", "pool.csv", b"")

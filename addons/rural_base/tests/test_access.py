from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestAccess(TransactionCase):
    """Who may and who may not (shared convention "roles")."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee = new_test_user(cls.env, "test_employee", "base.group_user")
        cls.portal = new_test_user(cls.env, "test_portal", "base.group_portal")
        cls.operations = new_test_user(cls.env, "test_operations", "rural_base.group_operations")
        cls.officer = new_test_user(cls.env, "test_officer", "rural_base.group_settlement_officer")
        cls.manager = new_test_user(cls.env, "test_manager", "rural_base.group_settlement_manager")
        cls.region = cls.env["rural.region"].search([("code", "=", "420000")])
        cls.macro_region = cls.env["rural.macro.region"].create({"name": "试验大区"})
        cls.clause = cls.env.ref("rural_base.clause_sc_10")
        cls.parameter = cls.env["rural.parameter"].create({"code": "test.days", "name": "Days"})
        cls.version = cls.env["rural.parameter.value"].create(
            {"parameter_id": cls.parameter.id, "value": 5, "valid_from": "2022-01-01"}
        )

    def assert_may(self, user, record, operation, *, may):
        with self.subTest(user=user.login, model=record._name, operation=operation):
            self.assertEqual(record.with_user(user).has_access(operation), may)

    def test_everyone_inside_reads_nobody_outside(self):
        for record in (self.region, self.macro_region, self.clause, self.parameter, self.version):
            self.assert_may(self.employee, record, "read", may=True)
            self.assert_may(self.portal, record, "read", may=False)
            for operation in ("write", "create", "unlink"):
                self.assert_may(self.employee, record, operation, may=False)

    def test_operations_keeps_regions(self):
        for record in (self.region, self.macro_region):
            self.assert_may(self.operations, record, "write", may=True)
            self.assert_may(self.operations, record, "create", may=True)
            self.assert_may(self.officer, record, "write", may=False)
            self.assert_may(self.manager, record, "create", may=False)

    def test_settlement_manager_keeps_the_values_of_parameters(self):
        for user, may in ((self.manager, True), (self.officer, False), (self.operations, False)):
            self.assert_may(user, self.version, "write", may=may)
            self.assert_may(user, self.version, "create", may=may)

    def test_rule_book_is_not_for_writing(self):
        for user in (self.operations, self.officer, self.manager):
            self.assert_may(user, self.clause, "write", may=False)
            self.assert_may(user, self.parameter, "write", may=False)

    def test_townships_are_loaded_by_operations_only(self):
        with self.assertRaises(AccessError):
            self.region.with_user(self.officer).action_load_townships()
        self.region.with_user(self.operations).action_load_townships()

    def test_home_screen_is_for_the_roles(self):
        tiles = self.env["rural.home.tile"]
        self.assert_may(self.operations, tiles, "read", may=True)
        self.assert_may(self.officer, tiles, "read", may=True)
        self.assert_may(self.employee, tiles, "read", may=False)
        self.assert_may(self.operations, tiles, "write", may=False)

    def test_menus_are_for_the_roles(self):
        root = self.env.ref("rural_base.menu_home")
        for user, may in ((self.operations, True), (self.officer, True), (self.employee, False)):
            with self.subTest(user=user.login):
                visible = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
                self.assertEqual(root.id in visible, may)

    def test_values_of_another_company_are_hidden(self):
        other = self.env["res.company"].create({"name": "另一家运营商"})
        hidden = self.version.copy({"company_id": other.id})
        self.assert_may(self.manager, hidden, "read", may=False)

    def test_the_manager_is_an_officer_and_the_administrator_is_all(self):
        self.assertTrue(self.manager.has_group("rural_base.group_settlement_officer"))
        self.assertFalse(self.officer.has_group("rural_base.group_settlement_manager"))
        for group in ("operations", "settlement_officer", "settlement_manager"):
            self.assertTrue(self.env.ref("base.user_admin").has_group(f"rural_base.group_{group}"))

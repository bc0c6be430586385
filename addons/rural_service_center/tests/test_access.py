from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import CenterCase


@tagged("post_install", "-at_install")
class TestAccess(CenterCase):
    """Who may and who may not (shared convention "roles")."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.records = [
            cls.center,
            cls.purchaser,
            cls.authorise(cls, cls.center, "2022-01-01"),
            cls.suspend(cls, cls.center, "2022-02-01"),
            cls.env["rural.cross.region.report"].create(
                {"center_id": cls.center.id, "purchaser_id": cls.purchaser.id, "valid_until": "2022-12-31"}
            ),
        ]
        cls.employee = new_test_user(cls.env, "center_employee", "base.group_user")
        cls.portal = new_test_user(cls.env, "center_portal", "base.group_portal")

    def assert_may(self, user, operations):
        for record in self.records:
            for operation in ("read", "write", "create"):
                with self.subTest(user=user.login, model=record._name, operation=operation):
                    self.assertEqual(self.as_user(record, user).has_access(operation), operation in operations)

    def test_operations_keeps_the_centers(self):
        self.assert_may(self.operations, ("read", "write", "create"))
        self.assertFalse(self.purchaser.with_user(self.operations).has_access("unlink"))

    def test_settlement_reads_the_centers(self):
        self.assert_may(self.officer, ("read",))
        self.assert_may(self.manager, ("read",))

    def test_others_see_nothing(self):
        self.assert_may(self.employee, ())
        self.assert_may(self.portal, ())

    def test_another_company_sees_nothing(self):
        other = self.env["res.company"].create({"name": "另一家运营商"})
        self.assert_may(self._new_user("center_other", "rural_base.group_operations", other), ())

    def test_settlement_issues_no_codes_and_loads_no_centers(self):
        center = self._new_center("崇阳县区域服务中心", self._region("421223"))
        self.authorise(center, "2022-01-01")
        with self.assertRaises(AccessError):
            self.as_user(center, self.officer).action_issue_service_code()
        for profile in ("centers", "reports"):
            with self.subTest(profile=profile), self.assertRaises(AccessError):
                self.load(profile, "", [], self.officer)

from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from .common import PenaltyCase


class TestAccess(PenaltyCase):
    """Who may and who may not; other companies."""

    def test_sc17_operations_record_and_managers_keep_the_catalogue(self):
        self.assertTrue(self.record())
        with self.assertRaises(AccessError):
            self.violation.with_user(self.operations).amount = 5
        self.violation.with_user(self.director).amount = 500
        for user in (self.officer, self.accountant):
            self.assertEqual(self.violation.with_user(user).amount, 500)
            with self.assertRaises(AccessError):
                self.env["rural.penalty.case"].with_user(user).create({"violation_id": self.violation.id})

    def test_sc17_portal_user_sees_nothing_without_the_addon_of_the_party(self):
        case = self.decided()
        portal = new_test_user(self.env, "p_portal", "base.group_portal", partner_id=self.tenant.id)
        with self.assertRaises(AccessError):
            case.with_user(portal).read(["state"])

    def test_sc17_another_partners_portal_user_takes_no_step(self):
        case = self.decided()
        portal = new_test_user(self.env, "p_portal", "base.group_portal", partner_id=self.tongcheng.id)
        with self.assertRaises(AccessError):
            case.with_user(portal)._accept()
        with self.assertRaises(AccessError):
            case.with_user(portal)._appeal("越权")
        self.assertEqual(case.state, "decided")

    def test_sc17_other_company_sees_nothing(self):
        case = self.record()
        other = self.env["res.company"].create({"name": "别家运营商"})
        stranger = self._new_user("p_stranger", "rural_base.group_operations_manager", other)
        env = self.env(user=stranger, context={"allowed_company_ids": other.ids})
        self.assertFalse(env["rural.penalty.case"].search([("company_id", "=", self.company.id)]))
        with self.assertRaises(AccessError):
            env["rural.penalty.case"].browse(case.id).read(["state"])

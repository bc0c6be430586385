from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user

from .common import NUMBERS, PartnerCase


class TestAccess(PartnerCase):
    """Who sees applications, agreements and the blacklist (ST-11)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.application = cls.new_application(cls.clerk)
        cls.portal = new_test_user(
            cls.env, "st_portal", "base.group_portal", company_id=cls.company.id, company_ids=[(6, 0, cls.company.ids)]
        )

    def test_portal_reads_the_own_agreement_only(self):
        application = self.bring_to(self.application, "agreed")
        agreement = self.sign(application)
        own = agreement.with_user(self.portal)
        with self.assertRaises(AccessError):
            own.read(["name"])
        agreement.sudo().partner_id = self.portal.partner_id
        self.assertEqual(own.read(["name"])[0]["name"], agreement.name)
        with self.assertRaises(AccessError):
            own.write({"valid_to": "2030-01-01"})

    def test_portal_and_settlement_see_no_applications(self):
        for user in (self.portal, self.officer):
            for model in ("rural.station.application", "rural.station.blacklist", "rural.station.examination"):
                with self.subTest(user=user.login, model=model), self.assertRaises(AccessError):
                    self.env[model].with_user(user).search([])

    def test_another_company_sees_nothing(self):
        other = self.env["res.company"].create({"name": "另一运营商"})
        stranger = new_test_user(
            self.env,
            "st_other",
            "rural_base.group_operations_manager",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        applications = (
            self.env["rural.station.application"].with_user(stranger).with_context(allowed_company_ids=other.ids)
        )
        self.assertFalse(applications.search([]))
        with self.assertRaises(AccessError):
            applications.browse(self.application.id).read(["phone"])

    def test_nobody_deletes_an_application(self):
        with self.assertRaises(AccessError):
            self.application.with_user(self.director).unlink()

    def test_identity_is_not_changed_once_agreed(self):
        application = self.bring_to(self.application, "agreed")
        application.with_user(self.clerk).action_draw_up()
        with self.assertRaises(UserError):
            application.with_user(self.clerk).id_number = NUMBERS[1]

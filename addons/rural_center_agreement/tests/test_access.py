from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .common import AgreementCase


@tagged("post_install", "-at_install")
class TestAccess(AgreementCase):
    """Who may and who may not: roles, other companies, and centers on their portal (SC-20)."""

    def setUp(self):
        super().setUp()
        self.province = self._new_center("湖北省运营服务中心", "420000", kind="province")
        self.neighbour = self._new_center("崇阳县区域服务中心", "421223")
        self.bring_to("active")
        self.theirs = self.bring_to("active", self._new_agreement(self.neighbour))
        self.provincial = self.bring_to("active", self._new_agreement(self.province))
        self.portal = self.center.partner_id.user_ids
        self.parent = self.province.partner_id.user_ids

    def test_officers_and_accountants_read(self):
        for user in (self.officer, self.accountant):
            with self.subTest(user=user.login):
                self.agreement.with_user(user).read(["number", "stage", "target_market_revenue"])
                self.agreement.certificate_id.with_user(user).read(["number", "state"])
                for vals in ({"target_purchasers": 1}, {"stage": "ended"}):
                    with self.assertRaises(AccessError):
                        self.agreement.with_user(user).write(vals)

    def test_operations_does_not_write_certificates(self):
        certificate = self.agreement.certificate_id.with_user(self.operations)
        for vals in ({"revoked_from": "2026-03-02"}, {"token": "x"}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                certificate.write(vals)
        with self.assertRaises(AccessError):
            self.env["rural.center.certificate"].with_user(self.operations).create({})

    def test_the_forms_open_for_who_may_read_them(self):
        for user in (self.operations, self.director, self.officer, self.accountant):
            with self.subTest(user=user.login):
                fields = list(self.env["rural.center.agreement"].with_user(user).fields_get())
                self.agreement.with_user(user).read(fields)

    def test_another_company_sees_nothing(self):
        other = self.env["res.company"].create({"name": "别家运营商"})
        stranger = self._new_user("a_stranger", "rural_base.group_operations_manager", other)
        env = self.env(user=stranger, context={"allowed_company_ids": other.ids})
        for name in (
            "rural.center.agreement", "rural.center.certificate", "rural.center.exit", "rural.training.course",
            "rural.training.session", "rural.training.result",
        ):  # fmt: skip
            with self.subTest(model=name):
                self.assertFalse(env[name].search([("company_id", "=", self.company.id)]))
        with self.assertRaises(AccessError):
            env["rural.center.agreement"].browse(self.agreement.id).read(["number"])

    def test_sc20_a_center_sees_its_own_only(self):
        for name, own, other in (
            ("rural.center.agreement", self.agreement, self.theirs),
            ("rural.center.certificate", self.agreement.certificate_id, self.theirs.certificate_id),
            ("rural.deposit", self.center.deposit_id, self.neighbour.deposit_id),
            ("rural.deposit.movement", self.center.deposit_id.movement_ids, self.neighbour.deposit_id.movement_ids),
            ("rural.training.result", self.center.training_result_ids, self.neighbour.training_result_ids),
        ):
            with self.subTest(model=name):
                seen = self.env[name].with_user(self.portal).search([])
                self.assertEqual(seen, own)
                with self.assertRaises(AccessError):
                    other.with_user(self.portal).read(["id", "create_date"])
                for forbidden in (
                    lambda own=own: own.with_user(self.portal).write({"write_uid": 1}),
                    lambda own=own: own.with_user(self.portal).unlink(),
                ):
                    with self.assertRaises(UserError):
                        forbidden()

    def test_sc20_a_provincial_center_sees_its_children(self):
        seen = self.env["rural.center.agreement"].with_user(self.parent).search([])
        self.assertEqual(seen, self.agreement | self.theirs | self.provincial)
        self.assertIn(self.center.deposit_id, self.env["rural.deposit"].with_user(self.parent).search([]))

    def test_sc20_a_provincial_center_whose_authorisation_is_over_sees_its_own_only(self):
        with freeze_time("2027-01-05 02:00:00"):
            self.env.invalidate_all()
            self.assertEqual((self.center.parent_id, self.province.state), (self.province, "ended"))
            seen = self.env["rural.center.agreement"].with_user(self.parent).search([])
            self.assertEqual(seen, self.provincial)
            with self.assertRaises(AccessError):
                self.agreement.with_user(self.parent).read(["number"])
            self.assertNotIn(self.center.deposit_id, self.env["rural.deposit"].with_user(self.parent).search([]))

    def test_sc20_a_contact_of_the_legal_entity_as_payee_has_its_center(self):
        entity = self.center.partner_id
        contact = self.env["res.partner"].create({"name": "结算联系人", "parent_id": entity.id})
        self.center.partner_id = contact
        self.assertEqual(self.center.commercial_partner_id, entity)
        seen = self.env["rural.center.agreement"].with_user(self.portal).search([])
        self.assertEqual(seen, self.agreement)

    def test_the_form_of_a_center_opens_for_who_has_a_menu_to_it(self):
        people = (self.operations, self.director, self.officer, self.accountant)
        manager = self._new_user("a_manager", "rural_base.group_settlement_manager")
        for user in (*people, manager):
            for record in (self.agreement, self.center, self.agreement.certificate_id):
                if not record.with_user(user).has_access("read"):
                    continue
                with self.subTest(user=user.login, model=record._name):
                    Form(record.with_user(user))

    def test_sc20_drafts_are_not_for_the_portal(self):
        self.agreement.with_user(self.operations).action_renew()
        self.assertEqual(self.env["rural.center.agreement"].with_user(self.portal).search([]), self.agreement)

    def test_sc20_a_center_takes_no_step(self):
        for action in ("action_sign", "action_activate", "action_renew", "action_request_deposit"):
            with self.subTest(action=action), self.assertRaises(AccessError):
                getattr(self.agreement.with_user(self.portal), action)()

    def test_sc20_somebody_else_s_portal_account_sees_nothing(self):
        guest = new_test_user(self.env, "a_guest", "base.group_portal")
        for name in ("rural.center.agreement", "rural.center.certificate", "rural.deposit", "rural.training.result"):
            with self.subTest(model=name):
                self.assertFalse(self.env[name].with_user(guest).search([]))
        for name in ("rural.center.exit", "rural.training.session", "rural.training.course"):
            with self.subTest(model=name), self.assertRaises(AccessError):
                self.env[name].with_user(guest).search([])

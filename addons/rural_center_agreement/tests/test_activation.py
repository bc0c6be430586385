from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import AgreementCase


@tagged("post_install", "-at_install")
class TestActivation(AgreementCase):
    """SC-06: on activation a center gets its code, its authorisation and a portal account."""

    def test_sc06_activation_gives_authorisation_code_and_portal_account(self):
        self.bring_to("trained")
        self.assertFalse(self.center.authorisation_ids or self.center.service_code)
        mails = self.env["mail.mail"].sudo().search([])
        self.step(self.agreement)
        period = self.center.authorisation_ids
        self.assertEqual((period.valid_from, period.valid_to), (date(2026, 3, 2), date(2026, 12, 31)))
        self.assertEqual(period.valid_to, self.agreement.certificate_id.valid_to)
        self.assertRegex(self.center.service_code, r"^FW421222[A-O]$")
        user = self.center.partner_id.user_ids
        self.assertTrue(user._is_portal())
        self.assertEqual((user.login, user.company_id), ("trial421222@example.com", self.company))
        invitation = self.env["mail.mail"].sudo().search([]) - mails
        told = self.env["mail.message"].sudo().search([("res_id", "=", user.id), ("model", "=", "res.users")])
        self.assertIn(self.center.service_code, "".join((invitation.mail_message_id | told).mapped("body")))

    def test_sc06_a_center_that_was_taken_over_keeps_its_code_and_its_days(self):
        center = self._new_center("崇阳县区域服务中心", "421223", approved=False, service_code="FW421223K")
        self.env["rural.center.authorisation"].create(
            {"center_id": center.id, "valid_from": "2025-01-01", "valid_to": "2026-06-30"}
        )
        agreement = self.bring_to("active", self._new_agreement(center))
        self.assertEqual(agreement.stage, "active")
        self.assertEqual(center.service_code, "FW421223K")
        self.assertEqual(
            center.authorisation_ids.sorted("valid_from").mapped(lambda each: (each.valid_from, each.valid_to)),
            [(date(2025, 1, 1), date(2026, 6, 30)), (date(2026, 7, 1), date(2026, 12, 31))],
        )

    def test_sc05_a_center_that_was_taken_over_works_no_longer_than_its_agreement(self):
        center = self._new_center("崇阳县区域服务中心", "421223", approved=False, service_code="FW421223K")
        period = self.env["rural.center.authorisation"].create({"center_id": center.id, "valid_from": "2025-01-01"})
        self.bring_to("active", self._new_agreement(center))
        self.assertEqual(center.authorisation_ids, period)
        self.assertEqual(period.valid_to, date(2026, 12, 31))
        with freeze_time("2027-01-01 02:00:00"):
            self.env.invalidate_all()
            self.assertEqual((center.state, center.certificate_ids.state), ("ended", "expired"))

    def test_sc06_without_an_address_there_is_no_portal_account(self):
        self.bring_to("trained")
        self.center.partner_id.email = False
        with self.assertRaisesRegex(UserError, "no e-mail address"):
            self.step(self.agreement)
        self.assertEqual(self.agreement.stage, "trained")

    def test_sc06_an_invitation_that_went_astray_is_sent_again(self):
        self.bring_to("active")
        self.assertTrue(self.center.awaits_first_login)
        self.center.partner_id.email = "right@example.com"
        self.center.with_user(self.operations).action_invite_again()
        user = self.center._portal_users()
        self.assertEqual(user.login, "right@example.com")
        letter = self.env["mail.message"].sudo().search([("res_id", "=", user.id), ("model", "=", "res.users")])
        self.assertIn(self.center.service_code, "".join(letter.mapped("body")))

    def test_sc06_whoever_has_logged_in_is_not_invited_again(self):
        self.bring_to("active")
        user = self.center._portal_users()
        user.with_user(user)._update_last_login()
        self.env.invalidate_all()
        self.assertFalse(self.center.awaits_first_login)
        with self.assertRaisesRegex(UserError, "not waiting"):
            self.center.with_user(self.operations).action_invite_again()

    def test_sc06_a_center_that_was_taken_over_is_invited_to_its_portal(self):
        center = self._new_center("崇阳县区域服务中心", "421223", approved=False, service_code="FW421223K")
        self.assertFalse(center.needs_portal)
        self.env["rural.center.authorisation"].create({"center_id": center.id, "valid_from": "2025-01-01"})
        self.assertTrue(center.needs_portal)
        with self.assertRaises(AccessError):
            center.with_user(self.officer).action_open_portal()
        center.partner_id.email = False
        with self.assertRaisesRegex(UserError, "no e-mail address"):
            center.with_user(self.operations).action_open_portal()
        center.partner_id.email = "chongyang@example.com"
        center.with_user(self.operations).action_open_portal()
        self.assertTrue(center.partner_id.user_ids._is_portal())
        self.assertEqual((center.needs_portal, center.awaits_first_login), (False, True))
        with self.assertRaisesRegex(UserError, "already"):
            center.with_user(self.operations).action_open_portal()

    def test_sc06_only_operations_invite_again(self):
        self.bring_to("active")
        with self.assertRaises(AccessError):
            self.center.with_user(self.officer).action_invite_again()

    def test_sc06_an_address_of_somebody_else_is_refused(self):
        self.bring_to("trained")
        self._new_user("taken@example.com", "base.group_user")
        self.center.partner_id.email = "taken@example.com"
        with self.assertRaisesRegex(UserError, "somebody else logs in"):
            self.step(self.agreement)

    def test_sc06_a_company_with_two_centers_has_one_account(self):
        self.bring_to("active")
        second = self._new_center("崇阳县区域服务中心", "421223")
        second.partner_id = self.center.partner_id
        self.bring_to("active", self._new_agreement(second))
        self.assertEqual(len(self.center._portal_users()), 1)

    def test_sc05_no_code_without_an_active_agreement(self):
        self.bring_to("trained")
        with self.assertRaisesRegex(UserError, "no active agreement"):
            self.center.with_user(self.operations).action_issue_service_code()

    def authorise_by_hand(self, user, center=None):
        self.env["rural.center.authorisation"].with_user(user).with_context(
            default_center_id=(center or self.center).id
        ).create({"valid_from": "2026-03-02"})

    def test_sc05_nobody_authorises_by_hand_a_center_on_its_way(self):
        for user in (self.operations, self.director):
            with self.assertRaisesRegex(UserError, "SC-05"), self.cr.savepoint():
                self.authorise_by_hand(user)
        with self.assertRaisesRegex(AssertionError, "not editable"):
            Form(self.center.with_user(self.director)).authorisation_ids.new().__enter__()

    def test_sc05_an_authorisation_is_not_changed_by_hand(self):
        self.bring_to("active")
        for user in (self.operations, self.area, self.director):
            period = self.center.authorisation_ids.with_user(user)
            for change in (
                lambda period: period.write({"valid_to": "2027-12-31"}),
                lambda period: period.write({"valid_to": "2026-11-30"}),
                lambda period: period.unlink(),
            ):
                with self.subTest(user=user.login), self.assertRaises(UserError), self.cr.savepoint():
                    change(period)

    def test_sc06_a_center_that_works_is_taken_over_by_hand_by_a_manager(self):
        vals = {
            "name": "崇阳县区域服务中心",
            "region_id": self._region("421223").id,
            "service_code": "FW421223K",
        }
        centers = self.env["rural.service.center"]
        with self.assertRaisesRegex(AccessError, "Operations Manager"):
            centers.with_user(self.operations).create(vals)
        center = centers.with_user(self.director).create(vals)
        with self.assertRaisesRegex(AccessError, "Operations Manager"), self.cr.savepoint():
            self.authorise_by_hand(self.operations, center)
        self.authorise_by_hand(self.director, center)
        self.assertEqual(center.state, "active")

    def test_sc07_region_and_payee_are_fixed_when_the_agreement_is_signed(self):
        center = self.center.with_user(self.operations)
        center.region_id = self._region("421223")
        self.bring_to("signed")
        for vals in ({"region_id": self._region("421222").id}, {"partner_id": self.operations.partner_id.id}):
            with self.subTest(vals=vals), self.assertRaisesRegex(AccessError, "fixed"):
                center.write(vals)

    def test_sc06_a_file_takes_over_centers_that_work_but_does_not_go_past_an_agreement(self):
        self.bring_to("active")
        rows = ["服务码,中心名称,类型,地区代码,授权开始,授权结束,停用开始,停用结束"]
        rows.append(f"{self.center.service_code},{self.center.name},市县,421222,2026-03-02,2027-12-31,,")
        rows.append("FW421224A,通山县区域服务中心,市县,421224,2025-01-01,,,")
        content = "\r\n".join(rows).encode("utf-8-sig")
        run = self.env["rural.load.run"].with_user(self.operations)._load("centers", "centers.csv", content)
        self.assertEqual((run.new_count, run.updated_count, run.rejected_count), (1, 0, 1))
        self.assertIn("SC-05", run.issue_ids.message)
        self.assertEqual(self.center.authorisation_ids.valid_to, date(2026, 12, 31))

    def test_sc04_what_the_system_loads_for_a_center_with_an_agreement_is_confirmed_by_a_manager(self):
        self.bring_to("active")
        rows = ["服务码,中心名称,类型,地区代码,授权开始,授权结束,停用开始,停用结束"]
        rows.append(f"{self.center.service_code},{self.center.name},市县,421222,2025-01-01,2025-12-31,,")
        system = self.env["rural.load.run"].with_user(self.env.ref("base.user_root"))
        run = system._load("centers", "centers.csv", "\r\n".join(rows).encode("utf-8-sig"))
        self.assertEqual((run.updated_count, len(self.center.authorisation_ids)), (1, 1))
        take_over = self.env["rural.center.take.over"].search([("run_id", "=", run.id)])
        take_over.with_user(self.director).action_confirm()
        self.assertEqual(len(self.center.authorisation_ids), 2)

    def test_an_agreement_for_the_coming_year_begins_on_its_first_day(self):
        self.agreement.date_from = "2026-04-01"
        self.bring_to("active")
        self.assertEqual(self.center.authorisation_ids.valid_from, date(2026, 4, 1))
        self.assertEqual(self.agreement.certificate_id.state, "upcoming")
        self.assertEqual(self.center.state, "draft")

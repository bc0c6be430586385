import base64

from odoo.exceptions import UserError

from .common import NUMBERS, PDF, PartnerCase


class TestOpening(PartnerCase):
    """Agreement, deposit, opening (ST-01, ST-02, DP-01)."""

    def setUp(self):
        super().setUp()
        self.application = self.bring_to(self.new_application(self.clerk), "agreed")

    def test_st02_opening_makes_station_partner_and_portal(self):
        agreement = self.sign(self.application)
        station = agreement.station_id
        self.assertEqual(station.state, "planned")
        self.assertRegex(station.code, r"^ZD430181\d{3}$")
        with self.assertRaisesRegex(UserError, "deposit"):
            self.application.with_user(self.clerk).action_open()
        self.pay(agreement)
        self.application.with_user(self.clerk).action_open()
        self.assertEqual((self.application.state, agreement.state, station.state), ("opened", "running", "open"))
        self.assertEqual((station.partner_id, station.agreement_id), (agreement.partner_id, agreement))
        self.assertEqual(station.deposit_id.balance, 1000)
        self.assertTrue(agreement.partner_id.user_ids.filtered("share"))
        self.assertEqual(self.liability(agreement.partner_id), 1000)

    def test_st02_codes_of_a_county_go_on(self):
        self.sign(self.application)
        second = self.bring_to(self.new_application(self.clerk, NUMBERS[1], email="b@example.com"), "agreed")
        second.with_user(self.clerk).action_draw_up()
        first, other = self.application.station_id.code, second.station_id.code
        self.assertEqual(int(other[-3:]), int(first[-3:]) + 1)

    def test_st02_chosen_station_is_taken(self):
        station = self.env["rural.station"].create(
            {"code": "ZD900", "name": "旧站", "region_id": self._region("430181").id, "opened_on": "2022-01-01"}
        )
        application = self.bring_to(self.new_application(self.clerk, NUMBERS[1], station_id=station.id), "agreed")
        self.pay(self.sign(application))
        application.with_user(self.clerk).action_open()
        self.assertEqual(station.partner_id, application.partner_id)
        self.assertEqual(str(station.opened_on), "2022-01-01")

    def test_st02_agreement_is_countersigned_by_somebody_else(self):
        self.application.with_user(self.clerk).action_draw_up()
        agreement = self.application.agreement_id.with_user(self.clerk)
        with self.assertRaisesRegex(UserError, "Somebody else"):
            agreement.action_sign()
        with self.assertRaisesRegex(UserError, "scan"):
            agreement.with_user(self.second).action_sign()
        agreement.with_user(self.third).write(
            {"signed_on": "2022-07-01", "signed_scan": base64.b64encode(PDF), "signed_scan_name": "协议.pdf"}
        )
        self.assertFalse(agreement.with_user(self.third).can_sign)
        self.assertTrue(agreement.with_user(self.second).can_sign)
        agreement.with_user(self.second).action_sign()
        with self.assertRaises(UserError):
            agreement.with_user(self.third).valid_to = "2030-01-01"

    def test_st02_scan_that_lies_about_its_type(self):
        self.application.with_user(self.clerk).action_draw_up()
        agreement = self.application.agreement_id.with_user(self.clerk)
        agreement.write(
            {"signed_on": "2022-07-01", "signed_scan": base64.b64encode(b"MZ program"), "signed_scan_name": "协议.pdf"}
        )
        with self.assertRaisesRegex(UserError, "not what its name says"):
            agreement.with_user(self.second).action_sign()

    def test_dp05_due_amount_is_that_of_the_first_day(self):
        parameter = self.env.ref("rural_deposit.parameter_station")
        self.env["rural.parameter.value"].create(
            {"parameter_id": parameter.id, "value": 1500, "valid_from": "2022-06-01", "company_id": self.company.id}
        )
        agreement = self.sign(self.application)
        self.assertEqual(agreement.deposit_id.due_amount, 1500)
        self.assertEqual(agreement.deposit_id.purpose_id.code, "station")

    def test_dp04_deposit_stays_while_the_agreement_runs(self):
        agreement = self.sign(self.application)
        self.pay(agreement)
        with self.assertRaisesRegex(UserError, "has not ended"):
            agreement.deposit_id.with_user(self.clerk).action_refund()
        self.application.with_user(self.clerk).action_open()
        agreement.with_user(self.director)._end("2022-07-31", "协商退出")
        self.assertEqual((agreement.state, str(agreement.ended_on)), ("ended", "2022-07-31"))
        self.assertFalse(agreement.station_id.agreement_id)
        self.assertEqual(agreement.station_id.deposit_id, agreement.deposit_id)
        self.assertFalse(agreement.deposit_id.refund_blockers)

    def test_dp01_deposit_of_a_station_begins_with_its_agreement(self):
        with self.assertRaisesRegex(UserError, "opened by its agreement"):
            self.env["rural.deposit"].with_user(self.clerk).create(
                {
                    "partner_id": self.lichuan.id,
                    "purpose_id": self.env.ref("rural_deposit.purpose_station").id,
                    "station_id": self.env["rural.station"].search([], limit=1).id or 1,
                }
            )

    def test_st02_opening_needs_an_address_for_the_invitation(self):
        agreement = self.sign(self.application)
        self.pay(agreement)
        agreement.sudo().partner_id.email = False
        self.application.email = False
        with self.assertRaisesRegex(UserError, "e-mail"):
            self.application.with_user(self.clerk).action_open()

    def test_st02_draft_agreement_goes_with_the_application(self):
        self.application.with_user(self.clerk).action_draw_up()
        self.application.with_user(self.clerk)._withdraw("不愿签约")
        self.assertFalse(self.application.agreement_ids)
        self.assertEqual(self.application.state, "withdrawn")

    def test_st02_signed_agreement_keeps_the_application(self):
        self.sign(self.application)
        with self.assertRaisesRegex(UserError, "end the agreement"):
            self.application.with_user(self.clerk)._withdraw("反悔")

    def test_st02_printed_agreement_is_chinese(self):
        agreement = self.sign(self.application)
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "rural_station_partner.report_agreement", agreement.ids
        )
        text = html.decode()
        for words in (agreement.name, "壹仟元整", agreement.station_id.code, "430***********0014", "向翠兰"):
            self.assertIn(words, text)
        self.assertNotIn(NUMBERS[0], text)

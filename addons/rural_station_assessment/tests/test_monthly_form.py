import base64
from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import SCAN, AssessmentCase


@tagged("post_install", "-at_install")
@freeze_time("2026-04-02 04:00:00")
class TestMonthlyForm(AssessmentCase):
    """The monthly form: what is filled in, who signs, and what stays (ST-08)."""

    def test_st08_all_stations_of_a_month_in_one_go(self):
        self.new_station("ZD003", opened_on="2026-04-01")
        self.new_station("ZD004", opened_on="2026-03-31")
        forms = self.prepare()
        self.assertEqual(forms.station_id.mapped("code"), ["ZD001", "ZD002", "ZD004"])
        self.assertFalse(self.prepare())
        with self.assertRaisesRegex(UserError, "not over yet"):
            self.prepare(date(2026, 4, 1))

    def test_st08_what_is_known_is_filled_in(self):
        self.partner_user.partner_id.phone = "0731-83600000"
        self.station.write({"township": "大瑶镇", "village": "天和村", "street": "12号"})
        self.load_platform(
            self.sold("P1", "100.00", day="2026-02-10"),
            self.sold("P2", "30.50"),
            self.sold("P3", "7.00", station="ZD002"),
            "P4,ZD001,2026-03-11 09:00:00,快递代收,,3,,0,YT1",
            "P5,ZD001,2026-03-11 09:00:00,快递代寄,,2,,0,YT2",
            "P6,ZD001,2026-03-11 09:00:00,电商培训,网购,1,,0,",
        )
        form = self.form()
        self.assertEqual(
            (form.address, form.head, form.phone),
            ("浏阳市大瑶镇天和村12号", self.partner_user.name, "0731-83600000"),
        )
        self.assertEqual((form.turnover, form.turnover_total), (30.5, 130.5))
        self.assertEqual((form.parcels_in, form.parcels_out, form.villager_trainings), (3, 2, 1))
        self.assertEqual((form.inspections_due, form.inspections_counted), (3, 0))
        self.assertEqual((form.computer, form.tv), ("good", "missing"))

    def test_st08_turnover_is_that_of_the_latest_edition(self):
        self.load_platform(self.sold("P1", "30.50"))
        self.publish()
        form = self.form()
        self.load_platform(self.sold("P2", "9.50"))
        self.as_user(form, self.clerk).action_fill_in()
        self.assertEqual((form.turnover, form.turnover_total, form.ranking_id.edition), (30.5, 30.5, 1))
        self.publish()
        self.as_user(form, self.clerk).action_fill_in()
        self.assertEqual((form.turnover, form.turnover_total, form.ranking_id.edition), (40, 40, 2))

    def test_st08_nobody_types_a_figure(self):
        form = self.as_user(self.form(), self.clerk)
        for name in ("turnover", "turnover_total", "head", "parcels_in", "state", "assessed_by_id", "bureau_assessor"):
            with self.assertRaises(UserError):
                form[name] = form[name] or 1
        with self.assertRaisesRegex(UserError, "stays with its station"):
            form.station_id = self.other

    def test_st08_nothing_may_be_left_empty(self):
        form = self.as_user(self.form(), self.clerk)
        with self.assertRaisesRegex(UserError, "Operation by the Head.+Service.+Result"):
            form.action_assess()
        form.write({"operation": "good", "service": "good", "result": "rectify", "has_violations": True})
        with self.assertRaisesRegex(UserError, "Reasons of the Result.+To Be Put Right By.+About the Violations"):
            form.action_assess()

    def test_st08_steps_from_draft_to_confirmed(self):
        form = self.assessed()
        self.assertEqual((form.state, form.assessed_by_id), ("assessed", self.clerk))
        with self.assertRaises(UserError):
            self.as_user(form, self.clerk).service = "poor"
        with self.assertRaisesRegex(UserError, "not later than today"):
            self.sign(form, day=date(2026, 4, 3))
        with self.assertRaisesRegex(UserError, "after the service center"):
            self.sign(form, day=date(2026, 4, 1))
        with self.assertRaisesRegex(UserError, "scan"):
            self.sign(form, scan=False)
        self.sign(form)
        with self.assertRaises(AccessError):
            self.as_user(form, self.clerk).action_confirm()
        self.as_user(form, self.manager).action_confirm()
        self.assertEqual((form.state, form.confirmed_by_id), ("confirmed", self.manager))
        with self.assertRaises(UserError):
            self.as_user(form, self.manager).result_note = "另写"
        with self.assertRaises(UserError):
            self.as_user(form, self.manager).unlink()
        with self.assertRaises(UserError):
            self.as_user(form, self.clerk)._send_back("再看")

    def test_st08_a_second_person_confirms(self):
        form = self.form(user=self.manager)
        with self.assertRaisesRegex(UserError, "Somebody else"):
            self.as_user(self.signed(form), self.manager).action_confirm()

    def test_st08_who_entered_the_signature_does_not_confirm(self):
        form = self.assessed()
        self.sign(form, user=self.manager)
        with self.assertRaisesRegex(UserError, "Somebody else"):
            self.as_user(form, self.manager).action_confirm()

    def test_st08_who_assessed_what_was_sent_back_does_not_confirm(self):
        form = self.assessed(user=self.manager)
        self.as_user(form, self.clerk)._send_back("金额有误")
        self.assertFalse(form.assessed_by_id)
        with self.assertRaisesRegex(UserError, "Somebody else"):
            self.as_user(self.signed(form), self.manager).action_confirm()

    def test_st08_another_turnover_is_assessed_anew(self):
        self.load_platform(self.sold("P1", "30.50"))
        self.publish()
        form = self.signed()
        self.load_platform(self.sold("P2", "9.50"))
        self.publish()
        with self.assertRaisesRegex(UserError, "has changed since"):
            self.as_user(form, self.manager).action_confirm()
        self.as_user(form, self.clerk)._send_back("金额有误")
        self.assertEqual((form.state, form.scan, form.turnover), ("draft", False, 40))
        self.as_user(self.signed(form), self.manager).action_confirm()

    def test_st08_equipment_as_it_was_found_is_kept(self):
        form = self.form()
        self.as_user(form, self.clerk).write({"computer": "damaged", "shelves": "good"})
        self.as_user(self.signed(form), self.manager).action_confirm()
        today = date(2026, 4, 2)
        self.assertEqual(
            [self.station._equipment_on(code, today).condition for code in ("computer", "shelves", "tv")],
            ["damaged", "good", False],
        )

    def test_st08_site_photos_are_photos(self):
        form = self.as_user(self.form(), self.clerk)
        for name, content, message in (
            ("现场.jpg", b"%PDF-1.4 no photo", "no photo"),
            ("现场.jpg", b"\xff\xd8\xff" + bytes(11 * 2**20), "larger than 10 MB"),
        ):
            file = self.as_user(self.env["ir.attachment"], self.clerk).create({"name": name, "raw": content})
            with self.assertRaisesRegex(UserError, message):
                form.attachment_ids = file

    def test_st08_printed_in_the_annex_s_words(self):
        form = self.form()
        self.as_user(form, self.clerk).write({"computer": "damaged", "violation_note": "无", "parcel_note": "堆放整齐"})
        self.signed(form)
        cells = form._printed()
        self.assertEqual(cells["parcels"], "代收 0 件，代寄 0 件；堆放整齐")
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "rural_station_assessment.report_station_assessment", form.ids
        )
        html = html.decode()
        labels = [
            "浏阳市农村电子商务服务站月度考核表",
            "站点名称",
            "站点地址",
            "站点负责人",
            "联系电话",
            "月成交量（元）",
            "总成交量（元）",
            "电脑设备",
            "电视设备",
            "广告牌情况",
            "货架情况",
            "培训情况",
            "合同情况",
            "快递收发情况",
            "站长操作评价",
            "有无违法违规",
            "服务评价",
            "现场考察照片",
            "考核评价",
            "考核人",
            "公共服务中心：",
            "市商务局：",
        ]
        places = [html.find(label) for label in labels]
        self.assertNotIn(-1, places)
        self.assertEqual(places, sorted(places))
        self.assertIn("市商务局：陈科长", html.replace("\n", ""))

    def test_st11_a_partner_reads_the_confirmed_form_of_the_own_station(self):
        forms = self.prepare()
        seen = self.as_user(self.env["rural.station.assessment"], self.partner_user)
        self.assertFalse(seen.search([]))
        self.as_user(self.signed(forms[0]), self.manager).action_confirm()
        self.as_user(self.signed(forms[1]), self.manager).action_confirm()
        self.assertEqual(seen.search([]), forms[0])
        with self.assertRaises(AccessError):
            self.as_user(forms[0], self.partner_user).action_send_back()
        self.assertEqual(base64.b64decode(forms[0].scan), base64.b64decode(SCAN))

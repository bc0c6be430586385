from datetime import date

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import StationCase

HEADINGS = (
    "站点编码,站点名称,级别,县代码,乡镇代码,乡镇,村代码,村,经度,纬度,片区,片区合伙人,合伙人,营业开始,营业结束,停业期间"
)
ROWS = [
    "ZD101,新屋岭站,村,430181,430181002,集里街道,430181002013,新屋岭社区,113.83,28.19,东片区,曾家豪,曹桂花,2023-08-24,,",
    "ＺＤ102,荷花站,乡镇,430181,430181003,荷花街道,,,113.74,27.92,东片区,曾家豪,董友良,2024-10-16,,"
    "2026-01-20~2026-01-25;2026-04-29~",
]


@tagged("post_install", "-at_install")
class TestLoadStations(StationCase):
    def load(self, rows, user=None):
        return self.load_rows(user or self.clerk, "stations", HEADINGS, rows)

    def found(self, code):
        return self.env["rural.station"].search([("code", "=", code), ("company_id", "=", self.company.id)])

    def test_st01_rows_become_stations_with_areas_and_partners(self):
        self.assertEqual(self.counts(self.load(ROWS)), {"new": 2})
        first, second = self.found("ZD101"), self.found("ZD102")
        self.assertEqual((first.level, second.level), ("village", "township"))
        self.assertEqual(first.area_id, second.area_id)
        self.assertEqual(first.area_partner_id.name, "曾家豪")
        self.assertEqual(first.partner_id.name, "曹桂花")
        spans = [(closure.valid_from, closure.valid_to) for closure in second.closure_ids.sorted("valid_from")]
        self.assertEqual(spans, [(date(2026, 1, 20), date(2026, 1, 25)), (date(2026, 4, 29), False)])

    def test_sc15_the_same_file_again_changes_nothing(self):
        self.load(ROWS)
        partners = self.env["res.partner"].search_count([])
        self.assertEqual(self.counts(self.load(ROWS)), {"unchanged": 2})
        self.assertEqual(self.env["res.partner"].search_count([]), partners)

    def test_sc15_other_closures_are_an_update(self):
        self.load(ROWS)
        self.assertEqual(
            self.counts(self.load([ROWS[0], ROWS[1].replace("2026-01-25", "2026-01-24")])),
            {"updated": 1, "unchanged": 1},
        )

    def test_rows_at_fault_are_rejected_alone(self):
        run = self.load(
            [
                ROWS[0],
                ROWS[1].replace("430181,", "999999,", 1),
                ROWS[1].replace("ＺＤ102", "ZD103").replace("113.74", "1137.4"),
                ROWS[1].replace("ＺＤ102", "ZD104").replace("2026-04-29~", "四月底"),
            ]
        )
        self.assertEqual(self.issues(run), {3: "region", 4: "position", 5: "days"})

    def test_state_follows_from_the_days(self):
        self.station.write({"opened_on": "2020-01-01", "closed_on": "2020-12-31"})
        self.assertEqual(self.station.state, "ended")
        self.other.opened_on = False
        self.assertEqual(self.other.state, "planned")
        ended = self.env["rural.station"].search([("state", "=", "ended"), ("company_id", "=", self.company.id)])
        self.assertEqual(ended, self.station)

    def test_no_place_of_china_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "ZD001"):
            self.station.longitude = 13.4

    def test_a_partner_may_not_load(self):
        with self.assertRaises(AccessError):
            self.load(ROWS, self.area_user)

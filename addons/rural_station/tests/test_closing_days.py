from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import StationCase

HEADINGS = "站点编码,开始日期,结束日期,原因,状态,同意日期"


@tagged("post_install", "-at_install")
class TestClosingDays(StationCase):
    def asked(self, user=None, **vals):
        days = self.as_user(self.env["rural.station.closing.day"], user or self.clerk)
        return days.create(
            {
                "station_id": self.station.id,
                "date_from": "2026-03-02",
                "date_to": "2026-03-03",
                "reason": "农忙",
                **vals,
            }
        )

    @freeze_time("2026-03-01 16:30:00")
    def test_st05_another_person_agrees_on_the_day_in_china(self):
        days = self.asked()
        with self.assertRaisesRegex(UserError, "Somebody else"):
            days.action_agree()
        self.as_user(days, self.manager).action_agree()
        self.assertEqual((days.state, days.agreed_on), ("agreed", date(2026, 3, 2)))

    def test_st05_who_refuses_says_why(self):
        days = self.asked()
        with self.assertRaisesRegex(UserError, "Say why"):
            self.as_user(days, self.manager)._reject(" ")
        self.as_user(days, self.manager)._reject("人手不够")
        self.assertEqual((days.state, days.decision_reason), ("refused", "人手不够"))

    def test_st05_what_was_decided_stays(self):
        days = self.asked()
        self.as_user(days, self.manager).action_agree()
        with self.assertRaises(UserError):
            days.date_to = "2026-03-31"
        with self.assertRaises(UserError):
            days.action_withdraw()

    def test_st05_a_partner_reads_the_own_ones_and_writes_none(self):
        days = self.asked()
        own = self.as_user(days, self.partner_user)
        self.assertEqual(own.state, "requested")
        for step in (own.action_agree, own.action_withdraw, own.unlink):
            with self.assertRaises(AccessError):
                step()
        for station in (self.station, self.other):
            with self.assertRaises(AccessError):
                self.asked(self.partner_user, station_id=station.id, date_from="2026-05-04", date_to="2026-05-04")

    @freeze_time("2026-03-01 04:00:00")
    def test_st05_what_was_agreed_is_taken_back_before_its_first_day_only(self):
        days, begun = self.asked(), self.asked(date_from="2026-03-01", date_to="2026-03-01")
        self.as_user(days | begun, self.manager).action_agree()
        with self.assertRaisesRegex(UserError, "have begun"):
            begun._withdraw()
        days._withdraw()
        self.assertEqual((days.state, begun.state), ("withdrawn", "agreed"))
        self.assertEqual(self.asked().state, "requested")

    def test_st05_a_file_brings_what_was_decided_elsewhere(self):
        rows = ["ZD001,2026-01-04,2026-01-08,外出培训,已同意,2026-01-03", "ZD002,2026-01-05,2026-01-05,,已拒绝,"]
        run = self.load_rows(self.clerk, "closing_days", HEADINGS, rows)
        self.assertEqual(self.counts(run), {"new": 2})
        self.assertEqual(self.station.closing_day_ids.mapped("state"), ["agreed"])
        self.assertEqual(self.station.closing_day_ids.run_id, run)
        again = self.load_rows(self.clerk, "closing_days", HEADINGS, [rows[0].replace("已同意", "已撤回"), rows[1]])
        self.assertEqual(self.counts(again), {"updated": 1, "unchanged": 1})

    def test_st05_a_file_does_not_change_what_was_decided_here(self):
        days = self.asked()
        self.as_user(days, self.manager)._reject("人手不够")
        row = "ZD001,2026-03-02,2026-03-03,农忙,已同意,2026-03-01"
        run = self.load_rows(self.clerk, "closing_days", HEADINGS, [row])
        self.assertEqual(self.issues(run), {2: "state"})
        self.assertEqual(days.state, "refused")

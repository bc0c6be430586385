from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from .common import LedgerCase

HEADINGS = "站点编码,开始日期,结束日期,原因,状态,同意日期"


@tagged("post_install", "-at_install")
@freeze_time("2026-05-02 04:00:00")
class TestReports(LedgerCase):
    """Daily reports and weeks (ST-05)."""

    def report(self, day, handed_in=None, hours="08:00,16:00,", station="ZD001"):
        return f"{station},{day},{handed_in or f'{day} 18:00:00'},{hours},5"

    def outcomes(self):
        reports = self.env["rural.station.report"].search(
            [("company_id", "=", self.company.id)], order="station_id, day, submitted_at"
        )
        return [report.outcome for report in reports]

    def month(self, month=date(2026, 3, 1), station=None):
        rows = self.env.execute_query_dict(self.env["rural.station.report"]._month_query(self.company, month))
        return next(row for row in rows if row["station_id"] == (station or self.station).id)

    def test_st05_in_time_until_midnight_and_late_afterwards(self):
        self.load_reports(
            self.report("2026-03-02", "2026-03-02 23:59:59"), self.report("2026-03-03", "2026-03-04 00:00:00")
        )
        self.assertEqual(self.outcomes(), ["on_time", "late"])

    def test_st05_no_report_is_due_on_a_sunday(self):
        self.load_reports(self.report("2026-03-01"), self.report("2026-02-28"))
        self.assertEqual(self.outcomes(), ["on_time", "extra"])  # Saturday 28 February makes up for the holidays

    def test_st05_an_agreed_closing_day_needs_none_if_it_was_agreed_in_time(self):
        self.load_reports(self.report("2026-03-02"), self.report("2026-03-03"))
        row = "ZD001,2026-03-02,2026-03-03,农忙,已同意,2026-03-03"
        self.load_rows(self.clerk, "closing_days", HEADINGS, [row])
        self.assertEqual(self.outcomes(), ["on_time", "extra"])

    def test_st05_several_reports_of_a_day(self):
        run = self.load_reports(
            self.report("2026-03-02", "2026-03-03 09:00:00", "08:00,18:00,"),
            self.report("2026-03-02", "2026-03-02 19:00:00", "08:00,17:00,"),
            self.report("2026-03-02", "2026-03-02 17:00:00"),
            self.report("2026-03-02", "2026-03-02 17:00:07"),
        )
        self.assertEqual(self.counts(run), {"new": 1, "updated": 1, "duplicate": 1, "rejected": 1})
        self.assertEqual(self.issues(run), {2: "already_reported"})
        self.assertEqual((self.month()["on_time"], self.month()["minutes"]), (1, 540))

    def test_sc15_reports_loaded_again_change_nothing(self):
        rows = [self.report("2026-03-02"), self.report("2026-03-02", "2026-03-03 09:00:00", "08:00,18:00,")]
        self.load_reports(*rows)
        self.assertEqual(self.counts(self.load_reports(*rows)), {"unchanged": 1, "rejected": 1})
        self.assertEqual(self.outcomes(), ["on_time"])

    def test_st05_bad_reports_are_rejected(self):
        self.station.opened_on = "2026-02-01"
        run = self.load_reports(
            self.report("2026-03-02", station="ZD999", hours="16:00,08:00,"),
            self.report("2026-02-30", "2026-03-01 18:00:00"),
            self.report("2026-03-02", "昨天"),
            self.report("2026-03-02", hours="16:00,08:00,"),
            self.report("2026-03-03", hours="08:00,,"),
            self.report("2026-03-04", hours="08:00,16:00,900"),
            self.report("2026-03-05", "2026-03-04 20:00:00"),
            self.report("2026-01-05"),
        )
        reasons = ["station", "day", "submitted", "hours", "hours", "hours", "before_day", "not_open"]
        self.assertEqual(list(self.issues(run).values()), reasons)

    def test_st05_a_report_may_say_that_the_station_stayed_shut(self):
        self.load_reports(self.report("2026-03-02", hours=",,"))
        self.assertEqual((self.outcomes(), self.month()["minutes"]), (["on_time"], 0))

    def test_st05_weeks_need_five_full_days_or_as_many_as_are_due(self):
        days = [f"2026-03-{day:02}" for day in (2, 3, 4, 5, 7)]
        self.load_reports(*(self.report(day) for day in days), self.report("2026-03-09", hours="08:00,15:59,"))
        weeks = self.env.execute_query_dict(
            self.env["rural.station.report"]._weeks_query(self.company, date(2026, 3, 1))
        )
        mine = [
            (f"{week['monday']}", week["required"], week["full_days"], week["kept"])
            for week in weeks
            if week["station_id"] == self.station.id
        ]
        self.assertEqual(mine[1:3], [("2026-03-02", 5, 5, "yes"), ("2026-03-09", 5, 0, "no")])
        february = self.env["rural.station.report"]._weeks_query(self.company, date(2026, 2, 1))
        kept = {f"{week['monday']}": week["kept"] for week in self.env.execute_query_dict(february)}
        self.assertEqual(kept["2026-02-16"], "none")

    def test_st05_what_is_missing_is_counted(self):
        self.load_reports(self.report("2026-03-02"))
        march = self.month()
        self.assertEqual((march["due"], march["on_time"], march["missing"]), (22, 1, 21))

    def test_st05_days_weeks_and_months_are_shown_as_the_rule_counts_them(self):
        self.load_reports(self.report("2026-03-02"), self.report("2026-03-03", "2026-03-04 09:00:00"))
        row = "ZD001,2026-03-04,2026-03-04,农忙,已同意,2026-03-03"
        self.load_rows(self.clerk, "closing_days", HEADINGS, [row])
        domain = [("station_id", "=", self.station.id)]
        march = [*domain, ("day", ">=", "2026-03-01"), ("day", "<=", "2026-03-05")]
        days = self.as_user(self.env["rural.station.day"], self.clerk).search(march, order="day")
        self.assertEqual(days.mapped("state"), ["not_due", "on_time", "late", "closed", "missing"])
        self.assertEqual(days[1].action_open()["res_model"], "rural.station.report")
        self.assertEqual(days[4].action_open()["res_id"], self.station.id)
        month = self.as_user(self.env["rural.station.month"], self.clerk).search(
            [*domain, ("month", "=", "2026-03-01")]
        )
        rule = self.month()
        for name in ("due", "on_time", "late", "missing", "weeks_kept", "weeks_not_kept"):
            self.assertEqual(month[name], rule[name], name)
        self.assertEqual((month.due, month.late, month.missing), (21, 1, 19))
        week = self.as_user(self.env["rural.station.week"], self.clerk).search([*domain, ("monday", "=", "2026-03-02")])
        self.assertEqual((week.required, week.full_days, week.kept), (4, 2, "no"))

    def test_st05_today_is_not_missing_and_the_week_not_lost_yet(self):
        with freeze_time("2026-03-02 04:00:00"):
            domain = [("station_id", "=", self.station.id)]
            day = self.env["rural.station.day"].search([*domain, ("day", "=", "2026-03-02")])
            self.assertEqual(day.state, "waiting")
            week = self.env["rural.station.week"].search([*domain, ("monday", "=", "2026-03-02")])
            self.assertEqual(week.kept, "running")
            self.assertFalse(self.env["rural.station.week"].search([*domain, ("monday", ">", "2026-03-02")]))

import io
from datetime import date

from freezegun import freeze_time
from PIL import Image

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import LedgerCase

MONDAY = date(2026, 3, 2)


def picture(form="JPEG"):
    """Return the bytes of a small picture."""
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(stream, form)
    return stream.getvalue()


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 10:00:00")  # 18:00 in China
class TestHandIn(LedgerCase):
    """A station hands in its daily report by itself (ST-05, ST-11)."""

    def hand_in(self, day=MONDAY, user=None, station=None, **vals):
        station = self.as_user(station or self.station, user or self.partner_user)
        return station._hand_in_report(day, {"opens_at": "08:00", "closes_at": "16:00", "visitors": "5", **vals})

    def refused(self, sentence, day=MONDAY, **vals):
        with self.assertRaisesRegex(UserError, sentence), self.env.cr.savepoint():
            self.hand_in(day, **vals)
        self.assertFalse(self.reports())

    def reports(self):
        return self.env["rural.station.report"].search([("station_id", "=", self.station.id)], order="submitted_at")

    def test_st05_a_report_opens_with_the_ledger_of_the_day_and_keeps_it(self):
        self.load_platform(self.sold("T1", "10.00", "2026-03-02"), self.sold("T2", "5.00", "2026-03-01"))
        self.load_ledger(
            self.own("26-1", "20.00", "2026-03-02"),
            self.own("26-2", "300.00", "2026-03-02", "代缴费", "已完成"),
            self.own("26-3", "40.00", "2026-03-02", "代购", "已下单"),
        )
        proposal = self.as_user(self.station, self.partner_user)._report_proposal(MONDAY)
        self.assertEqual(
            [(figure["kind"], figure["count"], figure["amount"]) for figure in proposal["figures"]],
            [("selling", 2, 30), ("bill", 1, 300)],
        )
        self.assertEqual((proposal["turnover"], proposal["charge"], proposal["begun_count"]), (30, 3, 1))
        report = self.hand_in(problems="秤坏了")
        self.load_platform(self.sold("T3", "7.00", "2026-03-02"))
        self.assertEqual((report.turnover, report.charge, report.entry_count, report.begun_count), (30, 3, 3, 1))
        self.assertEqual(report.figure_ids.mapped("kind"), ["selling", "bill"])
        self.assertEqual((report.outcome, report.minutes, report.problems), ("on_time", 480, "秤坏了"))

    def test_st05_a_report_opens_with_the_hours_of_the_last_one(self):
        with freeze_time("2026-02-28 10:00:00"):
            self.hand_in(date(2026, 2, 28), opens_at="09:30", closes_at="18:00", pause="45")
        proposal = self.station._report_proposal(MONDAY)
        self.assertEqual((proposal["opens_at"], proposal["closes_at"], proposal["pause"]), ("09:30", "18:00", 45))

    def test_st05_a_report_opens_with_the_opening_hours_of_the_station(self):
        self.station.hours_ids.create(
            {"station_id": self.station.id, "opens": 8.5, "closes": 17.5, "valid_from": "2026-01-01"}
        )
        proposal = self.as_user(self.station, self.partner_user)._report_proposal(MONDAY)
        self.assertEqual((proposal["opens_at"], proposal["closes_at"]), ("08:30", "17:30"))
        self.assertEqual(self.station._report_proposal(date(2026, 3, 1))["opens_at"], "")  # a Sunday

    def test_st05_only_who_runs_the_station(self):
        for user in (self.area_user, self.clerk, self.manager):
            with self.assertRaises(AccessError):
                self.hand_in(user=user)
        with self.assertRaises(AccessError):
            self.hand_in(station=self.other)
        with self.assertRaises(AccessError):
            self.env["rural.station.report"].with_user(self.partner_user).create(
                {"station_id": self.station.id, "day": MONDAY, "submitted_at": "2026-03-02 10:00:00"}
            )

    def test_st05_the_rules_of_the_files_hold(self):
        self.refused("not handed in before its day", date(2026, 3, 3))
        self.refused("not open on that day", date(2024, 12, 31))
        self.refused("closes after it opens", opens_at="16:00", closes_at="08:00")
        self.refused("pause is no longer", pause="900")
        self.refused("no time of day", closes_at="25:00")
        self.refused("Say when you opened", closes_at="")
        self.refused("Visitors", visitors="-1")

    def test_st05_twice_is_a_duplicate_and_other_hours_replace_on_the_day(self):
        first = self.hand_in()
        self.assertEqual(self.hand_in(), first)  # within the second
        self.assertEqual(self.hand_in(closes_at="17:30").place, "replaces")
        self.assertEqual(self.hand_in().place, "replaces")
        with freeze_time("2026-03-02 10:05:00"):
            self.assertEqual(self.hand_in().outcome, "duplicate")
        with freeze_time("2026-03-02 15:59:59"):
            self.assertEqual(self.hand_in(closes_at="17:00").outcome, "replaces")
        with freeze_time("2026-03-02 16:00:00"), self.assertRaisesRegex(UserError, "reported already"):
            self.hand_in(closes_at="18:00")

    def test_st05_after_midnight_in_china_it_is_late(self):
        with freeze_time("2026-03-02 16:00:00"):
            self.assertEqual(self.hand_in().outcome, "late")

    def test_st05_a_station_that_stayed_shut_says_so(self):
        report = self.hand_in(stayed_shut=True)
        self.assertEqual((report.minutes, report.opens_at, report.outcome), (0, 0, "on_time"))

    def test_st05_a_report_of_the_portal_and_one_of_a_file_are_judged_together(self):
        self.hand_in()
        row = "ZD001,2026-03-02,2026-03-02 17:00:00,08:00,17:00,,5"
        self.load_reports(row)
        self.assertEqual(self.reports().mapped("outcome"), ["on_time", "replaces"])

    def test_st05_a_photo_is_what_it_says_and_not_too_big(self):
        self.refused("is no photo", photo=("站点.jpg", b"%PDF-1.7 ... startxref 9 %%EOF"))
        self.refused("41 MB", photo=("站点.jpg", picture() + b"\0" * 41 * 1024 * 1024))
        report = self.hand_in(photo=("站点.jpg", picture()))
        self.assertTrue(report.photo)

    def test_st05_missing_days_are_named(self):
        self.assertIn(date(2026, 2, 28), self.station._missing_days())
        self.assertNotIn(date(2026, 3, 1), self.station._missing_days())
        self.hand_in(date(2026, 2, 28))
        self.assertNotIn(date(2026, 2, 28), self.station._missing_days())

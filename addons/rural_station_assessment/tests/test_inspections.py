from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.rural_station.tests.common import StationCase

HEADINGS = "巡检编号,巡检时间,站点编码,巡检人,经度,纬度,台账检查,档案检查,发现问题,上传时间"


@tagged("post_install", "-at_install")
@freeze_time("2026-05-02 04:00:00")
class TestInspections(StationCase):
    """Which inspections count, and how many are due (ST-06)."""

    def load(self, *rows, user=None):
        return self.load_rows(user or self.clerk, "station_inspections", HEADINGS, rows)

    def visit(
        self, number, day="2026-03-02", hour="10", inspector=None, place="113.6000,28.1000", checks="是,是", upload=None
    ):
        time = f"{day} {hour}:00:00"
        inspector = inspector or self.area_user.partner_id.name
        return f"{number},{time},ZD001,{inspector},{place},{checks},,{upload or time}"

    def found(self, number):
        return self.env["rural.station.inspection"].search(
            [("number", "=", number), ("company_id", "=", self.company.id)]
        )

    def test_st06_what_counts_and_the_first_reason_that_does_not(self):
        self.env["rural.station.closure"].create(
            {"station_id": self.station.id, "valid_from": "2026-03-20", "valid_to": "2026-03-20"}
        )
        rows = {
            "counts": self.visit("X1"),
            "other_inspector": self.visit("X2", "2026-03-03", inspector="别人", checks="否,是"),
            "not_open": self.visit("X3", "2026-03-20"),
            "incomplete": self.visit("X4", "2026-03-05", checks="是,"),
            "uploaded_late": self.visit("X5", "2026-03-06", upload="2026-03-10 00:00:00"),
            "no_position": self.visit("X6", "2026-03-07", place=","),
            "too_far": self.visit("X7", "2026-03-08", place="113.6000,28.1091"),
            "same_day": self.visit("X8", hour="11"),
            "in time": self.visit("X9", "2026-03-16", upload="2026-03-19 23:59:59"),
            "near enough": self.visit("X10", "2026-03-17", place="113.6000,28.1089"),
        }
        self.load(*rows.values())
        reasons = [self.found(f"X{number}").reason or "counts" for number in range(1, 11)]
        self.assertEqual(reasons, [*list(rows)[:8], "counts", "counts"])

    def test_st06_duplicates_and_conflicts(self):
        run = self.load(
            self.visit("X1"),
            self.visit("X1"),
            self.visit("X2"),
            self.visit("X3", "2026-03-09"),
            self.visit("X3", "2026-03-09", checks="否,是"),
        )
        self.assertEqual(self.counts(run), {"new": 1, "duplicate": 2, "rejected": 2})
        self.assertEqual(set(self.issues(run).values()), {"conflicting key"})
        again = self.load(self.visit("X1"), self.visit("X2"))
        self.assertEqual(self.counts(again), {"unchanged": 1, "duplicate": 1})
        self.assertEqual(self.issues(self.load(self.visit("X1", checks="否,是"))), {2: "conflicting key"})

    def test_st06_bad_rows_are_rejected(self):
        run = self.load(
            self.visit(""),
            self.visit("X2", "2026-13-02"),
            self.visit("X3").replace("ZD001", "ZD999"),
            self.visit("X4", place="1136.2,28.1"),
            self.visit("X5", checks="有,是"),
            self.visit("X6", upload="2026-03-02 09:00:00"),
            self.visit("X7", place="113.6,"),
        )
        reasons = ["key", "time", "station", "position", "check", "uploaded", "position"]
        self.assertEqual(list(self.issues(run).values()), reasons)

    def test_st06_due_is_the_share_of_the_days_open_rounded_half_up(self):
        for first, due in (("2026-03-01", 3), ("2026-03-12", 2), ("2026-03-23", 1)):
            self.station.opened_on = first
            query = self.env["rural.station.inspection"]._month_query(self.company, date(2026, 3, 1))
            rows = {row["code"]: row["due"] for row in self.env.execute_query_dict(query)}
            self.assertEqual((rows["ZD001"], rows["ZD002"]), (due, 3))

    def test_st06_a_second_person_lets_one_count(self):
        self.load(self.visit("X1", place=","))
        flagged = self.found("X1")
        with self.assertRaises(AccessError):
            self.as_user(flagged, self.clerk)._accept("站长作证")
        with self.assertRaisesRegex(UserError, "Say why"):
            self.as_user(flagged, self.manager)._accept("")
        self.as_user(flagged, self.manager)._accept("站长作证")
        self.assertEqual((flagged.outcome, flagged.accepted_by_id), ("accepted", self.manager))
        self.load(self.visit("X2", "2026-03-03"))
        self.assertEqual(flagged.outcome, "accepted")

    def test_st06_whoever_loaded_it_does_not(self):
        self.load(self.visit("X1", place=","), user=self.manager)
        with self.assertRaisesRegex(UserError, "Somebody else"):
            self.as_user(self.found("X1"), self.manager)._accept("站长作证")

    def test_st06_partners_see_those_of_their_own_stations(self):
        self.load(self.visit("X1"), self.visit("X2").replace("ZD001", "ZD002"))
        for user in (self.area_user, self.partner_user):
            inspections = self.env["rural.station.inspection"].with_user(user)
            inspections = inspections.with_context(allowed_company_ids=user.company_ids.ids)
            self.assertEqual(inspections.search([]).mapped("number"), ["X1"])

    def test_st06_other_days_open_judge_again(self):
        self.load(self.visit("X1"))
        self.station.opened_on = "2026-03-03"
        self.assertEqual(self.found("X1").reason, "not_open")

from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common import LedgerCase

MONTHS = {month: date(2026, month, 1) for month in (1, 2, 3)}


@tagged("post_install", "-at_install")
@freeze_time("2026-05-02 04:00:00")
class TestAtRisk(LedgerCase):
    """Who is last in the latest ranking, or in the latest two: before a third month proposes elimination (ST-07)."""

    def publish(self, month, **amounts):
        """Publish the ranking of a month in which stations sold for these amounts."""
        day = f"2026-0{month}-10"
        self.load_platform(*(self.sold(f"T{month}{code}", amount, day, code) for code, amount in amounts.items()))
        rankings = self.as_user(self.env["rural.station.ranking"], self.manager)
        return rankings._publish(rankings.env.company, MONTHS[month])

    def at_risk(self, user=None):
        found = self.as_user(self.env["rural.station.at.risk"], user or self.clerk).search([])
        return [(each.station_id.code, each.months_last, each.month_before, each.turnover_before) for each in found]

    def test_st07_last_once_and_what_was_missing(self):
        self.publish(1, ZD001="10", ZD002="8")
        self.assertEqual(self.at_risk(), [("ZD002", 1, False, 0)])
        found = self.env["rural.station.at.risk"].search([("station_id", "=", self.other.id)])
        self.assertEqual((found.month, found.turnover, found.missing), (MONTHS[1], 8, 2))

    def test_st07_last_in_two_months_in_a_row_with_both_amounts(self):
        self.publish(1, ZD001="10", ZD002="8")
        self.publish(2, ZD001="10", ZD002="7")
        self.assertEqual(self.at_risk(), [("ZD002", 2, MONTHS[1], 8)])

    def test_st07_last_in_the_month_before_only_is_no_risk(self):
        self.publish(1, ZD001="10", ZD002="8")
        self.publish(2, ZD001="7", ZD002="10")
        self.assertEqual(self.at_risk(), [("ZD001", 1, False, 0)])

    def test_st07_a_month_without_a_ranking_between_breaks_the_row(self):
        self.publish(1, ZD001="10", ZD002="8")
        self.publish(3, ZD001="10", ZD002="8")
        self.assertEqual(self.at_risk(), [("ZD002", 1, False, 0)])

    def test_st07_three_months_are_proposed_and_no_risk_any_more(self):
        for month in MONTHS:
            self.publish(month, ZD001="10", ZD002="8")
        self.assertEqual(self.at_risk(), [])
        proposed = self.env["rural.station.elimination"].search([("company_id", "=", self.company.id)])
        self.assertEqual(proposed.station_id, self.other)

    def test_st07_who_has_left_is_at_no_risk(self):
        self.publish(1, ZD001="10", ZD002="8")
        self.other.closed_on = "2026-01-31"
        self.assertEqual(self.at_risk(), [])

    def test_st07_a_new_edition_counts_at_once(self):
        self.publish(1, ZD001="10", ZD002="8")
        self.load_platform(self.sold("T9", "5", "2026-01-11", "ZD002"))
        rankings = self.as_user(self.env["rural.station.ranking"], self.manager)
        rankings._publish(rankings.env.company, MONTHS[1])
        self.assertEqual(self.at_risk(), [("ZD001", 1, False, 0)])

    def test_the_list_leaves_by_export_and_leads_to_the_station(self):
        self.publish(1, ZD001="10", ZD002="8")
        found = self.as_user(self.env["rural.station.at.risk"], self.clerk).search([])
        exported = found.export_data(["station_id/code", "months_last", "month", "turnover"])["datas"]
        self.assertEqual(exported, [["ZD002", 1, MONTHS[1], 8.0]])
        self.assertEqual(found.action_open_station()["res_id"], self.other.id)

    def test_nobody_else_reads_it(self):
        for user in (self.partner_user, self.area_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.at_risk(user)

    def test_st07_a_station_has_turnover_and_rank_of_the_latest_ranking(self):
        self.publish(1, ZD001="10", ZD002="8")
        self.publish(2, ZD001="3", ZD002="7")
        stations = self.as_user(self.station | self.other, self.clerk)
        self.assertEqual(stations.mapped("ranking_turnover"), [3, 7])
        self.assertEqual(stations.mapped("ranking_rank"), [2, 1])
        Form(stations[0])
        with self.assertRaises(AccessError):
            self.as_user(self.station, self.partner_user).read(["ranking_rank"])

    def test_st03_turnover_by_month_area_and_kind(self):
        self.publish(1, ZD001="10", ZD002="8")
        entries = self.as_user(self.env["rural.station.entry"], self.clerk)
        groups = entries._read_group(
            [("outcome", "=", "counts")], ["month:month", "area_id", "kind"], ["turnover:sum"], order="turnover:sum"
        )
        self.assertEqual(
            [(month, area.name, kind, turnover) for month, area, kind, turnover in groups],
            [(MONTHS[1], False, "selling", 8), (MONTHS[1], "第一片区", "selling", 10)],
        )

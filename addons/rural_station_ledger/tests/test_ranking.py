from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import LedgerCase

JANUARY, FEBRUARY, MARCH = (date(2026, month, 1) for month in (1, 2, 3))


@tagged("post_install", "-at_install")
@freeze_time("2026-05-02 04:00:00")
class TestRanking(LedgerCase):
    """Rankings in editions, and who is proposed for elimination (ST-07)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.third = cls.new_station("ZD003")

    def publish(self, month, user=None):
        rankings = self.as_user(self.env["rural.station.ranking"], user or self.manager)
        return rankings._publish(rankings.env.company, month)

    def lines(self, month):
        latest = self.env["rural.station.ranking"]._latest(self.company).filtered(lambda r: r.month == month)
        return {line.station_id.code: (line.turnover, line.rank, line.is_last) for line in latest.line_ids}

    def sell(self, **amounts):
        """Load sales of March, by station."""
        self.load_platform(*(self.sold(f"T{code}", amount, station=code) for code, amount in amounts.items()))

    def test_st07_equal_turnover_equal_rank_and_the_next_is_left_out(self):
        self.sell(ZD001="10", ZD002="10", ZD003="5")
        self.publish(MARCH)
        expected = {"ZD001": (10, 1, False), "ZD002": (10, 1, False), "ZD003": (5, 3, True)}
        self.assertEqual(self.lines(MARCH), expected)

    def test_st07_where_all_are_equal_nobody_is_last(self):
        self.publish(MARCH)
        self.assertEqual({line[1:] for line in self.lines(MARCH).values()}, {(1, False)})

    def test_st07_who_was_not_open_all_month_has_no_rank(self):
        self.station.opened_on = "2026-03-02"
        self.other.closure_ids.create({"station_id": self.other.id, "valid_from": "2026-03-31"})
        self.third.closed_on = "2026-02-28"
        self.sell(ZD001="10")
        self.publish(MARCH)
        self.assertEqual(self.lines(MARCH), {"ZD001": (10, 0, False), "ZD002": (0, 0, False)})

    def test_st07_why_a_station_has_no_rank_is_kept_with_the_edition(self):
        self.station.opened_on = "2026-03-02"
        self.other.closure_ids.create({"station_id": self.other.id, "valid_from": "2026-03-31"})
        self.third.closed_on = "2026-03-30"
        ranking = self.publish(MARCH)
        self.station.opened_on = "2025-01-01"
        reasons = {line.station_id.code: line.unranked_reason for line in ranking.line_ids}
        self.assertEqual(reasons, {"ZD001": "opened", "ZD002": "shut", "ZD003": "closed"})

    def test_st07_a_new_edition_says_what_it_changed(self):
        self.sell(ZD001="10", ZD002="5")
        first = self.publish(MARCH)
        self.load_platform(self.sold("T9", "7", station="ZD003"))
        self.other.closed_on = "2026-02-28"
        second = self.publish(MARCH)
        self.assertFalse(first._changes())
        changes = {
            change["station"].code: (change["before"].turnover, change["line"].turnover, change["line"].rank)
            for change in second._changes()
        }
        self.assertEqual(changes, {"ZD003": (0, 7, 2), "ZD002": (5, 0, 0)})
        line = second.changed_line_ids
        self.assertEqual((line.turnover_before, line.rank_before), (0, 3))

    def test_st07_agreed_closing_days_do_not_matter(self):
        days = {"station_id": self.station.id, "date_from": "2026-03-02", "date_to": "2026-03-03", "reason": "农忙"}
        asked = self.as_user(self.env["rural.station.closing.day"], self.clerk).create(days)
        self.as_user(asked, self.manager).action_agree()
        self.sell(ZD001="10")
        self.publish(MARCH)
        self.assertEqual(self.lines(MARCH)["ZD001"], (10, 1, False))

    def test_st07_a_late_row_makes_a_new_edition_and_the_former_stays(self):
        self.sell(ZD001="10", ZD002="5")
        first = self.publish(MARCH)
        self.assertFalse(self.publish(MARCH))
        self.load_platform(self.sold("T9", "7", station="ZD003"))
        second = self.publish(MARCH)
        self.assertEqual(
            (first.state, second.state, second.edition, second.changed_count), ("replaced", "published", 2, 2)
        )
        self.assertEqual(first.line_ids.filtered(lambda line: line.station_id == self.third).turnover, 0)

    def test_st07_three_times_last_is_proposed_and_withdrawn_by_a_new_edition(self):
        for month, day in ((JANUARY, "2026-01-10"), (FEBRUARY, "2026-02-10"), (MARCH, "2026-03-10")):
            self.load_platform(self.sold(f"A{day}", "10", day), self.sold(f"B{day}", "8", day, station="ZD002"))
            self.publish(month)
        proposal = self.env["rural.station.elimination"].search([("station_id", "=", self.third.id)])
        self.assertEqual((proposal.state, proposal.last_month), ("proposed", MARCH))
        self.load_platform(self.sold("C1", "268", "2026-02-20", station="ZD003"))
        self.publish(MARCH)
        self.assertEqual(proposal.state, "withdrawn")
        event = proposal.event_ids.sorted("id")[-1]
        self.assertEqual((event.turnover_1, event.turnover_2, event.turnover_3), (0, 268, 0))

    def test_st07_who_has_left_by_the_end_is_not_proposed(self):
        self.third.closed_on = "2026-03-31"
        for month, day in ((JANUARY, "2026-01-10"), (FEBRUARY, "2026-02-10"), (MARCH, "2026-03-10")):
            self.load_platform(self.sold(f"A{day}", "10", day), self.sold(f"B{day}", "8", day, station="ZD002"))
            self.publish(month)
        self.assertFalse(self.env["rural.station.elimination"].search([("station_id", "=", self.third.id)]))

    def test_st07_who_may_publish(self):
        with self.assertRaises(AccessError):
            self.publish(MARCH, self.clerk)
        with self.assertRaisesRegex(UserError, "not over yet"):
            self.publish(date(2026, 5, 1))
        self.load_platform(self.sold("T1", "10"), user=self.manager)
        with self.assertRaisesRegex(UserError, "Somebody else"):
            self.publish(MARCH)

    def test_st07_nobody_edits_what_was_published(self):
        ranking = self.publish(MARCH)
        with self.assertRaises(AccessError):
            ranking.edition = 9
        with self.assertRaises(UserError):
            ranking.sudo().unlink()

    def test_st07_the_dialog_publishes_the_month_before(self):
        wizard = self.as_user(self.env["rural.station.ranking.publish"], self.manager).create({})
        self.assertEqual(wizard.month, date(2026, 4, 1))
        wizard.action_publish()
        self.assertTrue(self.lines(date(2026, 4, 1)))

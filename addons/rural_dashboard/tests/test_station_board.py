from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.rural_station_ledger.tests.common import LedgerCase


@tagged("post_install", "-at_install")
@freeze_time("2026-04-01 04:00:00")  # a Wednesday in China
class TestStationBoard(LedgerCase):
    """Operations sees today's reports, the ranking's state and what to do next (ST-05, ST-07)."""

    def board(self, user, **filters):
        board = self.env["rural.board.station"].with_user(user).with_context(allowed_company_ids=self.company.ids)
        return board.read_board(**filters)

    def values(self, board):
        return [figure["value"] for figure in board["figures"]]

    def test_st05_reports_of_today_and_who_is_missing(self):
        self.as_user(self.station, self.partner_user)._hand_in_report(
            date(2026, 4, 1), {"opens_at": "08:00", "closes_at": "11:00"}
        )
        board = self.board(self.clerk)
        self.assertEqual(self.values(board)[:3], [1, 1, 0])
        [row] = board["panels"][0]["rows"]
        self.assertEqual(row["station"], self.other.name)
        for figure in board["figures"]:
            action = figure["action"]
            if figure["type"] == "count" and figure["value"]:
                found = self.as_user(self.env[action["res_model"]], self.clerk).search_count(action["domain"])
                self.assertGreaterEqual(found, figure["value"])
        board = self.board(self.clerk, macro_region_id=self.area.id)
        self.assertEqual(self.values(board)[:2], [1, 0])

    def test_st07_the_ranking_is_to_be_published_or_there(self):
        self.assertEqual(self.board(self.manager)["figures"][3]["action"]["res_model"], "rural.station.ranking.publish")
        self.assertEqual(self.board(self.clerk)["figures"][3]["action"]["res_model"], "rural.station.ranking")
        self.load_platform(self.sold("T1", "10"))
        rankings = self.as_user(self.env["rural.station.ranking"], self.manager)
        ranking = rankings._publish(rankings.env.company, date(2026, 3, 1))
        figure = self.board(self.manager)["figures"][3]
        self.assertEqual((figure["value"], figure["action"]["res_id"]), (10, ranking.id))

    def test_the_board_is_not_for_the_portal(self):
        with self.assertRaises(AccessError):
            self.board(self.partner_user)

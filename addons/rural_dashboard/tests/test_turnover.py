from odoo.tests import tagged

from .common import BoardCase


@tagged("post_install", "-at_install")
class TestTurnover(BoardCase):
    """SC-10, SC-16: the turnover by place and code is that of the order lines."""

    def setUp(self):
        super().setUp()
        self._load_year()
        self.Turnover = self.env["rural.turnover"].with_user(self.officer)

    def grouped(self, *by, measures=("turnover:sum",)):
        domain = [("company_id", "=", self.company.id)]
        return {tuple(row[: len(by)]): row[len(by) :] for row in self.Turnover._read_group(domain, by, measures)}

    def test_sc10_completed_amounts_less_refunds_by_code(self):
        found = self.grouped("coding")
        self.assertEqual(
            {coding: round(amount, 2) for (coding,), (amount,) in found.items()},
            {"earning": 2130.25, "coded": 300.0, "no_code": 1500.0},
        )

    def test_sc10_orders_that_are_not_completed_do_not_count(self):
        self.assertFalse(self.Turnover.search([("order_number", "=", "W1"), ("company_id", "=", self.company.id)]))

    def test_sc16_a_share_of_many_lines_is_that_of_their_sums(self):
        [(coded, market)] = self.grouped(measures=("coded_share:avg", "market_share:avg")).values()
        self.assertAlmostEqual(coded, 2430.25 / 3930.25, 6)
        self.assertAlmostEqual(market, 2130.25 / 3930.25, 6)

    def test_sc16_a_share_of_nothing_is_empty(self):
        self.load(self.row("F2", 6, "80.00", refund="80.00", 采购单位编码="P4", 服务码=""))
        months = self.grouped("completion_month:month", measures=("coded_share:avg",))
        self.assertIn((False,), [tuple(shares) for shares in months.values()])

    def test_places_are_those_above_the_purchasers_region(self):
        line = self.Turnover.search([("order_number", "=", "E1"), ("company_id", "=", self.company.id)])
        self.assertEqual(
            (line.region_id, line.city_id, line.province_id),
            (self._region("422802"), self._region("422800"), self.hubei),
        )
        self.assertEqual(line.macro_region_id, self.macro_region)

    def test_a_correction_shows_at_once(self):
        before = self.grouped("coding")[("earning",)][0]
        self.load(self.row("E1", 3, "1000.00", refund="400.00"))
        self.assertAlmostEqual(self.grouped("coding")[("earning",)][0], before - 400)

    def test_rows_lead_to_their_order_lines(self):
        line = self.Turnover.search([("order_number", "=", "E1"), ("company_id", "=", self.company.id)])
        action = line.action_view_lines()
        self.assertEqual(self.env[action["res_model"]].search(action["domain"]), self.line("E1"))

    def test_places_that_nobody_asks_for_are_not_looked_up(self):
        """What makes a board quick: the joins of places cost nothing where they are not used."""
        self.env.flush_all()
        query = self.Turnover._search([("completion_month", ">=", "2022-01-01")])
        self.env.cr.execute("EXPLAIN " + query.select("count(*)").code, query.select("count(*)").params)
        self.assertNotIn("rural_region", "\n".join(row for (row,) in self.env.cr.fetchall()))

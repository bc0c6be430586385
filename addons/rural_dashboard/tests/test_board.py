from odoo.tests import tagged

from .common import BoardCase


@tagged("post_install", "-at_install")
class TestOperatorBoard(BoardCase):
    """SC-10 to SC-14: each figure of the operator's board is that of the records one click away."""

    def setUp(self):
        super().setUp()
        self._load_year()
        self.prepare()
        self.year = self.board("operator", self.manager, year=2022)

    def test_figures_are_those_of_the_orders(self):
        figures = self.figures(self.year)
        self.assertAlmostEqual(figures["Turnover"]["value"], 3910.25)
        self.assertAlmostEqual(figures["With a Service Code"]["value"], 2410.25 / 3910.25)
        self.assertAlmostEqual(figures["Market Revenue"]["value"], 2110.25)
        self.assertAlmostEqual(figures["Service Fees"]["value"], 1010 * 0.05 + 400.25 * 0.10 + 700 * 0.05, 2)
        self.assertEqual(figures["Exceptions"]["value"], 1)

    def test_figures_open_their_records(self):
        figures = self.figures(self.year)
        lines = self.behind(figures["Turnover"]["action"], self.manager)
        self.assertAlmostEqual(sum(lines.mapped("net_amount")), figures["Turnover"]["value"])
        earning = self.behind(figures["Service Fees"]["action"], self.manager)
        self.assertAlmostEqual(sum(earning.mapped("fee")), figures["Service Fees"]["value"], 2)
        self.assertEqual(self.behind(figures["Exceptions"]["action"], self.manager), self.line("O1"))
        statements = self.behind(figures["Statements Not Yet Paid"]["action"], self.manager)
        self.assertEqual(len(statements), figures["Statements Not Yet Paid"]["value"])

    def test_every_bar_opens_what_it_shows(self):
        measured = {"turnover_by_month": "net_amount", "turnover_by_region": "net_amount", "statements": "fee"}
        for name, field in measured.items():
            panel = self.panel(self.year, name)
            for series, domains in zip(panel["series"], panel["domains"], strict=True):
                if series.get("line"):
                    continue
                for label, value, domain in zip(panel["labels"], series["values"], domains, strict=True):
                    with self.subTest(name, series=series["label"], label=label):
                        records = self.behind(panel["action"], self.manager, domain)
                        self.assertAlmostEqual(sum(records.mapped(field)), value, 2)

    def test_every_slice_of_the_exceptions_opens_its_lines(self):
        panel = self.panel(self.year, "exceptions")
        self.assertEqual(panel["labels"], ["Out of Region"])
        self.assertEqual(self.behind(panel["action"], self.manager, panel["domains"][0][0]), self.line("O1"))

    def test_months_show_how_much_carries_a_code(self):
        panel = self.panel(self.year, "turnover_by_month")
        line = next(series for series in panel["series"] if series.get("line"))
        self.assertEqual(line["values"][3], round(400.25 / 1900.25, 4))
        self.assertIsNone(line["values"][6])

    def test_regions_are_compared_where_there_are_several(self):
        panel = self.panel(self.year, "turnover_by_region")
        self.assertEqual(panel["labels"], [self._region("422800").name, self._region("421200").name])
        self.load(self.row("G1", 6, "5.00", 采购单位地区代码="440106", 服务码=""))
        panel = self.panel(self.board("operator", self.manager, year=2022), "turnover_by_region")
        self.assertEqual(panel["labels"], [self.hubei.name, self._region("440000").name])

    def test_sc16_market_share_is_the_centers_part_of_its_region(self):
        rows = self.panel(self.year, "market_share")["rows"]
        self.assertEqual([row["center"] for row in rows], [self.lichuan.name, self.tongcheng.name])
        self.assertAlmostEqual(rows[0]["revenue"], 1410.25)
        self.assertAlmostEqual(rows[0]["share"]["value"], 1410.25 / 2910.25)
        self.assertAlmostEqual(rows[1]["share"]["value"], 700 / 1000)

    def test_the_year_is_that_of_completion_in_china(self):
        figures = self.figures(self.board("operator", self.manager, year=2023))
        self.assertAlmostEqual(figures["Turnover"]["value"], 20.0)

    def test_the_year_before_is_compared_by_the_same_months(self):
        self.load(self.row("B1", 1, "10.00", 下单时间="2023-01-02 09:00:00", 完成时间="2023-01-05 09:00:00"))
        self.load(self.row("B2", 1, "60.00"))
        hint = self.figures(self.board("operator", self.manager, year=2023))["Turnover"]["hint"]
        self.assertIn("-50.0", hint)

    def test_a_macro_region_sees_its_own_places(self):
        self.load(self.row("G1", 6, "5.00", 采购单位地区代码="440106", 服务码=""))
        figures = self.figures(self.board("operator", self.manager, year=2022, macro_region_id=self.macro_region.id))
        self.assertAlmostEqual(figures["Turnover"]["value"], 3910.25)

    def test_an_unknown_choice_is_the_usual_one(self):
        board = self.board("operator", self.manager, year=1900, macro_region_id=0x7FFFFFFF)
        self.assertEqual((board["filters"]["year"], board["filters"]["macro_region_id"]), (2023, 0))

    def test_a_year_without_orders_says_so(self):
        self.env["rural.order.line"].search([("company_id", "=", self.company.id)])
        other = self._new_company("别家运营商")
        stranger = self._new_user("d_stranger", "rural_base.group_settlement_manager", other)
        board = self.env["rural.board.operator"].with_user(stranger).with_context(allowed_company_ids=other.ids)
        content = board.read_board()
        self.assertEqual(self.figures(content)["Turnover"]["value"], 0)
        for name in ("turnover_by_month", "turnover_by_region", "statements", "exceptions"):
            panel = self.panel(content, name)
            self.assertFalse(panel["labels"])
            self.assertTrue(panel["empty"])

    def test_dp01_deposits_below_due(self):
        purpose = self.env["rural.deposit.purpose"].create({"name": "试验", "code": "board_test"})
        deposit = self.env["rural.deposit"].create(
            {
                "partner_id": self.lichuan.partner_id.id,
                "purpose_id": purpose.id,
                "company_id": self.company.id,
                "due_amount": 500,
            }
        )
        board = self.board("operator", self.manager, year=2022)
        shown = self.figures(board)["Deposits Below Due"]
        self.assertIn(deposit, self.behind(shown["action"], self.manager))
        rows = self.panel(board, "deposits")["rows"]
        self.assertIn((deposit.id, 500), [(row["action"]["res_id"], row["shortfall"]) for row in rows])

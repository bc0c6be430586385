import csv
import json
import tempfile
from pathlib import Path

from odoo.exceptions import UserError

from .common import FEBRUARY, JANUARY, MARCH, SettlementCase


class TestCommand(SettlementCase):
    """The command line takes the same path as the screens."""

    def run_command(self, *arguments):
        return self.env["rural.command"]._execute(list(arguments))

    def setUp(self):
        super().setUp()
        self.load(self.row("A1", 1), self.row("A2", 2, product=self.rice))

    def test_schedule_prepares_all_months(self):
        result, code = self.run_command("statements")
        self.assertEqual(code, 0)
        self.assertEqual((result["prepared"], result["statements"], result["fee"]), (2, 2, "15.00"))
        json.dumps(result)

    def test_one_month_from_draft_to_posted(self):
        result, code = self.run_command("statements", "--month", "2022-01", "--confirm", "--agreed", "--post")
        self.assertEqual(code, 0)
        self.assertEqual((result["confirmed"], result["agreed"], result["posted"]), (1, 1, 1))
        self.assertEqual(self.statement(JANUARY).state, "posted")
        self.assertFalse(self.statement(FEBRUARY))

    def test_all_months_in_their_order(self):
        result, _code = self.run_command("statements", "--confirm", "--agreed", "--post")
        self.assertEqual((result["confirmed"], result["posted"]), (2, 2))

    def test_statements_that_can_be_disputed_are_held_up(self):
        result, code = self.run_command("statements", "--confirm", "--post")
        self.assertEqual((code, result["posted"], result["held_up"]), (1, 0, 2))

    def test_people_named_on_the_command_line_follow_the_same_rules(self):
        names = ("--prepared-by", "s_officer", "--confirm", "s_manager", "--agreed", "s_officer")
        result, _code = self.run_command("statements", *names, "--post", "s_accountant")
        self.assertEqual(result["posted"], 2)
        self.assertEqual(self.statement(JANUARY).confirmed_by_id, self.manager)

    def test_sc13_a_center_with_an_open_month_holds_up_no_other(self):
        self.load(self.row("B1", 2, center=self.tongcheng))
        self.run_command("statements", "--month", "2022-01")
        result, code = self.run_command("statements", "--month", "2022-02", "--confirm", "--agreed", "--post")
        self.assertEqual((code, result["confirmed"], result["posted"]), (1, 1, 1))
        self.assertRegex(result["refused"][0], "2022-01/FW422802T is not decided yet")
        self.assertEqual(self.statement(FEBRUARY).state, "draft")
        self.assertEqual(self.statement(FEBRUARY, self.tongcheng).state, "posted")
        json.dumps(result)
        result, code = self.run_command("statements", "--confirm")
        self.assertEqual((code, result["confirmed"]), (0, 2))
        self.assertNotIn("refused", result)

    def test_same_person_is_refused_as_on_screen(self):
        with self.assertRaisesRegex(UserError, "Somebody else must"):
            self.run_command("statements", "--prepared-by", "s_manager", "--confirm", "s_manager")

    def test_wrong_month_and_unknown_login(self):
        for arguments in (("--month", "2022/01"), ("--prepared-by", "nobody")):
            with self.assertRaises(UserError):
                self.run_command("statements", *arguments)

    def test_export_of_statements(self):
        self.run_command("statements")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "statements.csv")
            result, code = self.run_command("export", "statements", "--out", str(path))
            rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
        self.assertEqual((code, result["rows"]), (0, 2))
        self.assertEqual(
            rows,
            [
                ["code", "month", "lines", "base", "fee"],
                ["FW422802T", "2022-01", "1", "100.00", "5.00"],
                ["FW422802T", "2022-02", "1", "100.00", "10.00"],
            ],
        )

    def test_sc13_a_month_says_what_earlier_months_leave_open(self):
        result, _code = self.run_command("statements", "--month", "2022-01", "--confirm", "--agreed", "--post")
        self.assertNotIn("open_before", result)
        self.load(self.row("A1", 1, refund="50.00"))
        result, code = self.run_command("statements", "--month", "2022-03")
        self.assertEqual((code, result["open_before"]), (0, {"2022-02": "7.50"}))
        json.dumps(result)
        wizard = self.env["rural.statement.prepare"].with_user(self.officer)
        shown = wizard.create({"month": MARCH}).action_prepare()
        self.assertRegex(shown["params"]["message"], "Earlier months .* 2022-02 .*7.50")
        self.assertEqual(shown["params"]["next"]["res_model"], "rural.statement")
        self.assertEqual(wizard.create({"month": FEBRUARY}).action_prepare()["res_model"], "rural.statement")

    def test_sc13_objections_hold_up_the_agreement_of_a_schedule(self):
        self.run_command("statements", "--month", "2022-01", "--confirm")
        dispute = {"statement_id": self.statement(JANUARY).id, "text": "少算一行", "evidence": "来函 1 号"}
        self.env["rural.statement.dispute"].with_user(self.officer).create(dispute)
        result, code = self.run_command("statements", "--month", "2022-01", "--agreed", "--post")
        self.assertEqual((code, result["agreed"], result["posted"], result["held_up"]), (1, 0, 0, 1))

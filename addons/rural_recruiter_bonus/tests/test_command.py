import json
import tempfile
from pathlib import Path

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import MAY, BonusCase


@tagged("post_install", "-at_install")
class TestCommand(BonusCase):
    def command(self, *arguments):
        return self.env["rural.command"].with_company(self.company)._execute(["bonus", *arguments])

    def runs(self, period):
        return self.Run.search([("name", "=", period), ("company_id", "=", self.company.id)])

    def test_month(self):
        self.merchant(self.li, "1", "2023-05-10")
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "bonus.json"
            result, code = self.command("month", "2023-05", "--out", str(file))
            self.assertEqual(json.loads(file.read_text()), json.loads(json.dumps(result)))
        self.assertEqual((code, result["total"], result["state"]), (0, "-400.00", "draft"))
        line = result["persons"][0]["lines"][0]
        self.assertEqual((line["clause"], line["amount"], line["inputs"]["points"]), ("MA-22", "-100.00", "4.0"))

    def test_a_final_run_is_only_shown(self):
        run = self.approve(self.run_of("month", MAY))
        result, _code = self.command("month", "2023-05")
        self.assertEqual((result["state"], run.computation_count), ("approved", 1))

    def test_periods(self):
        for kind, period in (("quarter", "2023Q2"), ("year", "2023")):
            self.assertEqual(self.command(kind, period)[0]["period"], period)
        for kind, period in (("month", "2023-13"), ("quarter", "2023-05"), ("year", "23")):
            with self.assertRaisesRegex(UserError, period):
                self.command(kind, period)

    def test_a_period_that_has_not_begun(self):
        """Now is 1 February 2024, 10:00 in China: February can be computed as far as it went, March cannot."""
        self.assertEqual(self.command("month", "2024-02")[0]["state"], "draft")
        for kind, period in (("month", "2024-03"), ("quarter", "2024Q2"), ("year", "2025")):
            with self.assertRaisesRegex(UserError, f"{period} has not begun"), self.cr.savepoint():
                self.command(kind, period)
            self.assertFalse(self.runs(period))

    def test_a_file_that_cannot_be_written(self):
        with self.assertRaisesRegex(UserError, "/nowhere/bonus.json"), self.cr.savepoint():
            self.command("month", "2023-05", "--out", "/nowhere/bonus.json")
        self.assertFalse(self.runs("2023-05"))

import csv
import io

from python_calamine import CalamineWorkbook

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import OrderCase


@tagged("post_install", "-at_install")
class TestExport(OrderCase):
    """Tables for other systems, in the columns that they expect."""

    def export(self, table, run=None):
        content, count = self.env["rural.export"]._export(table, "csv", self.company, run)
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        self.assertEqual(len(rows) - 1, count)
        return rows

    def test_rows_of_a_load(self):
        good, bad, without_code = self.row(), self.row(数量="0"), self.row(服务码="")
        self.run_of(good, good, bad, without_code)
        self.assertEqual(
            self.export("rows"),
            [
                ["row", "order", "line", "outcome", "reason", "fee"],
                ["2", good["订单编号"], "1", "loaded", "eligible", "5.00"],
                ["3", good["订单编号"], "1", "duplicate", "", ""],
                ["4", bad["订单编号"], "1", "rejected", "amount", ""],
                ["5", without_code["订单编号"], "1", "loaded", "no_code", "0"],
            ],
        )

    def test_rows_are_those_of_the_last_load_unless_one_is_named(self):
        first, second = self.run_of(self.row()), self.run_of(self.row(), self.row())
        self.assertEqual(len(self.export("rows")), 3)
        self.assertEqual(len(self.export("rows", first)), 2)
        self.assertEqual(self.export("rows", second), self.export("rows"))

    def test_turnover_counts_completed_lines_with_or_without_a_code(self):
        self.run_of(
            self.row(amount="10.00", 退款金额="1.50"),
            self.row(amount="20.00", 服务码=""),
            self.row(amount="40.00", 完成时间="2022-04-01 00:00:00"),
            self.row(amount="80.00", 采购单位地区代码="420106"),
            self.row(amount="99.00", 订单状态="已取消", 完成时间=""),
        )
        self.assertEqual(
            self.export("turnover"),
            [
                ["region", "month", "amount"],
                ["420106", "2022-03", "80.00"],
                ["421222", "2022-03", "28.50"],
                ["421222", "2022-04", "40.00"],
            ],
        )

    def test_workbook(self):
        self.run_of(self.row())
        content, _count = self.env["rural.export"]._export("turnover", "xlsx", self.company)
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
        self.assertEqual(sheet, [["region", "month", "amount"], ["421222", "2022-03", 100]])

    def test_other_endings_and_empty_companies_are_told(self):
        with self.assertRaisesRegex(UserError, "csv and .xlsx"):
            self.env["rural.export"]._export("turnover", "pdf", self.company)
        with self.assertRaisesRegex(UserError, "No orders"):
            self.export("rows")

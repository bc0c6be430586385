import io

import xlsxwriter
from freezegun import freeze_time
from python_calamine import CalamineWorkbook

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import HEADINGS, OrderCase

#: What is wrong with a row → column, reason and words of the message it is rejected with.
FAULTS = (
    ({"订单编号": ""}, "订单编号", "key", "is missing"),
    ({"订单行号": " "}, "订单行号", "key", "is missing"),
    ({"下单时间": ""}, "下单时间", "order time", "is missing"),
    ({"下单时间": "2022/13/10 09:00"}, "下单时间", "order time", "not a time of the form"),
    ({"下单时间": "2022-02-30 09:00:00"}, "下单时间", "order time", "a day that does not exist"),
    ({"下单时间": "2022-W10-4 09:00:00"}, "下单时间", "order time", "not a time of the form"),
    ({"下单时间": "2022-03-10 09:00+08"}, "下单时间", "order time", "not a time of the form"),
    ({"下单时间": "2022-03-10"}, "下单时间", "order time", "without a time of day"),
    ({"完成时间": "昨天"}, "完成时间", "completion time", "not a time of the form"),
    ({"完成时间": ""}, "完成时间", "completion time", "has no completion time"),
    ({"完成时间": "2022-03-10 08:59:59"}, "完成时间", "completion time", "before the order time"),
    ({"完成时间": "2098-03-15 10:00:00"}, "完成时间", "completion time", "yet to come"),
    ({"订单状态": ""}, "订单状态", "state", "is missing"),
    ({"订单状态": "已签收"}, "订单状态", "state", "待付款, 待发货, 待收货, 已完成, 已取消"),
    ({"数量": ""}, "数量", "number", "is missing"),
    ({"数量": "一"}, "数量", "number", "not a number"),
    ({"数量": "0"}, "数量", "amount", "more than 0"),
    ({"数量": "-1"}, "数量", "amount", "more than 0"),
    ({"单价": ""}, "单价", "number", "is missing"),
    ({"单价": "1e2"}, "单价", "number", "not a number"),
    ({"成交金额": ""}, "成交金额", "number", "is missing"),
    ({"成交金额": "100.005"}, "成交金额", "number", "not a number with at most 2"),
    ({"成交金额": "1,00"}, "成交金额", "number", "not a number"),
    ({"成交金额": "NaN"}, "成交金额", "number", "not a number"),
    ({"成交金额": "-100.00", "单价": "-100.00"}, "成交金额", "amount", "not be negative"),
    ({"退款金额": "-0.01"}, "退款金额", "amount", "between 0 and the amount"),
    ({"退款金额": "100.01"}, "退款金额", "amount", "between 0 and the amount"),
    ({"单价": "100.021"}, "单价", "price", "does not give the amount"),
    ({"采购单位地区代码": ""}, "采购单位地区代码", "region", "is missing"),
    ({"采购单位地区代码": "429999"}, "采购单位地区代码", "region", "no region with this code"),
    ({"采购单位地区代码": "4212"}, "采购单位地区代码", "region", "no region with this code"),
    ({"采购单位地区代码": "42122210"}, "采购单位地区代码", "region", "no region with this code"),
    ({"采购单位地区代码": "421222ABC"}, "采购单位地区代码", "region", "no region with this code"),
    ({"采购单位编码": ""}, "采购单位编码", "purchaser", "is missing"),
    ({"采购单位类型": "企业"}, "采购单位类型", "purchaser type", "预算单位, 非预算单位"),
    ({"供应商编码": ""}, "供应商编码", "supplier", "is missing"),
    ({"商品编码": ""}, "商品编码", "product", "is missing"),
)


@tagged("post_install", "-at_install")
class TestRejectedRows(OrderCase):
    """What rejects a row of an order file: told with row, column, reason and a sentence."""

    def test_each_fault_is_told(self):
        rows = [self.row(**cells) for cells, *_told in FAULTS]
        run = self.run_of(*rows)
        issues = run.issue_ids.sorted("row_number")
        self.assertEqual(run.rejected_count, len(FAULTS), set(range(2, 99)) - set(issues.mapped("row_number")))
        for issue, (cells, column, reason, words) in zip(issues, FAULTS, strict=True):
            with self.subTest(cells):
                self.assertEqual((issue.kind, issue.column, issue.reason), ("rejected", column, reason))
                self.assertIn(words, issue.message)
        self.assertEqual(issues.mapped("row_number"), list(range(2, 2 + len(FAULTS))))

    def test_each_fault_among_good_rows_rejects_its_row_alone(self):
        """Read together with good rows, column by column, or alone: the same is told."""
        for cells, column, reason, _words in FAULTS:
            with self.subTest(cells):
                run = self.run_of(self.row(), self.row(**cells), self.row())
                self.assertEqual(self.counts(run), {"new": 2, "rejected": 1})
                self.assertEqual((run.issue_ids.column, run.issue_ids.reason), (column, reason))
                self.assertEqual(run.issue_ids.row_number, 3)

    def test_what_is_just_right_is_taken(self):
        for cells in (
            {"单价": "100.02"},
            {"单价": "99.98"},
            {"单价": "9.99", "数量": "10", "成交金额": "100.01"},
            {"退款金额": "100.00"},
            {"完成时间": "2022-03-10 09:00:00"},
            {"成交金额": "100.0000"},
            {"数量": "0.001", "单价": "0", "成交金额": "0"},
            {"订单状态": "待收货", "完成时间": ""},
        ):
            with self.subTest(cells):
                run = self.run_of(self.row(**cells))
                self.assertEqual(self.counts(run), {"new": 1}, run.issue_ids.mapped("message"))

    def test_sc10_an_order_completed_today_but_none_of_tomorrow(self):
        """Days are China's: at 23:59 there it is 15:59 UTC. What is not completed yet may be expected later."""
        with freeze_time("2022-06-10 15:59:00"):
            run = self.run_of(
                self.row(完成时间="2022-06-10 23:59:59"),
                self.row(完成时间="2022-06-11 00:00:00"),
                self.row(完成时间="2022-06-11 00:00:00", 订单状态="待收货"),
            )
        self.assertEqual(self.counts(run), {"new": 2, "rejected": 1}, run.issue_ids.mapped("message"))
        self.assertEqual((run.issue_ids.row_number, run.issue_ids.column), (3, "完成时间"))

    def test_all_faults_of_cells_are_told_in_one_message(self):
        run = self.run_of(self.row(数量="x", 订单状态="y", 成交金额="z"))
        for column in ("数量", "订单状态", "成交金额"):
            self.assertIn(column, run.issue_ids.message)

    def test_rejected_row_of_a_known_line_leaves_it_alone(self):
        row = self.row()
        line = self.lines_of(row)
        self.run_of(row | {"退款金额": "999.00"})
        line.invalidate_recordset()
        self.assertEqual((line.refund, line.fee), (0, 5.0))

    def test_rejected_rows_create_no_purchaser(self):
        self.run_of(self.row(采购单位编码="OCG77", 数量="0"))
        self.assertFalse(self.env["rural.purchaser"].search([("code", "=", "OCG77")]))

    def test_row_with_too_many_cells(self):
        text = ",".join(HEADINGS) + "\n" + ",".join(self.row().values()) + ",x\n"
        run = self.load_file("orders.csv", text.encode())
        self.assertEqual(self.counts(run), {"rejected": 1})
        self.assertIn("19", run.issue_ids.message)

    def test_row_cut_short(self):
        text = ",".join(HEADINGS) + "\n" + ",".join(list(self.row().values())[:10]) + "\n"
        run = self.load_file("orders.csv", text.encode())
        self.assertEqual(self.counts(run), {"rejected": 1})
        self.assertIn("商品编码: is missing", run.issue_ids.message)


@tagged("post_install", "-at_install")
class TestDownload(HttpCase, OrderCase):
    """Rejected rows are downloaded, corrected there and loaded again."""

    def download(self, run):
        answer = self.url_open(run.with_user(self.officer).action_download_rejected()["url"])
        answer.raise_for_status()
        return answer, CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()

    def test_rejected_rows_corrected_in_the_workbook_and_loaded_again(self):
        rows = [self.row(), self.row(数量="0"), self.row(订单状态="已签收", 服务码="=1+1"), self.row()]
        run = self.run_of(*rows)
        self.authenticate("o_officer", "o_officer")
        answer, sheet = self.download(run)
        self.assertIn("orders", answer.headers["Content-Disposition"])
        headings, first, second = sheet
        self.assertEqual(headings[:-2], HEADINGS)
        self.assertEqual([first[headings.index("订单编号")], first[-2]], [rows[1]["订单编号"], "数量"])
        self.assertIn("more than 0", first[-1])
        self.assertEqual((second[headings.index("服务码")], second[-2]), ("=1+1", "订单状态"))

        first[headings.index("数量")] = 1
        second[headings.index("订单状态")] = "已完成"
        stream = io.BytesIO()
        with xlsxwriter.Workbook(stream, {"strings_to_formulas": False}) as book:
            page = book.add_worksheet()
            for number, cells in enumerate(sheet):
                page.write_row(number, 0, cells)
        again = self.load_file("corrected.xlsx", stream.getvalue())
        self.assertEqual(self.counts(again), {"new": 2}, again.issue_ids.mapped("message"))
        self.assertEqual(self.line(rows[1]).fee, 5.0)

    def test_download_is_for_who_may_see_the_load(self):
        run = self.run_of(self.row(数量="0"))
        url = run.action_download_rejected()["url"]
        other = self.env["res.company"].create({"name": "另一家运营商"})
        self._new_user("o_stranger", "rural_base.group_settlement_officer", other)
        self._new_user("o_nobody", "base.group_user")
        for login in ("o_stranger", "o_nobody"):
            self.authenticate(login, login)
            with mute_logger("odoo.http"):
                self.assertEqual(self.url_open(url).status_code, 403, login)
        self.authenticate(None, None)
        self.assertNotIn("spreadsheet", self.url_open(url).headers["Content-Type"])

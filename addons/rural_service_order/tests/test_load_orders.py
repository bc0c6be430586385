import datetime
import io

import xlsxwriter

from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.rural_bulk import readers, row_reader

from .common import HEADINGS, OrderCase, csv_text


def workbook(rows, headings=HEADINGS):
    """The rows as XLSX; dates and numbers as such."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"default_date_format": "yyyy-mm-dd hh:mm:ss"}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, headings)
        for number, row in enumerate(rows, start=1):
            for column, heading in enumerate(headings):
                sheet.write(number, column, row.get(heading, ""))
    return stream.getvalue()


@tagged("post_install", "-at_install")
class TestLoadOrders(OrderCase):
    """SC-15 and the rules of loading orders."""

    def stored(self):
        """All stored lines of the company as they are in the database, with the version of each row."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT id, ctid::text, line.* FROM rural_order_line AS line WHERE company_id = %s ORDER BY 1",
            [self.company.id],
        )
        return self.env.cr.fetchall()

    # SC-15 ------------------------------------------------------------

    def test_sc15_same_file_twice_changes_nothing(self):
        rows = [self.row(), self.row(订单状态="待付款", 完成时间=""), self.row(服务码="")]
        self.assertEqual(self.counts(self.run_of(*rows)), {"new": 3})
        before = self.stored()
        again = self.run_of(*rows)
        self.assertEqual(self.counts(again), {"unchanged": 3})
        self.assertEqual(self.stored(), before)
        self.assertTrue(again.same_file_id)

    def test_sc15_corrected_file_changes_the_lines_that_differ(self):
        rows = [self.row() for _ in range(6)]
        lines = self.lines_of(*rows)
        before = {row[0]: row for row in self.stored()}
        rows[1]["退款金额"] = "10.00"
        rows[4]["服务码"] = ""
        run = self.run_of(*rows, self.row())
        self.assertEqual(self.counts(run), {"new": 1, "updated": 2, "unchanged": 4})
        after = {row[0]: row for row in self.stored()}
        self.assertEqual(
            {line_id for line_id in before if before[line_id] != after[line_id]}, {lines[1].id, lines[4].id}
        )
        lines.invalidate_recordset()
        self.assertEqual(lines.mapped("fee"), [5.0, 4.5, 5.0, 5.0, 0.0, 5.0])
        self.assertEqual(lines.mapped("run_id").ids, [lines[0].run_id.id, run.id])

    def test_sc15_every_given_cell_counts_as_a_change(self):
        self._new_product("OSP2", "梨", "OGYS2", 0.10)
        row = self.row(amount="10.00")
        self.lines_of(row)
        for change in (
            {"下单时间": "2022-03-10 09:00:01"},
            {"完成时间": "2022-04-15 10:00:00"},
            {"采购单位编码": "OCG2"},
            {"采购单位类型": "非预算单位"},
            {"采购单位地区代码": "421223"},
            {"供应商编码": "OGYS2", "供应商名称": "供应商OGYS2"},
            {"商品编码": "OSP2", "商品名称": "梨"},
            {"数量": "2", "单价": "5"},
            {"单价": "5.001"},
            {"退款金额": "0.01"},
            {"服务码": "FW420000T"},
            {"订单状态": "待收货", "完成时间": ""},
        ):
            with self.subTest(change):
                row |= change
                run = self.run_of(row)
                self.assertEqual((run.updated_count, run.rejected_count), (1, 0), run.issue_ids.mapped("message"))

    def test_sc15_a_file_that_takes_back_what_is_known_says_so(self):
        refunded, completed, later = self.row(退款金额="30.00"), self.row(退款金额="5.00"), self.row()
        self.lines_of(refunded, completed, later)
        run = self.run_of(
            refunded | {"退款金额": ""},
            completed | {"订单状态": "待收货", "完成时间": "", "退款金额": "0"},
            later | {"退款金额": "10.00"},
            self.row(订单状态="待收货", 完成时间=""),
        )
        self.assertEqual(self.counts(run), {"new": 1, "updated": 3, "warning": 2})
        less, undone = run.issue_ids.sorted("row_number")
        self.assertEqual(
            (less.row_number, less.column, less.record_key), (2, "退款金额", f"{refunded['订单编号']} / 1")
        )
        self.assertRegex(less.message, r"refund of 30\.00 is known, the row says 0\.00.*load the newest one again")
        self.assertEqual((undone.row_number, undone.column), (3, "订单状态"))
        self.assertRegex(undone.message, r"“已完成” \(amount 100\.00, refund 5\.00\).*“待收货” \(.*refund 0\.00\)")
        self.assertEqual([self.line(row).fee for row in (refunded, completed, later)], [5.0, 0.0, 4.5])
        self.assertFalse(self.run_of(refunded | {"退款金额": ""}).issue_ids, "what is loaded already is said once")

    def test_sc15_a_name_alone_is_no_change(self):
        row = self.row()
        self.lines_of(row)
        self.assertEqual(self.counts(self.run_of(row | {"商品名称": "红苹果"})), {"unchanged": 1, "warning": 1})

    def test_counts_add_up_and_every_row_is_accounted_for(self):
        known = self.row()
        self.run_of(known)
        new = self.row()
        run = self.run_of(
            new, new, known | {"退款金额": "1.00"}, self.row(数量="0"), known | {"订单编号": "OTX", "数量": "x"}
        )
        self.assertEqual(self.counts(run), {"new": 1, "duplicate": 1, "updated": 1, "rejected": 2})
        self.assertEqual(run.row_count, 5)
        ledger = self.env["rural.load.ledger"]._rows(run)
        self.env.cr.execute(SQL("SELECT row_number, outcome, record_id FROM %s AS row", ledger))
        rows = {row_number: (outcome, record_id) for row_number, outcome, record_id in self.env.cr.fetchall()}
        told = {row_number: outcome for row_number, (outcome, _record_id) in rows.items()}
        self.assertEqual(told, {2: "new", 3: "duplicate", 4: "updated"})
        self.assertEqual(sorted(run.issue_ids.mapped("row_number")), [5, 6])
        self.assertEqual(rows[4][1], self.line(known).id)

    # Same key twice ---------------------------------------------------

    def test_same_row_twice_is_a_duplicate(self):
        row = self.row()
        run = self.run_of(row, row | {"服务码": " fw421222t"}, row)
        self.assertEqual(self.counts(run), {"new": 1, "duplicate": 2})
        self.assertEqual(len(self.line(row)), 1)

    def test_same_key_with_other_content_rejects_all_its_rows(self):
        row = self.row()
        run = self.run_of(row, row, row | {"退款金额": "1.00"}, self.row())
        self.assertEqual(self.counts(run), {"new": 1, "rejected": 3})
        self.assertEqual(set(run.issue_ids.mapped("reason")), {"conflicting key"})
        self.assertFalse(self.line(row))

    def test_rows_of_a_big_file_are_judged_alike_wherever_they_stand(self):
        """A file of batches of one row, whatever is remembered as said, ends as one that is read at once."""
        row, other = self.row(), self.row(采购单位编码="OCG7", 采购单位名称="隽水中学")
        broken, nowhere = self.row(数量="很多"), self.row(采购单位地区代码="999999")
        odd = [self.row(采购单位类型="某种") for _number in range(2)]
        rows = [row, nowhere, other, broken, other, row | {"采购单位名称": "另一名称"}, *odd, broken, self.row()]
        with self.savepoint():
            together = self.account_of(self.run_of(*rows))
        self.patch(readers, "BATCH_BYTES", 1)
        for most_said in (row_reader.MOST_REMEMBERED, 0):
            self.patch(row_reader, "MOST_REMEMBERED", most_said)
            with self.savepoint():
                self.assertEqual(self.account_of(self.run_of(*rows)), together)
        self.assertEqual(together[0], {"new": 2, "duplicate": 2, "rejected": 6})

    def account_of(self, run):
        """The counts and the issues of a load."""
        issues = run.issue_ids.sorted("row_number")
        return self.counts(run), [(issue.row_number, issue.kind, issue.reason, issue.message) for issue in issues]

    def test_same_order_with_two_lines(self):
        row = self.row()
        self.assertEqual(self.counts(self.run_of(row, row | {"订单行号": "2"})), {"new": 2})

    # Unknown and known names ------------------------------------------

    def test_unknown_purchaser_supplier_and_product_are_created(self):
        line = self.line_of(
            采购单位编码="OCG5",
            采购单位名称="通城县人民医院工会",
            采购单位类型="非预算单位",
            供应商编码="OGYS5",
            供应商名称="通城县茶业合作社",
            商品编码="OSP5",
            商品名称="麦市绿茶",
        )
        purchaser = line.purchaser_id
        self.assertEqual((purchaser.code, purchaser.name), ("OCG5", "通城县人民医院工会"))
        self.assertEqual((purchaser.purchaser_type, purchaser.region_id.code), ("non_budget_unit", "421222"))
        self.assertEqual((line.supplier_id.supplier_code, line.supplier_id.name), ("OGYS5", "通城县茶业合作社"))
        self.assertEqual((line.product_id.code, line.product_id.name), ("OSP5", "麦市绿茶"))
        self.assertEqual(line.product_id.supplier_id, line.supplier_id)
        self.assertEqual((line.supplier_id.company_id | line.product_id.company_id), self.company)

    def test_unknown_without_a_name_is_called_by_its_code(self):
        line = self.line_of(
            采购单位编码="OCG6", 采购单位名称="", 供应商编码="OGYS6", 供应商名称="", 商品编码="OSP6", 商品名称=""
        )
        names = (line.purchaser_id.display_name, line.supplier_id.name, line.product_id.name)
        self.assertEqual(names, ("OCG6", "OGYS6", "OSP6"))

    def test_name_that_comes_later_is_the_purchasers(self):
        nameless = self.row(采购单位编码="OCG6", 采购单位名称="")
        purchaser = self.lines_of(nameless).purchaser_id
        self.assertFalse(purchaser.name)
        self.assertEqual(self.counts(self.run_of(self.row(采购单位编码="OCG6", 采购单位名称="北港中学"))), {"new": 1})
        purchaser.invalidate_recordset()
        self.assertEqual(purchaser.name, "北港中学")
        named = self.row(采购单位编码="OCG7", 采购单位名称="南林中学")
        self.run_of(named | {"订单行号": "2", "采购单位名称": ""}, named)
        self.assertEqual(self.line(named).purchaser_id.name, "南林中学")

    def test_known_ones_keep_their_data_and_are_told(self):
        self.line_of()
        purchaser = self.env["rural.purchaser"].search([("code", "=", "OCG1"), ("company_id", "=", self.company.id)])
        row = self.row(采购单位名称="一中", 采购单位类型="非预算单位", 供应商名称="苹果社", 商品名称="红苹果")
        run = self.run_of(row)
        self.assertEqual(self.counts(run), {"new": 1, "warning": 4})
        self.assertEqual(
            set(run.issue_ids.mapped("column")), {"采购单位名称", "采购单位类型", "供应商名称", "商品名称"}
        )
        self.assertIn("预算单位", run.issue_ids.filtered(lambda issue: issue.column == "采购单位类型").message)
        self.assertEqual((purchaser.name, purchaser.purchaser_type), ("通城县第一中学", "budget_unit"))
        self.assertEqual((self.apples.name, self.apples.supplier_id.name), ("苹果", "供应商OGYS1"))
        self.assertEqual(self.line(row).purchaser_type, "non_budget_unit")

    def test_new_purchaser_is_named_by_the_first_good_row(self):
        said = {"采购单位编码": "OCG8"}
        wrong, kept, told = ({**said, "采购单位名称": name} for name in ("被拒", "留下", "被拒"))
        run = self.run_of(self.row(**wrong) | {"数量": "0"}, self.row(**kept), self.row(**told))
        self.assertEqual(self.counts(run), {"new": 2, "rejected": 1, "warning": 1})
        self.assertEqual(self.env["rural.purchaser"].search([("code", "=", "OCG8")]).name, "留下")
        warning = run.issue_ids.filtered(lambda issue: issue.kind == "warning")
        self.assertEqual((warning.row_number, warning.column), (4, "采购单位名称"))

    def test_same_difference_is_told_once(self):
        self.line_of()
        run = self.run_of(*(self.row(商品名称="红苹果") for _ in range(5)))
        self.assertEqual(run.warning_count, 1)

    def test_sc11_purchaser_named_by_a_report_alone_gets_its_name(self):
        purchaser = self.env["rural.purchaser"].create({"code": "OCG9", "name": False})
        line = self.line_of(采购单位编码="OCG9", 采购单位名称="通城县总工会", 采购单位类型="非预算单位")
        purchaser.invalidate_recordset()
        self.assertEqual(line.purchaser_id, purchaser)
        self.assertEqual((purchaser.name, purchaser.purchaser_type), ("通城县总工会", "non_budget_unit"))

    def test_supplier_of_the_order_is_the_one_on_its_row(self):
        """A product may be delivered by another supplier than its usual one."""
        row = self.row(供应商编码="OGYS7", 供应商名称="通城县果业公司")
        self.run_of(row)
        line = self.line(row)
        self.assertEqual(line.supplier_id.supplier_code, "OGYS7")
        self.assertEqual(line.product_id.supplier_id.supplier_code, "OGYS1")
        [warning] = line.run_id.issue_ids
        self.assertEqual((warning.kind, warning.column), ("warning", "供应商编码"))
        for said in ("OSP1", "OGYS1", "OGYS7", "borne by the row's"):
            self.assertIn(said, warning.message)

    # Forms of files ---------------------------------------------------

    def test_codes_are_cleaned(self):
        for code in (" FW421222T ", "fw421222t", "ＦＷ４２１２２２Ｔ", "FW 421 222 T", "　fw421222Ｔ"):
            line = self.line_of(服务码=code, 商品编码=" osp1", 采购单位编码="ｏｃｇ1")
            self.assertEqual((line.service_code, line.outcome), ("FW421222T", "eligible"))
            self.assertEqual(line.product_id, self.apples)

    def test_csv_in_each_encoding(self):
        for encoding in ("utf-8", "utf-8-sig", "gb18030"):
            row = self.row()
            run = self.load_file("orders.csv", csv_text([row]).encode(encoding))
            self.assertEqual(self.counts(run), {"new": 1}, encoding)

    def test_workbook_with_dates_and_numbers(self):
        row = self.row()
        cells = row | {
            "下单时间": datetime.datetime(2022, 3, 10, 9, 0, 0),
            "完成时间": datetime.datetime(2022, 3, 15, 10, 0, 0),
            "订单行号": 1,
            "采购单位地区代码": 421222,
            "数量": 3,
            "单价": 9.785,
            "成交金额": 29.355,
            "退款金额": 0.1,
        }
        run = self.load_file("orders.xlsx", workbook([cells]))
        self.assertEqual(run.issue_ids.mapped("column"), ["成交金额"])  # three decimals are no amount
        run = self.load_file("orders.xlsx", workbook([cells | {"成交金额": 29.36}]))
        self.assertEqual(self.counts(run), {"new": 1})
        line = self.line(row)
        self.assertEqual((line.net_amount, line.fee, line.quantity), (29.26, 1.46, 3))
        self.assertEqual(str(line.order_time), "2022-03-10 01:00:00")

    def test_workbook_and_csv_are_the_same(self):
        rows = [self.row(), self.row(订单状态="待付款", 完成时间="", 退款金额="")]
        self.run_of(*rows)
        self.assertEqual(self.counts(self.load_file("orders.xlsx", workbook(rows))), {"unchanged": 2})

    def test_columns_in_any_order_and_more_than_needed(self):
        headings = [*reversed(HEADINGS), "备注"]
        run = self.run_of(self.row(备注="加急"), headings=headings)
        self.assertEqual((self.counts(run), run.ignored_columns), ({"new": 1}, "备注"))

    def test_file_of_another_form_is_refused(self):
        run = self.load_file("orders.csv", "商品编码,商品名称\nSP1,苹果\n".encode())
        self.assertEqual((run.state, run.row_count), ("failed", 0))
        self.assertIn("订单编号", run.error)

    def test_empty_refund_is_none(self):
        self.assertEqual(self.line_of(退款金额="").refund, 0)

    def test_blank_rows_are_no_rows(self):
        text = csv_text([self.row()]) + "," * (len(HEADINGS) - 1) + "\n\n"
        self.assertEqual(self.load_file("orders.csv", text.encode()).row_count, 1)

    def test_addon_file_is_loaded_once(self):
        runs = self.env["rural.load.run"].with_user(self.officer)
        for _ in range(2):
            runs._load_addon_file("orders", "rural_service_order/demo/orders_2026_08.csv")
        found = runs.search([("profile", "=", "orders"), ("file_name", "=", "orders_2026_08.csv")])
        self.assertEqual((len(found), found.rejected_count), (1, 0))

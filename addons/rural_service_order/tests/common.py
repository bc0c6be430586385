import csv
import io
import itertools
from contextlib import contextmanager

from odoo.addons.rural_bulk.tests.common import LoadCase

HEADINGS = [
    *("订单编号", "订单行号", "下单时间", "完成时间", "订单状态"),
    *("采购单位编码", "采购单位名称", "采购单位类型", "采购单位地区代码"),
    *("供应商编码", "供应商名称", "商品编码", "商品名称"),
    *("数量", "单价", "成交金额", "退款金额", "服务码"),
]


def csv_text(rows, headings=HEADINGS):
    """The rows, dictionaries by heading, as the text of a CSV file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, headings, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def order_row(number, amount, **cells):
    """A completed line of one piece, as a file has it; the cells say what else there is, or otherwise."""
    row = {
        "订单编号": number,
        "订单行号": "1",
        "订单状态": "已完成",
        "采购单位类型": "预算单位",
        "数量": "1",
        "单价": amount,
        "成交金额": amount,
        "退款金额": "0.00",
        **cells,
    }
    return {heading: row[heading] for heading in HEADINGS} | row


class PlatformCase(LoadCase):
    """Centers and products in the pool, and files of orders."""

    center_period = {"valid_from": "2022-01-01", "valid_to": "2022-12-31"}
    pool_period = {"valid_from": "2022-02-01", "valid_to": "2022-11-30"}

    @classmethod
    def _new_center(cls, name, region_code, service_code, company=None, **period):
        region = cls._region(region_code)
        center = cls.env["rural.service.center"].create(
            {
                "name": name,
                "kind": "province" if region.level == "province" else "city_county",
                "region_id": region.id,
                "service_code": service_code,
                "company_id": (company or cls.company).id,
            }
        )
        cls.env["rural.center.authorisation"].create({"center_id": center.id, **cls.center_period, **period})
        return center

    @classmethod
    def _new_product(cls, code, name, supplier_code, rate):
        """A product of a supplier of its own, in the pool."""
        supplier = cls.env["res.partner"].create(
            {"name": f"供应商{supplier_code}", "supplier_code": supplier_code, "company_id": cls.company.id}
        )
        product = cls.env["rural.product"].create(
            {"code": code, "name": name, "supplier_id": supplier.id, "company_id": cls.company.id}
        )
        cls.env["rural.pool.entry"].create({"product_id": product.id, "fee_rate": rate, **cls.pool_period})
        return product

    @classmethod
    def product_cells(cls, product):
        """What the row of an order says of its product."""
        return {
            "供应商编码": product.supplier_id.supplier_code,
            "供应商名称": product.supplier_id.name,
            "商品编码": product.code,
            "商品名称": product.name,
        }

    def stored_line(self, order_number, line_number="1"):
        return self.env["rural.order.line"].search(
            [
                ("order_number", "=", order_number),
                ("line_number", "=", line_number),
                ("company_id", "=", self.company.id),
            ]
        )


class OrderCase(PlatformCase):
    """A province and a county with a center each, a product in the pool, a person for each role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operations = cls._new_user("o_operations", "rural_base.group_operations")
        cls.director = cls._new_user("o_director", "rural_base.group_operations_manager")
        cls.officer = cls._new_user("o_officer", "rural_base.group_settlement_officer")
        cls.manager = cls._new_user("o_manager", "rural_base.group_settlement_manager")
        cls.county_center = cls._new_center("通城县区域服务中心", "421222", "FW421222T")
        cls.province_center = cls._new_center("湖北省运营服务中心", "420000", "FW420000T")
        cls.apples = cls._new_product("OSP1", "苹果", "OGYS1", 0.05)
        cls.pool_entry = cls.apples.pool_entry_ids
        cls.order_numbers = itertools.count(1)

    @classmethod
    def row(cls, amount="100.00", **cells):
        """An order line of a file that earns a fee, unless the cells say otherwise."""
        usual = {
            "下单时间": "2022-03-10 09:00:00",
            "完成时间": "2022-03-15 10:00:00",
            "采购单位编码": "OCG1",
            "采购单位名称": "通城县第一中学",
            "采购单位地区代码": "421222",
            "服务码": "FW421222T",
            **cls.product_cells(cls.apples),
        }
        return order_row(f"OT{next(cls.order_numbers):06d}", amount, **(usual | cells))

    def run_of(self, *rows, user=None, **options):
        """The load of rows from a CSV file."""
        return self.load_file("orders.csv", csv_text(rows, **options).encode(), user)

    def load_file(self, name, content, user=None):
        return self.load_as(user or self.officer, "orders", content, name).sudo()

    def lines_of(self, *rows):
        """The stored lines of rows, in their order, after loading them."""
        run = self.run_of(*rows)
        self.assertFalse(run.issue_ids.mapped("message"))
        return self.env["rural.order.line"].union(*(self.line(row) for row in rows))

    def line(self, row):
        return self.stored_line(row["订单编号"], row["订单行号"])

    def line_of(self, **cells):
        """The stored line of one row."""
        return self.lines_of(self.row(**cells))

    @contextmanager
    def savepoint(self):
        """What is done in here is undone at its end."""
        with self.cr.savepoint() as savepoint:
            try:
                yield
            finally:
                self.env.invalidate_all()
                savepoint.rollback()
                self.env.invalidate_all()

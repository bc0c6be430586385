import csv
import io
import itertools
from contextlib import contextmanager

from odoo.tests import TransactionCase, new_test_user

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


class OrderCase(TransactionCase):
    """A province and a county with a center each, a product in the pool, a person for each role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create(
            {"name": "订单试验运营商", "currency_id": cls.env.ref("base.CNY").id}
        )
        cls.env.user.company_ids += cls.company
        cls.env = cls.env(context={**cls.env.context, "allowed_company_ids": cls.company.ids, "tracking_disable": True})
        cls.operations = cls._new_user("o_operations", "rural_base.group_operations")
        cls.officer = cls._new_user("o_officer", "rural_base.group_settlement_officer")
        cls.manager = cls._new_user("o_manager", "rural_base.group_settlement_manager")
        cls.county_center = cls._new_center("通城县区域服务中心", "421222", "FW421222T")
        cls.province_center = cls._new_center("湖北省运营服务中心", "420000", "FW420000T")
        cls.apples, cls.pool_entry = cls._new_product("OSP1", "苹果", "OGYS1", 0.05)
        cls.order_numbers = itertools.count(1)

    @classmethod
    def _new_user(cls, login, groups, company=None):
        company = company or cls.company
        return new_test_user(
            cls.env, login, f"base.group_user,{groups}", company_id=company.id, company_ids=[(6, 0, company.ids)]
        )

    @classmethod
    def _region(cls, code):
        return cls.env["rural.region"].search([("code", "=", code)])

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
        cls.env["rural.center.authorisation"].create(
            {"center_id": center.id, "valid_from": "2022-01-01", "valid_to": "2022-12-31", **period}
        )
        return center

    @classmethod
    def _new_product(cls, code, name, supplier_code, rate):
        supplier = cls.env["res.partner"].create(
            {"name": f"供应商{supplier_code}", "supplier_code": supplier_code, "company_id": cls.company.id}
        )
        product = cls.env["rural.product"].create(
            {"code": code, "name": name, "supplier_id": supplier.id, "company_id": cls.company.id}
        )
        entry = cls.env["rural.pool.entry"].create(
            {"product_id": product.id, "fee_rate": rate, "valid_from": "2022-02-01", "valid_to": "2022-11-30"}
        )
        return product, entry

    # ------------------------------------------------------------------
    # Orders
    # ------------------------------------------------------------------

    @classmethod
    def row(cls, amount="100.00", **cells):
        """An order line of a file that earns a fee, unless the cells say otherwise."""
        return {
            "订单编号": f"OT{next(cls.order_numbers):06d}",
            "订单行号": "1",
            "下单时间": "2022-03-10 09:00:00",
            "完成时间": "2022-03-15 10:00:00",
            "订单状态": "已完成",
            "采购单位编码": "OCG1",
            "采购单位名称": "通城县第一中学",
            "采购单位类型": "预算单位",
            "采购单位地区代码": "421222",
            "供应商编码": "OGYS1",
            "供应商名称": "供应商OGYS1",
            "商品编码": "OSP1",
            "商品名称": "苹果",
            "数量": "1",
            "单价": amount,
            "成交金额": amount,
            "退款金额": "0.00",
            "服务码": "FW421222T",
            **cells,
        }

    def run_of(self, *rows, user=None, **options):
        """The load of rows from a CSV file."""
        return self.load_file("orders.csv", csv_text(rows, **options).encode(), user)

    def load_file(self, name, content, user=None):
        return self.env["rural.load.run"].with_user(user or self.officer)._load("orders", name, content).sudo()

    def lines_of(self, *rows):
        """The stored lines of rows, in their order, after loading them."""
        run = self.run_of(*rows)
        self.assertFalse(run.issue_ids.mapped("message"))
        return self.env["rural.order.line"].union(*(self.line(row) for row in rows))

    def line(self, row):
        return self.env["rural.order.line"].search(
            [
                ("order_number", "=", row["订单编号"]),
                ("line_number", "=", row["订单行号"]),
                ("company_id", "=", self.company.id),
            ]
        )

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

    def counts(self, run):
        names = ("new", "updated", "unchanged", "duplicate", "rejected", "warning")
        return {name: run[f"{name}_count"] for name in names if run[f"{name}_count"]}

import csv
import io
from datetime import date

from freezegun import freeze_time

from odoo.tests import TransactionCase, new_test_user

HEADINGS = [
    *("订单编号", "订单行号", "下单时间", "完成时间", "订单状态"),
    *("采购单位编码", "采购单位名称", "采购单位类型", "采购单位地区代码"),
    *("供应商编码", "供应商名称", "商品编码", "商品名称"),
    *("数量", "单价", "成交金额", "退款金额", "服务码"),
]
JANUARY, FEBRUARY, MARCH, APRIL = (date(2022, month, 1) for month in (1, 2, 3, 4))


class SettlementCase(TransactionCase):
    """A company with Chinese books, two centers, two suppliers, a person for each role, orders from files."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2022-07-01 02:00:00"))
        cls.company = cls._new_company("结算试验运营商")
        cls.env = cls.env(context={**cls.env.context, "allowed_company_ids": cls.company.ids, "tracking_disable": True})
        cls.operations = cls._new_user("s_operations", "rural_base.group_operations")
        cls.officer = cls._new_user("s_officer", "rural_base.group_settlement_officer")
        cls.manager = cls._new_user("s_manager", "rural_base.group_settlement_manager")
        cls.accountant = cls._new_user("s_accountant", "account.group_account_user")
        cls.lichuan = cls._new_center("利川市区域服务中心", "422802", "FW422802T")
        cls.tongcheng = cls._new_center("通城县区域服务中心", "421222", "FW421222T")
        cls.apples = cls._new_product("TSP1", "苹果", "TGYS1", 0.05)
        cls.rice = cls._new_product("TSP2", "大米", "TGYS2", 0.10)
        cls.Statement = cls.env["rural.statement"]
        cls.Entry = cls.env["rural.fee.entry"]

    @classmethod
    def _new_company(cls, name):
        company = cls.env["res.company"].create(
            {"name": name, "country_id": cls.env.ref("base.cn").id, "currency_id": cls.env.ref("base.CNY").id}
        )
        cls.env.user.company_ids += company
        cls.env["account.chart.template"]._load("cn_large_bis", company, install_demo=False)
        return company

    @classmethod
    def _new_user(cls, login, groups, company=None):
        company = company or cls.company
        return new_test_user(
            cls.env, login, f"base.group_user,{groups}", company_id=company.id, company_ids=[(6, 0, company.ids)]
        )

    @classmethod
    def _new_center(cls, name, region_code, service_code):
        center = cls.env["rural.service.center"].create(
            {
                "name": name,
                "kind": "city_county",
                "region_id": cls.env["rural.region"].search([("code", "=", region_code)]).id,
                "service_code": service_code,
            }
        )
        cls.env["rural.center.authorisation"].create({"center_id": center.id, "valid_from": "2021-12-01"})
        return center

    @classmethod
    def _new_product(cls, code, name, supplier_code, rate):
        supplier = cls.env["res.partner"].create(
            {"name": f"供应商{supplier_code}", "supplier_code": supplier_code, "company_id": cls.company.id}
        )
        product = cls.env["rural.product"].create(
            {"code": code, "name": name, "supplier_id": supplier.id, "company_id": cls.company.id}
        )
        cls.env["rural.pool.entry"].create({"product_id": product.id, "fee_rate": rate, "valid_from": "2021-12-01"})
        return product

    # ------------------------------------------------------------------
    # Orders
    # ------------------------------------------------------------------

    @classmethod
    def row(cls, order, month=1, amount="100.00", refund="0.00", center=None, product=None, **cells):
        """An order line of a file, completed on the 15th of the month."""
        center, product = center or cls.lichuan, product or cls.apples
        return {
            "订单编号": order,
            "订单行号": "1",
            "下单时间": f"2022-{month:02d}-10 09:00:00",
            "完成时间": f"2022-{month:02d}-15 10:00:00",
            "订单状态": "已完成",
            "采购单位编码": f"TCG{center.region_id.code}",
            "采购单位名称": "总工会",
            "采购单位类型": "预算单位",
            "采购单位地区代码": center.region_id.code,
            "供应商编码": product.supplier_id.supplier_code,
            "供应商名称": product.supplier_id.name,
            "商品编码": product.code,
            "商品名称": product.name,
            "数量": "1",
            "单价": amount,
            "成交金额": amount,
            "退款金额": refund,
            "服务码": center.service_code,
            **cells,
        }

    def load(self, *rows, user=None):
        """Load order lines from a CSV file."""
        text = io.StringIO()
        writer = csv.DictWriter(text, HEADINGS)
        writer.writeheader()
        writer.writerows(rows)
        runs = self.env["rural.load.run"].with_user(user or self.officer)
        run = runs._load("orders", "orders.csv", text.getvalue().encode())
        self.assertEqual(run.rejected_count, 0, run.sudo().issue_ids.mapped("message"))
        return run

    def line(self, order):
        return self.env["rural.order.line"].search([("order_number", "=", order), ("company_id", "=", self.company.id)])

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def prepare(self, *months, user=None):
        self.Statement.with_user(user or self.officer)._prepare_drafts(self.company, months or None)
        return self.statements(*months)

    def statements(self, *months, center=None):
        domain = [("company_id", "=", self.company.id), ("state", "!=", "cancelled")]
        if months:
            domain.append(("month", "in", months))
        if center:
            domain.append(("center_id", "=", center.id))
        return self.Statement.search(domain, order="month, name")

    def statement(self, month, center=None):
        found = self.statements(month, center=center or self.lichuan)
        self.assertLessEqual(len(found), 1)
        return found

    def confirm(self, statements):
        changed = statements.with_user(self.manager)._confirm()
        self.assertFalse(changed)
        return statements

    def post(self, statements, day=None):
        statements.with_user(self.officer).action_agree()
        return statements.with_user(self.accountant)._post(day).sudo()

    def close(self, *months):
        """Prepare and confirm months, one after the other."""
        for month in months:
            self.prepare(month)
            self.confirm(self.statements(month).filtered(lambda statement: statement.state == "draft"))
        return self.statements(*months)

    def pay(self, statements):
        """Pay with Odoo's own payments."""
        payments = self.env["account.payment"]
        for statement in statements.with_user(self.accountant):
            action = statement.action_register_payment()
            wizard = self.env[action["res_model"]].with_user(self.accountant)
            payments += wizard.with_context(**action["context"]).create({})._create_payments()
        return payments

    # ------------------------------------------------------------------
    # Sums
    # ------------------------------------------------------------------

    def balance(self, account_type=None, account=None, partner=None):
        """The balance of posted journal items of the settlement."""
        domain = [("company_id", "=", self.company.id), ("move_id.rural_posting_id", "!=", False)]
        domain.append(("parent_state", "=", "posted"))
        if account_type:
            domain.append(("account_type", "=", account_type))
        if account:
            domain.append(("account_id", "=", account.id))
        if partner:
            domain.append(("partner_id", "=", partner.id))
        return round(sum(self.env["account.move.line"].search(domain).mapped("balance")), 2)

    def clearing(self):
        return self.balance(account=self.company.rural_fee_clearing_account_id)

    def dues(self):
        """What is due now: (center, supplier, month, kind) → fee."""
        self.env["rural.due"]._flush_due()
        self.env.cr.execute(self.env["rural.due"]._due_query(self.company))
        found = {}
        for row in self.env.cr.dictfetchall():
            key = row["center_id"], row["supplier_id"], row["month"], row["kind"]
            found[key] = round(found.get(key, 0) + row["fee"], 2)
        return found

from datetime import date

from freezegun import freeze_time

from odoo.addons.rural_account.tests.common import BooksCase
from odoo.addons.rural_service_order.tests.common import PlatformCase, csv_text, order_row

JANUARY, FEBRUARY, MARCH, APRIL = (date(2022, month, 1) for month in (1, 2, 3, 4))


class SettlementCase(BooksCase, PlatformCase):
    """A company with Chinese books, two centers, two suppliers, a person for each role, orders from files."""

    center_period = pool_period = {"valid_from": "2021-12-01"}
    entry_source = "rural_posting_id"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2022-07-01 02:00:00"))
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

    # ------------------------------------------------------------------
    # Orders
    # ------------------------------------------------------------------

    @classmethod
    def row(cls, order, month=1, amount="100.00", refund="0.00", center=None, product=None, **cells):
        """An order line of a file, completed on the 15th of the month."""
        center = center or cls.lichuan
        usual = {
            "下单时间": f"2022-{month:02d}-10 09:00:00",
            "完成时间": f"2022-{month:02d}-15 10:00:00",
            "采购单位编码": f"TCG{center.region_id.code}",
            "采购单位名称": "总工会",
            "采购单位地区代码": center.region_id.code,
            "退款金额": refund,
            "服务码": center.service_code,
            **cls.product_cells(product or cls.apples),
        }
        return order_row(order, amount, **(usual | cells))

    def load(self, *rows, user=None):
        """Load order lines from a CSV file."""
        run = self.load_as(user or self.officer, "orders", csv_text(rows))
        self.assertEqual(run.rejected_count, 0, run.sudo().issue_ids.mapped("message"))
        return run

    def line(self, order):
        return self.stored_line(order)

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
        statements.with_user(self.officer)._agree("邮件回复确认")
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
        """The balance of the posted journal items of documents of a kind."""
        domain = [("company_id", "=", self.company.id), (f"move_id.{self.entry_source}", "!=", False)]
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

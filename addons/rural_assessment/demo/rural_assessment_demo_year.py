import csv
import io

from odoo import api, models

from odoo.addons.rural_account.chinese_books import CHART
from odoo.addons.rural_base import china_time

#: Login, name, groups of the people of the company.
PEOPLE = [
    ("qian_officer", "石磊", "rural_base.group_operations,rural_base.group_settlement_officer"),
    ("qian_manager", "田雨", "rural_base.group_operations_manager,rural_base.group_settlement_manager"),
    ("qian_accountant", "冉静", "account.group_account_user"),
]
#: Region, company, targets: market revenue, region turnover, purchasers. Reached: all, some, few.
CENTERS = [
    ("520624", "思南县乌江电商有限公司", (60000, 80000, 3)),
    ("520625", "印江县梵净山农特产有限公司", (90000, 105000, 4)),
    ("520626", "德江县天麻产业服务有限公司", (90000, 120000, 6)),
]
#: Supplier's code and name, product, price, fee rate, extra incentive rate.
PRODUCTS = [
    ("GYS520624", "思南县黄牛养殖专业合作社", "SP5206241", "思南黄牛肉干 500克", 68.0, 0.05, 0.02),
    ("GYS520625", "印江县翠峰茶业有限公司", "SP5206251", "梵净山翠峰茶 250克", 128.0, 0.06, 0.015),
    ("GYS520626", "德江县天麻种植专业合作社", "SP5206261", "德江天麻 250克", 96.5, 0.08, 0.01),
]
PURCHASERS = ["教育局", "人民医院", "第一中学"]
MONTHS = (3, 6, 9, 11, 12)
HEADINGS = [
    *("订单编号", "订单行号", "下单时间", "完成时间", "订单状态"),
    *("采购单位编码", "采购单位名称", "采购单位类型", "采购单位地区代码"),
    *("供应商编码", "供应商名称", "商品编码", "商品名称"),
    *("数量", "单价", "成交金额", "退款金额", "服务码"),
]


class RuralAssessmentDemo(models.AbstractModel):
    """A company whose past year went all its way: orders, statements, survey, review, rewards posted and paid."""

    _inherit = "rural.assessment.demo"

    @api.model
    def _assess_a_past_year(self):
        """Take the year before this one from the orders to the posted rewards, once."""
        if self.env["res.users"].search_count([("login", "=", PEOPLE[0][0])]):
            return
        year = china_time.today().year - 1
        company = self._new_company()
        self = self._in_company(company)
        self._hire(company)
        self._fill_the_pool(company, year)
        centers = {code: self._work(company, year, code, name, targets) for code, name, targets in CENTERS}
        self._as("qian_officer", self.env["rural.load.run"])._load(
            "orders", f"orders_{year}.csv", self._orders(year, centers).encode()
        )
        self._settle(company, year)
        self._ask_purchasers(company, year, "qian_officer").action_close()
        self._reward(company, year)
        self._as("qian_officer", self.env["rural.assessment"])._prepare(company, year + 1)
        self._write_to_nobody()

    # ------------------------------------------------------------------
    # Company, people, pool, centers
    # ------------------------------------------------------------------

    def _new_company(self):
        company = self.env["res.company"].create(
            {
                "name": "黔山乡村电商运营有限公司",
                "country_id": self.env.ref("base.cn").id,
                "currency_id": self.env.ref("base.CNY").id,
            }
        )
        self.env["account.chart.template"]._load(CHART, company, install_demo=False)
        return company

    def _hire(self, company):
        lang = "zh_CN" if self.env["res.lang"].search_count([("code", "=", "zh_CN")]) else "en_US"
        self.env["res.users"].with_context(no_reset_password=True).create(
            [
                {
                    "name": name,
                    "login": login,
                    "password": login,
                    "email": f"{login}@example.com",
                    "tz": "Asia/Shanghai",
                    "lang": lang,
                    "company_id": company.id,
                    "company_ids": [(6, 0, company.ids)],
                    "group_ids": [(6, 0, [self.env.ref(group).id for group in f"base.group_user,{groups}".split(",")])],
                }
                for login, name, groups in PEOPLE
            ]
        )

    def _fill_the_pool(self, company, year):
        for supplier_code, supplier, code, name, _price, fee_rate, incentive_rate in PRODUCTS:
            partner = self.env["res.partner"].create(
                {"name": supplier, "is_company": True, "supplier_code": supplier_code, "company_id": company.id}
            )
            product = self.env["rural.product"].create(
                {"code": code, "name": name, "supplier_id": partner.id, "company_id": company.id}
            )
            self.env["rural.pool.entry"].create(
                {
                    "product_id": product.id,
                    "fee_rate": fee_rate,
                    "incentive_rate": incentive_rate,
                    "valid_from": f"{year}-01-01",
                }
            )

    def _work(self, company, year, code, name, targets):
        """Take a center over that works already, with its agreements of the past year and of this one."""
        region = self._region(code)
        center = self.env["rural.service.center"].create(
            {
                "name": f"{region.name}区域服务中心",
                "region_id": region.id,
                "service_code": f"FW{code}A",
                "company_id": company.id,
                "partner_id": self.env["res.partner"]
                .create({"name": name, "is_company": True, "company_id": company.id})
                .id,
            }
        )
        self.env["rural.center.authorisation"].create(
            {"center_id": center.id, "valid_from": f"{year}-01-01", "valid_to": f"{year + 1}-12-31"}
        )
        agreements = self.env["rural.center.agreement"]
        for each, stage in ((year, "ended"), (year + 1, "active")):
            agreements += agreements.create(
                {
                    "center_id": center.id,
                    "year": each,
                    "stage": stage,
                    "previous_id": agreements[-1:].id,
                    **dict(
                        zip(
                            ("target_market_revenue", "target_region_turnover", "target_purchasers"),
                            targets,
                            strict=True,
                        )
                    ),
                    "target_satisfaction": 0.85,
                }
            )
        return center

    # ------------------------------------------------------------------
    # Orders
    # ------------------------------------------------------------------

    def _orders(self, year, centers) -> str:
        """Return the platform's export of the year: with the center's code, and one a month without."""
        text = io.StringIO()
        writer = csv.DictWriter(text, HEADINGS)
        writer.writeheader()
        for place, (code, center) in enumerate(centers.items()):
            for position, month in enumerate(MONTHS):
                for number in range(3):
                    is_coded = number < 2
                    quantity = (110, 80, 30)[place] - number * 20 + month if is_coded else 25 + month
                    refund = 2 if (position, number) == (1, 0) else 0
                    row = self._order_row(
                        year, month, code, (position + number) % 3, (place + number) % 3, quantity, refund
                    )
                    row["订单编号"] = f"QD{year % 100}{month:02d}{place}{number}01"
                    row["服务码"] = center.service_code if is_coded else ""
                    writer.writerow(row)
        return text.getvalue()

    def _order_row(self, year, month, region, purchaser, product, quantity, refund) -> dict:
        supplier_code, supplier, code, name, price, _fee_rate, _incentive_rate = PRODUCTS[product]
        county = self._region(region).name
        return {
            "订单行号": "1",
            "下单时间": f"{year}-{month:02d}-05 09:20:00",
            "完成时间": f"{year}-{month:02d}-16 15:40:00",
            "订单状态": "已完成",
            "采购单位编码": f"CG{region}{purchaser + 1}",
            "采购单位名称": f"{county}{PURCHASERS[purchaser]}",
            "采购单位类型": "预算单位",
            "采购单位地区代码": region,
            "供应商编码": supplier_code,
            "供应商名称": supplier,
            "商品编码": code,
            "商品名称": name,
            "数量": quantity,
            "单价": f"{price:.2f}",
            "成交金额": f"{price * quantity:.2f}",
            "退款金额": f"{price * refund:.2f}",
        }

    # ------------------------------------------------------------------
    # Statements, rewards
    # ------------------------------------------------------------------

    def _settle(self, company, year):
        Statement = self.env["rural.statement"]
        self._as("qian_officer", Statement)._prepare_drafts(company)
        drafts = Statement.search([("company_id", "=", company.id), ("state", "=", "draft")])
        for _month, statements in sorted(drafts.grouped("month").items()):
            self._as("qian_manager", statements)._confirm()
            self._as("qian_officer", statements)._agree("邮件回复确认")
            self._as("qian_accountant", statements)._post()

    def _reward(self, company, year):
        assessment = self._as("qian_officer", self.env["rural.assessment"])._prepare(company, year)
        self._as("qian_manager", assessment).action_confirm()
        self._as("qian_accountant", assessment)._post()
        self._pay_out(self._as("qian_accountant", assessment.line_ids.filtered("all_met")))

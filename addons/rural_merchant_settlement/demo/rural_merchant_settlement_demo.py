import random
from datetime import date, datetime, timedelta

from odoo import api, fields, models

MAY, JUNE = date(2023, 5, 1), date(2023, 6, 1)
HEADINGS = "交易流水号,交易时间,商户编号,终端号,卡类型,交易类型,金额"
SEED = 20230420
#: Prepaid sales of a month per terminal by class, from and to, in yuan.
SALES = {"1": (9000, 26000), "2": (400, 3200), "3": (150, 1400)}


class RuralMerchantSettlementDemo(models.AbstractModel):
    """Two months of card transactions, terminal fees, costs, and statements in every state (MA-09)."""

    _name = "rural.merchant.settlement.demo"
    _inherit = "rural.demo.mixin"
    _description = "Demo data of the merchants' settlement"

    @api.model
    def _make(self):
        """Make it all, once, through the real steps."""
        demo = self._in_company()._quietly()
        company = demo.env.company
        if demo.env["rural.merchant.statement"].search_count([("company_id", "=", company.id)], limit=1):
            return
        self._keep_chinese_books(company.id)
        merchants = demo.env["rural.merchant"].search(
            [("company_id", "=", company.id), ("signed_on", "!=", False)], order="id"
        )
        chance = random.Random(SEED)
        demo._charge(merchants)
        demo._load_transactions(merchants, MAY, chance)
        demo._load_transactions(merchants, JUNE, chance)
        demo._settle()

    def _looked_after_by(self, login, merchants):
        employee = self.env.ref(f"rural_merchant.employee_{login}")
        return merchants.filtered(lambda merchant: merchant._recruiter_on(date(2023, 6, 29)) == employee)

    def _charge(self, merchants):
        """Some merchants pay the terminal fee, some of them half a year ahead; costs of material (MA-09)."""
        small = merchants.filtered(lambda merchant: merchant.merchant_class == "3" and merchant.installed_on < JUNE)
        # Paid ahead: the second half-year has income too, and the year something to share out (MA-27).
        ahead = (small[7:] - self._looked_after_by("recruiter", merchants))[:8]
        charged = [(date(2023, month, 1), ahead, "direct") for month in range(7, 13)]
        for month, paying, way in [(JUNE, small[:5], "statement"), *charged]:
            self._as("recruiting", self.env["rural.terminal.fee.charge"]).create(
                {"month": month, "merchant_ids": paying.ids, "payment_way": way}
            ).action_charge()
        fees = self.env["rural.terminal.fee"].search([("state", "=", "requested")])
        self._as("manager", fees).action_confirm()
        self.env["rural.merchant.cost"].create(
            [
                {"merchant_id": merchant.id, "month": MAY, "name": "门头灯箱和台卡", "amount": 35}
                for merchant in merchants[10:40:6]
                if merchant.contract_from < JUNE
            ]
        )

    def _load_transactions(self, merchants, month, chance):
        rows = []
        for terminal in merchants.terminal_ids.sorted("number"):
            rows += self._terminal_rows(terminal, month, chance)
        rows.sort(key=lambda row: row[0])
        lines = [
            f"YG{month:%y%m}{number:05d},{time:%Y-%m-%d %H:%M:%S},{rest}" for number, (time, rest) in enumerate(rows, 1)
        ]
        content = "\n".join([HEADINGS, *lines, ""]).encode()
        runs = self._as("officer", self.env["rural.load.run"])
        runs._load("transactions", f"刷卡交易-{month:%Y-%m}.csv", content)

    def _terminal_rows(self, terminal, month, chance):
        merchant = terminal.merchant_id
        first = max(month, terminal.installed_on)
        days = (fields.Date.end_of(month, "month") - first).days
        if days < 0:
            return []
        low, high = SALES[merchant.merchant_class]
        month_sales = chance.randint(low, high) * (days + 1) / 31
        count = 8 if merchant.merchant_class == "1" else 5
        rows = []
        for _number in range(count):
            amount = round(month_sales / count * chance.uniform(0.5, 1.5), 2)
            day = first + timedelta(days=chance.randint(0, days))
            time = datetime(day.year, day.month, day.day, chance.randint(9, 20), chance.randint(0, 59))
            card = "银行卡" if chance.random() < 0.2 else "预付费卡"
            rows.append((time, f"{merchant.code},{terminal.number},{card},消费,{amount:.2f}"))
            if chance.random() < 0.03:
                later = time + timedelta(minutes=5)
                rows.append((later, f"{merchant.code},{terminal.number},{card},撤销,{amount:.2f}"))
        return rows

    def _settle(self):
        """May is confirmed and posted, some of it paid; June waits for the manager."""
        company = self.env.ref("base.main_company")
        drafts = self._as("officer", self.env["rural.merchant.statement"])._prepare_drafts(company, MAY)
        self._as("manager", drafts)._confirm()
        may = self._as("cards", drafts.sorted("name"))
        may[:45]._post()
        self._pay_out(may[:12], group_payment=False)
        self._as("officer", self.env["rural.merchant.statement"])._prepare_drafts(company, JUNE)

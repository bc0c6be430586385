from odoo import models

from odoo.addons.rural_base.amounts import capital_amount, cents
from odoo.addons.rural_base.percent import percent

#: Printed forms are in Chinese whatever the reader's language.
KIND_LABELS = {"prepaid": "预付费卡消费", "bank": "银行卡消费", "terminal_fee": "终端服务费"}
PRINTED = ("sales", "rebate", "bank_fee", "terminal_fee", "net_amount")


class RuralMerchantStatement(models.Model):
    _name = "rural.merchant.statement"
    _inherit = ["rural.merchant.statement", "rural.printed.mixin"]

    def _printed_rows(self) -> list[dict]:
        """Return what the printed form lists: label, month, rate (0.05 is 5%), the same as text, count,
        and amounts in yuan."""
        self.ensure_one()
        return [
            {
                "label": KIND_LABELS[line.kind],
                "month": f"{line.month:%Y-%m}",
                "remark": "以前月份调整" if line.is_adjustment else "",
                "rate": line.rate if line.rate_id else None,
                "percent": percent(line.rate) if line.rate_id else "",
                "count": line.transaction_count,
                **{name: cents(line[name]) for name in PRINTED},
            }
            for line in self.line_ids
        ]

    def _printed_capital_amount(self) -> str:
        """Return the net amount in capital numerals, as Chinese documents require (人民币大写)."""
        return capital_amount(cents(self.net_amount))

    def _printed_file_name(self) -> str:
        return f"商户结算单-{self.name}"

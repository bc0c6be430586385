from decimal import Decimal

from odoo import models

from odoo.addons.rural_base.amounts import capital_amount
from odoo.addons.rural_base.percent import percent

#: Printed forms are in Chinese whatever the reader's language.
KIND_LABELS = {"province": "省级运营服务中心", "city_county": "市（县、区）区域服务中心"}


class RuralCenterAgreement(models.Model):
    _inherit = "rural.center.agreement"

    def _printed_kind(self) -> str:
        return KIND_LABELS[self.kind]

    def _printed_due_deposit(self) -> tuple[str, str]:
        """Return the deposit that is due for the center, in figures and in capital numerals (DP-05)."""
        deposit = self.sudo().center_id.deposit_id
        purpose = self.env.ref("rural_deposit.purpose_service_center").sudo()
        due = deposit.due_amount or purpose._due_on(self.date_from, self.kind, self.company_id).value
        amount = Decimal(str(due)).quantize(Decimal("0.01"))
        return f"{amount:,.2f}", capital_amount(amount)

    def _printed_target_satisfaction(self) -> str:
        return percent(self.target_satisfaction)

    def _printed_file_name(self) -> str:
        return f"年度合作协议-{self.number}"

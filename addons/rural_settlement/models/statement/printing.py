from odoo import models

from odoo.addons.rural_base.amounts import capital_amount, cents
from odoo.addons.rural_base.percent import percent

#: Printed forms are in Chinese whatever the reader's language.
KIND_LABELS = {"fee": "本月服务费", "adjustment": "以前月份调整"}


class RuralStatement(models.Model):
    _name = "rural.statement"
    _inherit = ["rural.statement", "rural.printed.mixin"]

    def _printed_groups(self) -> list[dict]:
        """Return what the printed form lists, by kind: label, rows and their totals.

        A row has order, product, purchaser, month, rate (0.05 is 5%), the same as text in percent, and in yuan
        amount, refund and fee.
        """
        self.ensure_one()
        rows = self._rows()
        lines = self.env["rural.order.line"].browse([row["line_id"] for row in rows])
        lines.product_id.fetch(["code", "name"])
        lines.purchaser_id.fetch(["code", "name"])
        groups = []
        for kind, label in KIND_LABELS.items():
            printed = sorted(
                (self._printed_row(row, line) for row, line in zip(rows, lines, strict=True) if row["kind"] == kind),
                key=lambda row: row["order"],
            )
            if printed:
                totals = {name: sum(row[name] for row in printed) for name in ("amount", "refund", "fee")}
                groups.append({"label": label, "rows": printed, **totals})
        return groups

    def _printed_row(self, row, line) -> dict:
        return {
            "order": f"{line.order_number}-{line.line_number}",
            "product": line.product_id.name,
            "purchaser": line.purchaser_id.name or line.purchaser_id.code,
            "month": f"{row['completion_month']:%Y-%m}" if row["completion_month"] else "",
            "rate": row["fee_rate"] or 0,
            "percent": percent(row["fee_rate"] or 0),
            **{name: cents(row[name]) for name in ("amount", "refund", "fee")},
        }

    def _printed_capital_fee(self) -> str:
        """Return the fee in capital numerals, as Chinese documents require (人民币大写)."""
        return capital_amount(cents(self.fee))

    def _printed_file_name(self) -> str:
        return f"对账单-{self.name.replace('/', '-')}"

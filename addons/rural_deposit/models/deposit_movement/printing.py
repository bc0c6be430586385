from odoo import models
from odoo.exceptions import UserError

from odoo.addons.rural_base.amounts import capital_amount, cents

#: Printed forms are in Chinese whatever the reader's language.
TITLES = {
    "collect": "收　据",
    "top_up": "收　据",
    "deduct": "保证金扣减通知单",
    "set_off": "保证金抵扣通知单",
    "refund": "保证金退还单",
}
SENTENCES = {
    "collect": "今收到 {party} 交来 {purpose}",
    "top_up": "今收到 {party} 补缴 {purpose}",
    "deduct": "自 {party} 的 {purpose}中扣减",
    "set_off": "以 {party} 的 {purpose}抵扣其欠款",
    "refund": "今退还 {party} 的 {purpose}",
}


class RuralDepositMovement(models.Model):
    _inherit = "rural.deposit.movement"

    def _check_printable(self):
        """Let only what was posted be printed: before that, no money has moved.

        :raises UserError: naming the first other one
        """
        for movement in self:
            if not movement.posted_at:
                raise UserError(
                    self.env._("%s has not been posted: there is nothing to be receipted yet.", movement.name)
                )

    def _printed(self) -> dict:
        """Return what the printed form says, in Chinese."""
        self.ensure_one()
        deposit = self.deposit_id.with_context(lang="zh_CN")
        purpose = f"{deposit.purpose_id.name}保证金"
        if deposit.purpose_id.name.endswith(("保证金", "押金")):
            purpose = deposit.purpose_id.name
        if deposit.subject:
            purpose += f"（{deposit.subject}）"
        amount = cents(self.amount)
        return {
            "title": TITLES[self.kind],
            "sentence": SENTENCES[self.kind].format(party=deposit.partner_id.name, purpose=purpose),
            "amount": f"{amount:,.2f}",
            "capital": capital_amount(amount),
            "balance": f"{self.balance_before + self._sign() * self.balance_amount:,.2f}",
            "beyond": f"{self.receivable_amount:,.2f}" if self.receivable_amount else "",
            "day": f"{self.date:%Y}年{self.date.month}月{self.date.day}日",
            "posted_at": self._china_time(self.posted_at),
            "is_void": self.state == "cancelled",
        }

    def _printed_file_name(self) -> str:
        return f"{TITLES[self.kind].replace('　', '')}-{self.name}"

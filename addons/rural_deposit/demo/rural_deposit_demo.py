from odoo import api, fields, models
from odoo.fields import Command

#: Who requests, approves and posts in the demo company.
MAKER, CHECKER, CASHIER = "operations", "director", "cashier"
#: Deposit, kind, amount, reason, document, how far it goes, on which day.
MOVEMENTS = [
    ("deposit_lichuan", "collect", 20000, "首次缴纳保证金", "农行回单 20220110-17", "posted", "2022-01-11"),
    ("deposit_lichuan", "deduct", 600, "未按约定响应采购单位咨询三次", "处罚决定书 2022-03", "posted", "2022-04-02"),
    ("deposit_xianfeng", "collect", 20000, "首次缴纳保证金", "建行回单 20220112-05", "posted", "2022-01-13"),
    ("deposit_xianfeng", "deduct", 1500, "跨区域推广未报备", "处罚决定书 2022-06", "posted", "2022-04-06"),
    ("deposit_xianfeng", "top_up", 1500, "补足被扣减的保证金", "建行回单 20220420-31", "approved", None),
    ("deposit_hubei", "collect", 50000, "首次缴纳保证金", "工行回单 20220105-02", "posted", "2022-01-06"),
    ("deposit_tongshan", "collect", 20000, "首次缴纳保证金", "农商行回单 20220615-11", "requested", None),
    ("deposit_dawei", "collect", 1000, "站点合伙人缴纳保证金", "收款单 0042", "posted", "2022-02-17"),
    ("deposit_dawei", "deduct", 1200, "虚报交易，按协议清退", "清退通知 2022-01", "posted", "2022-06-30"),
    ("deposit_gaoping", "collect", 1000, "站点合伙人缴纳保证金", "收款单 0043", "posted", "2022-02-18"),
    ("deposit_gaoping", "refund", 1000, "合作期满退出，无未了事项", "退出申请 2022-02", "posted", "2022-06-20"),
    ("deposit_tea", "collect", 2000, "入驻缴纳办公设备押金", "收款单 0051", "posted", "2022-03-01"),
    ("deposit_tea", "refund", 2000, "孵化期满退出，设备已归还", "退还申请 2022-05", "approved", None),
    ("deposit_studio", "collect", 2000, "入驻缴纳办公设备押金", "收款单 0052", "posted", "2022-03-08"),
    ("deposit_studio", "deduct", 350, "损坏办公椅一把", "资产检查单 0007", "refused", None),
]


class RuralDepositDemo(models.AbstractModel):
    """Demo data that only the real work can make: movements in every state, with their entries."""

    _name = "rural.deposit.demo"
    _inherit = "rural.demo.mixin"
    _description = "Demo data of the deposits"

    @api.model
    def _move(self):
        """Take the demo movements their way, once."""
        self = self._in_company()
        if self.env["rural.deposit.movement"].search_count([("company_id", "=", self.env.company.id)], limit=1):
            return
        for deposit, kind, amount, reason, document, state, day in MOVEMENTS:
            record = self._as(MAKER, self.env.ref(f"rural_deposit.{deposit}"))
            self._take(record._request(kind, amount, reason, document=document), state, day)
        # The station was cleared out, its deposit is used up, and what went beyond it has been paid.
        cleared = self.env.ref("rural_deposit.deposit_dawei")
        self._have_receivable_paid(cleared)
        self._as(CHECKER, cleared).action_close()

    @api.model
    def _have_receivable_paid(self, deposit):
        """Enter what a party has paid of deductions beyond its balance."""
        items = self._as(CASHIER, deposit).sudo()._receivable_items()
        owed, partner = sum(items.mapped("amount_residual")), deposit.partner_id
        bank = items.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", deposit.company_id.id)], limit=1
        )
        lines = [(bank.default_account_id, owed), (items.account_id, -owed)]
        entry = items.env["account.move"].create(
            {
                "journal_id": bank.id,
                "ref": f"{deposit.name} 超额扣减款到账",
                "line_ids": [
                    Command.create({"account_id": account.id, "partner_id": partner.id, "balance": balance})
                    for account, balance in lines
                ],
            }
        )
        entry.action_post()
        (items | entry.line_ids.filtered(lambda line: line.account_id == items.account_id)).reconcile()

    @api.model
    def _take(self, movement, state, day):
        if state == "refused":
            self._as(CHECKER, movement)._reject("正常损耗，不予扣减")
        elif state != "requested":
            self._as(CHECKER, movement).action_approve()
        if state == "posted":
            self._as(CASHIER, movement)._post(fields.Date.to_date(day))

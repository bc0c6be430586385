from odoo import api, models

from odoo.addons.rural_base.chinese_books import keep_chinese_books

#: Who requests, approves and posts in the demo company.
MAKER, CHECKER, CASHIER = "operations", "director", "cashier"
#: Deposit, kind, amount, reason, document, how far it goes.
MOVEMENTS = [
    ("deposit_lichuan", "collect", 20000, "首次缴纳保证金", "农行回单 20220110-17", "posted"),
    ("deposit_lichuan", "deduct", 600, "未按约定响应采购单位咨询三次", "处罚决定书 2022-03", "posted"),
    ("deposit_xianfeng", "collect", 20000, "首次缴纳保证金", "建行回单 20220112-05", "posted"),
    ("deposit_xianfeng", "deduct", 1500, "跨区域推广未报备", "处罚决定书 2022-06", "posted"),
    ("deposit_xianfeng", "top_up", 1500, "补足被扣减的保证金", "建行回单 20220420-31", "approved"),
    ("deposit_hubei", "collect", 50000, "首次缴纳保证金", "工行回单 20220105-02", "posted"),
    ("deposit_tongshan", "collect", 20000, "首次缴纳保证金", "农商行回单 20220615-11", "requested"),
    ("deposit_dawei", "collect", 1000, "站点合伙人缴纳保证金", "收款单 0042", "posted"),
    ("deposit_dawei", "deduct", 1200, "虚报交易，按协议清退", "清退通知 2022-01", "posted"),
    ("deposit_gaoping", "collect", 1000, "站点合伙人缴纳保证金", "收款单 0043", "posted"),
    ("deposit_gaoping", "refund", 1000, "合作期满退出，无未了事项", "退出申请 2022-02", "posted"),
    ("deposit_tea", "collect", 2000, "入驻缴纳办公设备押金", "收款单 0051", "posted"),
    ("deposit_tea", "refund", 2000, "孵化期满退出，设备已归还", "退还申请 2022-05", "approved"),
    ("deposit_studio", "collect", 2000, "入驻缴纳办公设备押金", "收款单 0052", "posted"),
    ("deposit_studio", "deduct", 350, "损坏办公椅一把", "资产检查单 0007", "refused"),
]


class RuralDepositDemo(models.AbstractModel):
    """Demo data that only the real work can make: movements in every state, with their entries."""

    _name = "rural.deposit.demo"
    _description = "Demo data of the deposits"

    @api.model
    def _keep_chinese_books(self, company_id):
        """Let the demo company keep Chinese books."""
        keep_chinese_books(self.env["res.company"].browse(company_id))

    @api.model
    def _move(self):
        """Take the demo movements their way, once."""
        company = self.env.ref("base.main_company")
        Movement = self.env["rural.deposit.movement"].with_context(allowed_company_ids=company.ids)
        if Movement.search_count([("company_id", "=", company.id)], limit=1):
            return
        for deposit, kind, amount, reason, document, state in MOVEMENTS:
            record = self._as(MAKER, Movement.env.ref(f"rural_deposit.{deposit}"))
            self._take(record._request(kind, amount, reason, document=document), state)

    @api.model
    def _take(self, movement, state):
        if state == "refused":
            self._as(CHECKER, movement)._refuse("正常损耗，不予扣减")
        elif state != "requested":
            self._as(CHECKER, movement).action_approve()
        if state == "posted":
            self._as(CASHIER, movement)._post()

    @api.model
    def _as(self, login, records):
        user = self.env["res.users"].search([("login", "=", login)])
        return records.with_user(user)

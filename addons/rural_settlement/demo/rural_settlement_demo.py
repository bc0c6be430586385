from odoo import api, models


class RuralSettlementDemo(models.AbstractModel):
    """Demo data that only the real work can make: books in yuan, and statements in every state."""

    _name = "rural.settlement.demo"
    _inherit = "rural.demo.mixin"
    _description = "Demo data of the settlement"

    @api.model
    def _settle(self):
        """Take the demo orders through the real job: months paid, posted, confirmed in part, and drafts."""
        Statement = self._in_company().env["rural.statement"]
        company = Statement.env.company
        if Statement.search_count([("company_id", "=", company.id), ("state", "!=", "draft")], limit=1):
            return
        self._as("officer", Statement)._prepare_drafts(company)
        drafts = Statement.search([("company_id", "=", company.id), ("state", "=", "draft")]).filtered("is_over")
        if not drafts:
            return
        *earlier, last = [statements for _month, statements in sorted(drafts.grouped("month").items())]
        for number, statements in enumerate(earlier, start=1):
            self._as("manager", statements)._confirm()
            self._as("officer", statements)._agree("邮件回复确认，已附对账单盖章扫描件")
            self._as("accountant", statements)._post()
            if number < len(earlier):
                for statement in self._as("accountant", statements):
                    self._pay_out(statement)
        self._as("manager", last[: len(last) // 2])._confirm()

from odoo import api, models

from odoo.addons.rural_account.chinese_books import keep_chinese_books


class RuralSettlementDemo(models.AbstractModel):
    """Demo data that only the real work can make: books in yuan, and statements in every state."""

    _name = "rural.settlement.demo"
    _description = "Demo data of the settlement"

    @api.model
    def _keep_chinese_books(self, company_id):
        """Let the demo company keep Chinese books."""
        keep_chinese_books(self.env["res.company"].browse(company_id))

    @api.model
    def _settle(self):
        """Take the demo orders through the real job: months paid, posted, confirmed in part, and drafts."""
        company = self.env.ref("base.main_company")
        Statement = self.env["rural.statement"].with_context(allowed_company_ids=company.ids)
        if Statement.search_count([("company_id", "=", company.id), ("state", "!=", "draft")], limit=1):
            return
        self._as("officer", Statement)._prepare_drafts(company)
        drafts = Statement.search([("company_id", "=", company.id), ("state", "=", "draft")])._over()
        if not drafts:
            return
        *earlier, last = [statements for _month, statements in sorted(drafts.grouped("month").items())]
        for number, statements in enumerate(earlier, start=1):
            self._as("manager", statements)._confirm()
            self._as("officer", statements).action_agree()
            self._as("accountant", statements)._post()
            if number < len(earlier):
                self._pay(self._as("accountant", statements))
        self._as("manager", last[: len(last) // 2])._confirm()

    @api.model
    def _as(self, login, records):
        user = self.env["res.users"].search([("login", "=", login)])
        return records.with_user(user)

    @api.model
    def _pay(self, statements):
        for statement in statements:
            action = statement.action_register_payment()
            wizard = self.env[action["res_model"]].with_user(statement.env.user)
            wizard.with_context(**action["context"]).create({})._create_payments()

from odoo import api, models

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

CHART = "cn_large_bis"


class RuralSettlementDemo(models.AbstractModel):
    """Demo data that only the real work can make: books in yuan, and statements in every state."""

    _name = "rural.settlement.demo"
    _description = "Demo data of the settlement"

    @api.model
    def _keep_chinese_books(self, company_id):
        """Give the demo company a Chinese chart, in place of the books that accounting brought for show."""
        company = self.env["res.company"].browse(company_id)
        if company.chart_template == CHART:
            return
        company.country_id = self.env.ref("base.cn")
        own = [("company_id", "=", company.id)]
        for name in ("account.bank.statement.line", "account.payment", "account.move"):
            records = self.env[name].search(own)
            if name == "account.payment":
                records.move_id.with_context(**{MODULE_UNINSTALL_FLAG: True}).unlink()
                records = records.exists()
            records.with_context(**{MODULE_UNINSTALL_FLAG: True}).unlink()
        self.env["account.chart.template"]._load(CHART, company, install_demo=False)

    @api.model
    def _settle(self):
        """Take the demo orders through the real job: paid, posted, confirmed and draft months."""
        company = self.env.ref("base.main_company")
        officer = self.env.ref("rural_base.user_settlement_officer")
        manager = self.env.ref("rural_base.user_settlement_manager")
        accountant = self.env.ref("rural_settlement.user_accountant")
        Statement = self.env["rural.statement"].with_context(allowed_company_ids=company.ids)
        if Statement.search_count([("company_id", "=", company.id), ("state", "!=", "draft")], limit=1):
            return
        Statement.with_user(officer)._prepare_drafts(company)
        drafts = Statement.search([("company_id", "=", company.id), ("state", "=", "draft")])
        months = sorted(set(drafts._over().mapped("month")))
        # The last month stays a draft; the others go as far as there are months for the states.
        for month, state in zip(months[:-1], ["paid", "posted", "confirmed"], strict=False):
            statements = drafts.filtered(lambda statement, month=month: statement.month == month)
            statements.with_user(manager)._confirm()
            if state == "confirmed":
                continue
            statements.with_user(officer).action_agree()
            statements.with_user(accountant)._post()
            if state == "paid":
                self._pay(statements.with_user(accountant))

    @api.model
    def _pay(self, statements):
        for statement in statements:
            action = statement.action_register_payment()
            wizard = self.env[action["res_model"]].with_user(statement.env.user)
            wizard.with_context(**action["context"]).create({})._create_payments()

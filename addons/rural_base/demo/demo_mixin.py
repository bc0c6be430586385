from odoo import models

from ..models.mail_thread import UNTRACKED


class RuralDemoMixin(models.AbstractModel):
    """Demo data that only the real work can make, each step by the person whose it is."""

    _name = "rural.demo.mixin"
    _description = "Demo Data"

    def _in_company(self, company=None):
        """Return the same, at work in Chinese in a company and in no other, by default in the demo company."""
        company = company or self.env.ref("base.main_company")
        demo = self.with_context(allowed_company_ids=company.ids)
        if not self.env["res.lang"]._get_data(code="zh_CN"):
            return demo
        self._load_labels("zh_CN")
        return demo.with_context(lang="zh_CN")

    def _load_labels(self, lang):
        """Load the addon's translation, which Odoo does after its demo data: chatter keeps labels as they are read."""
        self.env.flush_all()
        self.env["ir.module.module"]._load_module_terms([self._module], [lang])
        self.env.invalidate_all()
        self.env.registry.clear_all_caches()

    def _quietly(self):
        """Return the same, writing to no chatter and subscribing nobody."""
        return self.with_context(tracking_disable=UNTRACKED, mail_create_nosubscribe=True)

    def _user(self, login):
        """Return the user with that login."""
        return self.env["res.users"].search([("login", "=", login)])

    def _as(self, login, records):
        """Return the records for the user with that login."""
        return records.with_user(self._user(login))

    def _region(self, code):
        """Return the region with that code."""
        return self.env["rural.region"].search([("code", "=", code)])

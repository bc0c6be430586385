from odoo import fields, models

from odoo.addons.rural_base.languages import create_in_all_languages

JOURNAL_CODE = "SLRY"


class ResCompany(models.Model):
    _inherit = "res.company"

    rural_payroll_journal_id = fields.Many2one(
        "account.journal", "Payroll Journal", domain=[("type", "=", "general")], check_company=True
    )

    def _rural_payroll_journal(self):
        """Return the journal of the payroll; made on first use."""
        self.ensure_one()
        company = self.sudo()
        if not company.rural_payroll_journal_id:
            Journal = self.env["account.journal"].sudo().with_company(self)
            domain = [*Journal._check_company_domain(self), ("code", "=", JOURNAL_CODE)]
            company.rural_payroll_journal_id = Journal.search(domain, limit=1) or create_in_all_languages(
                Journal,
                lambda env: env._("Payroll"),
                {"code": JOURNAL_CODE, "type": "general", "company_id": self.id, "show_on_dashboard": False},
            )
        return company.rural_payroll_journal_id

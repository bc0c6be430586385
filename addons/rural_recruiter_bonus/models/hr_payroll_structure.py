from odoo import api, models

from odoo.addons.rural_payroll_account.models.hr_payslip import CARRIED_IN, CARRIED_OUT

CODE = "MA-20"
#: Usual accounts of the rules; what cannot be deducted yet is owed by the employee.
ACCOUNTS = {"account_debit_id": ("6601", "5601"), "account_credit_id": ("2211",)}
CARRY_ACCOUNTS = {"account_debit_id": ("1221",), "account_credit_id": ("2211",)}


class HrPayrollStructure(models.Model):
    _inherit = "hr.payroll.structure"

    @api.model
    def _rural_bonus_structure(self, company):
        """Return the structure of recruiters' pay of a company (MA-20); made on first use, with usual accounts."""
        structures = self.sudo().with_company(company)
        structure = structures.search([("code", "=", CODE), ("company_id", "=", company.id)], limit=1)
        if not structure:
            model = self.env.ref("rural_recruiter_bonus.structure_recruiter").sudo()
            structure = structures.create(
                {
                    "name": model.name,
                    "code": CODE,
                    "company_id": company.id,
                    "parent_id": False,
                    "rule_ids": [(6, 0, model.rule_ids.ids)],
                }
            )
        structure._set_usual_accounts(company)
        return structure

    def _set_usual_accounts(self, company):
        """Let rules without accounts post to sales expenses and to what is owed to employees, where there are any."""
        rules = self.rule_ids.with_company(company).filtered(lambda rule: not rule.is_subtotal)
        carrying = rules.filtered(lambda rule: rule.code in (CARRIED_IN, CARRIED_OUT))
        for group, accounts in ((rules - carrying, ACCOUNTS), (carrying, CARRY_ACCOUNTS)):
            for field, codes in accounts.items():
                bare = group.filtered(lambda rule, field=field: not rule[field])
                account = bare and self._usual_account(company, codes)
                if account:
                    bare.write({field: account.id})

    def _usual_account(self, company, codes):
        Account = self.env["account.account"].sudo().with_company(company)
        for code in codes:
            domain = [*Account._check_company_domain(company), ("code", "=like", f"{code}%")]
            if account := Account.search(domain, order="code", limit=1):
                return account
        return Account

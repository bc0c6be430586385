from odoo import fields, models


class HrSalaryRule(models.Model):
    """Where the amounts of a rule go in the books."""

    _inherit = "hr.salary.rule"

    account_debit_id = fields.Many2one(
        "account.account",
        "Debit Account",
        company_dependent=True,
        help="Takes the amount of the rule, usually an expense. A negative amount is entered the other way round.",
    )
    account_credit_id = fields.Many2one(
        "account.account",
        "Credit Account",
        company_dependent=True,
        help="Takes the counterpart, usually what is owed to employees (2211). A negative amount is entered the other "
        "way round.",
    )
    is_subtotal = fields.Boolean(
        "Subtotal",
        help="The rule only adds up others, such as gross and net. It is not entered in the books.",
    )

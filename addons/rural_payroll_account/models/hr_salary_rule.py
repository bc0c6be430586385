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
    is_base = fields.Boolean(
        "Base of a Period",
        help="Paid once for a person and a period, in whatever batch, such as the wage. A batch of bonuses only leaves "
        "it out.",
    )

    def _satisfy_condition(self, localdict):
        """Leave out a base that another payslip pays (MA-28)."""
        if self.is_base and not localdict["payslip"]._pays_base():
            return False
        return super()._satisfy_condition(localdict)

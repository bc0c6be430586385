from odoo import api, fields, models


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

    difference_of_id = fields.Many2one(
        "hr.salary.rule",
        "Pays Differences Of",
        domain=[("is_base", "=", True)],
        help="The rule compares what earlier periods are worth now with what was paid for them, such as after a raise "
        "that is entered late, and pays one line for each period.",
    )
    monthly_field = fields.Selection(
        selection="_monthly_fields",
        string="Monthly Amount",
        help="Amount of the contract that earlier periods are worth.",
    )

    _difference_has_field = models.Constraint(
        "CHECK (difference_of_id IS NULL OR monthly_field IS NOT NULL)",
        "A rule that pays differences needs the monthly amount of the contract.",
    )

    @api.model
    def _stays_in_company(self):
        return True

    @api.model
    def _monthly_fields(self) -> list[tuple]:
        """Return the amounts of contracts."""
        amounts = self.env["hr.version"]._fields.values()
        return [(field.name, field._description_string(self.env)) for field in amounts if field.type == "monetary"]

    def _satisfy_condition(self, localdict):
        """Leave out a base that another payslip pays, and differences where there are none (MA-28)."""
        if self.difference_of_id:
            payslip = localdict["payslip"]
            # Once, where a payslip is computed by several contracts.
            is_first = localdict["contract"] == payslip._get_employee_contracts()[:1]
            return is_first and bool(payslip._differences(self))
        if self.is_base and not localdict["payslip"]._pays_base():
            return False
        return super()._satisfy_condition(localdict)

    def _compute_rule(self, localdict):
        """Return the sum of the differences of earlier periods; the payslip has a line for each (MA-28)."""
        if not self.difference_of_id:
            return super()._compute_rule(localdict)
        amount = sum(difference for _first, difference in localdict["payslip"]._differences(self))
        return {"name": self.name, "quantity": 1.0, "rate": 100.0, "amount": float(amount)}

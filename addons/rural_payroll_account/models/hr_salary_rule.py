from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

#: What is evaluated with live records, so that whoever writes it acts as the system.
FORMULAS = frozenset(
    {
        *("amount_select", "amount_python_compute", "amount_percentage_base", "quantity"),
        *("condition_select", "condition_python", "condition_range"),
    }
)
#: The numbers of a rule.
AMOUNTS = frozenset({"amount_fix", "amount_percentage", "condition_range_min", "condition_range_max"})


class HrSalaryRule(models.Model):
    """Where the amounts of a rule go in the books, and who writes how they are computed."""

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

    @api.model_create_multi
    def create(self, vals_list):
        """Enter rules; their formulas are an administrator's.

        :raises AccessError: for a formula by anybody else
        """
        rules = super().create(vals_list)
        if not self._may_write_formulas():
            usual = {name: self._fields[name].default(self) for name in FORMULAS if self._fields[name].default}
            for rule in rules:
                rule._check_formulas(name for name in FORMULAS if rule[name] and rule[name] != usual.get(name))
        return rules

    def write(self, vals):
        """Change rules, but not what confirmed payslips have been computed by (MA-28).

        :raises AccessError: for a formula by anybody but an administrator
        :raises UserError: for the amount of a rule that has been paid by
        """
        if not self._may_write_formulas():
            for rule in self:
                rule._check_formulas(name for name in FORMULAS & vals.keys() if vals[name] != rule[name])
                rule._check_unused(name for name in AMOUNTS & vals.keys() if vals[name] != rule[name])
        return super().write(vals)

    @api.model
    def _may_write_formulas(self) -> bool:
        # A line of a payslip is a rule too, by inheritance: it keeps what it was computed by, and computes nothing.
        is_rule = self._name == "hr.salary.rule"
        return self.env.su or not is_rule or self.env.user.has_group("base.group_system")

    def _check_formulas(self, names):
        for name in names:
            raise AccessError(
                self.env._(
                    "%(rule)s: %(field)s is computed with the rights of the system, so that an administrator alone "
                    "writes it. Give the rule a fixed amount, or ask an administrator.",
                    rule=self.name,
                    field=self._fields[name]._description_string(self.env),
                )
            )

    def _check_unused(self, names):
        domain = [("salary_rule_id", "=", self.id), ("slip_id.state", "=", "done")]
        for name in names:
            if self.env["hr.payslip.line"].sudo().search_count(domain, limit=1):
                raise UserError(
                    self.env._(
                        "Confirmed payslips have been computed by %(rule)s, so that its %(field)s stays. Archive the "
                        "rule, and enter another one for the time from now on.",
                        rule=self.name,
                        field=self._fields[name]._description_string(self.env),
                    )
                )

    @api.model
    def _stays_in_company(self):
        return True

    @api.model
    def _monthly_fields(self) -> list[tuple]:
        """Return the amounts of contracts."""
        amounts = self.env["hr.version"]._fields.values()
        return [(field.name, field._description_string(self.env)) for field in amounts if field.type == "monetary"]

    def _reads_worked_days(self) -> bool:
        """Tell whether its amount, number or condition follows from the worked days of the payslip."""
        self.ensure_one()
        conditions = {"python": self.condition_python, "range": self.condition_range}
        amounts = {"code": self.amount_python_compute, "percentage": self.amount_percentage_base}
        expressions = (self.quantity, conditions.get(self.condition_select), amounts.get(self.amount_select))
        # The remarks above an expression name what it could read.
        lines = "\n".join(filter(None, expressions)).splitlines()
        return any("worked_days" in line.partition("#")[0] for line in lines)

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

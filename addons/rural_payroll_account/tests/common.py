from odoo.addons.rural_account.tests.common import BooksCase

RULES = [
    # code, name, sequence, category, how much, accounts (debit, credit)
    ("BASIC", "基本工资", 1, "BASIC", "result = contract.wage", ("6601", "2211")),
    ("BONUS", "提成", 10, "ALW", "result = inputs.BONUS.amount", ("6601", "2211")),
    ("SI", "个人社保", 20, "DED", "result = -contract.wage * 0.08", ("2211", "2211")),
    ("NET", "实发工资", 200, "NET", "result = categories.BASIC + categories.ALW + categories.DED", None),
]


class PayrollCase(BooksCase):
    """A company with Chinese books, two employees, someone from payroll and an accountant."""

    company_name = "工资试验运营商"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.payroll = cls._new_user("p_payroll", "payroll.group_payroll_manager")
        cls.accountant = cls._new_user("p_accountant", "account.group_account_user")
        cls.structure = cls.env["hr.payroll.structure"].create(
            {"name": "试验工资", "company_id": cls.company.id, "parent_id": False}
        )
        cls.rules = {values[0]: cls._new_rule(*values) for values in RULES}
        cls.li = cls._new_employee("李小红", 3000)
        cls.wang = cls._new_employee("王建国", 4000.55)

    @classmethod
    def _account(cls, code):
        return cls.env["account.account"].search(
            [("company_ids", "in", cls.company.ids), ("code", "=like", f"{code}%")], limit=1
        )

    @classmethod
    def _new_rule(cls, code, name, sequence, category, python, accounts):
        categories = cls.env["hr.salary.rule.category"]
        found = categories.search([("code", "=", category), ("company_id", "=", cls.company.id)], limit=1)
        rule = cls.env["hr.salary.rule"].create(
            {
                "name": name,
                "code": code,
                "sequence": sequence,
                "category_id": (found or categories.create({"name": category, "code": category})).id,
                "amount_select": "code",
                "amount_python_compute": python,
                "is_subtotal": not accounts,
            }
        )
        if accounts:
            rule.account_debit_id, rule.account_credit_id = map(cls._account, accounts)
        cls.structure.rule_ids += rule
        return rule

    @classmethod
    def _new_employee(cls, name, wage):
        return cls.env["hr.employee"].create(
            {
                "name": name,
                "company_id": cls.company.id,
                "contract_date_start": "2023-01-01",
                "wage": wage,
                "struct_id": cls.structure.id,
            }
        )

    # ------------------------------------------------------------------

    def batch(self, bonuses, name="2023年5月工资", credit_note=False, **values):
        """A batch of May with a payslip for each employee, computed and not yet confirmed."""
        payroll = self.env["hr.payslip.run"].with_user(self.payroll)
        run = payroll.create(
            {"name": name, "date_start": "2023-05-01", "date_end": "2023-05-31", "credit_note": credit_note, **values}
        )
        for employee, bonus in bonuses.items():
            version = employee.version_id
            self.env["hr.payslip"].with_user(self.payroll).create(
                {
                    "name": f"{name} {employee.name}",
                    "employee_id": employee.id,
                    "contract_id": version.id,
                    "struct_id": self.structure.id,
                    "date_from": "2023-05-01",
                    "date_to": "2023-05-31",
                    "payslip_run_id": run.id,
                    "credit_note": credit_note,
                    "company_id": self.company.id,
                    "input_line_ids": [
                        (0, 0, {"name": "提成", "code": "BONUS", "amount": bonus, "contract_id": version.id})
                    ],
                }
            )
        run.slip_ids.compute_sheet()
        return run

    def closed(self, bonuses, **values):
        run = self.batch(bonuses, **values)
        run.action_confirm_payslips()
        run.close_payslip_run()
        return run

    def post(self, run):
        return run.with_user(self.accountant)._post()

    def balance(self, code, run):
        items = run.sudo().move_ids.line_ids.filtered(lambda item: item.account_id == self._account(code))
        return round(sum(items.mapped("balance")), 2)

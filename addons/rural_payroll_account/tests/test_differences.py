from odoo.exceptions import AccessError
from odoo.fields import Date

from .common import PayrollCase


class TestDifferences(PayrollCase):
    """MA-28: each wage batch compares earlier periods with what is known now, and pays one line for each."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        basic = cls.rules["BASIC"]
        basic.write({"is_base": True, "amount_python_compute": 'result = payslip._period_pay("wage", contract)'})
        difference = cls._new_rule("BASIC_DIFF", "补差", 2, "BASIC", "result = 0", ("6601", "2211"))
        difference.write({"difference_of_id": basic.id, "monthly_field": "wage"})
        net = "categories.BASIC + categories.CARRY"
        carry = cls._new_rule("CARRY_OUT", "结转", 190, "CARRY", f"result = -({net})", ("1221", "2211"))
        carry.write({"condition_select": "python", "condition_python": f"result = {net} < 0"})
        cls.rules["NET"].amount_python_compute = f"result = {net}"
        cls.structure.rule_ids -= cls.rules["BONUS"] | cls.rules["SI"]
        cls.li.version_id.contract_date_start = "2024-01-01"
        cls.wang.unlink()

    def employee(self, name, wage, first, last=False):
        employee = self._new_employee(name, wage)
        employee.version_id.write({"contract_date_start": first, "contract_date_end": last})
        return employee

    def wages(self, month, *employees, **values):
        """The wages of a month, closed."""
        first = Date.to_date(f"{month}-01")
        last = Date.end_of(first, "month")
        run = self.env["hr.payslip.run"].with_user(self.payroll)
        run = run.create({"name": f"{month}工资", "date_start": first, "date_end": last, **values})
        for employee in employees:
            self.env["hr.payslip"].with_user(self.payroll).create(
                {
                    "name": f"{month} {employee.name}",
                    "employee_id": employee.id,
                    "contract_id": employee.sudo().version_ids.sorted("date_version")[-1].id,
                    "struct_id": self.structure.id,
                    "date_from": first,
                    "date_to": last,
                    "payslip_run_id": run.id,
                    "company_id": self.company.id,
                }
            )
        run.slip_ids.compute_sheet()
        run.action_confirm_payslips()
        run.close_payslip_run()
        return run

    def paid(self, run, employee):
        """What a payslip pays of the base: period (None for its own) → yuan."""
        lines = run.slip_ids.filtered(lambda slip: slip.employee_id == employee).line_ids
        lines = lines.filtered(lambda line: line.code in ("BASIC", "BASIC_DIFF") and line.total)
        return {(line.period and f"{line.period:%Y-%m}") or None: line.total for line in lines}

    def test_ma28_a_raise_known_three_months_late_is_paid_for_each_month(self):
        zhou = self.employee("周华", 18000, "2024-06-22")
        for month in ("2025-10", "2025-11", "2025-12", "2026-01"):
            self.wages(month, zhou)
        zhou.create_version({"date_version": "2025-11-01", "wage": 18650})
        february = self.wages("2026-02", zhou)
        due = {"2025-11": 650, "2025-12": 650, "2026-01": 650, None: 18650}
        self.assertEqual(self.paid(february, zhou), due)
        self.assertEqual(self.paid(self.wages("2026-03", zhou), zhou), {None: 18650})
        self.assertEqual(february.slip_ids.get_salary_line_total("NET"), 20600)
        self.post(february)
        self.assertEqual(self.balance("6601", february), 20600)

    def test_ma28_who_is_recorded_late_is_paid_the_months_before(self):
        for month in ("2025-01", "2025-02"):
            self.wages(month, self.li)
        lan = self.employee("周兰静", 3800, "2023-07-18")
        self.assertEqual(
            self.paid(self.wages("2025-03", self.li, lan), lan), {"2025-01": 3800, "2025-02": 3800, None: 3800}
        )

    def test_ma28_a_part_of_a_month_known_late(self):
        self.wages("2025-04", self.li)
        chen = self.employee("陈军玉", 5200, "2025-04-27")
        self.assertEqual(self.paid(self.wages("2025-05", self.li, chen), chen), {"2025-04": 945.45, None: 5200})

    def test_ma28_a_departure_known_late_is_taken_back_and_carried(self):
        chen = self.employee("陈红静", 5600, "2024-10-01")
        self.wages("2025-11", self.li, chen)
        chen.version_id.contract_date_end = "2025-11-15"
        chen.departure_date = "2025-11-15"
        december = self.wages("2025-12", self.li, chen)
        self.assertEqual(self.paid(december, chen), {"2025-11": -2800})
        self.assertEqual(december.slip_ids.filtered(lambda slip: slip.employee_id == chen).carried_amount, 2800)

    def test_ma28_a_batch_of_bonuses_pays_no_differences(self):
        self.wages("2025-01", self.li)
        self.li.version_id.wage = 3100
        self.assertEqual(self.paid(self.wages("2025-02", self.li, bonus_only=True), self.li), {})
        self.assertEqual(self.paid(self.wages("2025-02", self.li), self.li), {"2025-01": 100, None: 3100})

    def test_ma28_a_second_batch_of_the_month_pays_what_became_known_since(self):
        self.wages("2025-01", self.li)
        self.li.version_id.wage = 3100
        self.assertEqual(self.paid(self.wages("2025-01", self.li), self.li), {"2025-01": 100})

    def test_ma28_a_base_paid_as_a_difference_is_not_paid_again(self):
        self.wages("2025-01", self.li)
        lan = self.employee("周兰静", 3800, "2023-07-18")
        self.wages("2025-02", self.li, lan)
        self.assertEqual(self.paid(self.wages("2025-01", lan), lan), {})

    def test_ma28_months_before_the_first_batch_are_nobodys(self):
        lan = self.employee("周兰静", 3800, "2023-07-18")
        self.assertEqual(self.paid(self.wages("2025-03", self.li, lan), lan), {None: 3800})

    def test_ma28_who_is_left_out_of_a_batch_though_something_is_due_is_named(self):
        chen = self.employee("陈红静", 5600, "2024-10-01")
        self.wages("2025-11", self.li, chen)
        december = self.env["hr.payslip.run"].with_user(self.payroll)
        december = december.create({"name": "2025-12", "date_start": "2025-12-01", "date_end": "2025-12-31"})
        self.assertFalse(december.left_out)
        chen.version_id.contract_date_end = "2025-11-15"
        chen.departure_date = "2025-11-15"
        december.invalidate_recordset(["left_out"])
        self.assertIn("陈红静", december.left_out)
        self.assertIn("2,800.00", december.left_out)
        with self.assertRaises(AccessError):
            december.with_user(self.accountant).read(["left_out"])
        december.bonus_only = True
        self.assertFalse(december.left_out)

    # ------------------------------------------------------------------
    # A person is paid, not a record of one
    # ------------------------------------------------------------------

    def test_ma28_two_records_of_one_person_are_paid_once(self):
        same = {
            "contact": lambda first: {"work_contact_id": first.work_contact_id.id},
            "user": lambda first: {"work_contact_id": first.user_id.partner_id.id},
            "identification number": lambda first: {"identification_id": first.identification_id.lower()},
        }
        persons = {way: self.employee(f"陈婷 {way}", 3200, "2021-03-01") for way in same}
        for number, first in enumerate(persons.values()):
            first.identification_id = f"42280119900307001{number}X"
        persons["user"].write(
            {
                "user_id": self._new_user("p_chen", "base.group_user").id,
                "work_contact_id": self.env["res.partner"].create({"name": "陈婷"}).id,
            }
        )
        for month in ("2025-01", "2025-02"):
            self.wages(month, self.li, *persons.values())
        for way, first in persons.items():
            with self.subTest(way=way):
                second = self.employee("陈婷", 3200, "2021-03-01")
                second.write(same[way](first))
                self.assertEqual(first._same_person(), first | second)
                self.assertEqual(self.paid(self.wages("2025-02", second), second), {})
                march = self.wages("2025-03", first, second)
                self.assertEqual((self.paid(march, first), self.paid(march, second)), ({None: 3200}, {}))
        other = self.employee("陈婷", 3200, "2025-03-01")
        self.assertEqual(self.paid(self.wages("2025-03", other), other), {None: 3200})

    def test_ma28_who_comes_back_with_a_new_record_keeps_what_was_paid(self):
        first = self.employee("陈婷", 3200, "2021-03-01", "2025-01-15")
        january = self.wages("2025-01", self.li, first)
        second = self.employee("陈婷", 3500, "2025-02-01")
        second.work_contact_id = first.work_contact_id
        self.assertEqual(self.paid(self.wages("2025-02", self.li, second), second), {None: 3500})
        self.assertLess(self.paid(january, first)[None], 3200)
        second.version_id.wage = 3600
        self.assertEqual(self.paid(self.wages("2025-03", self.li, second), second), {"2025-02": 100, None: 3600})

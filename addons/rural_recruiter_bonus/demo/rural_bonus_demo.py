from datetime import date

from odoo import api, fields, models

APRIL, MAY, JUNE = (date(2023, month, 1) for month in (4, 5, 6))
#: Login: since when with the company, wage, subsidy, post allowance; post; its last day and why it ended.
PEOPLE = {
    "recruiter": (date(2021, 3, 1), 3200, 300, 200, "recruiter", None, None),
    "recruiter2": (date(2022, 7, 1), 3000, 300, 0, "recruiter", date(2023, 5, 15), "transfer"),
    "recruiter3": (date(2023, 4, 1), 2800, 300, 0, "recruiter", None, None),
    "recruiter4": (date(2022, 11, 1), 3000, 300, 0, "recruiter", None, None),
    "recruiter5": (date(2023, 4, 1), 2800, 300, 0, "recruiter", date(2023, 6, 11), "left"),
    "recruiting": (date(2020, 5, 1), 6000, 500, 800, "manager", None, None),
}


class RuralBonusDemo(models.AbstractModel):
    """Demo data that only the real work can make: runs in every state, payslips, an entry."""

    _name = "rural.bonus.demo"
    _inherit = "rural.demo.mixin"
    _description = "Demo data of the recruiters' pay"

    @api.model
    def _make(self):
        """Take people, runs and payslips their way, once."""
        demo = self._in_company()._quietly()
        if demo.env["rural.bonus.run"].search_count([("company_id", "=", demo.env.company.id)], limit=1):
            return
        for login, values in PEOPLE.items():
            demo._employ(self.env.ref(f"rural_merchant.employee_{login}"), *values)
        demo._pay(APRIL, "cards")
        demo._pay(MAY, None)
        demo._computed("month", JUNE)
        demo._as("recruiting", demo._computed("quarter", APRIL)).action_review()
        demo._computed("year", date(2023, 1, 1))

    @api.model
    def _employ(self, employee, since, wage, subsidy, allowance, kind, until, reason):
        employee.version_id.write(
            {
                "contract_date_start": since,
                "contract_date_end": until if reason == "left" else False,
                "wage": wage,
                "rural_subsidy": subsidy,
                "rural_post_allowance": allowance,
                "struct_id": self.env["hr.payroll.structure"]._rural_bonus_structure(employee.company_id).id,
            }
        )
        self.env["rural.recruiting.post"].create(
            {
                "employee_id": employee.id,
                "kind": kind,
                "valid_from": min(APRIL, max(since, date(2023, 1, 1))),
                "valid_to": until,
                "end_reason": reason,
            }
        )

    @api.model
    def _computed(self, kind, first):
        run = self._as("payroll", self.env["rural.bonus.run"]).create({"kind": kind, "date_from": first})
        run.action_compute()
        return run

    @api.model
    def _pay(self, month, accountant):
        """Take a month to its payslips, and as far as the accountant is named, into the books."""
        run = self._computed("month", month)
        self._as("recruiting", run).action_review()
        approving = self._as("gm", run)
        if run.missing_months:
            approving._approve_without_files("四月尚未接入收单机构的交易文件")
        else:
            approving.action_approve()
        batch = self._as("payroll", self.env["hr.payslip.run"]).create(
            {
                "name": f"{month:%Y}年{month.month}月招商部工资",
                "date_start": month,
                "date_end": fields.Date.end_of(month, "month"),
            }
        )
        run._put_in_payslips(batch)
        batch.action_confirm_payslips()
        batch.close_payslip_run()
        if accountant:
            self._as(accountant, batch)._post()

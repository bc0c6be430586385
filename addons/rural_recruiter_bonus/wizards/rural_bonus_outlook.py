from decimal import Decimal

from markupsafe import Markup

from odoo import api, fields, models

from odoo.addons.rural_base import china_time

from .. import rules


class RuralBonusOutlook(models.TransientModel):
    """A recruiter's own page: points of this month, what is missing, what it would bring so far, and history.

    It shows the employee of the user, and nobody else's; the head of recruiting may choose one.
    """

    _name = "rural.bonus.outlook"
    _description = "My Bonus"
    _rec_name = "employee_id"

    employee_id = fields.Many2one("hr.employee", "Recruiter", readonly=True, required=True)
    company_id = fields.Many2one("res.company", readonly=True, required=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    day = fields.Date("As of", readonly=True)
    points = fields.Float(readonly=True, digits=(16, 2))
    points_missing = fields.Float(readonly=True, digits=(16, 2))
    next_step = fields.Char(readonly=True)
    month_text = fields.Text("This Month", readonly=True)
    month_amount = fields.Monetary("Estimate of the Month", readonly=True)
    quarter_text = fields.Text("This Quarter", readonly=True)
    quarter_amount = fields.Monetary("Estimate of the Quarter", readonly=True)
    line_ids = fields.One2many("rural.bonus.line", compute="_compute_line_ids", string="History")

    def _compute_line_ids(self):
        for outlook in self:
            outlook.line_ids = self.env["rural.bonus.line"].search(
                [("employee_id", "=", outlook.employee_id.id), ("state", "in", ("approved", "in_payslips"))]
            )

    @api.model
    def action_open(self):
        """Show the page of the user; who is no employee of the company reads why it is empty."""
        self.check_access("create")
        employee = self.env.user.employee_id
        if not employee:
            return self._empty_page()
        return self._of(employee)._get_records_action(name=self.env._("My Bonus"), target="main")

    @api.model
    def _empty_page(self) -> dict:
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_recruiter_bonus.action_bonus_line")
        text = self.env._("There is no employee for your user in this company. Ask personnel to set it.")
        return {
            **action,
            "name": self.env._("My Bonus"),
            "path": False,
            "domain": [("id", "=", False)],
            "context": {},
            "help": Markup('<p class="o_view_nocontent_smiling_face">%s</p>') % text,
        }

    @api.model
    def _of(self, employee):
        """Return the page of an employee as of today.

        :raises AccessError: when it is somebody else's, and the user does not lead the recruiters
        """
        if employee != self.env.user.employee_id:
            self.env["rural.bonus.run"]._check_group("rural_merchant.group_recruiting_head")
        today = china_time.today()
        company = employee.sudo().company_id
        outlook = self.create({"employee_id": employee.id, "company_id": company.id, "day": today})
        outlook.sudo()._estimate(today)
        return outlook

    def _estimate(self, today):
        computation = self.env["rural.bonus.computation"]
        for kind in ("month", "quarter"):
            first = computation._period_start(kind, today)
            scheme = self.env["rural.bonus.scheme"]._adopted_on_day(first, self.company_id)
            due = computation._lines(kind, first, self.company_id, scheme, self.employee_id, until=today)
            self[f"{kind}_amount"] = float(sum((line["amount"] for line in due), Decimal(0)))
            self[f"{kind}_text"] = self._sentences(kind, first, scheme, due)
            if kind == "month":
                self._count_points(due, scheme)

    def _count_points(self, due, scheme):
        reached = next((Decimal(line["inputs"]["points"]) for line in due if line["clause"] == "MA-22"), Decimal(0))
        missing, step = rules.points_to_next(reached, scheme._month_terms())
        self.points, self.points_missing = float(reached), float(missing)
        self.next_step = {
            "floor": self.env._("%s points until nothing is deducted", missing),
            "upper": self.env._("%s points until each counts more", missing),
            "none": self.env._("Each further point counts fully"),
        }[step]

    def _sentences(self, kind, first, scheme, due) -> str:
        """Return the sentences of lines that are not kept."""
        lines = self.env["rural.bonus.line"].browse()
        for line in due:
            lines += lines.new(
                {
                    "run_id": self.env["rural.bonus.run"].new(
                        {"kind": kind, "date_from": first, "company_id": self.company_id.id}
                    ),
                    "company_id": self.company_id.id,
                    "kind": kind,
                    "period": first,
                    "scheme_id": scheme.id,
                    "employee_id": line["employee_id"],
                    "clause": line["clause"],
                    "amount": float(line["amount"]),
                    "inputs": line["inputs"],
                }
            )
        return "\n\n".join(lines.mapped("explanation")) or self.env._("Nothing yet.")

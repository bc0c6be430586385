from odoo import api, fields, models

CLAUSES = [
    ("MA-22", "Points of the Month (MA-22)"),
    ("MA-23", "Terminals that Earn Too Little (MA-23)"),
    ("MA-41", "Founded Complaints (MA-41)"),
    ("MA-24", "Quarterly Bonus (MA-24)"),
    ("MA-26", "Quarterly Bonus of Transferred Merchants (MA-26)"),
    ("MA-27", "Managers' Yearly Bonus (MA-27)"),
]


class RuralBonusLine(models.Model):
    """What a person is due by a clause for a period, and how it came about."""

    _name = "rural.bonus.line"
    _description = "Bonus Line"
    _inherit = "rural.explanation.mixin"
    _order = "run_id desc, employee_id, clause, period, id"

    run_id = fields.Many2one("rural.bonus.run", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="run_id.company_id", store=True, index=True, precompute=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(related="run_id.kind", store=True, precompute=True)
    state = fields.Selection(related="run_id.state", store=True, precompute=True)
    employee_id = fields.Many2one("hr.employee", required=True, readonly=True, index=True, ondelete="restrict")
    clause = fields.Selection(CLAUSES, "Due By", required=True, readonly=True)
    period = fields.Date(required=True, readonly=True, index=True, help="First day of the period it is for.")
    period_label = fields.Char("For", compute="_compute_period_label")
    amount = fields.Monetary(required=True, readonly=True)
    scheme_id = fields.Many2one("rural.bonus.scheme", readonly=True, ondelete="restrict")
    inputs = fields.Json(readonly=True)
    points = fields.Float(compute="_compute_points", store=True, digits=(16, 2))
    is_correction = fields.Boolean("Correction", readonly=True)
    corrects_id = fields.Many2one("rural.bonus.line", readonly=True, index="btree_not_null", ondelete="restrict")
    deferred = fields.Boolean(
        "Paid Next Year", readonly=True, help="Under the months in post at the year's end: paid with the next year's."
    )
    previous_amount = fields.Monetary("Last Computation", readonly=True)
    change = fields.Monetary(compute="_compute_change", store=True)
    is_changed = fields.Boolean("Changed", compute="_compute_change", store=True)
    payslip_id = fields.Many2one("hr.payslip", readonly=True, index="btree_not_null", copy=False, ondelete="set null")
    paid_by_run_id = fields.Many2one(
        "rural.bonus.run", "Paid With", readonly=True, index="btree_not_null", copy=False, ondelete="set null",
        help="The run that put it in the payslip: its own, or the next year's when it was deferred.",
    )  # fmt: skip

    @api.depends("kind", "period")
    def _compute_period_label(self):
        for line in self:
            line.period_label = self.env["rural.bonus.computation"]._period_label(line.kind, line.period)

    @api.depends("clause", "inputs", "is_correction")
    def _compute_points(self):
        for line in self:
            counts = line.clause == "MA-22" and not line.is_correction
            line.points = float((line.inputs or {}).get("points", 0)) if counts else 0

    @api.depends("amount", "previous_amount")
    def _compute_change(self):
        for line in self:
            line.change = line.amount - line.previous_amount
            line.is_changed = bool(line.currency_id.compare_amounts(line.amount, line.previous_amount))

    @api.depends("employee_id", "clause", "kind", "period")
    def _compute_display_name(self):
        for line in self:
            label = self.env["rural.bonus.computation"]._period_label(line.kind, line.period) if line.period else ""
            line.display_name = f"{line.employee_id.display_name} {line.clause} {label}"

    def _take_out(self):
        """Take lines out of their payslips, so that they can go into others (MA-28)."""
        runs = self.run_id | self.paid_by_run_id
        self.write({"payslip_id": False, "paid_by_run_id": False})
        runs._update_payslip_state()

    def action_view_sources(self):
        """Show the records that made the line: penalties, or merchants."""
        self.ensure_one()
        inputs = self.inputs or {}
        name, model, ids = self.env._("Merchants"), "rural.merchant", inputs.get("merchant_ids", [])
        if self.clause == "MA-41":
            name, model, ids = self.env._("Penalties"), "rural.complaint.penalty", inputs.get("penalty_ids", [])
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "list,form",
            "domain": [("id", "in", ids)],
            "context": {"create": False},
        }

    def action_view_follow_ups(self):
        """Show the good reviews and complaints that counted for the month."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Follow-ups"),
            "res_model": "rural.merchant.follow.up",
            "view_mode": "list,form",
            "domain": [
                ("employee_id", "=", self.employee_id.id),
                ("date", ">=", self.period),
                ("date", "<=", fields.Date.end_of(self.period, "month")),
                ("kind", "in", ("good_review", "complaint")),
            ],
            "context": {"create": False},
        }

from collections import defaultdict
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.rural_base import china_time

from ..models.bonus_computation.bonus_computation import KINDS
from ..models.bonus_run.bonus_run import FINAL


class RuralBonusTrial(models.TransientModel):
    """What a draft scheme would have paid in past periods, beside what was approved for them."""

    _name = "rural.bonus.trial"
    _description = "Trial of a Bonus Scheme"
    _rec_name = "scheme_id"

    scheme_id = fields.Many2one("rural.bonus.scheme", required=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    date_from = fields.Date(required=True, default=lambda self: self._default_date(-12))
    date_to = fields.Date(required=True, default=lambda self: china_time.today())
    line_ids = fields.One2many("rural.bonus.trial.line", "trial_id", readonly=True)
    paid = fields.Monetary("Approved", compute="_compute_totals")
    tried = fields.Monetary("By This Scheme", compute="_compute_totals")
    difference = fields.Monetary(compute="_compute_totals")

    @api.model
    def _default_date(self, months):
        return fields.Date.start_of(fields.Date.add(china_time.today(), months=months), "month")

    @api.depends("line_ids.paid", "line_ids.tried")
    def _compute_totals(self):
        for trial in self:
            trial.paid = sum(trial.line_ids.mapped("paid"))
            trial.tried = sum(trial.line_ids.mapped("tried"))
            trial.difference = trial.tried - trial.paid

    def action_try(self):
        """Compute the scheme over the periods that have been approved."""
        self.ensure_one()
        self.scheme_id.check_access("read")
        self.env["rural.bonus.run"].check_access("read")
        runs = self.env["rural.bonus.run"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "in", FINAL),
                ("date_from", ">=", self.date_from),
                ("date_to", "<=", self.date_to),
            ]
        )
        if not runs:
            raise UserError(self.env._("No period between these days has been approved yet."))
        paid, tried = self._paid(runs), self._tried(runs)
        self.line_ids = [
            Command.clear(),
            *(
                Command.create(
                    {
                        "employee_id": employee_id,
                        "kind": kind,
                        "paid": float(paid[employee_id, kind]),
                        "tried": float(tried[employee_id, kind]),
                    }
                )
                for employee_id, kind in sorted({*paid, *tried})
            ),
        ]
        return self._get_records_action()

    def action_view_lines(self):
        """Show the comparison as a pivot."""
        return {
            "type": "ir.actions.act_window",
            "name": self.scheme_id.display_name,
            "res_model": "rural.bonus.trial.line",
            "view_mode": "pivot,list",
            "domain": [("trial_id", "=", self.id)],
        }

    def _paid(self, runs) -> dict:
        # What has been approved for these periods, corrections in later runs included.
        sums = defaultdict(Decimal)
        for run in runs:
            lines = self.env["rural.bonus.line"].search(
                [
                    ("company_id", "=", run.company_id.id),
                    ("kind", "=", run.kind),
                    ("period", "=", run.date_from),
                    ("state", "in", FINAL),
                ]
            )
            for line in lines:
                sums[line.employee_id.id, run.kind] += Decimal(str(line.amount))
        return sums

    def _tried(self, runs) -> dict:
        sums = defaultdict(Decimal)
        computation = self.env["rural.bonus.computation"]
        for run in runs:
            lines = computation._lines(
                run.kind, run.date_from, run.company_id, self.scheme_id.sudo(), shares=run.sudo().share_ids
            )
            for line in lines:
                sums[line["employee_id"], run.kind] += line["amount"]
        return sums


class RuralBonusTrialLine(models.TransientModel):
    """A person in the trial of a scheme."""

    _name = "rural.bonus.trial.line"
    _description = "Person in the Trial of a Bonus Scheme"
    _order = "kind, employee_id"

    trial_id = fields.Many2one("rural.bonus.trial", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="trial_id.currency_id")
    employee_id = fields.Many2one("hr.employee", required=True)
    kind = fields.Selection(KINDS, required=True)
    paid = fields.Monetary("Approved")
    tried = fields.Monetary("By This Scheme")
    difference = fields.Monetary(compute="_compute_difference", store=True)

    @api.depends("paid", "tried")
    def _compute_difference(self):
        for line in self:
            line.difference = line.tried - line.paid

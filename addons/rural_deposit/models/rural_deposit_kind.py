from odoo import api, fields, models

from odoo.addons.rural_base import china_time


class RuralDepositKind(models.Model):
    """A kind of party with a due amount of its own, such as a provincial center (DP-05)."""

    _name = "rural.deposit.kind"
    _description = "Kind of Deposit"
    _order = "purpose_id, sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    purpose_id = fields.Many2one("rural.deposit.purpose", required=True, index=True, ondelete="cascade")
    parameter_id = fields.Many2one("rural.parameter", "Due Amount", required=True, ondelete="restrict")
    due_today = fields.Float(digits=(16, 2), compute="_compute_due_today")

    _code_unique = models.Constraint("UNIQUE (purpose_id, code)", "The purpose has a kind with this code already.")

    @api.depends("parameter_id.value_ids.value", "parameter_id.value_ids.valid_from", "parameter_id.value_ids.valid_to")
    @api.depends_context("company")
    def _compute_due_today(self):
        today = china_time.today()
        Version = self.env["rural.parameter.value"]
        for kind in self:
            own, general = (
                Version._version_on(today, parameter_id=kind.parameter_id, company_id=company)
                for company in (self.env.company, False)
            )
            kind.due_today = (own or general).value

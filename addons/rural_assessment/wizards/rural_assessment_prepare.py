from odoo import fields, models

from odoo.addons.rural_base import china_time


class RuralAssessmentPrepare(models.TransientModel):
    """Choose the year to be assessed."""

    _name = "rural.assessment.prepare"
    _description = "Prepare Assessment"

    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    year = fields.Integer(required=True, default=lambda self: china_time.today().year)

    def action_prepare(self):
        """Prepare the year and show it."""
        self.ensure_one()
        assessment = self.env["rural.assessment"]._prepare(self.company_id, self.year)
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_assessment.action_assessment")
        return {**action, "views": [(False, "form")], "res_id": assessment.id}

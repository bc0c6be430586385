from odoo import api, fields, models


class RuralCenterAgreement(models.Model):
    _inherit = "rural.center.agreement"

    assessment_line_ids = fields.One2many("rural.assessment.line", "agreement_id", "Results", readonly=True)
    assessment_line_id = fields.Many2one(
        "rural.assessment.line", "Result of the Year", compute="_compute_assessment_line_id"
    )
    overall = fields.Float("Overall Completion", digits=(16, 6), compute="_compute_assessment_line_id")

    @api.depends("assessment_line_ids.state", "assessment_line_ids.overall")
    def _compute_assessment_line_id(self):
        for agreement in self:
            living = agreement.assessment_line_ids.filtered(lambda line: line.state != "cancelled")
            agreement.assessment_line_id, agreement.overall = living[:1], living[:1].overall

    def action_view_result(self):
        """Show what the center has reached."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "rural.assessment.line",
            "views": [(False, "form")],
            "res_id": self.assessment_line_id.id,
        }

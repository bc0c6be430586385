from odoo import fields, models


class RuralServiceCenter(models.Model):
    _inherit = "rural.service.center"

    assessment_line_ids = fields.One2many("rural.assessment.line", "center_id", "Assessments", readonly=True)
    assessment_count = fields.Integer(compute="_compute_assessment_counts")
    case_ids = fields.One2many("rural.penalty.case", "center_id", "Penalty Cases")
    case_count = fields.Integer("Penalties", compute="_compute_assessment_counts")

    def _compute_assessment_counts(self):
        domain = [("center_id", "in", self.ids)]
        lines = dict(self.env["rural.assessment.line"]._read_group(domain, ["center_id"], ["__count"]))
        cases = dict(self.env["rural.penalty.case"]._read_group(domain, ["center_id"], ["__count"]))
        for center in self:
            center.assessment_count, center.case_count = lines.get(center, 0), cases.get(center, 0)

    def action_view_assessments(self):
        """Show the yearly results of the centers."""
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_assessment.action_assessment_line")
        context = {"search_default_not_cancelled": 1}
        return {**action, "domain": [("center_id", "in", self.ids)], "context": context}

    def action_view_cases(self):
        """Show the penalty cases of the centers."""
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_penalty.action_penalty_case")
        context = {"default_party_kind": "center", "default_center_id": self.id} if len(self) == 1 else {}
        return {**action, "domain": [("center_id", "in", self.ids)], "context": context}

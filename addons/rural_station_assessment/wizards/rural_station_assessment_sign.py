from odoo import fields, models

from odoo.addons.rural_base import china_time


class RuralStationAssessmentSign(models.TransientModel):
    """Asks who has signed forms for the commerce bureau, on which day, and for the scan (ST-08)."""

    _name = "rural.station.assessment.sign"
    _description = "Enter the Bureau's Signature"

    assessment_ids = fields.Many2many("rural.station.assessment", string="Forms", required=True, readonly=True)
    bureau_assessor = fields.Char("Assessor of the Commerce Bureau", required=True)
    signed_on = fields.Date(required=True, default=lambda self: china_time.today())
    scan = fields.Binary("Scan of the Signed Form", required=True, attachment=False)
    scan_name = fields.Char("Name of the Scan")

    def action_sign(self):
        """Enter the signature."""
        self.ensure_one()
        self.assessment_ids._sign(self.bureau_assessor, self.signed_on, self.scan, self.scan_name)
        return {"type": "ir.actions.act_window_close"}

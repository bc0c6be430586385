from odoo import fields, models


class RuralAgreementReason(models.TransientModel):
    """Ask for the reason before an agreement is cancelled or a certificate is replaced."""

    _name = "rural.agreement.reason"
    _description = "Reason"

    agreement_id = fields.Many2one("rural.center.agreement", readonly=True)
    certificate_id = fields.Many2one("rural.center.certificate", readonly=True)
    reason = fields.Text(required=True)

    def action_apply(self):
        """Cancel the agreement, or replace the certificate and show the new one."""
        self.ensure_one()
        if not self.certificate_id:
            self.agreement_id._cancel(self.reason)
            return {"type": "ir.actions.act_window_close"}
        certificate = self.certificate_id._replace(self.reason)
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_center_agreement.action_center_certificate")
        return {**action, "views": [(False, "form")], "res_id": certificate.id}

from odoo import fields, models
from odoo.fields import Domain

#: MA-01: which documents each kind of body has to show.
REQUIRED = {
    "business": ("business_licence", "tax_registration", "identity_card"),
    "other": ("registration_certificate",),
}


class RuralMerchantDocument(models.Model):
    """A certificate of a merchant, with its last day (MA-01)."""

    _name = "rural.merchant.document"
    _description = "Document of a Merchant"
    _inherit = ["rural.document.mixin"]
    _document_owner = "merchant_id"

    merchant_id = fields.Many2one("rural.merchant", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="merchant_id.company_id", store=True, index=True, precompute=True)

    def _reminder_domain(self):
        return super()._reminder_domain() & Domain("merchant_id.stage", "in", ("signed", "installed"))

    def _reminder_user(self):
        return self.merchant_id.recruiter_id.sudo().user_id or super()._reminder_user()

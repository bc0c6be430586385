from odoo import api, fields, models
from odoo.fields import Domain

#: MA-01: which documents each kind of body has to show.
REQUIRED = {
    "business": ("business_licence", "tax_registration", "identity_card"),
    "other": ("registration_certificate",),
}
#: What a certificate says: kept once the merchant has been signed by it.
SAID = {"merchant_id", "kind_id", "number", "valid_until", "is_long_term"}


class RuralMerchantDocument(models.Model):
    """A certificate of a merchant, with its last day (MA-01).

    Those that a merchant was signed by stay as they were checked; a new one is added beside them.
    """

    _name = "rural.merchant.document"
    _description = "Document of a Merchant"
    _inherit = ["rural.document.mixin"]
    _document_owner = "merchant_id"

    merchant_id = fields.Many2one("rural.merchant", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="merchant_id.company_id", store=True, index=True, precompute=True)

    def write(self, vals):
        """Write; what a merchant was signed by stays.

        :raises UserError: naming the merchant
        """
        if SAID & vals.keys():
            self._check_files_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided_by(self):
        self._check_files_open()

    def _decided_by_papers(self):
        return self.merchant_id.filtered("signed_on")

    def _reminder_domain(self):
        return super()._reminder_domain() & Domain("merchant_id.stage", "in", ("signed", "installed"))

    def _reminder_user(self):
        return self.merchant_id.recruiter_id.sudo().user_id or super()._reminder_user()

from odoo import api, fields, models


class RuralCenterApplication(models.Model):
    """What must be there before an application is submitted, and before it is approved (SC-02, SC-03)."""

    _inherit = "rural.center.application"

    missing = fields.Text(compute="_compute_missing", help="What must be there before it is submitted (SC-02).")

    @api.depends("region_id", "applicant_name", "email", "phone", "document_ids.attachment_ids", "document_ids.kind_id")
    @api.depends_context("lang")
    def _compute_missing(self):
        for application in self:
            application.missing = "\n".join(application._missing())

    def _missing(self):
        """Return what must be there before the application is submitted, by name (SC-02)."""
        self.ensure_one()
        wanted = {
            self.env._("the requested region"): self.region_id,
            self.env._("the company's name"): self.applicant_name,
            self.env._("an e-mail address or telephone number"): self.email or self.phone,
        }
        return [name for name, value in wanted.items() if not value] + self._missing_materials().mapped("name")

    def _missing_materials(self):
        """Return the kinds of documents that the application has no file of."""
        required = self.env["rural.document.kind"].search([("for_center_application", "=", True)])
        return required - self.document_ids.filtered("attachment_ids").kind_id

    def _missing_for_approval(self):
        """Return what a reviewer still has to find on the materials, by name (SC-03)."""
        wanted = {
            self.env._("the unified social credit code"): self.credit_code,
            self.env._("the legal representative"): self.legal_representative,
        }
        return (
            self._missing()
            + [name for name, value in wanted.items() if not value]
            + self.document_ids.filtered("kind_id.for_center_application")._incomplete()
        )

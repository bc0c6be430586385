from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

#: States of an application that has been decided, or is not pursued.
DECIDED_STATES = ("approved", "rejected", "withdrawn")


class RuralCenterDocument(models.Model):
    """A document of an applicant, and of the service center it becomes (SC-02)."""

    _name = "rural.center.document"
    _description = "Document of a Service Center"
    _inherit = ["rural.document.mixin"]
    _document_owner = "application_id"
    _check_company_auto = True

    application_id = fields.Many2one(
        "rural.center.application", index="btree_not_null", ondelete="cascade", check_company=True
    )
    center_id = fields.Many2one("rural.service.center", index="btree_not_null", ondelete="cascade", check_company=True)
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", store=True, index=True, precompute=True, compute_sudo=True
    )

    _owned = models.Constraint(
        "CHECK (application_id IS NOT NULL OR center_id IS NOT NULL)",
        "A document belongs to an application or a service center.",
    )

    @api.depends("application_id.company_id", "center_id.company_id")
    def _compute_company_id(self):
        for document in self:
            document.company_id = document.application_id.company_id or document.center_id.company_id

    @api.model_create_multi
    def create(self, vals_list):
        """Add documents where somebody still looks at them."""
        documents = super().create(vals_list)
        documents._check_open()
        return documents

    def write(self, vals):
        """Change documents where somebody still looks at them; an application in review stays complete (SC-02)."""
        self._check_open()
        applications = self.application_id
        result = super().write(vals)
        if {"application_id", "center_id"} & set(vals):
            self._check_open()
        applications._check_still_complete()
        return result

    def unlink(self):
        """Delete documents; an application in review stays complete (SC-02)."""
        applications = self.application_id
        result = super().unlink()
        applications._check_still_complete()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        self._check_open()
        for document in self:
            if document.application_id.state == "approved":
                raise UserError(
                    self.env._("%s has been approved with this document: it is kept.", document.application_id.name)
                )

    def _check_open(self):
        for application in self.application_id:
            if application.state in ("rejected", "withdrawn"):
                raise UserError(self.env._("%s is closed: its documents are kept as they are.", application.name))

    def _decided_by_papers(self):
        return self.application_id.filtered(lambda application: application.state in DECIDED_STATES)

    def _reminder_owner(self):
        return self.center_id or super()._reminder_owner()

    @api.model
    def _reminder_domain(self):
        return super()._reminder_domain() & (
            Domain("center_id.active", "=", True)
            | (Domain("center_id", "=", False) & Domain("application_id.state", "=", "submitted"))
        )

    def _reminder_user(self):
        return self.center_id.area_manager_id or self.application_id.area_manager_id

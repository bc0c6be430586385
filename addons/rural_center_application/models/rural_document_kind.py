from odoo import fields, models


class RuralDocumentKind(models.Model):
    _inherit = "rural.document.kind"

    for_center_application = fields.Boolean(
        "Required of Center Applicants", help="Without it an application for a service center is not submitted (SC-02)."
    )

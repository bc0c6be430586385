from odoo import api, fields, models


class TierReview(models.Model):
    _inherit = "tier.review"

    rural_status = fields.Char(
        "Progress", compute="_compute_rural_status", help="The status, in the reader's language."
    )

    @api.depends("status")
    @api.depends_context("lang")
    def _compute_rural_status(self):
        labels = {
            "waiting": self.env._("Waits for the step before"),
            "pending": self.env._("To decide"),
            "approved": self.env._("Approved"),
            "rejected": self.env._("Refused"),
            "cancel": self.env._("Cancelled"),
        }
        for review in self:
            review.rural_status = labels.get(review.status)

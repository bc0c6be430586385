from odoo import api, fields, models
from odoo.exceptions import UserError

RATE_REQUEST = "rural.merchant.rate.request"


class TierReview(models.Model):
    """Who has to agree a rate, and has: only the steps of its request write it (MA-03, MA-04)."""

    _inherit = "tier.review"

    rural_status = fields.Char("Progress", compute="_compute_rural_status")

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

    @api.model_create_multi
    def create(self, vals_list):
        """Leave it to the steps to say who decides a rate."""
        reviews = super().create(vals_list)
        reviews._check_written_by_steps()
        return reviews

    def write(self, vals):
        """Leave it to the steps to say what was decided."""
        self._check_written_by_steps()
        result = super().write(vals)
        self._check_written_by_steps()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_by_steps(self):
        self._check_written_by_steps()

    def _check_written_by_steps(self):
        if not self.env.su and RATE_REQUEST in self.mapped("model"):
            raise UserError(self.env._("Who decides a rate, and what was decided, follows from its buttons."))

    def _update_review_status(self):
        # Whoever looks at what waits brings the next step up, too.
        return super(TierReview, self.sudo())._update_review_status()

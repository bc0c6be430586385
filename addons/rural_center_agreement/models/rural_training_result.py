from odoo import api, fields, models
from odoo.exceptions import ValidationError


class RuralTrainingResult(models.Model):
    """Results of people of a center, without one of which it does not begin to work (SC-05)."""

    _inherit = "rural.training.result"
    _order = "session_id desc, center_id, person"

    center_id = fields.Many2one(
        "rural.service.center", "Service Center", index=True, ondelete="restrict", check_company=True
    )

    @api.constrains("session_id", "center_id")
    def _check_center(self):
        for result in self:
            for_centers = result.session_id.audience == "center"
            if for_centers and not result.center_id:
                raise ValidationError(self.env._("%s: enter the service center.", result.person))
            if result.center_id and not for_centers:
                raise ValidationError(self.env._("%s: the training is not for service centers.", result.person))

    @api.model
    def _party_fields(self):
        return ["center_id", *super()._party_fields()]

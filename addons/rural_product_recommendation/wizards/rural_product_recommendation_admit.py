from odoo import api, fields, models

from odoo.addons.rural_base import china_time
from odoo.addons.rural_bulk.fields import CodeChar


class RuralProductRecommendationAdmit(models.TransientModel):
    _name = "rural.product.recommendation.admit"
    _description = "Admission of a Product to the Pool"

    recommendation_id = fields.Many2one("rural.product.recommendation", required=True, ondelete="cascade")
    supplier_code = CodeChar(required=True, compute="_compute_codes", store=True, readonly=False, precompute=True)
    supplier_name = fields.Char(required=True, compute="_compute_codes", store=True, readonly=False, precompute=True)
    product_code = CodeChar(required=True, compute="_compute_codes", store=True, readonly=False, precompute=True)
    fee_rate = fields.Float("Service Fee Rate", digits=(16, 6), required=True)
    incentive_rate = fields.Float("Year-End Incentive Rate", digits=(16, 6))
    valid_from = fields.Date("First Day", required=True, default=lambda self: china_time.today())

    @api.depends("recommendation_id")
    def _compute_codes(self):
        for admission in self:
            admission.supplier_code = admission.recommendation_id.supplier_code
            admission.supplier_name = admission.recommendation_id.supplier_name
            admission.product_code = admission.recommendation_id.product_code

    def action_apply(self):
        """Put the product into the pool at the agreed rates, and show the entry."""
        self.ensure_one()
        entry = self.recommendation_id._admit(
            self.supplier_code,
            self.supplier_name,
            self.product_code,
            {"fee_rate": self.fee_rate, "incentive_rate": self.incentive_rate},
            self.valid_from,
        )
        return entry._get_records_action()

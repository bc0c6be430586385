from odoo import models


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company", "rural.order.referenced.mixin"]
    _order_reference = "company_id"

from odoo import models


class RuralCenterSuspension(models.Model):
    """A period in which a center, though authorised, earns nothing (SC-10.4)."""

    _name = "rural.center.suspension"
    _inherit = ["rural.center.period"]
    _description = "Suspension"

from odoo import models


class RuralCenterAuthorisation(models.Model):
    """A period in which a center is authorised; orders placed in it can earn (SC-10.4)."""

    _name = "rural.center.authorisation"
    _inherit = ["rural.center.period"]
    _description = "Authorisation"

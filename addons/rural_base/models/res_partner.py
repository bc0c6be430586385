from odoo import models

from .field_access import MESSAGES


class ResPartner(models.Model):
    """Who runs a center or complains reads itself in the portal, but not what staff write about it (SC-20)."""

    _inherit = "res.partner"

    _kept_in_house = MESSAGES

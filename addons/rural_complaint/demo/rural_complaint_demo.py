from odoo import models


class RuralComplaintDemo(models.AbstractModel):
    """Demo data."""

    _name = "rural.complaint.demo"
    _description = "Demo data of the complaints"

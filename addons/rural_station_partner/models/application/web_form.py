from odoo import models


class RuralStationApplication(models.Model):
    """Applications by the public form: nothing that a visitor sends is believed (ST-02)."""

    _inherit = "rural.station.application"

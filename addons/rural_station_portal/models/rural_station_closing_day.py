from odoo import models


class RuralStationClosingDay(models.Model):
    _inherit = "rural.station.closing.day"

    def _withdraw_as_station(self):
        """Take back what was asked for, as the station's partner; what was agreed too, before its first day.

        :raises AccessError: for whoever does not run the station
        :raises UserError: when the days have begun, or were refused meanwhile
        """
        self.ensure_one()
        self.station_id._check_run_by_user()
        self.sudo()._withdraw()

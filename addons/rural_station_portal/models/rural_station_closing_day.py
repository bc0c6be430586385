from odoo import models


class RuralStationClosingDay(models.Model):
    _inherit = "rural.station.closing.day"

    def _withdraw_as_station(self):
        """Take a request back that nobody has decided, as the station's partner.

        :raises AccessError: for whoever does not run the station
        :raises UserError: when it was decided meanwhile
        """
        self.ensure_one()
        self.station_id._check_run_by_user()
        request = self.sudo()
        request._lock_rows()
        request._check_state("requested")
        request.state = "withdrawn"

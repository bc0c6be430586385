from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from odoo.addons.rural_base import china_time


class RuralStationDemo(models.AbstractModel):
    """Demo data that only the real work can make: rankings, month after month."""

    _name = "rural.station.demo"
    _inherit = "rural.demo.mixin"
    _description = "Demo data of the stations' rankings"

    @api.model
    def _publish(self, month):
        """Publish a month's ranking once, as soon as the month is over."""
        rankings, month = self._in_company().env["rural.station.ranking"], fields.Date.to_date(month)
        is_over = month + relativedelta(months=1) <= china_time.today()
        if is_over and not rankings.search_count([("month", "=", month)], limit=1):
            rankings._publish(rankings.env.company, month)

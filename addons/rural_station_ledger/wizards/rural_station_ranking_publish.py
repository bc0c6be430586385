from dateutil.relativedelta import relativedelta

from odoo import fields, models

from odoo.addons.rural_base import china_time


class RuralStationRankingPublish(models.TransientModel):
    """Asks for the month whose ranking is published (ST-07)."""

    _name = "rural.station.ranking.publish"
    _inherit = ["rural.month.mixin"]
    _description = "Publish a Ranking"

    month = fields.Date(default=lambda self: china_time.today().replace(day=1) - relativedelta(months=1))

    def action_publish(self):
        """Publish the ranking of the month, and new editions of those whose turnover has changed since."""
        self.ensure_one()
        editions = self.env["rural.station.ranking"]._publish(self.env.company, self.month)
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_station_ledger.action_station_ranking")
        if not editions:
            return {**action, "domain": [("month", "=", self.month)]}
        return {**action, "domain": [("id", "in", editions.ids)], "context": {}}

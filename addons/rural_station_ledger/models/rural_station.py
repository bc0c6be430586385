from odoo import fields, models


class RuralStation(models.Model):
    _inherit = "rural.station"

    entry_ids = fields.One2many("rural.station.entry", "station_id", "Ledger")
    ranking_line_ids = fields.One2many("rural.station.ranking.line", "station_id", "Rankings")

    def _after_open_days(self):
        """Judge again the entries and reports of stations that are open on other days (ST-05, ST-12)."""
        result = super()._after_open_days()
        if self:
            self.env.flush_all()
            self.env["rural.station.entry"]._judge_stations(self)
            self.env["rural.station.report"]._judge_stations(self)
        return result

    def action_view_entries(self):
        """Show the ledger of the stations."""
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_station_ledger.action_station_entry")
        return {**action, "domain": [("station_id", "in", self.ids)], "context": {}}

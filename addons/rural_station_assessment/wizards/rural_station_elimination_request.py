from odoo import fields, models

from odoo.addons.rural_base import china_time

from ..models.rural_station_elimination import MEASURES


class RuralStationEliminationRequest(models.TransientModel):
    """Asks what is to become of a station that is proposed for elimination (ST-07)."""

    _name = "rural.station.elimination.request"
    _description = "Clear a Station Out, or Keep It"

    elimination_id = fields.Many2one("rural.station.elimination", required=True, readonly=True)
    currency_id = fields.Many2one(related="elimination_id.currency_id")
    measure = fields.Selection(MEASURES, required=True, default="clear_out")
    last_day = fields.Date("Last Day Open", default=lambda self: china_time.today())
    withheld = fields.Monetary("Withheld of the Deposit")
    deposit_balance = fields.Monetary(
        "Lodged", related="elimination_id.station_id.deposit_id.balance", related_sudo=True
    )
    reason = fields.Text(required=True)

    def action_request(self):
        """Ask for it; a second person decides."""
        self.ensure_one()
        self.elimination_id._request(self.measure, self.reason, self.last_day, self.withheld)
        return {"type": "ir.actions.act_window_close"}

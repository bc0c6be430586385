from odoo import fields, models

from odoo.addons.rural_base import china_time

from ..models.rural_station_service import KINDS

TEXTS = ("item", "number", "courier", "shelf", "villager", "villager_phone")


class RuralStationEntryBegin(models.TransientModel):
    """Asks for an entry that staff begin for a station, such as one that was told by telephone (ST-12)."""

    _name = "rural.station.entry.begin"
    _description = "Begin a Ledger Entry"

    station_id = fields.Many2one("rural.station", required=True)
    company_id = fields.Many2one(related="station_id.company_id")
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(KINDS, "Service", required=True, default="buying")
    day = fields.Date(required=True, default=lambda self: china_time.today())
    item = fields.Char()
    quantity = fields.Float(digits=(16, 4), default=1)
    amount = fields.Float(digits=(16, 4), help="The goods without the service charge.")
    charge = fields.Float("Service Charge", digits=(16, 4))
    number = fields.Char("Platform Number")
    courier = fields.Char("Courier Number")
    shelf = fields.Char("Shelf Number")
    villager = fields.Char(help="The station and its area see the name, staff only its first character.")
    villager_phone = fields.Char("Telephone")
    is_done = fields.Boolean("Done Already", help="For services of one step: bills, bookings, training, notices.")

    def action_begin(self):
        """Begin the entry, and show it."""
        self.ensure_one()
        vals = {name: self[name] for name in TEXTS if self[name]}
        vals |= {"quantity": self.quantity, "charge": self.charge, "day": self.day, "done": self.is_done}
        if self.amount:
            vals["amount"] = self.amount
        entry = self.station_id._begin_entry(self.kind, vals)
        self.sudo().unlink()  # the villager's name is kept in one place
        return entry._get_records_action(views=[(False, "form")], target="current")

from odoo import api, fields, models

from ..models.entry.entry import STATES
from ..models.entry.steps import KNOWN_BY

NUMBERS = ("quantity", "amount", "charge")
TEXTS = ("item", "number", "courier", "shelf", "villager_phone")


class RuralStationEntryAdvance(models.TransientModel):
    """Asks for what becomes known by the next step of an entry (ST-04)."""

    _name = "rural.station.entry.advance"
    _description = "Next Step of a Ledger Entry"

    entry_id = fields.Many2one("rural.station.entry", required=True, readonly=True)
    currency_id = fields.Many2one(related="entry_id.currency_id")
    # As it was when the dialog opened, so that somebody else's step in between is noticed.
    state = fields.Selection(STATES, "Next Step", required=True, readonly=True)
    asks = fields.Json(compute="_compute_asks")
    asks_code = fields.Boolean(compute="_compute_asks")
    asks_item = fields.Boolean(compute="_compute_asks")
    asks_amount = fields.Boolean(compute="_compute_asks")
    asks_number = fields.Boolean(compute="_compute_asks")
    asks_courier = fields.Boolean(compute="_compute_asks")
    asks_shelf = fields.Boolean(compute="_compute_asks")
    asks_phone = fields.Boolean(compute="_compute_asks")
    item = fields.Char()
    quantity = fields.Float(digits=(16, 4))
    amount = fields.Float(digits=(16, 4), help="The goods without the service charge.")
    charge = fields.Float("Service Charge", digits=(16, 4))
    number = fields.Char("Platform Number")
    courier = fields.Char("Courier Number")
    shelf = fields.Char("Shelf Number")
    villager_phone = fields.Char("Telephone")
    code = fields.Char("Pick-Up Code")
    day = fields.Date(help="Empty: today.")

    @api.model
    def default_get(self, fields):
        """Begin with what the entry has."""
        values = super().default_get(fields)
        if entry := self.env["rural.station.entry"].browse(values.get("entry_id")).exists():
            entry.check_access("read")
            values["state"] = entry.next_state
            values |= {name: entry[name] for name in (*NUMBERS, "item", "number", "courier", "shelf")}
        return values

    @api.depends("state", "entry_id")
    def _compute_asks(self):
        for wizard in self:
            known = KNOWN_BY.get(wizard.state, ())
            wizard.asks = list(known)
            wizard.asks_item, wizard.asks_amount, wizard.asks_number, wizard.asks_courier = (
                name in known for name in ("item", "amount", "number", "courier")
            )
            wizard.asks_shelf, wizard.asks_phone = "shelf" in known, "villager_phone" in known
            last = wizard.state in ("handed_over", "done")
            wizard.asks_code = last and wizard.entry_id.kind in ("buying", "parcel_in")

    def action_advance(self):
        """Take the step."""
        self.ensure_one()
        vals = {name: self[name] for name in self.asks if name in NUMBERS or self[name]}
        if self.asks_code:
            vals["code"] = self.code
        if self.day:
            vals["day"] = self.day
        self.entry_id._advance(self.state, **vals)
        return {"type": "ir.actions.act_window_close"}

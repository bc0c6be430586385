from odoo import api, fields, models
from odoo.tools import float_compare

NUMBERS = ("quantity", "amount", "charge")
TEXTS = ("item", "number", "courier", "shelf")
#: What nobody has to type again: staff do not see it.
HIDDEN = ("villager", "villager_phone")


class RuralStationEntryChange(models.TransientModel):
    """Asks what is right instead of what an entry has, or what comes back of it (ST-12)."""

    _name = "rural.station.entry.change"
    _description = "Change a Ledger Entry"

    entry_id = fields.Many2one("rural.station.entry", required=True, readonly=True)
    currency_id = fields.Many2one(related="entry_id.currency_id")
    purpose = fields.Selection(
        [("amend", "Change"), ("return", "Take Goods Back"), ("correct", "Correct")], required=True, readonly=True
    )
    is_finished = fields.Boolean(compute="_compute_is_finished")
    is_all_wrong = fields.Boolean(
        "Nothing of It Is Right", help="The entry is taken back, and nothing takes its place."
    )
    item = fields.Char()
    quantity = fields.Float(digits=(16, 4))
    amount = fields.Float(digits=(16, 4), help="The goods without the service charge.")
    charge = fields.Float("Service Charge", digits=(16, 4))
    number = fields.Char("Platform Number")
    courier = fields.Char("Courier Number")
    shelf = fields.Char("Shelf Number")
    villager = fields.Char(help="Empty: as it was.")
    villager_phone = fields.Char("Telephone", help="Empty: as it was.")
    day = fields.Date(help="Empty: today.")
    reason = fields.Text()

    @api.model
    def default_get(self, fields):
        """Begin with what the entry has."""
        values = super().default_get(fields)
        if entry := self.env["rural.station.entry"].browse(values.get("entry_id")).exists():
            entry.check_access("read")
            names = NUMBERS if values.get("purpose") == "return" else (*NUMBERS, *TEXTS)
            values |= {name: entry[name] for name in names}
        return values

    @api.depends("entry_id")
    def _compute_is_finished(self):
        for wizard in self:
            wizard.is_finished = wizard.entry_id._is_finished()

    def action_change(self):
        """Do it, and show the entry that is right or takes back."""
        self.ensure_one()
        entry = self.entry_id
        result = getattr(self, f"_{self.purpose}")()
        self.sudo().unlink()  # the villager's name is kept in one place
        if result and result != entry:
            return result._get_records_action(views=[(False, "form")], target="current")
        return {"type": "ir.actions.act_window_close"}

    def _amend(self):
        self.entry_id._amend(**self._changed())

    def _return(self):
        vals = {name: self[name] for name in (*NUMBERS, "number", "day") if self[name]} if self.is_finished else {}
        return self.entry_id._return(self.reason, **vals)

    def _correct(self):
        return self.entry_id._correct(self.reason, **({} if self.is_all_wrong else self._right()))

    def _right(self) -> dict:
        return {name: self[name] for name in NUMBERS} | self._changed()

    def _changed(self) -> dict:
        """Return what was typed: what the entry has otherwise, and names only where there are new ones."""
        entry = self.entry_id
        changed = {name: self[name] for name in NUMBERS if float_compare(self[name], entry[name], 4)}
        changed |= {name: self[name] or None for name in TEXTS if (self[name] or "") != (entry[name] or "")}
        return changed | {name: self[name] for name in HIDDEN if self[name]}

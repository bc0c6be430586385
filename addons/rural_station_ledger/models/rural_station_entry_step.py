from odoo import fields, models

from .entry.entry import STATES


class RuralStationEntryStep(models.Model):
    """A step of an entry: who has taken it, and when. It stays, and names no villager."""

    _name = "rural.station.entry.step"
    _description = "Step of a Ledger Entry"
    _order = "id"
    _rec_name = "note"

    entry_id = fields.Many2one("rural.station.entry", required=True, readonly=True, index=True, ondelete="restrict")
    station_id = fields.Many2one(related="entry_id.station_id", store=True, precompute=True)
    company_id = fields.Many2one(related="entry_id.company_id", store=True, precompute=True, index=True)
    state = fields.Selection(STATES, readonly=True, help="Of the entry, after the step.")
    note = fields.Char("Step", required=True, readonly=True)
    reason = fields.Text(readonly=True)
    done_by_id = fields.Many2one("res.users", "By", required=True, readonly=True, ondelete="restrict")
    done_at = fields.Datetime("At", required=True, readonly=True, default=fields.Datetime.now)

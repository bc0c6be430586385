from odoo import fields, models

from odoo.addons.rural_bulk.fields import LeanMany2one


class RuralStationPickupTry(models.Model):
    """A wrong code that somebody has given for goods or a parcel (ST-04)."""

    _name = "rural.station.pickup.try"
    _description = "Wrong Pick-Up Code"
    _log_access = False
    _order = "id desc"
    _rec_name = "tried_at"

    # A try is written while another transaction holds the entry: a foreign key would wait for that one, for ever.
    entry_id = LeanMany2one("rural.station.entry", required=True, readonly=True, index=True)
    tried_by_id = LeanMany2one("res.users", "By", required=True, readonly=True)
    tried_at = fields.Datetime("At", required=True, readonly=True)

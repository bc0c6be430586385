from odoo import fields, models

KINDS = [
    ("buying", "Buying for Villagers"),
    ("selling", "Selling for Villagers"),
    ("bill", "Bill Payment"),
    ("booking", "Convenience Booking"),
    ("parcel_in", "Parcel Received"),
    ("parcel_out", "Parcel Sent"),
    ("training", "E-Commerce Training"),
    ("notice", "Policy Notice"),
]
#: What the files call them.
FILE_WORDS = {
    "代购": "buying",
    "代销": "selling",
    "代缴费": "bill",
    "便民预订": "booking",
    "快递代收": "parcel_in",
    "快递代寄": "parcel_out",
    "电商培训": "training",
    "政策宣传": "notice",
}
PARCELS = ("parcel_in", "parcel_out")
#: Services that have no amount of their own and cannot be taken back.
WITHOUT_AMOUNT = (*PARCELS, "training", "notice")


class RuralStationService(models.Model):
    """A kind of service that stations give (ST-03), and whether its amounts are turnover."""

    _name = "rural.station.service"
    _description = "Service of Stations"
    _order = "sequence, id"

    kind = fields.Selection(KINDS, required=True, readonly=True)
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    is_trade = fields.Boolean(
        "Is Turnover", help="Its amounts make the turnover of a station; otherwise only its service charge counts."
    )

    _kind_once = models.UniqueIndex("(kind)", "There is a service of this kind already.")

    def write(self, vals):
        """Change services; what makes turnover from now on is judged again, in all months."""
        changed = self.filtered(lambda service: "is_trade" in vals and bool(vals["is_trade"]) != service.is_trade)
        result = super().write(vals)
        if changed:
            self.env.flush_all()
            self.env["rural.station.entry"]._judge_kinds(changed.mapped("kind"))
        return result

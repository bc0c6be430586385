from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

CONDITIONS = [("good", "In Good Order"), ("damaged", "To Be Repaired"), ("missing", "Missing")]


class RuralStationEquipmentKind(models.Model):
    """What a station is equipped with, such as a computer or shelves (ST-08)."""

    _name = "rural.station.equipment.kind"
    _description = "Kind of Equipment of Stations"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="The name by which other parts of the system ask for it.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_unique = models.Constraint("UNIQUE (code)", "There is a kind with this code already.")


class RuralStationEquipment(models.Model):
    """A kind of equipment that a station has, in which number and condition, from a day on (ST-08)."""

    _name = "rural.station.equipment"
    _description = "Equipment of a Station"
    _inherit = ["rural.dated.mixin"]
    _order = "station_id, kind_id, valid_from desc"
    _rec_name = "kind_id"
    _dated_key = ("station_id", "kind_id")

    station_id = fields.Many2one("rural.station", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="station_id.company_id", store=True, index=True, precompute=True)
    kind_id = fields.Many2one("rural.station.equipment.kind", required=True, ondelete="restrict")
    quantity = fields.Integer(default=1, aggregator=None)
    condition = fields.Selection(CONDITIONS, required=True, default="good")
    note = fields.Char(help="Such as the maker, or what is to be repaired.")

    @api.constrains("quantity")
    def _check_quantity(self):
        for equipment in self:
            if equipment.quantity < 1:
                raise ValidationError(
                    self.env._("%s: enter how many there are, one at least.", equipment.kind_id.display_name)
                )


class RuralStation(models.Model):
    _inherit = "rural.station"

    equipment_ids = fields.One2many("rural.station.equipment", "station_id")

    def _equipment_on(self, code, day):
        """Return what the station has of a kind on a day, or an empty record (ST-08)."""
        self.ensure_one()
        return self.equipment_ids.filtered(
            lambda equipment: (
                equipment.kind_id.code == code
                and equipment.valid_from <= day
                and (not equipment.valid_to or equipment.valid_to >= day)
            )
        )

    def _enter_condition(self, code, condition, day):
        """Enter the condition of a kind of equipment as it was found on a day; the one before ends (ST-08)."""
        self.ensure_one()
        present = self._equipment_on(code, day)
        if present.condition == condition or (condition == "missing" and not present):
            return
        vals = {"condition": condition, "quantity": present.quantity or 1, "note": False}
        later = self.equipment_ids.filtered(
            lambda equipment: equipment.kind_id.code == code and equipment.valid_from > day
        )
        if present.valid_from == day:
            present.write(vals)
            return
        last = present.valid_to
        if not present and later:
            last = min(later.mapped("valid_from")) - timedelta(days=1)
        present.valid_to = day - timedelta(days=1)
        kind = self.env["rural.station.equipment.kind"].search([("code", "=", code)])
        self.env["rural.station.equipment"].create(
            {"station_id": self.id, "kind_id": kind.id, "valid_from": day, "valid_to": last, **vals}
        )

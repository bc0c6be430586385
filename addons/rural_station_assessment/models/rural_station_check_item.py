from odoo import api, fields, models
from odoo.exceptions import UserError

SUBJECTS = [
    ("service", "Services"),
    ("opening", "Opening and Operation"),
    ("premises", "Premises and Equipment"),
    ("ledger", "Ledger"),
    ("archive", "Archive"),
]
#: What an inspector has answered stays as it was asked.
ASKED = frozenset({"name", "number", "subject"})


class RuralStationCheckItem(models.Model):
    """A question of the checklist by which stations are inspected, valid from a day on (ST-06).

    A question that has been answered is not put otherwise: it ends, and a new version of its number begins.
    """

    _name = "rural.station.check.item"
    _description = "Item of the Checklist of Inspections"
    _inherit = ["rural.dated.mixin"]
    _order = "number, valid_from desc"
    _rec_names_search = ["name"]
    _dated_key = ("number",)

    number = fields.Integer(required=True, help="Place in the checklist. Versions of one item share it.")
    name = fields.Char("Item", required=True, translate=True)
    subject = fields.Selection(
        SUBJECTS, required=True, default="service",
        help="The ledger counts as checked when all items of that subject are answered; so does the archive.",
    )  # fmt: skip
    guidance = fields.Text(translate=True, help="What to look at. The inspector reads it on the telephone.")
    needs_photo = fields.Boolean("Photo Needed", help="Evidence that the inspector takes at the place.")
    active = fields.Boolean(default=True)
    answer_ids = fields.One2many("rural.station.check.answer", "item_id")

    def write(self, vals):
        """Change items, but not what somebody has been asked.

        :raises UserError: naming an item that has been answered
        """
        for item in self:
            changed = {name for name in ASKED & vals.keys() if vals[name] != item[name]}
            if changed and item.sudo().answer_ids:
                raise UserError(
                    self.env._(
                        "“%s” has been answered in inspections and stays as it was asked. End it, and begin a new "
                        "version with the same number.",
                        item.name,
                    )
                )
        return super().write(vals)

    @api.model
    def _checklist_on(self, day):
        """Return the items that are asked on a day, in their order."""
        return self.sudo().search(self._valid_on(day), order="number")

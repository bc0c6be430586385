from odoo import api, fields, models
from odoo.exceptions import UserError


class RuralStationComputerItem(models.Model):
    """A thing that a station partner must be able to do at a computer: an item of the computer test (ST-02)."""

    _name = "rural.station.computer.item"
    _description = "Item of the Computer Test"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    help = fields.Text("How It Is Tested", translate=True)
    is_required = fields.Boolean("Must Be Passed", help="Whoever fails it fails the test.")
    active = fields.Boolean(default=True)


class RuralStationComputerResult(models.Model):
    """What an applicant showed at the computer, item by item."""

    _name = "rural.station.computer.result"
    _description = "Result of an Item of the Computer Test"
    _order = "examination_id, sequence, id"
    _rec_name = "item_id"

    examination_id = fields.Many2one("rural.station.examination", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="examination_id.company_id", store=True, index=True, precompute=True)
    item_id = fields.Many2one("rural.station.computer.item", required=True, readonly=True, ondelete="restrict")
    sequence = fields.Integer(readonly=True)
    is_required = fields.Boolean("Must Be Passed", readonly=True, help="As it was when the test began.")
    result = fields.Selection([("passed", "Passed"), ("failed", "Not Passed")])
    note = fields.Char()

    _once = models.UniqueIndex("(examination_id, item_id)", "The item is on the list already.")

    def write(self, vals):
        """Let the examiner tick items, as long as the test is on its way."""
        if not self.env.su:
            if vals.keys() - {"result", "note"}:
                raise UserError(self.env._("Only the result of an item and a word on it are entered."))
            self.examination_id._check_state("open")
        return super().write(vals)

    @api.model
    def _list_for(self, examination):
        """Make the list of items for a test that begins."""
        self.sudo().create(
            [
                {
                    "examination_id": examination.id,
                    "item_id": item.id,
                    "sequence": item.sequence,
                    "is_required": item.is_required,
                }
                for item in self.env["rural.station.computer.item"].sudo().search([])
            ]
        )

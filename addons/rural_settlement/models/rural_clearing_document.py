from odoo import fields, models


class RuralClearingDocument(models.AbstractModel):
    """What one center gets, as a `rural.clearing.posting` enters it: its entry, and what is still to be paid.

    A concrete model has a stored `name`, and says by `_payable_amount` how much it is.
    """

    _name = "rural.clearing.document"
    _inherit = "rural.payable.document"
    _description = "Document of a Clearing Posting"

    center_id = fields.Many2one("rural.service.center", "Service Center")
    partner_id = fields.Many2one(related="center_id.partner_id", string="Payee")
    move_id = fields.Many2one(string="Entry of the Center")

    def _to_enter(self):
        # Nothing is to be entered for 0.00.
        return self.filtered(lambda document: not document.currency_id.is_zero(document._payable_amount())).sorted(
            "name"
        )

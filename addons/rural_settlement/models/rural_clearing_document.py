from odoo import api, fields, models


class RuralClearingDocument(models.AbstractModel):
    """What one center gets, as a `rural.clearing.posting` enters it: its entry, and what is still to be paid.

    A concrete model has a stored `name` and a `state` that begins with `draft`, and says by `_payable_amount` how
    much it is.
    """

    _name = "rural.clearing.document"
    _inherit = "rural.payable.document"
    _description = "Document of a Clearing Posting"

    center_id = fields.Many2one("rural.service.center", "Service Center")
    partner_id = fields.Many2one(
        "res.partner",
        "Payee",
        compute="_compute_partner_id",
        store=True,
        ondelete="restrict",
    )
    move_id = fields.Many2one(string="Entry of the Center")

    @api.depends(lambda self: ["center_id.partner_id", *({"state"} & self._fields.keys())])
    def _compute_partner_id(self):
        """That of the center, until the draft is confirmed; then it stays."""
        for document in self:
            if document.state == "draft" or not document.partner_id:
                document.partner_id = document.center_id.partner_id

    def _to_enter(self):
        # Nothing is to be entered for 0.00.
        return self.filtered(lambda document: not document.currency_id.is_zero(document._payable_amount())).sorted(
            "name"
        )

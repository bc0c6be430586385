from odoo import api, fields, models


class RuralDepositMovementEnd(models.TransientModel):
    """Ask why movements are refused or cancelled."""

    _name = "rural.deposit.movement.end"
    _description = "Refuse or Cancel Movements"

    movement_ids = fields.Many2many("rural.deposit.movement", string="Movements", required=True)
    state = fields.Selection([("refused", "Refuse"), ("cancelled", "Cancel")], required=True, readonly=True)
    has_posted = fields.Boolean(compute="_compute_has_posted")
    reason = fields.Text(required=True)
    date = fields.Date("Accounting Date", default=fields.Date.context_today, required=True)

    @api.depends("movement_ids.state")
    def _compute_has_posted(self):
        for wizard in self:
            wizard.has_posted = "posted" in wizard.movement_ids.mapped("state")

    def action_end(self):
        """Refuse or cancel the movements."""
        self.ensure_one()
        if self.state == "refused":
            self.movement_ids._refuse(self.reason)
        else:
            self.movement_ids._cancel(self.reason, self.date)
        return {"type": "ir.actions.act_window_close"}

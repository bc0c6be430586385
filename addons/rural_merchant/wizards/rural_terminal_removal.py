from odoo import fields, models

from odoo.addons.rural_base import china_time

from ..models.rural_merchant_terminal import REMOVALS


class RuralTerminalRemoval(models.TransientModel):
    """Take terminals away: the day and why (MA-08, MA-25)."""

    _name = "rural.terminal.removal"
    _description = "Removal of Terminals"

    terminal_ids = fields.Many2many(
        "rural.merchant.terminal",
        string="Terminals",
        required=True,
        default=lambda self: self.env.context.get("active_ids"),
    )
    day = fields.Date(required=True, default=lambda self: china_time.today())
    kind = fields.Selection(
        REMOVALS,
        "What Becomes of It",
        required=True,
        help="Only where the merchant's cooperation ends the removal counts in the removal rate (MA-25).",
    )
    reason = fields.Char(required=True)

    def action_remove(self):
        """Take them away, as the head of recruiting: removals count in the recruiters' pay."""
        self.ensure_one()
        self.terminal_ids._check_group("rural_merchant.group_recruiting_head")
        self.terminal_ids.check_access("write")
        self.terminal_ids._remove(self.day, self.reason, self.kind)
        return {"type": "ir.actions.act_window_close"}

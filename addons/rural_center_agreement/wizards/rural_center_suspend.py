from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.rural_base import china_time


class RuralCenterSuspend(models.TransientModel):
    """Suspend a center for a time, or let it work again: with a reason that is kept."""

    _name = "rural.center.suspend"
    _description = "Suspend or Resume a Center"
    _inherit = ["rural.step.mixin"]

    center_id = fields.Many2one("rural.service.center", required=True, readonly=True)
    resume = fields.Boolean(readonly=True)
    first_day = fields.Date(
        required=True,
        default=lambda self: china_time.today(),
        help="From that day on the center is suspended, or works again.",
    )
    last_day = fields.Date(help="The last day of the suspension; empty: until it is lifted.")
    reason = fields.Text(required=True)

    def action_apply(self):
        """Suspend or resume from the first day on.

        :raises UserError: if days are concerned whose orders have been placed already
        """
        self.ensure_one()
        self._check_group("rural_base.group_operations")
        self._check_first_day()
        self.center_id.check_access("write")
        if self.resume:
            self.center_id._resume(self.first_day, self.reason)
        else:
            self.center_id._suspend(self.first_day, self.last_day, self.reason)
        return {"type": "ir.actions.act_window_close"}

    def _check_first_day(self):
        today = china_time.today()
        if self.first_day < today:
            raise UserError(self.env._("Choose today or a later day: orders of earlier days have been placed."))
        if not self.resume and self.last_day and self.last_day < self.first_day:
            raise UserError(self.env._("The last day of the suspension lies before its first one."))

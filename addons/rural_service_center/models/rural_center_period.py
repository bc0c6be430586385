from odoo import api, fields, models


class RuralCenterPeriod(models.AbstractModel):
    """A period of a center, its days both included. What changes is told in the center's chatter."""

    _name = "rural.center.period"
    _inherit = ["rural.dated.mixin", "rural.order.facts.mixin"]
    _description = "Period of a Service Center"
    _order = "center_id, valid_from desc, id"
    _dated_key = ("center_id",)
    _order_facts = {"center_id", "valid_from", "valid_to"}

    center_id = fields.Many2one("rural.service.center", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="center_id.company_id", store=True, index=True, precompute=True)

    @api.depends("center_id", "valid_from", "valid_to")
    def _compute_display_name(self):
        for period in self:
            period.display_name = (
                f"{period._description_of_kind()} {period.center_id.display_name or ''} "
                f"{period.valid_from or ''} – {period.valid_to or ''}"
            ).strip()

    @api.model_create_multi
    def create(self, vals_list):
        """Tell it in the center's chatter."""
        periods = super().create(vals_list)
        for period in periods:
            period._log_on_center(self.env._("%s has been added.", period.display_name))
        return periods

    def write(self, vals):
        """Tell it in the center's chatter."""
        before = [(period, period.display_name) for period in self]
        result = super().write(vals)
        for period, name in before:
            if period.display_name != name:
                period._log_on_center(
                    self.env._("%(before)s has become %(after)s.", before=name, after=period.display_name)
                )
        return result

    def unlink(self):
        """Tell it in the center's chatter."""
        for period in self:
            period._log_on_center(self.env._("%s has been deleted.", period.display_name))
        return super().unlink()

    def _log_on_center(self, body):
        if not self.env.context.get("tracking_disable"):
            self.center_id._message_log(body=body)

    def _description_of_kind(self):
        return self.env["ir.model"]._get(self._name).name

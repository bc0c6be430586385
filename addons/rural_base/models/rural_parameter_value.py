from odoo import api, fields, models


class RuralParameterValue(models.Model):
    """A version of a parameter."""

    _name = "rural.parameter.value"
    _description = "Version of a dated parameter"
    _inherit = ["rural.dated.mixin"]
    _order = "parameter_id, valid_from desc"
    _dated_key = ("parameter_id", "company_id")

    parameter_id = fields.Many2one("rural.parameter", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", help="Empty: for every company without its own value.")
    value = fields.Float(digits=(16, 6), required=True)

    @api.depends("parameter_id.name", "parameter_id.unit", "value", "valid_from")
    def _compute_display_name(self):
        for version in self:
            number = f"{version.value:,.6f}".rstrip("0").rstrip(".")
            version.display_name = self.env._(
                "%(parameter)s %(number)s %(unit)s (from %(day)s)",
                parameter=version.parameter_id.name,
                number=number,
                unit=version.parameter_id.unit or "",
                day=version.valid_from,
            ).replace("  ", " ")

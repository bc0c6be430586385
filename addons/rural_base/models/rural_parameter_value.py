from odoo import api, fields, models


class RuralParameterValue(models.Model):
    """A version of a parameter."""

    _name = "rural.parameter.value"
    _description = "Version of a dated parameter"
    _inherit = ["rural.version.mixin"]
    _order = "parameter_id, valid_from desc"
    _dated_key = ("parameter_id", "company_id")
    _version_fields = ("value",)
    _ends_open = True
    _decider_groups = ("rural_base.group_settlement_manager", "rural_base.group_operations_manager")

    parameter_id = fields.Many2one("rural.parameter", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", help="Empty: for every company without its own value.")
    value = fields.Float(digits=(16, 6), required=True)

    @api.model_create_multi
    def create(self, vals_list):
        """Enter versions; each is noted at its parameter."""
        versions = super().create(vals_list)
        for version in versions if not self.env.su else ():
            version._note(self.env._("%s was entered.", version._summary()))
        return versions

    def write(self, vals):
        """Change versions; before and after are noted at the parameter, whatever a client asks for."""
        before = {} if self.env.su else {version: version._summary() for version in self}
        result = super().write(vals)
        for version, words in before.items():
            if version._summary() != words:
                version._note(self.env._("%(before)s became %(after)s.", before=words, after=version._summary()))
        return result

    def unlink(self):
        """Delete versions of days to come; that is noted at their parameter."""
        for version in self if not self.env.su else ():
            version._note(self.env._("%s was deleted.", version._summary()))
        return super().unlink()

    def _after_decision(self, state):
        result = super()._after_decision(state)
        for version in self:
            if state == "confirmed":
                version._note(self.env._("%s was confirmed.", version._summary()))
            else:
                version._note(self.env._("%s was refused.", version._summary()))
        return result

    def _note(self, body):
        self.parameter_id.sudo().message_post(body=body, author_id=self.env.user.partner_id.id)

    def _summary(self) -> str:
        return self.env._(
            "%(version)s until %(last)s, company: %(company)s",
            version=self.display_name,
            last=self.valid_to or self.env._("further notice"),
            company=self.company_id.name or self.env._("all"),
        )

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

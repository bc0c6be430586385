from odoo import api, fields, models, tools


class RuralClause(models.Model):
    """A clause of the rule book, as explanations cite it."""

    _name = "rural.clause"
    _description = "Clause of the rule book"
    _order = "sequence, code"
    _rec_names_search = ["code", "name"]

    code = fields.Char(required=True, help="As the rule book numbers it, such as SC-10.")
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    text = fields.Text(translate=True)

    _code_unique = models.Constraint("UNIQUE (code)", "There is a clause with this code already.")

    @api.depends("code", "name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for clause in self:
            clause.display_name = f"{clause.code} {clause.name}" if clause.code else clause.name

    @api.model_create_multi
    def create(self, vals_list):
        """Create, and look codes up anew."""
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        """Write, and look codes up anew if one changes."""
        if "code" in vals:
            self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        """Delete, and look codes up anew."""
        self.env.registry.clear_cache()
        return super().unlink()

    @api.model
    def _by_code(self, code):
        """Return the clause with that code, or an empty record."""
        return self.browse(self._id_by_code(code))

    @tools.ormcache("code")
    def _id_by_code(self, code):
        return self.sudo().search([("code", "=", code)], limit=1).id

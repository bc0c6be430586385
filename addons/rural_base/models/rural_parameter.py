from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date


class RuralParameter(models.Model):
    """A number of the rule book that a user may change from a day on."""

    _name = "rural.parameter"
    _description = "Dated parameter"
    _inherit = ["mail.thread"]
    _order = "code"
    _rec_names_search = ["name", "code"]

    code = fields.Char(required=True, help="The name by which the rules ask for it.")
    name = fields.Char(required=True, translate=True)
    unit = fields.Char(translate=True)
    clause_id = fields.Many2one("rural.clause", ondelete="restrict")
    value_ids = fields.One2many("rural.parameter.value", "parameter_id", string="Values")

    _code_unique = models.Constraint("UNIQUE (code)", "There is a parameter with this code already.")

    @api.model
    def _value_on(self, code, day, company=None):
        """Return the version of a parameter that applies on that day, a `rural.parameter.value`.

        The company's own version goes before the general one.

        :raises UserError: if there is none
        """
        parameter = self.search([("code", "=", code)])
        versions = self.env["rural.parameter.value"]
        for owner in (company or self.env.company, False):
            version = versions._version_on(day, parameter_id=parameter, company_id=owner)
            if version:
                return version
        raise UserError(
            self.env._(
                "The parameter %(name)s has no value on %(day)s. Add one under Configuration.",
                name=parameter.name or code,
                day=format_date(self.env, day),
            )
        )

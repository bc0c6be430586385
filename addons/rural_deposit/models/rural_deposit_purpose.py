from odoo import fields, models
from odoo.exceptions import UserError


class RuralDepositPurpose(models.Model):
    """What deposits are held for, and how much is due by default (DP-01, DP-05)."""

    _name = "rural.deposit.purpose"
    _description = "Purpose of Deposits"
    _order = "sequence, id"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="The name by which other parts of the system ask for it.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    clause_id = fields.Many2one("rural.clause", ondelete="restrict", help="The rule that asks for the deposit.")
    parameter_id = fields.Many2one(
        "rural.parameter",
        "Due Amount",
        ondelete="restrict",
        help="The dated parameter that holds the due amount of deposits without a kind.",
    )
    kind_ids = fields.One2many("rural.deposit.kind", "purpose_id", "Kinds")

    _code_unique = models.Constraint("UNIQUE (code)", "There is a purpose with this code already.")

    def _due_on(self, day, kind=None, company=None):
        """Return the version of the parameter with the amount due by default, in yuan (DP-05).

        :param kind: a kind of the purpose, or its code
        :raises UserError: when no parameter is named or it has no value on that day
        """
        self.ensure_one()
        if isinstance(kind, str):
            kind = self._kind(kind)
        parameter = (kind or self.env["rural.deposit.kind"]).parameter_id or self.parameter_id
        if not parameter:
            raise UserError(
                self.env._("Name the parameter with the due amount of %s first, under Configuration.", self.name)
            )
        return self.env["rural.parameter"]._value_on(parameter.code, day, company)

    def _kind(self, code):
        """Return the kind with that code.

        :raises UserError: if there is none
        """
        self.ensure_one()
        kind = self.kind_ids.filtered(lambda kind: kind.code == code)
        if not kind:
            raise UserError(self.env._("%(purpose)s has no kind %(code)s.", purpose=self.name, code=code))
        return kind

from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: Kinds of parties; addons of parties add their own.
PARTY_KINDS = [("other", "Another Party")]
#: From the mildest to the severest.
ACTIONS = [
    ("warning", "Warning"),
    ("deduction", "Deduction From the Deposit"),
    ("suspension", "Suspension"),
    ("termination", "Termination"),
]


class RuralPenaltyViolation(models.Model):
    """A violation of the catalogue, and what it leads to by default (SC-17)."""

    _name = "rural.penalty.violation"
    _description = "Violation"
    _order = "sequence, code, id"
    _rec_names_search = ["code", "name"]

    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", help="Empty: for every company.")
    description = fields.Text(translate=True, help="What is meant, and what is not.")
    party_kind = fields.Selection(
        PARTY_KINDS, "Kind of Party", required=True, default="other", help="Whose violation it is."
    )
    basis = fields.Char(translate=True, help="The rule that is violated, such as an article of the code of conduct.")
    action = fields.Selection(ACTIONS, "Default Action", required=True, default="warning")
    amount = fields.Float("Default Amount", digits=(16, 2), help="Of the deduction, yuan.")
    suspension_days = fields.Integer("Default Days", help="Of the suspension.")
    case_count = fields.Integer("Cases", compute="_compute_case_count")

    _code_unique = models.UniqueIndex("(code, COALESCE(company_id, 0))", "There is a violation with this code already.")

    @api.depends("code", "name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for violation in self:
            violation.display_name = " ".join(filter(None, (violation.code, violation.name)))

    def _compute_case_count(self):
        counts = dict(
            self.env["rural.penalty.case"]._read_group(
                [("violation_id", "in", self.ids)], ["violation_id"], ["__count"]
            )
        )
        for violation in self:
            violation.case_count = counts.get(violation, 0)

    @api.constrains("party_kind", "action", "amount", "suspension_days")
    def _check_measure(self):
        for violation in self:
            violation._check_action(violation.action)
            if violation.action == "deduction" and violation.amount <= 0:
                raise ValidationError(self.env._("%s: a deduction needs an amount.", violation.display_name))
            if violation.action == "suspension" and violation.suspension_days <= 0:
                raise ValidationError(self.env._("%s: a suspension needs a number of days.", violation.display_name))

    @api.model
    def _party_actions(self) -> dict[str, tuple[str, ...]]:
        """Hook: return what a violation can lead to, by the kind of party."""
        return {"other": ("warning", "deduction")}

    def _check_action(self, action):
        """Refuse what a party of this kind does not know, such as the suspension of whoever works nowhere.

        :raises ValidationError: naming the action and the kind of party
        """
        if action not in self._party_actions()[self.party_kind]:
            labels = {
                name: dict(self._fields[name]._description_selection(self.env)) for name in ("action", "party_kind")
            }
            raise ValidationError(
                self.env._(
                    "“%(action)s” is not possible for %(kind)s. Choose another action.",
                    action=labels["action"][action],
                    kind=labels["party_kind"][self.party_kind],
                )
            )

    def _longest_suspension(self) -> int:
        """Return the days of the longest suspension in the catalogue of this kind of party."""
        domain = [("action", "=", "suspension"), ("party_kind", "=", self.party_kind)]
        return max(self.search(domain).mapped("suspension_days"), default=0)

    def action_view_cases(self):
        """Show the cases of the violation."""
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_penalty.action_penalty_case")
        return {**action, "domain": [("violation_id", "in", self.ids)], "context": {}}

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class RuralPenaltyCase(models.Model):
    """Whom a case is about: any party, of a kind that has its own records, or none (SC-17)."""

    _inherit = "rural.penalty.case"

    # ------------------------------------------------------------------
    # Hooks for the addons of parties
    # ------------------------------------------------------------------

    @api.model
    def _party_fields(self) -> dict[str, str]:
        """Hook: return the field that names the party, by the kind of party.

        Its records have a name, a company and a partner.
        """
        return {"other": "partner_id"}

    @api.model
    def _default_party_kind(self) -> str:
        """Hook: return the kind of party of a case that begins without a violation."""
        return "other"

    def _party_partner(self):
        """Hook: return the partner who answers for the violation."""
        return self._party().partner_id

    def _party_deposit(self):
        """Hook: return the deposit to deduct from: the party's only one, unless its addon knows better."""
        deposits = self.env["rural.deposit"].search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("company_id", "=", self.company_id.id),
                ("closed_on", "=", False),
            ],
            limit=2,
        )
        return deposits if len(deposits) == 1 else deposits.browse()

    # ------------------------------------------------------------------
    # Fields
    # ------------------------------------------------------------------

    def _party(self):
        """Return the party: a record of its kind, or the partner itself."""
        self.ensure_one()
        return self[self._party_fields()[self.party_kind]]

    @api.model
    def _party_field_names(self) -> list[str]:
        return ["party_kind", *self._party_fields().values()]

    @api.depends("violation_id")
    def _compute_party_kind(self):
        for case in self:
            case.party_kind = case.violation_id.party_kind or case.party_kind or self._default_party_kind()

    @api.depends(lambda self: [name for name in self._party_field_names() if name != "partner_id"])
    def _compute_partner_id(self):
        for case in self:
            case.partner_id = case.partner_id if case._is_other() else case._party_partner()

    @api.depends(lambda self: ["party_kind", *(f"{name}.company_id" for name in self._party_fields().values())])
    def _compute_company_id(self):
        for case in self:
            case.company_id = case._party().company_id or self.env.company

    @api.depends(lambda self: ["party_kind", *(f"{name}.name" for name in self._party_fields().values())])
    def _compute_party_name(self):
        for case in self:
            case.party_name = case._party().name

    @api.depends(lambda self: [*self._party_field_names(), "company_id"])
    def _compute_deposit_id(self):
        for case in self:
            case.deposit_id = case._party_deposit()

    def _is_other(self) -> bool:
        return self._party_fields()[self.party_kind] == "partner_id"

    @api.constrains(lambda self: [*self._party_field_names(), "violation_id"])
    def _check_party(self):
        labels = dict(self._fields["party_kind"]._description_selection(self.env))
        for case in self:
            kind = case.party_kind
            if not case._party():
                raise ValidationError(self.env._("%(case)s: name the %(kind)s.", case=case.name, kind=labels[kind]))
            if case.violation_id.party_kind != kind:
                raise ValidationError(
                    self.env._(
                        "%(violation)s is a violation of another kind of party: %(kind)s.",
                        violation=case.violation_id.display_name,
                        kind=labels[case.violation_id.party_kind],
                    )
                )
            others = {name for of, name in self._party_fields().items() if of != kind} - {"partner_id"}
            if any(case[name] for name in others):
                raise ValidationError(self.env._("A case is about one party only: %s.", labels[kind]))

    @api.constrains("partner_id")
    def _check_partner_id(self):
        """Keep the partner that the party has: who answers for the violation may appeal."""
        for case in self:
            if not case._is_other() and case.partner_id != case._party_partner():
                raise ValidationError(
                    self.env._("%s answers for this violation, and nobody else.", case._party_partner().display_name)
                )

    # ------------------------------------------------------------------
    # Deposits
    # ------------------------------------------------------------------

    @api.model
    def _domain_of_deposit(self, deposit) -> Domain:
        """Hook: return the domain of the cases that keep a deposit from going back (DP-04)."""
        return Domain(
            [
                ("party_kind", "=", "other"),
                ("partner_id", "=", deposit.partner_id.id),
                ("company_id", "=", deposit.company_id.id),
            ]
        )

from decimal import Decimal

from odoo import api, models

from ..rules import LEVELS, approval_level

#: A lower bank-card fee has a path of its own (MA-04).
BANK_FEE_PATH = "bank_fee"
#: The role that has each level of agreeing rates (MA-03).
GROUPS = dict(
    zip(
        LEVELS,
        (
            "rural_merchant.group_recruiter",
            "rural_merchant.group_recruiting_head",
            "rural_merchant.group_operations_director",
            "rural_merchant.group_general_manager",
        ),
        strict=True,
    )
)


class RuralMerchantLevel(models.AbstractModel):
    """The levels up to which people may agree rates (MA-03, MA-04): pure roles, no records."""

    _name = "rural.merchant.level"
    _description = "Level of Agreeing Rates"

    @api.model
    def _labels(self) -> list:
        """Return the levels with their names, the lowest first."""
        return [
            ("recruiter", self.env._("Recruiter")),
            ("head", self.env._("Head of Recruiting")),
            ("director", self.env._("Operations Director")),
            ("general_manager", self.env._("General Manager")),
        ]

    @api.model
    def _selection(self) -> list:
        """Return all that a rate may take, with names: a level, or the path of MA-04."""
        return [*self._labels(), (BANK_FEE_PATH, self.env._("Operations, then the General Manager"))]

    @api.model
    def _needed(self, kind, rate, standard_rate, day, company) -> str:
        """Return who may agree a rate, a share, by a standard: a level of MA-03, or the path of MA-04."""
        agreed, standard = (Decimal(str(round(value, 6))) for value in (rate, standard_rate))
        if kind == "bank_fee":
            return "recruiter" if agreed >= standard else BANK_FEE_PATH
        parameters = self.env["rural.parameter"].sudo()
        shares = (
            Decimal(str(parameters._value_on(f"merchant_rate_{name}", day, company).value))
            for name in ("recruiter_from", "head_from", "director_above")
        )
        return approval_level(agreed, standard, *shares)

    @api.model
    def _final(self, level) -> str:
        """Return the level that agrees in the end: a lower bank-card fee is the general manager's (MA-04)."""
        return level if level in LEVELS else "general_manager"

    @api.model
    def _level_of(self, user) -> str | None:
        """Return the highest level of a user, None for somebody who may agree nothing."""
        return next((level for level in reversed(LEVELS) if user.has_group(GROUPS[level])), None)

    @api.model
    def _users_from(self, level):
        """Return everybody who has the level or a higher one; the administrator's account where nobody else has."""
        groups = self.env["res.groups"].sudo()
        for name in LEVELS[LEVELS.index(level) :]:
            groups |= self.env.ref(GROUPS[name])
        users = groups.all_user_ids.filtered(lambda user: user.active and not user.share)
        administrator = self.env.ref("base.user_admin", raise_if_not_found=False) or users.browse()
        return users - administrator or users

from odoo import api, models

from ..rules import LEVELS

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
    """The levels up to which people may agree rates (MA-03): pure roles, no records."""

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
    def _level_of(self, user) -> str | None:
        """Return the highest level of a user, None for somebody who may agree nothing."""
        return next((level for level in reversed(LEVELS) if user.has_group(GROUPS[level])), None)

    @api.model
    def _users_from(self, level):
        """Return everybody who has the level or a higher one."""
        groups = self.env["res.groups"].sudo()
        for name in LEVELS[LEVELS.index(level) :]:
            groups |= self.env.ref(GROUPS[name])
        return groups.all_user_ids.filtered(lambda user: user.active and not user.share)

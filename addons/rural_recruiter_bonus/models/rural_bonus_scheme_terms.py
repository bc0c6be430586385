from decimal import Decimal

from odoo import models

from .. import rules


class RuralBonusScheme(models.Model):
    """The numbers of a scheme as the rules take them."""

    _inherit = "rural.bonus.scheme"

    def _number(self, name) -> Decimal:
        return Decimal(str(self[name]))

    def _point_terms(self) -> rules.PointTerms:
        """Return what counts how many points (MA-21)."""
        return rules.PointTerms(
            classes={name: self._number(f"points_class_{name}") for name in "123"},
            good_review=self._number("points_good_review"),
            complaint=self._number("points_complaint"),
        )

    def _month_terms(self) -> rules.MonthTerms:
        """Return what points bring and cost (MA-22)."""
        return rules.MonthTerms(
            floor=self._number("floor_points"),
            upper=self._number("upper_points"),
            deduction=self._number("point_deduction"),
            reward=self._number("point_reward"),
            reward_above=self._number("point_reward_above"),
        )

    def _profit_terms(self, kind) -> rules.ProfitTerms:
        """Return the shares of the profit of a `quarter` (MA-24) or a `year` (MA-27)."""
        names = ("threshold", "step", "rate", "rate_step", "rate_max")
        return rules.ProfitTerms(**{name: self._number(f"{kind}_{name}") for name in names})

    def _removal_terms(self) -> rules.RemovalTerms:
        """Return what removals cost (MA-25)."""
        names = ("first", "base", "step", "rate_step")
        return rules.RemovalTerms(**{name: self._number(f"removal_{name}") for name in names})

    def _tenure_table(self) -> list:
        """Return the coefficients as (months from, coefficient)."""
        return [(row.months_from, Decimal(str(row.coefficient))) for row in self.tenure_ids]

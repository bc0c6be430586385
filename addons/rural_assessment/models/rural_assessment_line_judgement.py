from decimal import Decimal
from fractions import Fraction

from odoo import models

from .. import rules


class RuralAssessmentLine(models.Model):
    """How the result of a center comes about: measured, compared with its targets, added up (SC-16, SC-18)."""

    _inherit = "rural.assessment.line"

    def _take_measures(self, measured):
        """Write down the agreed targets and what was measured."""
        agreement, known = self.agreement_id, measured["satisfaction"] is not None
        by_hand = self.satisfaction_by_hand and not known
        self.write(
            {
                "target_market_revenue": agreement.target_market_revenue,
                "target_region_turnover": agreement.target_region_turnover,
                "target_purchasers": agreement.target_purchasers,
                "target_satisfaction": agreement.target_satisfaction,
                "market_revenue": measured["market_revenue"],
                "region_turnover": measured["region_turnover"],
                "purchasers": measured["purchasers"],
                "answers": measured["answers"],
                "satisfaction": self.satisfaction_entered if by_hand else measured["satisfaction"] or 0,
                "is_satisfaction_known": known or by_hand,
            }
        )

    def _judge(self, weights, tiers):
        """Compare with the targets and find the coefficient (SC-18)."""
        shares = [rules.completion(self._exact(name), self._exact(f"target_{name}")) for name in rules.INDICATORS]
        if not self.agreement_id:
            # Only left over from earlier years: nothing was agreed for this one, so nothing is rewarded.
            shares = [Fraction(0)] * len(shares)
        overall = rules.overall(shares, weights)
        self.write(
            {
                **{
                    f"completion_{name}": rules.shown(share)
                    for name, share in zip(rules.INDICATORS, shares, strict=True)
                },
                "overall": rules.shown(overall),
                "coefficient": rules.coefficient(overall, tiers),
                "all_met": all(share == 1 for share in shares),
            }
        )

    def _add_up(self):
        """Write down what the reward lines come to."""
        groups = self.env["rural.reward.line"]._read_group(
            [("assessment_line_id", "in", self.ids)], ["assessment_line_id", "kind"], ["reward:sum"]
        )
        totals = {(line.id, kind): reward for line, kind, reward in groups}
        for line in self:
            line.adjustment = totals.get((line.id, "adjustment"), 0)
            line.reward = totals.get((line.id, "reward"), 0) + line.adjustment

    def _exact(self, name) -> Decimal:
        return Decimal(str(round(self[name], 6)))

    def _figures(self) -> tuple:
        names = [*rules.INDICATORS, *(f"target_{name}" for name in rules.INDICATORS), "coefficient", "reward"]
        return (self.center_id.id, *(round(self[name], 6) for name in names))

    def _payable_amount(self):
        return self.reward

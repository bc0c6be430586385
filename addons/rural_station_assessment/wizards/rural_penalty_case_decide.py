from odoo import api, fields, models


class RuralPenaltyCaseDecide(models.TransientModel):
    """Asks too what a station that is cleared out loses of its deposit, and whether for ever (ST-09)."""

    _inherit = "rural.penalty.case.decide"

    party_kind = fields.Selection(related="case_id.party_kind")
    withheld = fields.Monetary(
        "Withheld of the Deposit", compute="_compute_measure", store=True, readonly=False, precompute=True
    )
    never_again = fields.Boolean(compute="_compute_measure", store=True, readonly=False, precompute=True)

    @api.depends("case_id")
    def _compute_measure(self):
        result = super()._compute_measure()
        for wizard in self:
            wizard.withheld, wizard.never_again = wizard.case_id.withheld, wizard.case_id.never_again
        return result

    def action_decide(self):
        """Decide the case."""
        if self.party_kind == "station" and self.action == "termination":
            self.case_id._check_may_decide()
            self.case_id.sudo().write({"withheld": self.withheld, "never_again": self.never_again})
        return super().action_decide()

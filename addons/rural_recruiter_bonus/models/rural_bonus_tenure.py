from odoo import api, fields, models


class RuralBonusTenure(models.Model):
    """From so many months with the company on, the quarter's bonus counts this much (MA-24)."""

    _name = "rural.bonus.tenure"
    _description = "Tenure Coefficient"
    _order = "scheme_id, months_from"
    _rec_name = "months_from"

    scheme_id = fields.Many2one("rural.bonus.scheme", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="scheme_id.company_id", store=True)
    months_from = fields.Integer("From Months of Service", required=True)
    coefficient = fields.Float(digits=(16, 6), required=True, default=1)

    _once = models.UniqueIndex("(scheme_id, months_from)", "There is a coefficient for these months already.")
    _not_negative = models.Constraint(
        "CHECK (months_from >= 0 AND coefficient >= 0)", "Months and coefficients are not negative."
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Add coefficients to drafts; whoever does is an editor of the scheme."""
        rows = super().create(vals_list)
        rows._edit_schemes()
        return rows

    def write(self, vals):
        """Change the coefficients of drafts; whoever does is an editor of the scheme."""
        self._edit_schemes()
        result = super().write(vals)
        self._edit_schemes()
        return result

    def unlink(self):
        """Take coefficients out of drafts; whoever does is an editor of the scheme."""
        self._edit_schemes()
        return super().unlink()

    def _edit_schemes(self):
        if not self.env.su:
            self.scheme_id._check_draft()
        self.scheme_id._add_editor()

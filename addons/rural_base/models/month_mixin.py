from odoo import api, fields, models


class RuralMonthMixin(models.AbstractModel):
    """What belongs to a month: people give it by any of its days, it is kept by the first."""

    _name = "rural.month.mixin"
    _description = "Record of a month"

    month = fields.Date(required=True, help="First day of the month, in China.")
    month_name = fields.Char("Month in Words", compute="_compute_month_name")

    _month_begins = models.Constraint("CHECK (extract(day FROM month) = 1)", "A month is given by its first day.")

    @api.depends("month")
    def _compute_month_name(self):
        for record in self:
            record.month_name = record.month and f"{record.month:%Y-%m}"

    @api.model_create_multi
    def create(self, vals_list):
        """Take a month by any of its days."""
        return super().create([self._with_first_day(vals) for vals in vals_list])

    def write(self, vals):
        """Take a month by any of its days."""
        return super().write(self._with_first_day(vals))

    @api.model
    def _with_first_day(self, vals) -> dict:
        month = fields.Date.to_date(vals.get("month"))
        return {**vals, "month": month.replace(day=1)} if month else vals

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from odoo.addons.rural_base import china_time


class RuralPoolEntryChange(models.TransientModel):
    _name = "rural.pool.entry.change"
    _description = "Change of a Pool Entry's Rate"

    entry_id = fields.Many2one("rural.pool.entry", "Pool Entry", required=True, ondelete="cascade")
    first_day = fields.Date(
        required=True,
        default=lambda self: self._default_first_day(),
        help="Orders placed from this day on earn the new rate; earlier ones keep theirs.",
    )
    fee_rate = fields.Float(
        "New Service Fee Rate",
        digits=(16, 6),
        required=True,
        compute="_compute_rates",
        store=True,
        readonly=False,
        precompute=True,
    )
    incentive_rate = fields.Float(
        "New Year-End Incentive Rate",
        digits=(16, 6),
        compute="_compute_rates",
        store=True,
        readonly=False,
        precompute=True,
    )

    reason = fields.Text(help="Why the rate changes for days that are over; a second person confirms it.")
    reaches_past = fields.Boolean(compute="_compute_reaches_past")

    def _default_first_day(self):
        return china_time.today() + relativedelta(months=1, day=1)

    @api.depends("entry_id")
    def _compute_rates(self):
        for change in self:
            change.fee_rate = change.entry_id.fee_rate
            change.incentive_rate = change.entry_id.incentive_rate

    @api.depends("first_day")
    def _compute_reaches_past(self):
        today = china_time.today()
        for change in self:
            change.reaches_past = bool(change.first_day) and change.first_day < today

    def action_apply(self):
        """Make the new version (SC-08), or ask for one that reaches into the past, and show it."""
        self.ensure_one()
        rates = {"fee_rate": self.fee_rate, "incentive_rate": self.incentive_rate}
        if self.reaches_past and not self.env.su:
            entry = self.entry_id.copy({**rates, "valid_from": self.first_day, "reason": self.reason})
        else:
            entry = self.entry_id._change_from(self.first_day, **rates)
        return entry._get_records_action()

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.rural_base import china_time


class RuralStationClosingDay(models.Model):
    """Days on which a station asks to stay shut; agreed in time, no report is due for them (ST-05)."""

    _name = "rural.station.closing.day"
    _description = "Closing Days of a Station"
    _inherit = ["rural.request.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "date_from desc, id desc"
    _decider_groups = ("rural_base.group_operations",)
    _rejected_state = "refused"
    _editable_states = ("requested",)
    _deletable_states = ("requested",)

    station_id = fields.Many2one("rural.station", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="station_id.company_id", store=True, index=True, precompute=True)
    date_from = fields.Date("First Day", required=True)
    date_to = fields.Date("Last Day", required=True)
    reason = fields.Char(required=True)
    state = fields.Selection(
        [("requested", "Requested"), ("agreed", "Agreed"), ("refused", "Refused"), ("withdrawn", "Withdrawn")],
        required=True,
        readonly=True,
        default="requested",
        copy=False,
        tracking=True,
    )
    agreed_on = fields.Date(
        readonly=True, copy=False, help="The day in China. A report stays due for days before it (ST-05)."
    )
    run_id = fields.Many2one(
        "rural.load.run", "Loaded With", readonly=True, copy=False, index="btree_not_null", ondelete="restrict",
        help="The file says what was decided elsewhere.",
    )  # fmt: skip

    _in_order = models.Constraint("CHECK (date_from <= date_to)", "The last day lies before the first one.")
    _live_once = models.UniqueIndex(
        "(station_id, date_from, date_to) WHERE state IN ('requested', 'agreed')",
        "The station has asked for these days already.",
    )

    @api.depends("station_id.name", "date_from", "date_to")
    def _compute_display_name(self):
        for days in self:
            days.display_name = f"{days.station_id.name} {days.date_from} – {days.date_to}"

    def action_agree(self):
        """Agree that the stations stay shut on these days."""
        self._decide("agreed", agreed_on=china_time.today())

    def action_withdraw(self):
        """Take a request back that nobody has decided."""
        self.check_access("write")
        self._check_state("requested")
        self._withdraw()

    def _withdraw(self):
        """Take back what was asked for, what was agreed too as long as the first day has not come (ST-05).

        :raises UserError: naming days that have begun, or that are neither requested nor agreed
        """
        self._lock_rows()
        self._check_state("requested", "agreed")
        agreed = self.filtered(lambda days: days.state == "agreed")
        for days in agreed:
            if days.date_from <= china_time.today():
                raise UserError(self.env._("%s: the days have begun, and what was agreed stays.", days.display_name))
        self.sudo().state = "withdrawn"
        agreed.station_id.sudo()._after_open_days()

    def _after_decision(self, state):
        result = super()._after_decision(state)
        self.station_id._after_open_days()
        return result

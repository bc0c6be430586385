from dateutil.relativedelta import relativedelta

from odoo import api, fields, models


class RuralStationElimination(models.Model):
    """A station that was last three months in a row: proposed for elimination, or no longer (ST-07).

    The latest editions of the rankings decide: a new one can withdraw what the one before had proposed. A later
    window of three months is added to the station's open proposal.
    """

    _name = "rural.station.elimination"
    _description = "Proposal to Eliminate a Station"
    _inherit = ["rural.step.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "state, last_month desc, station_id"
    _rec_name = "station_id"
    _deletable_states = ()
    _editable_states = ()

    station_id = fields.Many2one("rural.station", required=True, readonly=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="station_id.company_id", store=True, precompute=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    area_id = fields.Many2one(related="station_id.area_id")
    state = fields.Selection(
        [("proposed", "Proposed"), ("withdrawn", "Withdrawn")], required=True, readonly=True, tracking=True
    )
    event_ids = fields.One2many("rural.station.elimination.event", "elimination_id", "Events", readonly=True)
    # of the last window that holds
    last_month = fields.Date("Third Month", readonly=True)
    turnover_1 = fields.Monetary("Turnover of the First Month", readonly=True)
    turnover_2 = fields.Monetary("Turnover of the Second Month", readonly=True)
    turnover_3 = fields.Monetary("Turnover of the Third Month", readonly=True)

    _once = models.UniqueIndex(
        "(station_id) WHERE state IN ('proposed', 'requested')", "The station is proposed already."
    )

    # ------------------------------------------------------------------
    # Proposing
    # ------------------------------------------------------------------

    @api.model
    def _propose(self, company, after_month):
        """Bring the proposals up to date with the latest editions.

        :param date after_month: first day of the month after whose files it is done
        """
        lines = self.env["rural.station.ranking.line"].sudo()
        lines = lines.search([("company_id", "=", company.id), ("state", "=", "published")])
        of_month = {}
        for line in lines:
            of_month.setdefault(line.month, {})[line.station_id] = line
        proposals = self.sudo().search([("company_id", "=", company.id)])
        holding = proposals._holding()
        for month in sorted(of_month):
            window = [of_month.get(month - relativedelta(months=back), {}) for back in (2, 1, 0)]
            stations = {*of_month[month], *(station for station, third in holding if third == month)}
            for station in sorted(stations, key=lambda station: station.code):
                three = [months.get(station) for months in window]
                holds = self._is_eliminated(station, month, three)
                if holds != ((station, month) in holding):
                    self.sudo()._enter(station, month, three, holds, after_month)

    @api.model
    def _is_eliminated(self, station, month, lines) -> bool:
        left = station.closed_on and station.closed_on <= fields.Date.end_of(month, "month")
        return all(line and line.is_last for line in lines) and not left

    def _holding(self) -> set:
        """Return the windows that are proposed: pairs of station and third month."""
        latest = {}
        for event in self.event_ids.sorted("id"):
            latest[event.station_id, event.month] = event.state
        return {window for window, state in latest.items() if state == "proposed"}

    @api.model
    def _enter(self, station, month, lines, holds, after_month):
        """Enter that a window of a station holds, or holds no longer, into its proposal."""
        turnovers = [line.turnover if line else 0 for line in lines]
        figures = {f"turnover_{number}": value for number, value in enumerate(turnovers, start=1)}
        state = "proposed" if holds else "withdrawn"
        proposal = self._proposal_of(station, month) or self.create({"station_id": station.id, "state": state})
        self.env["rural.station.elimination.event"].sudo().create(
            {"elimination_id": proposal.id, "month": month, "state": state, "after_month": after_month, **figures}
        )
        proposal._follow(holds, figures)
        proposal._post_window(month, holds)

    @api.model
    def _proposal_of(self, station, month):
        """Return the proposal of a station that a window belongs to: what was decided to keep is over."""
        proposals = self.search([("station_id", "=", station.id)], order="id desc")
        own = proposals.filtered(lambda proposal: month in proposal.event_ids.mapped("month"))
        return own[:1] or proposals.filtered(lambda proposal: not proposal._is_over())[:1]

    def _is_over(self) -> bool:
        """Hook: tell whether the proposal was decided, so that later months make another one."""
        return False

    def _follow(self, holds, figures):
        """Follow the windows that hold: with the last of them, an undecided proposal is withdrawn."""
        months = [third for _station, third in self._holding()]
        if holds:
            self.write({"state": "proposed", "last_month": max(months), **figures})
        elif not months:
            self.write({"state": "withdrawn", **figures})

    def _post_window(self, month, holds):
        """Note in the conversation what has become of a window."""
        months = f"{month - relativedelta(months=2):%Y-%m} – {month:%Y-%m}"
        if holds:
            body = self.env._("Last in three months in a row: %s.", months)
        else:
            body = self.env._("No longer last in three months in a row: %s.", months)
        self.message_post(body=body)


class RuralStationEliminationEvent(models.Model):
    """When a window of three months was proposed or withdrawn, and by which turnovers."""

    _name = "rural.station.elimination.event"
    _description = "Event of a Proposal to Eliminate a Station"
    _order = "id"
    _rec_name = "month"

    elimination_id = fields.Many2one(
        "rural.station.elimination", required=True, readonly=True, index=True, ondelete="cascade"
    )
    station_id = fields.Many2one(related="elimination_id.station_id", store=True, precompute=True, index=True)
    company_id = fields.Many2one(related="elimination_id.company_id", store=True, precompute=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    after_month = fields.Date("After the Files Of", required=True, readonly=True, help="First day of the month.")
    month = fields.Date("Third Month", required=True, readonly=True)
    state = fields.Selection([("proposed", "Proposed"), ("withdrawn", "Withdrawn")], required=True, readonly=True)
    turnover_1 = fields.Monetary("Turnover of the First Month", readonly=True)
    turnover_2 = fields.Monetary("Turnover of the Second Month", readonly=True)
    turnover_3 = fields.Monetary("Turnover of the Third Month", readonly=True)

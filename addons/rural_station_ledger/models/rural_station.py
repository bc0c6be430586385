from odoo import api, fields, models
from odoo.fields import Domain

STAFF = "rural_base.group_operations"


class RuralStation(models.Model):
    _inherit = "rural.station"

    entry_ids = fields.One2many("rural.station.entry", "station_id", "Ledger")
    ranking_line_ids = fields.One2many("rural.station.ranking.line", "station_id", "Rankings")

    currency_id = fields.Many2one(related="company_id.currency_id")
    ranking_turnover = fields.Monetary(
        "Turnover", compute="_compute_ranking", groups=STAFF, help="In the latest ranking."
    )
    ranking_rank = fields.Integer(
        "Rank", compute="_compute_ranking", groups=STAFF, aggregator=None, help="In the latest ranking."
    )

    @api.depends("ranking_line_ids.state")
    def _compute_ranking(self):
        rankings = self.env["rural.station.ranking"]
        domain = [("company_id", "in", self.company_id.ids), ("state", "=", "published")]
        months = dict(rankings._read_group(domain, ["company_id"], ["month:max"]))
        lines = self.env["rural.station.ranking.line"].search(
            [("station_id", "in", self.ids), ("month", "in", list(months.values())), ("state", "=", "published")]
        )
        of_station = {line.station_id: line for line in lines if line.month == months[line.company_id]}
        for station in self:
            line = of_station.get(station._origin, lines.browse())
            station.ranking_turnover, station.ranking_rank = line.turnover, line.rank

    def _after_open_days(self):
        """Judge again the entries and reports of stations that are open on other days (ST-05, ST-12)."""
        result = super()._after_open_days()
        if self:
            self.env.flush_all()
            self.env["rural.station.entry"]._judge_stations(self)
            self.env["rural.station.report"]._judge_stations(self)
        return result

    def action_view_entries(self):
        """Show the ledger of the stations."""
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_station_ledger.action_station_entry")
        return {**action, "domain": [("station_id", "in", self.ids)], "context": {}}

    # ------------------------------------------------------------------
    # The station's own ledger (ST-03, ST-12)
    # ------------------------------------------------------------------

    def _check_keeps_ledger(self):
        """Refuse whoever is neither the station's partner nor staff.

        :raises AccessError: for an area partner too, who reads the ledger and does not keep it
        """
        self.ensure_one()
        if self.env.user.has_group(STAFF):
            self.sudo(False).check_access("read")
        elif not self.env["rural.station.entry"]._is_system():
            self._check_run_by_user()

    def _begin_entry(self, kind, vals):
        """Begin an entry in the station's ledger: a service that a villager asks for.

        :param str kind: of service: buying, selling, bill, booking, parcel_in, parcel_out, training, notice
        :param dict vals: as typed, text or numbers: item, quantity (1 if not given), amount, charge, villager,
            villager_phone, number (the platform's), courier (of parcels), shelf; day if it was not today; token, made
            by the telephone, so that sending twice gives one entry; done, to finish at once what has one step only
        :return: the entry; its explanation tells whether it counts
        :raises AccessError: for whoever is neither the station's partner nor staff
        :raises UserError: naming what no file may have either, or where a parcel lies that was scanned before
        """
        self._check_keeps_ledger()
        return self.env["rural.station.entry"].sudo()._begin(self.sudo(), kind, vals).with_env(self.env)

    def _find_parcel(self, courier, kind="parcel_in"):
        """Return the entry of a parcel by its courier number, as scanned; an empty record if it was never here."""
        self._check_keeps_ledger()
        found = self.env["rural.station.entry"].sudo()._find_parcel(self.sudo(), kind, courier)
        return found.with_env(self.env)

    def _waiting_entries(self, lying_too_long=False):
        """Return what waits at the station for villagers, what has waited longest first."""
        self._check_keeps_ledger()
        entries = self.env["rural.station.entry"]
        domain = entries._lying_domain() if lying_too_long else entries._waiting_domain()
        return entries.search(domain & Domain("station_id", "=", self.id), order="arrived_on, id")

    def _expected_cash(self, day=None) -> dict:
        """Return what the ledger says of a day's cash: taken, paid_back, expected, and the count that stands."""
        self._check_keeps_ledger()
        counts, station = self.env["rural.station.cash.count"].sudo(), self.sudo()
        day = counts._read_day(day)
        standing = counts.search([("station_id", "=", station.id), ("day", "=", day), ("state", "=", "stands")])
        return {**counts._expected_on(station, day), "count": standing.with_env(self.env)}

    def _cash_count(self, counted, reason=None, day=None):
        """Count the cash of a day: once, and again only as a correction that says what was wrong.

        :param counted: amount of yuan, as typed
        :param str reason: why it differs from what the ledger says, or what was wrong with the former count
        :return: the `rural.station.cash.count`
        """
        self._check_keeps_ledger()
        counts = self.env["rural.station.cash.count"].sudo()
        return counts._enter(self.sudo(), counted, day, reason).with_env(self.env)

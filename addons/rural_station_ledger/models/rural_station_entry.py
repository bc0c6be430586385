from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.rural_bulk.fields import CodeChar

from .rural_station_service import KINDS, PARCELS

STATES = [
    ("recorded", "Recorded"),
    ("ordered", "Ordered"),
    ("received", "Received"),
    ("notified", "Notified"),
    ("handed_over", "Handed Over"),
    ("exchanged", "Exchanged"),
    ("recommended", "Recommended"),
    ("negotiated", "Negotiated"),
    ("listed", "Listed"),
    ("sold", "Sold"),
    ("done", "Done"),
    ("returned", "Returned"),
    ("void", "Void"),
]
#: States of a service of each kind, and those of them that count.
STATES_OF = {
    "buying": ("recorded", "ordered", "received", "notified", "handed_over", "exchanged", "returned", "void"),
    "selling": ("recommended", "negotiated", "listed", "sold", "returned", "void"),
}
OTHER_STATES = ("recorded", "done", "void")
FINISHED = {"buying": ("handed_over", "exchanged"), "selling": ("sold",)}
OTHER_FINISHED = ("done",)
#: Why an entry does not count, in the order in which the reasons are looked at (ST-12).
OUTCOMES = [
    ("counts", "Counts"),
    ("void", "Void"),
    ("same_as_platform", "Platform's Entry Counts"),
    ("same_parcel", "Platform's Parcel Counts"),
    ("returned", "Returned"),
    ("not_finished", "Not Finished"),
    ("not_open", "Station Not Open"),
    ("number_twice", "Number Entered Twice"),
    ("parcel_twice", "Parcel Entered Twice"),
]
AFFECTED = SQL.identifier("rural_station_entry_affected")


class RuralStationEntry(models.Model):
    """A service that a station gave: a row of the platform, or of the station's own ledger (ST-12).

    Each service counts once. Which of two entries of one service counts, and in which month, is judged by one
    statement of SQL for a row and for a million; nobody writes it.
    """

    _name = "rural.station.entry"
    _description = "Ledger Entry of a Station"
    _inherit = ["rural.explanation.mixin"]
    _order = "day desc, id desc"
    _rec_names_search = ["number", "entry_number", "courier"]

    # identity
    station_id = fields.Many2one("rural.station", required=True, readonly=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    source = fields.Selection([("platform", "Platform"), ("station", "Station")], required=True, readonly=True)
    number = CodeChar("Platform Number", readonly=True)
    entry_number = CodeChar("Ledger Number", readonly=True)
    run_id = fields.Many2one("rural.load.run", "Loaded With", readonly=True, index=True, ondelete="restrict")

    # what
    kind = fields.Selection(KINDS, required=True, readonly=True)
    time = fields.Datetime(readonly=True, help="When the platform recorded it.")
    day = fields.Date(required=True, readonly=True, help="Of the platform's time, or of the ledger, in China.")
    completed_on = fields.Date(readonly=True, help="On that day it was handed over, sold or done.")
    item = fields.Char(readonly=True)
    villager = fields.Char(readonly=True, groups="rural_base.group_operations,base.group_portal")
    quantity = fields.Float(digits=(16, 4), readonly=True)
    amount = fields.Monetary(readonly=True, help="The goods without the service charge.")
    charge = fields.Monetary("Service Charge", readonly=True)
    state = fields.Selection(STATES, readonly=True)
    courier = CodeChar("Courier Number", readonly=True)

    # what counts
    outcome = fields.Selection(OUTCOMES, readonly=True)
    month = fields.Date(readonly=True, help="First day of the month in which it counts.")
    turnover = fields.Monetary(readonly=True)
    counted_charge = fields.Monetary(readonly=True)
    hint = fields.Char("To Look At", readonly=True, help="What differs from the platform, or may be a double.")

    _platform_once = models.UniqueIndex(
        "(company_id, number) WHERE source = 'platform'", "The platform's number is loaded once."
    )
    _own_once = models.UniqueIndex(
        "(station_id, entry_number) WHERE source = 'station'", "A ledger number is unique within its station."
    )
    _own_number = models.Index("(company_id, number) WHERE source = 'station' AND number IS NOT NULL")
    _parcel = models.Index("(station_id, courier) WHERE courier IS NOT NULL")
    _by_month = models.Index("(company_id, month, station_id) WHERE outcome = 'counts'")
    _same_trade = models.Index("(station_id, kind, day, amount)")
    _same_completed = models.Index("(station_id, kind, completed_on, amount) WHERE source = 'station'")

    @api.depends("number", "entry_number", "station_id.name")
    def _compute_display_name(self):
        for entry in self:
            own = entry.number if entry.source == "platform" else entry.entry_number
            entry.display_name = f"{entry.station_id.name} {own}"

    # ------------------------------------------------------------------
    # Judging
    # ------------------------------------------------------------------

    @api.model
    def _lock_entries(self, company):
        """Let one transaction at a time judge the entries of a company."""
        self.env["rural.lock"].sudo()._acquire("rural.station.entry", company)

    @api.model
    def _judge_stations(self, stations):
        """Judge the entries of stations again, and those whose judgement rests on them (ST-12)."""
        for company in stations.company_id:
            self._lock_entries(company)
            self._judge_touched(company, self._touched_query(SQL("entry.station_id IN %s", tuple(stations.ids))))

    @api.model
    def _judge_kinds(self, kinds):
        """Judge all entries of some kinds of service again (ST-03)."""
        for (company,) in self.sudo()._read_group([("kind", "in", kinds)], ["company_id"]):
            self._lock_entries(company)
            self._judge_touched(company, self._touched_query(SQL("entry.kind IN %s", tuple(kinds)), company))

    @api.model
    def _touched_query(self, condition, company=None) -> SQL:
        return SQL(
            """SELECT id, station_id, kind, number, courier, day, completed_on, amount
                 FROM rural_station_entry AS entry WHERE %s AND %s""",
            condition,
            SQL("entry.company_id = %s", company.id) if company else SQL("TRUE"),
        )

    @api.model
    def _judge_touched(self, company, touched):
        """Judge entries, and those whose judgement rests on them (ST-12).

        :param SQL touched: query of `id, station_id, kind, number, courier, day, completed_on, amount` of what has
            changed, as it was and as it is
        """
        self.env.cr.execute(SQL("DROP TABLE IF EXISTS %s", AFFECTED))
        self.env.cr.execute(
            SQL(
                """
                CREATE TEMPORARY TABLE %(affected)s ON COMMIT DROP AS
                  WITH touched AS MATERIALIZED (%(touched)s)
                SELECT id FROM touched
                 UNION
                SELECT entry.id FROM touched JOIN rural_station_entry AS entry
                    ON entry.company_id = %(company)s AND entry.source = 'station' AND entry.number = touched.number
                 UNION
                SELECT entry.id FROM touched JOIN rural_station_entry AS entry
                    ON entry.station_id = touched.station_id AND entry.courier = touched.courier
                 UNION -- a platform's entry that is named by another one may be a double of nothing any more
                SELECT own.id FROM touched
                  JOIN rural_station_entry AS named
                    ON named.company_id = %(company)s AND named.source = 'platform' AND named.number = touched.number
                  JOIN rural_station_entry AS own
                    ON own.source = 'station' AND own.station_id = named.station_id AND own.kind = named.kind
                   AND own.completed_on = named.day AND own.amount = named.amount
                 UNION
                SELECT own.id FROM touched JOIN rural_station_entry AS own
                    ON own.source = 'station' AND own.station_id = touched.station_id AND own.kind = touched.kind
                   AND own.completed_on = touched.day AND own.amount = touched.amount
                """,
                affected=AFFECTED,
                touched=touched,
                company=company.id,
            )
        )
        self.env.cr.execute(SQL("ANALYZE %s", AFFECTED))
        self._judge(company, SQL("SELECT id FROM %s", AFFECTED))

    @api.model
    def _judge(self, company, ids):
        """Write down which entries count, where, and what is to be looked at.

        :param SQL ids: query of the ids of the entries
        """
        self.env.cr.execute(
            SQL(
                """
                WITH judged AS (%(judged)s)
                UPDATE rural_station_entry AS entry
                   SET outcome = judged.outcome, month = judged.month, turnover = judged.turnover,
                       counted_charge = judged.counted_charge, hint = judged.hint
                  FROM judged
                 WHERE judged.id = entry.id
                       AND (entry.outcome, entry.month, entry.turnover, entry.counted_charge, entry.hint)
                           IS DISTINCT FROM
                           (judged.outcome, judged.month, judged.turnover, judged.counted_charge, judged.hint)
                """,
                judged=self._judged_query(company, ids),
            )
        )
        self.invalidate_model()

    @api.model
    def _judged_query(self, company, ids) -> SQL:
        """Return the judgement of entries: id, outcome, month, turnover, counted_charge, hint.

        A number or parcel that stands twice counts once: the others are looked for among the entries that would
        count themselves.
        """
        return SQL(
            """
            SELECT id, outcome,
                   CASE WHEN outcome = 'counts' THEN date_trunc('month', counted_on)::date END AS month,
                   CASE WHEN outcome <> 'counts' THEN NULL WHEN is_trade THEN amount ELSE 0 END AS turnover,
                   CASE WHEN outcome = 'counts' THEN charge END AS counted_charge,
                   CASE WHEN outcome = 'same_as_platform' THEN differences
                        WHEN outcome = 'counts' AND source = 'station' AND number IS NOT NULL THEN 'not_on_platform'
                        WHEN outcome = 'counts' AND source = 'station' AND is_trade AND may_be_double
                        THEN 'possible_double' END AS hint
              FROM (SELECT facts.*,
                           CASE WHEN reason IS NOT NULL THEN reason
                                WHEN number_twice THEN 'number_twice'
                                WHEN parcel_twice THEN 'parcel_twice'
                                ELSE 'counts' END AS outcome
                      FROM (%(facts)s) AS facts) AS judged
            """,
            facts=self._facts_query(company, ids),
        )

    @api.model
    def _facts_query(self, company, ids) -> SQL:
        return SQL(
            """
            SELECT entry.id, entry.source, entry.number, entry.amount, entry.charge, service.is_trade,
                   %(counted_on)s AS counted_on, %(reason)s AS reason,
                   NULLIF(concat_ws(' ',
                       CASE WHEN platform.station_id <> entry.station_id THEN 'station' END,
                       CASE WHEN platform.kind <> entry.kind THEN 'kind' END,
                       CASE WHEN COALESCE(platform.amount, 0) <> COALESCE(entry.amount, 0) THEN 'amount' END,
                       CASE WHEN platform.charge <> entry.charge THEN 'charge' END,
                       CASE WHEN date_trunc('month', platform.day) <> date_trunc('month', entry.completed_on)
                            THEN 'month' END), '') AS differences,
                   entry.source = 'station' AND entry.number IS NOT NULL AND EXISTS (
                       SELECT FROM rural_station_entry AS other
                         JOIN rural_station AS station ON station.id = other.station_id
                        WHERE other.company_id = entry.company_id AND other.source = 'station'
                              AND other.number = entry.number AND other.id <> entry.id
                              AND %(other_counts)s
                              AND (other.day, other.entry_number, other.id) < (entry.day, entry.entry_number, entry.id)
                   ) AS number_twice,
                   entry.source = 'station' AND entry.kind IN %(parcels)s AND entry.courier IS NOT NULL AND EXISTS (
                       SELECT FROM rural_station_entry AS other
                         JOIN rural_station AS station ON station.id = other.station_id
                        WHERE other.station_id = entry.station_id AND other.source = 'station'
                              AND other.courier = entry.courier AND other.kind = entry.kind AND other.id <> entry.id
                              AND %(other_counts)s
                              AND (other.day, other.entry_number, other.id) < (entry.day, entry.entry_number, entry.id)
                   ) AS parcel_twice,
                   EXISTS (
                       SELECT FROM rural_station_entry AS twin
                        WHERE twin.station_id = entry.station_id AND twin.source = 'platform'
                              AND twin.kind = entry.kind AND twin.day = entry.completed_on
                              AND twin.amount = entry.amount AND entry.number IS NULL
                              AND NOT EXISTS (SELECT FROM rural_station_entry AS naming
                                               WHERE naming.company_id = twin.company_id
                                                     AND naming.source = 'station' AND naming.number = twin.number)
                   ) AS may_be_double
              FROM rural_station_entry AS entry
              JOIN rural_station AS station ON station.id = entry.station_id
              JOIN rural_station_service AS service ON service.kind = entry.kind
         LEFT JOIN rural_station_entry AS platform
                ON entry.source = 'station' AND platform.company_id = entry.company_id
               AND platform.source = 'platform' AND platform.number = entry.number
             WHERE entry.id IN (%(ids)s) AND entry.company_id = %(company)s
            """,
            counted_on=self._counted_on(SQL("entry")),
            reason=self._reason(SQL("entry"), SQL("platform.id IS NOT NULL")),
            other_counts=SQL(
                "%s IS NULL",
                self._reason(
                    SQL("other"),
                    SQL(
                        "EXISTS (SELECT FROM rural_station_entry AS named WHERE named.company_id = other.company_id"
                        " AND named.source = 'platform' AND named.number = other.number)"
                    ),
                ),
            ),
            parcels=PARCELS,
            ids=ids,
            company=company.id,
        )

    @api.model
    def _counted_on(self, entry) -> SQL:
        return SQL("CASE WHEN %(e)s.source = 'platform' THEN %(e)s.day ELSE %(e)s.completed_on END", e=entry)

    @api.model
    def _reason(self, entry, on_platform) -> SQL:
        """Return why an entry does not count by itself, NULL where it may; the order is the rule's (ST-12)."""
        return SQL(
            """CASE WHEN %(e)s.source = 'station' THEN CASE
                        WHEN %(e)s.state = 'void' THEN 'void'
                        WHEN %(e)s.number IS NOT NULL AND %(on_platform)s THEN 'same_as_platform'
                        WHEN %(e)s.kind IN %(parcels)s AND %(e)s.courier IS NOT NULL AND EXISTS (
                             SELECT FROM rural_station_entry AS parcel
                              WHERE parcel.station_id = %(e)s.station_id AND parcel.source = 'platform'
                                    AND parcel.courier = %(e)s.courier AND parcel.kind = %(e)s.kind)
                        THEN 'same_parcel'
                        WHEN %(e)s.state = 'returned' THEN 'returned'
                        WHEN NOT %(finished)s THEN 'not_finished'
                        WHEN NOT %(is_open)s THEN 'not_open' END
                    WHEN NOT %(is_open)s THEN 'not_open' END""",
            e=entry,
            on_platform=on_platform,
            parcels=PARCELS,
            finished=self._finished(entry),
            is_open=self.env["rural.station"]._open_condition(SQL("station"), self._counted_on(entry)),
        )

    @api.model
    def _finished(self, entry) -> SQL:
        return SQL(
            "CASE %(e)s.kind WHEN 'buying' THEN %(e)s.state IN %(buying)s"
            " WHEN 'selling' THEN %(e)s.state IN %(selling)s ELSE %(e)s.state IN %(others)s END",
            e=entry,
            others=OTHER_FINISHED,
            **FINISHED,
        )

    # ------------------------------------------------------------------
    # Explanation
    # ------------------------------------------------------------------

    @api.model
    def _explanation_depends(self):
        return ("outcome", "month", "turnover", "counted_charge", "hint", "source", "state")

    def _explain(self) -> dict:
        """ST-12: why the entry counts, or why it does not."""
        self.ensure_one()
        sentences = {
            "counts": self.env._(
                "It counts in %(month)s: turnover %(turnover)s, service charge %(charge)s.",
                month=self.month and f"{self.month:%Y-%m}",
                turnover=self._amount(self.turnover),
                charge=self._amount(self.counted_charge),
            ),
            "void": self.env._("It does not count: the station has voided it."),
            "same_as_platform": self.env._("It does not count: the platform's entry of this number counts instead."),
            "same_parcel": self.env._("It does not count: the platform has this parcel, which counts instead."),
            "returned": self.env._("It does not count: the goods came back."),
            "not_finished": self.env._("It does not count yet: it is not handed over, sold or done."),
            "not_open": self.env._("It does not count: the station was not open on that day."),
            "number_twice": self.env._("It does not count: an earlier entry has the same platform number."),
            "parcel_twice": self.env._("It does not count: an earlier entry has the same parcel."),
        }
        inputs = {}
        if self.time:
            inputs[self.env._("Time")] = self._china_time(self.time)
        if self.completed_on:
            inputs[self.env._("Done on")] = f"{self.completed_on}"
        if self.hint:
            inputs[self.env._("To look at")] = self._hint_label()
        return {"clause": "ST-12", "inputs": inputs, "sentence": sentences.get(self.outcome, "–")}

    def _hint_label(self) -> str:
        self.ensure_one()
        labels = {
            "not_on_platform": self.env._("the platform does not have this number yet"),
            "possible_double": self.env._("the platform has an entry of the same kind, day and amount"),
            "station": self.env._("the platform has another station"),
            "kind": self.env._("the platform has another kind"),
            "amount": self.env._("the platform has another amount"),
            "charge": self.env._("the platform has another charge"),
            "month": self.env._("the platform has another month"),
        }
        return ", ".join(labels[word] for word in (self.hint or "").split())

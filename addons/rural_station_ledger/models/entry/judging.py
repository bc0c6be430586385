from odoo import api, models
from odoo.tools import SQL

from odoo.addons.rural_bulk.sql import names

from ..rural_station_service import PARCELS
from .entry import FINISHED, OTHER_FINISHED

AFFECTED = SQL.identifier("rural_station_entry_affected")
#: What a judgement rests on.
TOUCHED_COLUMNS = ("id", "station_id", "kind", "number", "courier", "day", "completed_on", "amount")
TOUCHED_TYPES = tuple(map(SQL, ("int[]", "int[]", "text[]", "text[]", "text[]", "date[]", "date[]", "numeric[]")))


class RuralStationEntry(models.Model):
    """Which entries count, and in which month."""

    _inherit = "rural.station.entry"

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
            "SELECT %s FROM rural_station_entry AS entry WHERE %s AND %s",
            names(TOUCHED_COLUMNS),
            condition,
            SQL("entry.company_id = %s", company.id) if company else SQL("TRUE"),
        )

    def _touched_rows(self) -> list[tuple]:
        """Return on what judgements rest of these entries, as they are now."""
        self.env.flush_all()
        return self.env.execute_query(
            SQL("SELECT %s FROM rural_station_entry WHERE id = ANY(%s)", names(TOUCHED_COLUMNS), self.ids)
        )

    def _judge_changed(self, before):
        """Judge these entries after a change, and those whose judgement rests on them (ST-12).

        :param before: what `_touched_rows` gave before the change
        """
        columns = [list(column) for column in zip(*before, *self._touched_rows(), strict=True)]
        columns = zip(TOUCHED_TYPES, columns, strict=True)
        arrays = SQL(", ").join(SQL("%s::%s", column, sql_type) for sql_type, column in columns)
        touched = SQL("SELECT * FROM unnest(%s) AS touched (%s)", arrays, names(TOUCHED_COLUMNS))
        self._judge_touched(self.company_id, touched)

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
                SELECT entry.id FROM touched JOIN rural_station_entry AS entry ON entry.linked_id = touched.id
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
    def _judged_query(self, company, ids, entries=None) -> SQL:
        """Return the judgement of entries: id, outcome, month, turnover, counted_charge, hint.

        A number or parcel that stands twice counts once: the others are looked for among the entries that would
        count themselves.

        :param SQL entries: where the entries stand, if they are not in their table yet
        """
        return SQL(
            """
            SELECT id, outcome,
                   CASE WHEN outcome = 'counts' THEN date_trunc('month', counted_on)::date END AS month,
                   CASE WHEN outcome <> 'counts' THEN NULL WHEN is_trade THEN amount ELSE 0 END AS turnover,
                   CASE WHEN outcome = 'counts' THEN charge END AS counted_charge,
                   CASE WHEN outcome = 'same_as_platform' THEN differences
                        WHEN is_replaced THEN NULL
                        WHEN outcome = 'counts' AND source = 'station' AND number IS NOT NULL THEN 'not_on_platform'
                        WHEN outcome = 'counts' AND source = 'station' AND is_trade AND may_be_double
                        THEN 'possible_double' END AS hint
              FROM (SELECT facts.*,
                           CASE WHEN reason IS NOT NULL THEN reason
                                WHEN number_twice THEN 'number_twice'
                                WHEN parcel_twice THEN 'parcel_twice'
                                ELSE 'counts' END AS outcome
                      FROM (%(facts)s OFFSET 0) AS facts OFFSET 0) AS judged -- each worked out once a row
            """,
            facts=self._facts_query(company, ids, entries or SQL.identifier(self._table)),
        )

    @api.model
    def _facts_query(self, company, ids, entries) -> SQL:
        return SQL(
            """
            SELECT entry.id, entry.source, entry.number, entry.amount, entry.charge, entry.is_replaced,
                   service.is_trade,
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
                    LEFT JOIN rural_station_entry AS other_first ON other_first.id = other.corrects_id
                        WHERE other.company_id = entry.company_id AND other.source = 'station'
                              AND other.number = entry.number AND other.is_replaced IS NOT TRUE
                              AND %(other_counts)s
                              AND (COALESCE(other_first.day, other.day),
                                   COALESCE(other_first.entry_number, other.entry_number),
                                   COALESCE(other.corrects_id, other.id))
                                  < (COALESCE(first.day, entry.day), COALESCE(first.entry_number, entry.entry_number),
                                     COALESCE(entry.corrects_id, entry.id))
                   ) AS number_twice,
                   entry.source = 'station' AND entry.kind IN %(parcels)s AND entry.courier IS NOT NULL AND EXISTS (
                       SELECT FROM rural_station_entry AS other
                         JOIN rural_station AS station ON station.id = other.station_id
                        WHERE other.station_id = entry.station_id AND other.source = 'station'
                              AND other.courier = entry.courier AND other.kind = entry.kind AND other.id <> entry.id
                              AND %(other_counts)s
                              AND (other.day, other.entry_number, other.id) < (entry.day, entry.entry_number, entry.id)
                   ) AS parcel_twice,
                   entry.source = 'station' AND entry.number IS NULL AND EXISTS (
                       SELECT FROM rural_station_entry AS twin
                        WHERE twin.station_id = entry.station_id AND twin.source = 'platform'
                              AND twin.kind = entry.kind AND twin.day = entry.completed_on
                              AND twin.amount = entry.amount
                              AND NOT EXISTS (SELECT FROM rural_station_entry AS naming
                                               WHERE naming.company_id = twin.company_id
                                                     AND naming.source = 'station' AND naming.number = twin.number)
                              AND NOT EXISTS (SELECT FROM rural_station_entry AS linked
                                               WHERE linked.linked_id = twin.id)
                   ) AS may_be_double
              FROM %(entries)s AS entry
              JOIN rural_station AS station ON station.id = entry.station_id
              JOIN rural_station_service AS service ON service.kind = entry.kind
         LEFT JOIN rural_station_entry AS first ON first.id = entry.corrects_id
         LEFT JOIN rural_station_entry AS named
                ON entry.source = 'station' AND named.company_id = entry.company_id
               AND named.source = 'platform' AND named.number = entry.number
         LEFT JOIN rural_station_entry AS platform ON platform.id = COALESCE(named.id, entry.linked_id)
             WHERE entry.id IN (%(ids)s) AND entry.company_id = %(company)s
            """,
            counted_on=self._counted_on(SQL("entry")),
            reason=self._reason(SQL("entry"), SQL("platform.id IS NOT NULL")),
            other_counts=SQL(
                "%s IS NULL",
                self._reason(
                    SQL("other"),
                    SQL(
                        "(other.linked_id IS NOT NULL OR EXISTS ("
                        "SELECT FROM rural_station_entry AS namesake WHERE namesake.company_id = other.company_id"
                        " AND namesake.source = 'platform' AND namesake.number = other.number))"
                    ),
                ),
            ),
            parcels=PARCELS,
            ids=ids,
            entries=entries,
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
                        WHEN %(on_platform)s THEN 'same_as_platform'
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

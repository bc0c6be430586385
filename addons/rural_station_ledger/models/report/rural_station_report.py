from collections import defaultdict
from datetime import date, timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.rural_base import china_time, deadlines

from ...rules import places
from ..rural_load_profile_station_rows import Check


class RuralStationReport(models.Model):
    """A daily report as a station handed it in (ST-05).

    The first one for a day decides whether it came in time. A later one with other hours replaces them on the same
    day. Nobody edits a report.
    """

    _name = "rural.station.report"
    _description = "Daily Report of a Station"
    _order = "day desc, station_id, submitted_at"

    station_id = fields.Many2one("rural.station", required=True, readonly=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    area_id = fields.Many2one(related="station_id.area_id")
    run_id = fields.Many2one("rural.load.run", "Loaded With", readonly=True, index=True, ondelete="restrict")
    day = fields.Date(required=True, readonly=True, index=True)
    submitted_at = fields.Datetime("Handed In", required=True, readonly=True)

    # hours
    opens_at = fields.Float(readonly=True, aggregator=None)
    closes_at = fields.Float(readonly=True, aggregator=None)
    pause = fields.Integer("Closed in Between", readonly=True, help="In minutes.")
    minutes = fields.Integer("Minutes Open", readonly=True, help="0: the station stayed shut on that day.")
    visitors = fields.Integer(readonly=True)

    # what else was handed in on the portal
    problems = fields.Text(readonly=True)
    photo = fields.Image(max_width=1600, max_height=1600, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    figure_ids = fields.One2many("rural.station.report.figure", "report_id", "Ledger of the Day", readonly=True)
    turnover = fields.Monetary(readonly=True, help="By the ledger of the day when the report was handed in.")
    charge = fields.Monetary("Service Charges", readonly=True)
    entry_count = fields.Integer("Entries", readonly=True)
    begun_count = fields.Integer(
        "Not Finished", readonly=True, help="Entries of the day that were not handed over, sold or done yet."
    )

    # what it is
    place = fields.Selection(
        [
            ("first", "First of its Day"),
            ("replaces", "Replaces the Hours"),
            ("duplicate", "Duplicate"),
            ("already_reported", "Already Reported"),
        ],
        readonly=True,
    )
    is_standing = fields.Boolean("Hours Stand", readonly=True, help="The hours of the day are those of this report.")
    outcome = fields.Selection(
        [
            ("on_time", "On Time"),
            ("late", "Late"),
            ("extra", "Extra"),
            ("replaces", "Replaces the Hours"),
            ("duplicate", "Duplicate"),
            ("already_reported", "Already Reported"),
            ("not_open", "Station Not Open"),
        ],
        readonly=True,
        help="Extra: no report was due on that day.",
    )

    _once = models.UniqueIndex("(station_id, day, submitted_at)", "This report is there already.")
    _standing_once = models.UniqueIndex(
        "(station_id, day) WHERE is_standing", "The hours of a day are those of one report."
    )

    @api.depends("station_id.name", "day")
    def _compute_display_name(self):
        for report in self:
            report.display_name = f"{report.station_id.name} {report.day}"

    # ------------------------------------------------------------------
    # What rejects a report
    # ------------------------------------------------------------------

    @api.model
    def _hours_check(self, opens_at, closes_at, pause) -> Check:
        """Return what rejects hours that are none of a day, the same for files and for the portal (ST-05).

        :param SQL opens_at: minutes since midnight, as the two others
        """
        wrong = SQL(
            "((%(opens)s IS NULL) <> (%(closes)s IS NULL) OR %(closes)s <= %(opens)s"
            " OR %(pause)s < 0 OR %(pause)s > %(closes)s - %(opens)s)",
            opens=opens_at,
            closes=closes_at,
            pause=pause,
        )
        message = self.env._("the station closes after it opens, and a pause is no longer than the time in between")
        return Check(wrong, "关门时间", "hours", message)

    @api.model
    def _day_checks(self, station, day, handed_in) -> list[Check]:
        """Return what rejects a report for the sake of its day, the same for files and for the portal (ST-05).

        :param SQL station: a row of `rural_station`
        :param SQL day: the day that the report is for
        :param SQL handed_in: the time in China
        """
        before = SQL("%s::date < %s", handed_in, day)
        is_open = self.env["rural.station"]._open_condition(station, day)
        return [
            Check(before, "提交时间", "before_day", self.env._("a report is not handed in before its day")),
            Check(SQL("NOT %s", is_open), "日报日期", "not_open", self.env._("the station was not open on that day")),
        ]

    # ------------------------------------------------------------------
    # Judging
    # ------------------------------------------------------------------

    @api.model
    def _lock_reports(self, company):
        """Let one transaction at a time judge the reports of a company."""
        self.env["rural.lock"].sudo()._acquire("rural.station.report", company)

    @api.model
    def _judge_days(self, company, days):
        """Judge all reports for days of stations (ST-05).

        :param days: pairs of the station's id and the day
        """
        if not days:
            return
        stations, dates = map(list, zip(*days, strict=True))
        rows = self.env.execute_query(
            SQL(
                """SELECT report.id, report.station_id, report.day, report.submitted_at + %s,
                          (report.opens_at, report.closes_at, report.pause)::text
                     FROM rural_station_report AS report
                     JOIN unnest(%s, %s) AS judged (station_id, day) USING (station_id, day)
                    ORDER BY report.submitted_at, report.id""",
                china_time.CHINA_OFFSET,
                stations,
                dates,
            )
        )
        groups = defaultdict(list)
        for report, station, day, *handed_in in rows:
            groups[station, day].append((report, *handed_in))
        judged = []
        for (_station, day), group in groups.items():
            found = places(day, [handed_in for _report, *handed_in in group])
            standing = max(number for number, place in enumerate(found) if place in ("first", "replaces"))
            judged += [
                (report, place, number == standing)
                for number, ((report, *_rest), place) in enumerate(zip(group, found, strict=True))
            ]
        self._keep_places(judged)
        self._judge_due(company, SQL("SELECT unnest(%s)", [report for report, *_place in judged]))

    @api.model
    def _keep_places(self, judged):
        values = SQL("unnest(%s, %s, %s) AS judged (id, place, is_standing)", *map(list, zip(*judged, strict=True)))
        # What no longer stands gives way first: the hours of a day are those of one report.
        for condition in (SQL("NOT judged.is_standing"), SQL("TRUE")):
            self.env.cr.execute(
                SQL(
                    """UPDATE rural_station_report AS report
                          SET place = judged.place, is_standing = judged.is_standing
                         FROM %s WHERE judged.id = report.id AND %s
                          AND (report.place, report.is_standing) IS DISTINCT FROM (judged.place, judged.is_standing)""",
                    values,
                    condition,
                )
            )
        self.invalidate_model()

    @api.model
    def _judge_due(self, company, ids):
        """Write down which reports came in time, and which were not due.

        :param SQL ids: query of the ids of the reports
        """
        [(first, last)] = self.env.execute_query(
            SQL("SELECT min(day), max(day) FROM rural_station_report WHERE id IN (%s)", ids)
        )
        if not first:
            return
        station = SQL("station")
        self.env.cr.execute(
            SQL(
                """
                UPDATE rural_station_report AS report
                   SET outcome = CASE WHEN NOT %(is_open)s THEN 'not_open'
                                      WHEN report.place <> 'first' THEN report.place
                                      WHEN NOT %(is_due)s THEN 'extra'
                                      WHEN (report.submitted_at + %(offset)s)::date > report.day THEN 'late'
                                      ELSE 'on_time' END
                  FROM rural_station AS station
                 WHERE station.id = report.station_id AND report.company_id = %(company)s AND report.id IN (%(ids)s)
                """,
                is_open=self.env["rural.station"]._open_condition(station, SQL("report.day")),
                is_due=self._due_condition(station, SQL("report.day"), first, last),
                offset=china_time.CHINA_OFFSET,
                company=company.id,
                ids=ids,
            )
        )
        self.invalidate_model()

    @api.model
    def _judge_stations(self, stations):
        """Judge the reports of stations again whose days open or closing days have changed."""
        for company in stations.company_id:
            self._lock_reports(company)
            own = stations.filtered(lambda station, company=company: station.company_id == company)
            self._judge_due(company, SQL("SELECT id FROM rural_station_report WHERE station_id = ANY(%s)", own.ids))

    # ------------------------------------------------------------------
    # When reports are due
    # ------------------------------------------------------------------

    @api.model
    def _working_days(self, first, last) -> list[date]:
        """Return the Chinese working days from one day to another, make-up days included."""
        days = (first + timedelta(days=number) for number in range((last - first).days + 1))
        return [day for day in days if deadlines.is_working_day(day)]

    @api.model
    def _due_condition(self, station, day, first, last) -> SQL:
        """Return the condition that a report is due: a working day, open, no closing day agreed in time (ST-05).

        :param SQL station: a row of `rural_station`
        :param SQL day: a date, between the given first and last one
        """
        return SQL(
            """(%(day)s = ANY(%(working_days)s) AND %(is_open)s
                AND NOT EXISTS (SELECT FROM rural_station_closing_day AS closing
                                 WHERE closing.station_id = %(station)s.id AND closing.state = 'agreed'
                                       AND %(day)s BETWEEN closing.date_from AND closing.date_to
                                       AND closing.agreed_on <= %(day)s))""",
            day=day,
            working_days=self._working_days(first, last),
            is_open=self.env["rural.station"]._open_condition(station, day),
            station=station,
        )

    @api.model
    def _days_query(self, company, first, last) -> SQL:
        """Return the days of stations: station_id, code, day, is_open, is_due, outcome, minutes, report_id.

        `outcome` is that of the day's first report, `minutes` and `report_id` those of the one whose hours stand; they
        are NULL without a report.

        :param company: one company or several
        """
        station, day = SQL("station"), SQL("each.day")
        return SQL(
            """
            SELECT station.id AS station_id, station.code, each.day, %(is_open)s AS is_open, %(is_due)s AS is_due,
                   handed_in.outcome, standing.minutes, standing.id AS report_id
              FROM rural_station AS station
        CROSS JOIN (SELECT day::date FROM generate_series(%(first)s::timestamp, %(last)s, '1 day') AS day) AS each
         LEFT JOIN rural_station_report AS handed_in
                ON handed_in.station_id = station.id AND handed_in.day = each.day AND handed_in.place = 'first'
               AND handed_in.outcome <> 'not_open'
         LEFT JOIN rural_station_report AS standing
                ON standing.station_id = station.id AND standing.day = each.day AND standing.is_standing
               AND standing.outcome <> 'not_open'
             WHERE station.company_id = ANY(%(companies)s)
            """,
            is_open=self.env["rural.station"]._open_condition(station, day),
            is_due=self._due_condition(station, day, first, last),
            first=first,
            last=last,
            companies=company.ids,
        )

    @api.model
    def _limit(self, code, company, month) -> int:
        """Return a dated number of the rule as it is at the beginning of a month."""
        return int(self.env["rural.parameter"].sudo()._value_on(code, month, company).value)

    @api.model
    def _weeks_query(self, company, month) -> SQL:
        """Return the weeks of a month, those whose Sunday lies in it (ST-05).

        Columns: station_id, code, monday, required (days), full_days, minutes, kept (yes, no, none, or running as long
        as the week is not over and may still be kept).

        :param date month: its first day
        """
        last = fields.Date.end_of(month, "month")
        last_sunday = last - timedelta(days=last.isoweekday() % 7)
        first_monday = month + timedelta(days=-month.isoweekday() % 7 - 6)
        return SQL(
            """
            SELECT station_id, code, monday, required, full_days, minutes,
                   CASE WHEN required = 0 THEN 'none' WHEN full_days >= required THEN 'yes'
                        WHEN monday + 6 >= %(today)s THEN 'running' ELSE 'no' END AS kept
              FROM (SELECT station_id, code, date_trunc('week', day)::date AS monday,
                           LEAST(%(full_week)s, count(*) FILTER (WHERE is_due)) AS required,
                           count(*) FILTER (WHERE minutes >= %(full_day)s) AS full_days,
                           COALESCE(sum(minutes), 0) AS minutes
                      FROM (%(days)s) AS day
                     GROUP BY 1, 2, 3 HAVING bool_or(is_open)) AS week
             ORDER BY monday, code
            """,
            full_week=self._limit("station_full_week_days", company, month),
            full_day=self._limit("station_full_day_minutes", company, month),
            today=china_time.today(),
            days=self._days_query(company, first_monday, last_sunday),
        )

    @api.model
    def _month_query(self, company, month) -> SQL:
        """Return what stations have reported of a month (ST-05).

        Columns: station_id, code, due, on_time, late, missing, extra, full_days, minutes, weeks_kept, weeks_not_kept,
        weeks_without. A day that is not over is due once it is reported.

        :param date month: its first day
        """
        last = fields.Date.end_of(month, "month")
        return SQL(
            """
            WITH days AS (%(days)s), weeks AS (%(weeks)s),
                 weeks_of AS (SELECT station_id, count(*) FILTER (WHERE kept = 'yes') AS weeks_kept,
                                     count(*) FILTER (WHERE kept = 'no') AS weeks_not_kept,
                                     count(*) FILTER (WHERE kept = 'none') AS weeks_without
                                FROM weeks GROUP BY 1)
            SELECT station_id, code, on_time + late + missing AS due, on_time, late, missing, extra, full_days, minutes,
                   COALESCE(weeks_kept, 0) AS weeks_kept, COALESCE(weeks_not_kept, 0) AS weeks_not_kept,
                   COALESCE(weeks_without, 0) AS weeks_without
              FROM (SELECT days.station_id, days.code, count(*) FILTER (WHERE outcome = 'on_time') AS on_time,
                           count(*) FILTER (WHERE outcome = 'late') AS late,
                           count(*) FILTER (WHERE is_due AND outcome IS NULL AND day < %(today)s) AS missing,
                           count(*) FILTER (WHERE outcome = 'extra') AS extra,
                           count(*) FILTER (WHERE minutes >= %(full_day)s) AS full_days,
                           COALESCE(sum(minutes), 0) AS minutes
                      FROM days JOIN rural_station AS station ON station.id = days.station_id
                     WHERE %(in_month)s GROUP BY 1, 2) AS figures
         LEFT JOIN weeks_of USING (station_id)
          ORDER BY code
            """,
            days=self._days_query(company, month, last),
            weeks=self._weeks_query(company, month),
            today=china_time.today(),
            full_day=self._limit("station_full_day_minutes", company, month),
            in_month=self.env["rural.station"]._in_month_condition(company, month),
        )

import datetime
import re

from odoo import models
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from odoo.addons.rural_base.china_time import CHINA_OFFSET
from odoo.addons.rural_bulk.columns import CellError, Code, Column, Day, Kind, Moment, Number, cell_text
from odoo.addons.rural_bulk.sql import STAGING

_lt = LazyTranslate(__name__)

CLOCK = re.compile(r"([0-9]{1,2})[:：]([0-5][0-9])(?:[:：]00)?")
MINUTES_OF_DAY = 24 * 60


class Clock(Kind):
    """A time of day such as 08:30, kept as minutes since midnight.

    >>> Clock().read("08:30"), Clock().read(datetime.time(8, 30)), Clock().read("24:00")
    ('510', '510', '1440')
    """

    sql_type = "integer"

    def read(self, cell):
        """The minutes since midnight as text.

        :raise CellError: it is no time of day
        """
        if isinstance(cell, datetime.time):
            return str(cell.hour * 60 + cell.minute)
        text = cell_text(cell)
        match = CLOCK.fullmatch(text)
        if match and (minutes := int(match[1]) * 60 + int(match[2])) <= MINUTES_OF_DAY:
            return str(minutes)
        if not text:
            return ""
        raise CellError(_lt("“%(cell)s” is no time of day of the form 08:30", cell=text))


class RuralLoadProfileStationReports(models.AbstractModel):
    """The stations' daily reports: `daily_reports.csv` (ST-05)."""

    _name = "rural.load.profile.station_reports"
    _inherit = "rural.load.profile.station_rows"
    _description = "Load of Daily Reports of Stations"

    _target = "rural.station.report"
    _key = ("station_code", "day", "local_time")
    _columns = (
        Column("station_code", "站点编码", Code(), reason="station"),
        Column("day", "日报日期", Day(), reason="day"),
        Column("local_time", "提交时间", Moment(), reason="submitted"),
        Column("opens_at", "开门时间", Clock(), required=False, reason="hours"),
        Column("closes_at", "关门时间", Clock(), required=False, reason="hours"),
        Column("pause", "中途关门分钟", Number(0), required=False, reason="hours"),
        Column("visitors", "到访人数", Number(0), required=False, reason="visitors"),
    )

    def _checks(self):
        reports = self.env["rural.station.report"]
        return [
            "station_code",
            self._unknown_station(),
            "day",
            "local_time",
            "opens_at",
            reports._hours_check(SQL("opens_at"), SQL("closes_at"), SQL("pause")),
            "visitors",
            *reports._day_checks(SQL("station"), SQL("day"), SQL("local_time")),
        ]

    def _merge(self, run):
        """Take in what was handed in, and judge what each station has reported for a day anew (ST-05)."""
        reports = self.env["rural.station.report"]
        reports._lock_reports(run.company_id)
        self._reject_by_checks(run.company_id)
        self._reject_repeated_keys()
        self._match_known(run.company_id)
        self._insert_new(run)
        days = self._days_of_rows(run.company_id)
        reports._judge_days(run.company_id, days)
        self._keep_places()
        return []

    def _match_known(self, company):
        self.env.cr.execute(
            SQL(
                """UPDATE %s AS staging SET outcome = 'unchanged', record_id = report.id
                     FROM rural_station_report AS report JOIN rural_station AS station ON station.id = report.station_id
                    WHERE staging.outcome = 'new' AND station.company_id = %s AND station.code = staging.station_code
                      AND report.day = staging.day AND report.submitted_at = staging.local_time - %s""",
                STAGING,
                company.id,
                CHINA_OFFSET,
            )
        )

    def _insert_new(self, run):
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO rural_station_report
                       (id, company_id, station_id, run_id, day, submitted_at, opens_at, closes_at, pause, minutes,
                        visitors, create_uid, create_date, write_uid, write_date)
                SELECT staging.record_id, station.company_id, station.id, %(run)s, staging.day,
                       staging.local_time - %(offset)s, opens_at / 60.0, closes_at / 60.0, COALESCE(pause, 0),
                       COALESCE(closes_at - opens_at - COALESCE(pause, 0), 0), visitors, %(user)s,
                       now() AT TIME ZONE 'UTC', %(user)s, now() AT TIME ZONE 'UTC'
                  FROM %(staging)s AS staging
                  JOIN rural_station AS station
                    ON station.code = staging.station_code AND station.company_id = %(company)s
                 WHERE staging.outcome = 'new'
                """,
                run=run.id,
                offset=CHINA_OFFSET,
                user=self.env.uid,
                staging=STAGING,
                company=run.company_id.id,
            )
        )

    def _days_of_rows(self, company) -> list[tuple]:
        """Return the days of stations of which a report has come in: pairs of station and day."""
        return self.env.execute_query(
            SQL(
                """SELECT DISTINCT station.id, staging.day FROM %s AS staging
                     JOIN rural_station AS station
                       ON station.code = staging.station_code AND station.company_id = %s
                    WHERE staging.outcome = 'new'""",
                STAGING,
                company.id,
            )
        )

    def _keep_places(self):
        """Say of new rows what they are: those that come too late are rejected, and leave no report."""
        self.env.cr.execute(
            SQL(
                """UPDATE %s AS staging
                      SET outcome = CASE report.place WHEN 'replaces' THEN 'updated' ELSE 'duplicate' END
                     FROM rural_station_report AS report
                    WHERE report.id = staging.record_id AND staging.outcome = 'new'
                      AND report.place IN ('replaces', 'duplicate')""",
                STAGING,
            )
        )
        too_late = self.env.execute_query(
            SQL(
                """SELECT staging.row_number, report.id FROM %s AS staging
                     JOIN rural_station_report AS report ON report.id = staging.record_id
                    WHERE staging.outcome = 'new' AND report.place = 'already_reported'""",
                STAGING,
            )
        )
        if too_late:
            message = self.env._("the day was reported already, and its hours stand since the day after")
            rows = SQL(
                "unnest(%s) AS late (row_number), (VALUES ('提交时间', 'already_reported', %s))"
                " AS fault (heading, reason, message)",
                [row_number for row_number, _report in too_late],
                str(message),
            )
            self._set_rejected(rows, SQL("late.row_number = staging.row_number"))
            self.env["rural.station.report"].browse(report for _row, report in too_late).sudo().unlink()

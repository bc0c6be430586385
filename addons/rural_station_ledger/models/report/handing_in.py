import base64
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL
from odoo.tools.misc import format_date

from odoo.addons.rural_base import china_time
from odoo.addons.rural_base.file_types import file_type
from odoo.addons.rural_base.models.document_mixin import MEGABYTE
from odoo.addons.rural_bulk.columns import CellError, Number
from odoo.addons.rural_station.models.rural_station_hours import WEEK

from ..rural_load_profile_station_reports import Clock

PHOTO_TYPES = ("jpeg", "png")
LONGEST_TEXT = 2000
MOST_VISITORS = 100_000
#: How far back the portal lists days without a report.
LISTED_DAYS = 31


class RuralStation(models.Model):
    """A station hands in its daily report on the portal (ST-05, ST-11)."""

    _inherit = "rural.station"

    # ------------------------------------------------------------------
    # What a report opens with
    # ------------------------------------------------------------------

    def _report_proposal(self, day) -> dict:
        """Return what the station's report for a day opens with.

        Keys: `day`, `opens_at` and `closes_at` ("08:30"), `pause`, the day's ledger as `figures` (dicts of `kind`,
        `label`, `count`, `quantity`, `amount`, `turnover`, `charge`), its sums `turnover`, `charge` and
        `entry_count`, and `begun_count` of entries that are not finished.
        """
        self.ensure_one()
        last = self._last_hours(day)
        before = (last.opens_at, last.closes_at) if last else (None, None)
        opens_at, closes_at = self._usual_hours(day) or before
        figures = self._ledger_of_day(day)
        return {
            "day": day,
            "opens_at": clock_text(opens_at),
            "closes_at": clock_text(closes_at),
            "pause": last.pause,
            "figures": figures,
            **{name: sum(figure[name] for figure in figures) for name in ("turnover", "charge")},
            "entry_count": sum(figure["count"] for figure in figures),
            "begun_count": self._begun_count(day),
        }

    def _usual_hours(self, day):
        """Return when the station opens and closes by its opening hours, None where it has none for the day."""
        versions = self.env["rural.station.hours"].sudo()
        hours = versions._version_on(day, station_id=self)
        return (hours.opens, hours.closes) if hours and hours[WEEK[day.weekday()]] else None

    def _last_hours(self, day):
        return (
            self.env["rural.station.report"]
            .sudo()
            .search(
                [("station_id", "=", self.id), ("day", "<", day), ("is_standing", "=", True), ("minutes", ">", 0)],
                order="day desc",
                limit=1,
            )
        )

    def _ledger_of_day(self, day) -> list[dict]:
        """Return what counts of the station's ledger on a day, by kind of service (ST-03, ST-12)."""
        self.env.flush_all()
        entries = self.env["rural.station.entry"]
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT entry.kind, count(*) AS count, sum(entry.quantity) AS quantity,
                       COALESCE(sum(entry.amount), 0) AS amount, COALESCE(sum(entry.turnover), 0) AS turnover,
                       COALESCE(sum(entry.counted_charge), 0) AS charge
                  FROM rural_station_entry AS entry
                  JOIN rural_station_service AS service ON service.kind = entry.kind
                 WHERE entry.station_id = %s AND entry.outcome = 'counts' AND %s = %s
                 GROUP BY entry.kind, service.sequence, service.id ORDER BY service.sequence, service.id
                """,
                self.id,
                entries._counted_on(SQL("entry")),
                day,
            )
        )
        kinds = [row["kind"] for row in rows]
        services = self.env["rural.station.service"].sudo().search([("kind", "in", kinds)])
        labels = {service.kind: service.name for service in services}
        return [{**row, "label": labels[row["kind"]]} for row in rows]

    def _begun_count(self, day) -> int:
        domain = [("station_id", "=", self.id), ("day", "=", day), ("outcome", "=", "not_finished")]
        return self.env["rural.station.entry"].sudo().search_count(domain)

    # ------------------------------------------------------------------
    # Handing in
    # ------------------------------------------------------------------

    def _hand_in_report(self, day, vals):
        """Take the daily report of the station from its partner, and judge it as a row of a file is judged (ST-05).

        :param date day: the day that it is for
        :param dict vals: `opens_at` and `closes_at` as "08:30", `pause` in minutes, `visitors`, as they were typed;
            `stayed_shut`, `problems`, `photo` as a pair of name and content
        :return: the report; its `place` says whether it is the first one, replaces hours, or is a duplicate
        :raises AccessError: for whoever does not run the station
        :raises UserError: naming what is wrong with it
        """
        self.ensure_one()
        self._check_run_by_user()
        hours = self._read_hours(vals)
        values = {**self._read_rest(vals), **self._prepare_hours(hours)}
        station = self.sudo()
        reports = station.env["rural.station.report"].with_company(station.company_id)
        reports._lock_reports(station.company_id)
        now = fields.Datetime.now()
        of_day = [("station_id", "=", station.id), ("day", "=", day)]
        last = reports.search(of_day, order="submitted_at desc", limit=1)
        if last and last.submitted_at >= now:
            if all(last[name] == values.get(name, 0) for name in ("opens_at", "closes_at", "pause")):
                return last  # pressed twice within a second
            now = last.submitted_at + timedelta(seconds=1)  # other hours: they come in after the first ones
        station._check_report(day, now, hours)
        key = {"station_id": station.id, "day": day, "submitted_at": now}
        report = reports.create({**key, "company_id": station.company_id.id, **values, **station._kept_figures(day)})
        report.flush_recordset()
        reports._judge_days(station.company_id, [(station.id, day)])
        if report.place == "already_reported":
            raise UserError(
                self.env._(
                    "%s was reported already. Its hours could be changed on that day only; now they stay as they are.",
                    format_date(self.env, day),
                )
            )
        return report

    def _read_hours(self, vals) -> dict:
        """Return the minutes of `opens_at`, `closes_at` and `pause`; none of a day on which the station stayed shut."""
        if vals.get("stayed_shut"):
            return {"opens_at": None, "closes_at": None, "pause": 0}
        hours = {
            "opens_at": self._read_cell(Clock(), vals.get("opens_at"), self.env._("Opened at")),
            "closes_at": self._read_cell(Clock(), vals.get("closes_at"), self.env._("Closed at")),
            "pause": self._read_cell(Number(0), vals.get("pause"), self.env._("Pause")) or 0,
        }
        if hours["opens_at"] is None or hours["closes_at"] is None:
            raise UserError(self.env._("Say when you opened and when you closed, or that you stayed shut all day."))
        return hours

    def _read_rest(self, vals) -> dict:
        visitors = self._read_cell(Number(0), vals.get("visitors"), self.env._("Visitors")) or 0
        if not 0 <= visitors <= MOST_VISITORS:
            raise UserError(self.env._("Visitors: “%s” is no number of people.", vals["visitors"]))
        problems = (vals.get("problems") or "").strip()
        if len(problems) > LONGEST_TEXT:
            raise UserError(self.env._("Problems: keep the text within %s characters.", LONGEST_TEXT))
        return {"visitors": visitors, "problems": problems or False, "photo": self._read_photo(vals.get("photo"))}

    def _read_cell(self, kind, cell, label):
        """Return the whole number that a cell stands for, as in a file, None for an empty one."""
        try:
            text = kind.read(cell if cell is not None else "")
        except CellError as error:
            raise UserError(self.env._("%(label)s: %(fault)s.", label=label, fault=error.args[0])) from error
        return int(float(text)) if text else None

    def _read_photo(self, photo):
        """Return the content of a photo, checked by what it really is, False for none."""
        if not photo:
            return False
        name, content = photo
        if file_type(content) not in PHOTO_TYPES:
            raise UserError(self.env._("“%s” is no photo. Take a JPG or PNG picture.", name))
        limit = self.env["rural.document.mixin"]._max_megabytes()
        if len(content) > limit * MEGABYTE:
            raise UserError(
                self.env._(
                    "“%(name)s” has %(size)s MB, and a photo %(limit)s MB at most. Take a smaller one.",
                    name=name,
                    size=f"{len(content) / MEGABYTE:.0f}",
                    limit=f"{limit:g}",
                )
            )
        return base64.b64encode(content)

    def _prepare_hours(self, hours) -> dict:
        opens_at, closes_at, pause = hours["opens_at"], hours["closes_at"], hours["pause"]
        if opens_at is None:
            return {"pause": 0, "minutes": 0}
        return {
            "opens_at": opens_at / 60,
            "closes_at": closes_at / 60,
            "pause": pause,
            "minutes": closes_at - opens_at - pause,
        }

    def _check_report(self, day, now, hours):
        """Refuse a report by the checks of the files, in their order (ST-05)."""
        reports = self.env["rural.station.report"]
        minutes = (SQL("%s::integer", hours[name]) for name in ("opens_at", "closes_at", "pause"))
        moment, each = SQL("%s::timestamp", china_time.to_china(now)), SQL("%s::date", day)
        checks = [reports._hours_check(*minutes), *reports._day_checks(SQL("station"), each, moment)]
        self.env.flush_all()
        [faults] = self.env.execute_query(
            SQL(
                "SELECT %s FROM rural_station AS station WHERE id = %s",
                SQL(", ").join(check.condition for check in checks),
                self.id,
            )
        )
        for check, is_fault in zip(checks, faults, strict=True):
            if is_fault:
                fault = {"day": format_date(self.env, day), "fault": check.message}
                raise UserError(self.env._("%(day)s: %(fault)s.", **fault))

    def _kept_figures(self, day) -> dict:
        """Return the ledger of the day as the report keeps it."""
        proposal = self._report_proposal(day)
        kept = ("kind", "count", "quantity", "amount", "turnover", "charge")
        return {
            "turnover": proposal["turnover"],
            "charge": proposal["charge"],
            "entry_count": proposal["entry_count"],
            "begun_count": proposal["begun_count"],
            "figure_ids": [
                fields.Command.create({name: figure[name] for name in kept}) for figure in proposal["figures"]
            ],
        }

    # ------------------------------------------------------------------
    # What is missing
    # ------------------------------------------------------------------

    def _report_days(self, first, last) -> dict:
        """Return the days of each station, of one company, from one day to another.

        :return: station id → day → dict of `is_open`, `is_due`, `outcome` and `minutes`
        """
        self.env.flush_all()
        days = {station.id: {} for station in self}
        for company in self.sudo().company_id:
            query = self.env["rural.station.report"]._days_query(company, first, last)
            rows = self.env.execute_query_dict(
                SQL("SELECT * FROM (%s) AS day WHERE station_id = ANY(%s) ORDER BY day", query, self.ids)
            )
            for row in rows:
                days[row["station_id"]][row["day"]] = row
        return days

    def _states_of_days(self, first, last) -> dict:
        """Return what became of the daily reports of stations, by (station id, day): records of `rural.station.day`."""
        companies = self.sudo().company_id
        days = self.env["rural.station.day"].sudo().with_context(allowed_company_ids=companies.ids)
        found = days.search([("station_id", "in", self.ids), ("day", ">=", first), ("day", "<=", last)])
        return {(day.station_id.id, day.day): day for day in found}

    def _missing_days(self) -> list:
        """Return the latest days, before today, for which the station has not handed in the report that was due."""
        self.ensure_one()
        today = china_time.today()
        days = self._report_days(today - timedelta(days=LISTED_DAYS), today - timedelta(days=1))[self.id]
        return [day for day, each in days.items() if each["is_due"] and not each["outcome"]]


def clock_text(hours):
    """Return hours as a clock shows them, "" for none.

    >>> clock_text(8.5), clock_text(24.0), clock_text(None)
    ('08:30', '24:00', '')
    """
    if hours is None:
        return ""
    minutes = round(hours * 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"

import re

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.rural_base.amounts import cents
from odoo.addons.rural_base.codes import clean_code

#: The month of a file, in its name.
MONTH = re.compile(r"([0-9]{4})[-_]?(0[1-9]|1[0-2])(?![0-9])")


def yes_or_no(value) -> str:
    """Return what tables say for true and false."""
    return "yes" if value else "no"


def yuan(amount):
    """Return an amount with its two decimals, None for none."""
    return None if amount is None else cents(amount)


class RuralExport(models.AbstractModel):
    _inherit = "rural.export"

    @api.model
    def _exports(self):
        return {
            **super()._exports(),
            "station_platform_rows": self._station_platform_rows,
            "station_ledger_rows": self._station_ledger_rows,
            "station_turnover": self._station_turnover,
            "station_ranking": self._station_ranking,
            "station_elimination": self._station_elimination,
            "station_report_rows": self._station_report_rows,
            "station_reports": self._station_reports,
            "station_weeks": self._station_weeks,
        }

    # ------------------------------------------------------------------
    # What became of rows
    # ------------------------------------------------------------------

    @api.model
    def _runs_of(self, profile, company, run):
        """Return the load, or all that were done of its kind, in their order."""
        self._check_run(run, profile)
        done = [("profile", "=", profile), ("state", "=", "done"), ("company_id", "=", company.id)]
        return run or self.env["rural.load.run"].search(done, order="id")

    @api.model
    def _file_of(self, run) -> str:
        """Return the month in a file's name, its name without one."""
        found = MONTH.search(run.file_name)
        return f"{found[1]}-{found[2]}" if found else run.file_name

    def _station_platform_rows(self, company, run):
        """What became of the platform's rows, and what they add as things stand now (ST-12)."""
        rows = (
            (file, row_number, key[0], *rest[:-1])
            for file, row_number, key, *rest in self._entry_rows("station_platform", company, run)
        )
        return ["file", "row", "number", "outcome", "reason", "month", "turnover", "charge"], rows

    def _station_ledger_rows(self, company, run):
        """What became of the rows of the stations' ledgers, and what they add as things stand now (ST-12)."""
        rows = (
            (file, row_number, *key, *rest)
            for file, row_number, key, *rest in self._entry_rows("station_ledger", company, run)
        )
        return ["file", "row", "station", "entry", "outcome", "reason", "month", "turnover", "charge", "hint"], rows

    def _entry_rows(self, profile, company, run):
        """Give rows of files: file, row number, key, outcome, reason, month, turnover, charge, hint."""
        self.env.flush_all()
        for each in self._runs_of(profile, company, run):
            file, keys = self._file_of(each), self._keys_in_file(each)
            for row_number, key, *rest, turnover, charge, hint in self.env.execute_query(self._entry_rows_query(each)):
                parts = keys.get(row_number) or key.split(" / ")
                yield file, row_number, parts, *rest, yuan(turnover), yuan(charge), hint

    @api.model
    def _entry_rows_query(self, run) -> SQL:
        # Of the rows that gave an entry one after the other the last one counts.
        return SQL(
            """
            SELECT row.row_number,
                   COALESCE(row.record_key, CASE WHEN entry.source = 'platform' THEN entry.number
                                                 ELSE station.code || ' / ' || entry.entry_number END) AS key,
                   row.outcome,
                   CASE WHEN row.outcome NOT IN ('new', 'updated') THEN NULL
                        WHEN entry.run_id <> %(run)s THEN 'superseded'
                        WHEN entry.outcome <> 'counts' THEN entry.outcome END AS reason,
                   to_char(stands.month, 'YYYY-MM') AS month, stands.turnover, stands.counted_charge, stands.hint
              FROM %(ledger)s AS row
         LEFT JOIN rural_station_entry AS entry ON entry.id = row.record_id AND row.outcome <> 'duplicate'
         LEFT JOIN rural_station AS station ON station.id = entry.station_id
         LEFT JOIN rural_station_entry AS stands
                ON stands.id = entry.id AND stands.run_id = %(run)s AND row.outcome IN ('new', 'updated')
             UNION ALL
            SELECT row_number, record_key, 'rejected', reason, NULL, NULL, NULL, NULL
              FROM rural_load_issue WHERE run_id = %(run)s AND kind = 'rejected'
          ORDER BY 1
            """,
            run=run.id,
            ledger=self.env["rural.load.ledger"]._rows(run),
        )

    @api.model
    def _keys_in_file(self, run) -> dict[int, list[str]]:
        """Return the keys, as they stand in the file, of rows that were rejected for a key that cannot be read."""
        issues = run.issue_ids.filtered(lambda issue: issue.kind == "rejected").sorted("row_number")
        if "key" not in issues.mapped("reason"):
            return {}
        profile = self.env["rural.load.profile"]._for(run.profile)
        headings_of = {column.name: column.headings for column in profile._columns_of(run)}
        headings, rows = run._rejected_rows()
        places = [
            next(headings.index(heading) for heading in headings_of[name] if heading in headings)
            for name in profile._key
        ]
        return {
            issue.row_number: [clean_code(str(cells[place])) for place in places]
            for issue, (cells, _column, _message) in zip(issues, rows, strict=True)
            if issue.reason == "key"
        }

    def _station_report_rows(self, company, run):
        """What became of each row of a load of daily reports (ST-05).

        :param run: the load; the company's last one when not given
        """
        return ["row", "outcome", "reason"], self._outcome_rows("station_reports", "rural_station_report", company, run)

    def _outcome_rows(self, profile, table, company, run, reason=None):
        """Give the rows of the last load of a kind: row number, the record's outcome and the reason.

        :param str reason: column of the record with a reason; a rejected row has its own
        """
        self.env.flush_all()
        for each in self._runs_of(profile, company, run)[-1:]:
            yield from self.env.execute_query(
                SQL(
                    """
                    SELECT row.row_number, COALESCE(record.outcome, row.outcome), %s
                      FROM %s AS row LEFT JOIN %s AS record ON record.id = row.record_id
                     UNION ALL
                    SELECT row_number, 'rejected', reason FROM rural_load_issue WHERE run_id = %s AND kind = 'rejected'
                  ORDER BY 1
                    """,
                    SQL.identifier("record", reason) if reason else SQL("NULL"),
                    self.env["rural.load.ledger"]._rows(each),
                    SQL.identifier(table),
                    each.id,
                )
            )

    # ------------------------------------------------------------------
    # Figures of months
    # ------------------------------------------------------------------

    @api.model
    def _published_months(self, company) -> list:
        """Return the first days of the months whose ranking has been published."""
        return sorted(self.env["rural.station.ranking"]._latest(company).mapped("month"))

    def _station_turnover(self, company, run):
        """What each station turned over in the months that were published (ST-03, ST-12)."""
        self.env.flush_all()
        headings = ["month", "station", "buying", "selling", "turnover", "charge", "entries"]
        rows = []
        for month in self._published_months(company):
            rows += [
                (f"{month:%Y-%m}", code, *map(cents, amounts), entries, *map(int, parcels))
                for code, *amounts, entries, incoming, outgoing in self.env.execute_query(
                    self._turnover_query(company, month)
                )
                for parcels in [(incoming, outgoing)]
            ]
        return [*headings, "parcels_in", "parcels_out"], rows

    @api.model
    def _turnover_query(self, company, month) -> SQL:
        return SQL(
            """
            SELECT station.code,
                   COALESCE(sum(entry.turnover) FILTER (WHERE entry.kind = 'buying'), 0),
                   COALESCE(sum(entry.turnover) FILTER (WHERE entry.kind = 'selling'), 0),
                   COALESCE(sum(entry.turnover), 0), COALESCE(sum(entry.counted_charge), 0), count(entry.id),
                   COALESCE(sum(entry.quantity) FILTER (WHERE entry.kind = 'parcel_in'), 0),
                   COALESCE(sum(entry.quantity) FILTER (WHERE entry.kind = 'parcel_out'), 0)
              FROM rural_station AS station
         LEFT JOIN rural_station_entry AS entry
                ON entry.station_id = station.id AND entry.company_id = %(company)s
               AND entry.outcome = 'counts' AND entry.month = %(month)s
             WHERE %(in_month)s
          GROUP BY station.id, station.code ORDER BY station.code
            """,
            company=company.id,
            month=month,
            in_month=self.env["rural.station"]._in_month_condition(company, month),
        )

    def _station_ranking(self, company, run):
        """All editions of the rankings (ST-07)."""
        rankings = self.env["rural.station.ranking"].search([("company_id", "=", company.id)], order="month, edition")
        rows = (
            (
                ranking.month_name,
                ranking.edition,
                f"{ranking.after_month:%Y-%m}",
                line.station_id.code,
                cents(line.turnover),
                line.rank or None,
                yes_or_no(line.is_last),
            )
            for ranking in rankings
            for line in ranking.line_ids
        )
        return ["month", "edition", "after", "station", "turnover", "rank", "last"], rows

    def _station_elimination(self, company, run):
        """When which three months of a station were proposed or withdrawn (ST-07)."""
        events = self.env["rural.station.elimination.event"].search([("company_id", "=", company.id)], order="id")
        rows = (
            (
                f"{event.after_month:%Y-%m}",
                f"{event.month:%Y-%m}",
                event.station_id.code,
                event.state,
                *(cents(event[f"turnover_{number}"]) for number in (1, 2, 3)),
            )
            for event in events
        )
        return ["after", "month", "station", "event", "turnover_1", "turnover_2", "turnover_3"], rows

    def _station_reports(self, company, run):
        """What stations have reported in the months that were published (ST-05)."""
        self.env.flush_all()
        reports = self.env["rural.station.report"]
        headings = ["station", "month", "due", "on_time", "late", "missing", "extra", "days_of_8_hours", "minutes"]
        rows = [
            (code, f"{month:%Y-%m}", *map(int, figures))
            for month in self._published_months(company)
            for _station, code, *figures in self.env.execute_query(reports._month_query(company, month))
        ]
        return [*headings, "weeks_kept", "weeks_not_kept", "weeks_without"], rows

    def _station_weeks(self, company, run):
        """Which weeks stations were open for long enough, in the months that were published (ST-05)."""
        self.env.flush_all()
        reports = self.env["rural.station.report"]
        rows = [
            (code, f"{monday}", f"{month:%Y-%m}", required, full_days, int(minutes), kept)
            for month in self._published_months(company)
            for _station, code, monday, required, full_days, minutes, kept in self.env.execute_query(
                reports._weeks_query(company, month)
            )
        ]
        return ["station", "monday", "month", "required", "days_of_8_hours", "minutes", "kept"], rows

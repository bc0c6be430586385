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

    # ------------------------------------------------------------------
    # Figures of months
    # ------------------------------------------------------------------

    def _station_turnover(self, company, run):
        """What each station turned over in the months that were published (ST-03, ST-12)."""
        self.env.flush_all()
        headings = ["month", "station", "buying", "selling", "turnover", "charge", "entries"]
        rows = []
        for month in sorted(set(self.env["rural.station.ranking"]._latest(company).mapped("month"))):
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
        rankings = self.env["rural.station.ranking"].search(
            [("company_id", "=", company.id)], order="month, edition"
        )
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

from collections import Counter
from datetime import timedelta

from odoo import models

from odoo.addons.rural_base import china_time


class RuralStationArea(models.Model):
    """What an area partner sees of the stations at a glance (ST-11)."""

    _inherit = "rural.station.area"

    def _portal_overview(self) -> dict:
        """Return the stations of the area with what needs a look, those first that have not reported.

        Keys: `cards` (dicts of `station`, `report` (the day's `rural.station.day`, if it is open), `week` (the same
        of each day of the week so far), `turnover` of the running month, `line` of the latest ranking, `inspections`
        (due and counted) and `problems`), and `counts` of the cards by state of today's report.
        """
        self.ensure_one()
        today = china_time.today()
        stations = self._portal_shown_stations()
        monday = today - timedelta(days=today.weekday())
        days = stations._states_of_days(monday, today)
        turnovers, lines = self._portal_turnovers(stations, today), self._portal_ranks(stations)
        inspections, problems = self._portal_inspections(stations), self._portal_problems(stations)
        cards = [
            {
                "station": station,
                "report": days.get((station.id, today)),
                "week": [
                    (each, days.get((station.id, each)))
                    for each in (monday + timedelta(days=number) for number in range(today.weekday() + 1))
                ],
                "turnover": turnovers.get(station.id, 0),
                "line": lines.get(station.id),
                "inspections": inspections.get(station.id),
                "problems": problems.get(station.id, 0),
            }
            for station in stations
        ]
        cards.sort(key=self._portal_urgency)
        counts = Counter(card["report"].state if card["report"] else "not_open" for card in cards)
        return {"cards": cards, "counts": counts}

    def _portal_day(self, day) -> list:
        """Return the day of each station of the area that was open, those first that have not reported."""
        days = self._portal_shown_stations()._states_of_days(day, day)
        order = ("waiting", "missing", "late", "on_time", "extra", "closed", "not_due")
        return sorted(days.values(), key=lambda each: (order.index(each.state), each.station_id.code))

    def _portal_shown_stations(self):
        return self.sudo().station_ids.filtered(lambda station: station.state != "ended").sorted("code")

    def _portal_urgency(self, card) -> tuple:
        lost = sum(bool(day) and day.state == "missing" for _day, day in card["week"])
        waits = bool(card["report"]) and card["report"].state == "waiting"
        return (not waits, -lost, -card["problems"], card["station"].code)

    def _portal_turnovers(self, stations, today) -> dict:
        domain = [
            ("station_id", "in", stations.ids),
            ("outcome", "=", "counts"),
            ("month", "=", today.replace(day=1)),
        ]
        rows = self.env["rural.station.entry"].sudo()._read_group(domain, ["station_id"], ["turnover:sum"])
        return {station.id: turnover for station, turnover in rows}

    def _portal_ranks(self, stations) -> dict:
        """Return the lines of the stations in the latest published ranking."""
        latest = self.env["rural.station.ranking"].sudo()._latest(self.company_id)[-1:]
        lines = latest.line_ids.filtered(lambda line: line.station_id in stations)
        return {line.station_id.id: line for line in lines}

    def _portal_inspections(self, stations) -> dict:
        """Return `due` and `counted` inspections of the running month by station id (ST-06)."""
        month = china_time.today().replace(day=1)
        query = self.env["rural.station.inspection"].sudo()._month_query(self.company_id, month)
        self.env.flush_all()
        rows = self.env.execute_query_dict(query)
        return {row["station_id"]: row for row in rows if row["station_id"] in stations.ids}

    def _portal_problems(self, stations) -> dict:
        """Return how many problems of each station are not put right and checked, by station id (ST-06)."""
        domain = [("station_id", "in", stations.ids), ("state", "!=", "closed")]
        rows = self.env["rural.station.problem"].sudo()._read_group(domain, ["station_id"], ["__count"])
        return {station.id: count for station, count in rows}

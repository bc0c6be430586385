from contextlib import contextmanager

from odoo import models
from odoo.tools import SQL

from odoo.addons.rural_bulk.columns import Choice, Code, Column, Day, RowError, Text
from odoo.addons.rural_bulk.sql import STAGING

STATES = {
    "已申请": "requested",
    "待审批": "requested",
    "已同意": "agreed",
    "已拒绝": "refused",
    "不同意": "refused",
    "已撤回": "withdrawn",
}


class RuralLoadProfileClosingDays(models.AbstractModel):
    """Closing days that stations asked for, with what was decided: `closing_days.csv` (ST-05)."""

    _name = "rural.load.profile.closing_days"
    _inherit = "rural.load.profile"
    _description = "Load of Closing Days"

    _target = "rural.station.closing.day"
    _columns = (
        Column("station_code", "站点编码", Code(), reason="station"),
        Column("date_from", "开始日期", Day(), reason="day"),
        Column("date_to", "结束日期", Day(), reason="day"),
        Column("reason", "原因", Text(), required=False),
        Column("state", "状态", Choice(STATES), reason="state"),
        Column("agreed_on", "同意日期", Day(), required=False, reason="day"),
    )
    _key = ("station_code", "date_from", "date_to")

    @contextmanager
    def _merging(self, run):
        """Judge once, at the end, what rests on the days that the file has changed."""
        with super()._merging(run):
            yield
        codes = self.env.execute_query(
            SQL("SELECT DISTINCT station_code FROM %s WHERE outcome IN ('new', 'updated')", STAGING)
        )
        stations = self.env["rural.station"]._by_code(run.company_id, [code for (code,) in codes])
        self.env["rural.station"].union(*stations.values())._after_open_days()

    def _before_rows(self, rows):
        stations = self.env["rural.station"]
        codes = {values["station_code"] for values in rows}
        stations = self._lookup["stations"] = stations._by_code(self._lookup["company"], codes)
        days = self._target_records().search([("station_id", "in", [station.id for station in stations.values()])])
        # Days may have been asked for again after a refusal: what is decided or waits now goes before.
        days = days.sorted(lambda each: (each.state in ("requested", "agreed"), each.id))
        self._lookup["days"] = {(days.station_id, days.date_from, days.date_to): days for days in days}

    def _target_records(self):
        # What was decided elsewhere is written by the load, not by a person's button.
        return super()._target_records().sudo()

    def _merge_row(self, values):
        station = self._lookup["stations"].get(values["station_code"])
        if not station:
            raise RowError("站点编码", "station", self.env._("no station has the code %s", values["station_code"]))
        if values["date_to"] < values["date_from"]:
            raise RowError("结束日期", "day", self.env._("the last day lies before the first one"))
        if values["state"] == "agreed" and not values["agreed_on"]:
            raise RowError("同意日期", "day", self.env._("what was agreed has a day on which it was agreed"))
        vals = {
            "reason": values["reason"] or "–",
            "state": values["state"],
            "agreed_on": values["agreed_on"] if values["state"] == "agreed" else False,
        }
        days = self._lookup["days"].get((station, values["date_from"], values["date_to"]))
        if days and not days.run_id:
            if days.state != values["state"]:
                raise RowError(
                    "状态", "state", self.env._("these days have been decided here, and no file changes that")
                )
            return days, "unchanged"
        if days:
            return days, self._write_if_changed(days, vals)
        key = {"station_id": station.id, "date_from": values["date_from"], "date_to": values["date_to"]}
        return {**key, **vals, "run_id": self._lookup["run"].id}, "new"

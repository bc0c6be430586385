import re
from datetime import date

from odoo import models
from odoo.fields import Command

from odoo.addons.rural_bulk.columns import Choice, Code, Column, Day, Number, RowError, Text

#: A span of days as the file writes it, such as 2026-02-01~2026-02-10; without a last day it lasts.
SPAN = re.compile(r"(\d{4}-\d{2}-\d{2})\s*[~～]\s*(\d{4}-\d{2}-\d{2})?")


class RuralLoadProfileStations(models.AbstractModel):
    """The stations of a county, with areas, partners and the days on which they are open: `stations.csv` (ST-01)."""

    _name = "rural.load.profile.stations"
    _inherit = "rural.load.profile"
    _description = "Load of Stations"

    _target = "rural.station"
    _columns = (
        Column("code", "站点编码", Code(), reason="key"),
        Column("name", "站点名称", Text()),
        Column("level", "级别", Choice({"村": "village", "乡镇": "township"})),
        Column("region_code", "县代码", Code(), reason="region"),
        Column("township_code", "乡镇代码", Code(), required=False),
        Column("township", "乡镇", Text(), required=False),
        Column("village_code", "村代码", Code(), required=False),
        Column("village", "村", Text(), required=False),
        Column("longitude", "经度", Number(6), required=False, reason="position"),
        Column("latitude", "纬度", Number(6), required=False, reason="position"),
        Column("area", "片区", Text(), required=False),
        Column("area_partner", "片区合伙人", Text(), required=False),
        Column("partner", "合伙人", Text(), required=False),
        Column("opened_on", "营业开始", Day(), required=False, reason="days"),
        Column("closed_on", "营业结束", Day(), required=False, reason="days"),
        Column("closures", "停业期间", Text(), required=False, reason="days"),
    )
    _key = ("code",)

    def _before_rows(self, rows):
        lookup = self._lookup
        company = lookup["company"]
        lookup["stations"] = self.env["rural.station"]._by_code(company, {values["code"] for values in rows})
        regions = self.env["rural.region"].search([("code", "in", [values["region_code"][:6] for values in rows])])
        lookup["regions"] = {region.code: region for region in regions}
        lookup["areas"] = self._areas(rows, company)

    def _merge_row(self, values):
        station = self._lookup["stations"].get(values["code"])
        vals = self._prepare_station_vals(values, station)
        closures = self._read_closures(values["closures"])
        if not station:
            commands = [Command.create({"valid_from": first, "valid_to": last}) for first, last in closures]
            return {**vals, "code": values["code"], "closure_ids": commands}, "new"
        outcome = self._write_if_changed(station, vals)
        present = [(closure.valid_from, closure.valid_to or False) for closure in station.closure_ids]
        if sorted(closures, key=str) != sorted(present, key=str):
            station.closure_ids.unlink()
            station.closure_ids = [Command.create({"valid_from": first, "valid_to": last}) for first, last in closures]
            outcome = "updated"
        return station, outcome

    def _prepare_station_vals(self, values, station) -> dict:
        region = self._lookup["regions"].get(values["region_code"][:6])
        self._check_row(values, region)
        texts = ("name", "level", "township_code", "township", "village_code", "village", "opened_on", "closed_on")
        return {
            **{name: values[name] or False for name in texts},
            "company_id": self._lookup["company"].id,
            "region_id": region.id,
            "longitude": float(values["longitude"] or 0),
            "latitude": float(values["latitude"] or 0),
            "area_id": self._area(values).id,
            "partner_id": self._partner(values["partner"], station and station.partner_id).id,
        }

    def _check_row(self, values, region):
        if not region:
            raise RowError("县代码", "region", self.env._("no region has the code %s", values["region_code"]))
        if not self.env["rural.station"]._is_in_china(values["longitude"] or 0, values["latitude"] or 0):
            raise RowError("经度", "position", self.env._("this is no place in China"))
        if values["closed_on"] and (not values["opened_on"] or values["closed_on"] < values["opened_on"]):
            raise RowError("营业结束", "days", self.env._("the last day open needs a first one that is not later"))

    def _areas(self, rows, company) -> dict:
        """Return the areas by name, those that are new made with the partner that their first row names."""
        areas = self.env["rural.station.area"].search([("company_id", "=", company.id)])
        found = {area.name: area for area in areas}
        partners = {values["area"]: values["area_partner"] for values in reversed(rows) if values["area"]}
        new = areas.create(
            [
                {"name": name, "company_id": company.id, "area_partner_id": self._partner(partner).id}
                for name, partner in partners.items()
                if name not in found
            ]
        )
        return found | {area.name: area for area in new}

    def _area(self, values):
        """Return the area of a row, with the partner that the row names."""
        areas, name = self._lookup["areas"], values["area"]
        if not name:
            return self.env["rural.station.area"]
        if values["area_partner"] and areas[name].area_partner_id.name != values["area_partner"]:
            areas[name].area_partner_id = self._partner(values["area_partner"])
        return areas[name]

    def _partner(self, name, present=None):
        """Return the present partner where the name is the same, else a new one: two people may have one name."""
        if not name or (present and present.name == name):
            return present if name else self.env["res.partner"]
        # Who keeps stations need not keep contacts.
        return self.env["res.partner"].sudo().create({"name": name, "company_id": self._lookup["company"].id})

    def _read_closures(self, text) -> list:
        spans = []
        for part in filter(None, re.split(r"[;；]", text or "")):
            match = SPAN.fullmatch(part.strip())
            try:
                first, last = (match[number] and date.fromisoformat(match[number]) for number in (1, 2))
            except (TypeError, ValueError):
                message = self.env._("“%s” is no span of days such as 2026-02-01~2026-02-10", part)
                raise RowError("停业期间", "days", message) from None
            if last and last < first:
                raise RowError("停业期间", "days", self.env._("“%s” ends before it begins", part))
            spans.append((first, last or False))
        return spans

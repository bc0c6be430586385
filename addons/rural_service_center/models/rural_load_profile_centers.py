from datetime import date

from odoo import models
from odoo.fields import Domain

from odoo.addons.rural_bulk.columns import Choice, Code, Column, Day, RowError, Text

from .rural_center_take_over import AUTHORISATION, SUSPENSION
from .rural_service_center import LEVELS_OF_KIND

#: Columns of a center, and the first one of each period.
HEADINGS = {
    "name": "中心名称",
    "kind": "类型",
    "region_id": "地区代码",
    AUTHORISATION: "授权开始",
    SUSPENSION: "停用开始",
}
#: Digits of a region's code that count (GB/T 2260, to the county).
REGION_DIGITS = 6


class TriedOutError(Exception):
    """Takes back what a row would do, which the loader may do."""


class RuralLoadProfileCenters(models.AbstractModel):
    """Take over the centers that already work, with the codes they have: `centers.csv` (SC-06).

    A row gives a center, one authorisation and at most one suspension. A period of the file corrects the
    stored one that it overlaps, and is added where it overlaps none. A file changes a known center only as whoever
    loads it may (SC-10.4); and nothing of it counts before a second person, a manager, has confirmed it (SC-04):
    each row that changes something becomes a take-over.
    """

    _name = "rural.load.profile.centers"
    _inherit = "rural.load.profile"
    _description = "Load of Service Centers"

    _target = "rural.center.take.over"
    _waiting_domain = Domain("state", "=", "requested")
    _columns = (
        Column("service_code", "服务码", Code(), reason="key"),
        Column("name", "中心名称", Text()),
        Column("kind", "类型", Choice({"省级": "province", "市县": "city_county"})),
        Column("region_code", "地区代码", Code(), reason="region"),
        Column("authorised_from", "授权开始", Day(), required=False),
        Column("authorised_to", "授权结束", Day(is_last=True), required=False),
        Column("suspended_from", "停用开始", Day(), required=False),
        Column("suspended_to", "停用结束", Day(is_last=True), required=False),
    )
    _key = ("service_code",)

    def _before_rows(self, rows):
        lookup = self._lookup
        # The codes of every company, for a code is given once in the whole database (SC-06).
        codes = [values["service_code"] for values in rows]
        centers = self.env["rural.service.center"].sudo().with_context(active_test=False)
        centers = centers.search([("service_code", "in", codes)]).sudo(self.env.su)
        lookup["centers"] = {center.sudo().service_code: center for center in centers}
        waiting = self.env["rural.center.take.over"].sudo()
        waiting = waiting.search([("service_code", "in", codes), ("state", "=", "requested")])
        lookup["waiting"] = {take_over.service_code: take_over for take_over in waiting}
        regions = self.env["rural.region"].search(
            [("code", "in", [values["region_code"][:REGION_DIGITS] for values in rows])]
        )
        lookup["regions"] = {region.code: region for region in regions}

    def _target_records(self):
        """The loader has the right to load; a take-over is written by nothing else."""
        return super()._target_records().sudo()

    def _merge_together(self, batch):
        """A row that changes nothing of a known center has no take-over."""
        return [
            (row_number, record_id or 0, outcome) for row_number, record_id, outcome in super()._merge_together(batch)
        ]

    def _merge_row(self, values):
        vals = self._prepare_take_over_vals(values)
        waiting, center = self._waiting(values), self._known_center(values)
        self._warn_idle_suspension(vals, center)
        if waiting:
            outcome = self._write_if_changed(waiting, vals)
            if outcome == "updated":
                waiting.write(self._prepare_loader_vals())
            return waiting, outcome
        if not center:
            return {**vals, **self._prepare_loader_vals()}, "new"
        take_over = self._target_records().new({**vals, **self._prepare_loader_vals(), "center_id": center.id})
        if not take_over._differs_from(center):
            return self._target_records(), "unchanged"
        self._check_overlaps(take_over, center)
        self._try_out(take_over.sudo(self.env.su), center)
        return self._target_records().create({**vals, **self._prepare_loader_vals(), "center_id": center.id}), "updated"

    def _prepare_take_over_vals(self, values):
        region = self._lookup["regions"].get(values["region_code"][:REGION_DIGITS])
        if not region:
            message = self.env["rural.region"]._unknown_code_message(values["region_code"])
            raise RowError("地区代码", "region", message)
        if region.level not in LEVELS_OF_KIND[values["kind"]]:
            message = self.env._("%s is not a region for this kind of center", region.display_name)
            raise RowError("地区代码", "region", message)
        authorised_from, authorised_to = self._authorised_days(values)
        suspended_from, suspended_to = self._suspended_days(values)
        return {
            "service_code": values["service_code"],
            "name": values["name"],
            "kind": values["kind"],
            "region_id": region.id,
            "authorised_from": authorised_from,
            "authorised_to": authorised_to,
            "suspended_from": suspended_from,
            "suspended_to": suspended_to,
            "company_id": self._lookup["company"].id,
        }

    def _prepare_loader_vals(self):
        return {"run_id": self._lookup["run"].id, "loader_ids": [(4, self.env.uid)]}

    def _known_center(self, values):
        center = self._lookup["centers"].get(values["service_code"])
        self._check_company(center)
        return center

    def _waiting(self, values):
        waiting = self._lookup["waiting"].get(values["service_code"])
        self._check_company(waiting)
        return waiting

    def _check_company(self, record):
        if record and record.sudo().company_id != self._lookup["company"]:
            message = self.env._("this service code belongs to a center of another company")
            raise RowError("服务码", "key", message)

    def _authorised_days(self, values):
        first, last = values["authorised_from"], values["authorised_to"]
        if last and not first:
            message = self.env._("an authorisation needs its first day")
            raise RowError("授权开始", "invalid", message)
        if not first:
            self._warn(self.env._("the center has no authorisation in this file"), "授权开始")
            return False, False
        if last and last < first:
            self._warn(
                self.env._(
                    "the last day of the authorisation lies before the first one: the center keeps its "
                    "code and is taken over without this authorisation"
                ),
                "授权结束",
            )
            return False, False
        return first, last or False

    def _suspended_days(self, values):
        first, last = values["suspended_from"], values["suspended_to"]
        if last and (not first or last < first):
            message = self.env._("a suspension needs a first day that does not lie after its last one")
            raise RowError("停用开始", "invalid", message)
        return first or False, last or False

    def _warn_idle_suspension(self, vals, center):
        """Ask about a suspension on days on which the center is not authorised anyway."""
        first, last = vals["suspended_from"], vals["suspended_to"] or date.max
        authorised = [(vals["authorised_from"], vals["authorised_to"])] if vals["authorised_from"] else []
        if center:
            authorised += [(period.valid_from, period.valid_to) for period in center.authorisation_ids]
        if first and authorised and not any(begin <= last and first <= (end or date.max) for begin, end in authorised):
            self._warn(
                self.env._(
                    "the suspension lies outside of every authorisation and changes nothing: are its days right?"
                ),
                "停用开始",
            )

    def _check_overlaps(self, take_over, center):
        for model, first, last in take_over._periods():
            overlapping = take_over._overlapping(center, model, first, last)
            if len(overlapping) > 1:
                raise RowError(HEADINGS[model], "invalid", take_over._overlap_message(overlapping))

    def _try_out(self, take_over, center):
        """Refuse a row that the loader could not enter by hand, and take back what it did.

        :raises RowError: naming the column, and saying who may
        """
        try:
            with self.env.cr.savepoint():
                for name, value in take_over._changed_vals(center).items():
                    with self._changing([HEADINGS[name]]):
                        center[name] = value
                        self.env.flush_all()
                for model, first, last in take_over._periods():
                    with self._changing([HEADINGS[model]]):
                        take_over._apply_period(center, model, first, last)
                        self.env.flush_all()
                raise TriedOutError
        except TriedOutError:
            return

from odoo import models
from odoo.fields import Domain

from odoo.addons.rural_bulk.columns import Choice, Code, Column, Day, RowError, Text

from ..taking_over import TAKING_OVER
from .rural_service_center import LEVELS_OF_KIND

#: Digits of a region's code that count (GB/T 2260, to the county).
REGION_DIGITS = 6


class RuralLoadProfileCenters(models.AbstractModel):
    """Take over the centers that already work, with the codes they have: `centers.csv` (SC-06).

    A row gives a center, one authorisation and at most one suspension. A period of the file corrects the
    stored one that it overlaps, and is added where it overlaps none. Once a center is taken over, a file changes
    its periods only as whoever loads it may (SC-10.4).
    """

    _name = "rural.load.profile.centers"
    _inherit = "rural.load.profile"
    _description = "Load of Service Centers"

    _target = "rural.service.center"
    _columns = (
        Column("service_code", "服务码", Code(), reason="key"),
        Column("name", "中心名称", Text()),
        Column("kind", "类型", Choice({"省级": "province", "市县": "city_county"})),
        Column("region_code", "地区代码", Code(), reason="region"),
        Column("authorised_from", "授权开始", Day(), required=False),
        Column("authorised_to", "授权结束", Day(), required=False),
        Column("suspended_from", "停用开始", Day(), required=False),
        Column("suspended_to", "停用结束", Day(), required=False),
    )
    _key = ("service_code",)

    def _merge(self, run):
        """Take centers over as they are, two in one region as well (SC-04, SC-06)."""
        return super(RuralLoadProfileCenters, self.with_context(rural_taking_over=TAKING_OVER))._merge(run)

    def _before_rows(self, rows):
        lookup = self._lookup
        # The codes of every company, for a code is given once in the whole database (SC-06).
        centers = self.env["rural.service.center"].sudo().with_context(active_test=False)
        codes = [values["service_code"] for values in rows]
        centers = centers.search([("service_code", "in", codes)]).sudo(self.env.su)
        lookup["centers"] = {center.sudo().service_code: center for center in centers}
        regions = self.env["rural.region"].search(
            [("code", "in", [values["region_code"][:REGION_DIGITS] for values in rows])]
        )
        lookup["regions"] = {region.code: region for region in regions}

    def _merge_row(self, values):
        self._check_suspension(values)
        vals = self._prepare_center_vals(values)
        center = self._known_center(values)
        if center:
            outcome = self._write_if_changed(center, vals)
        else:
            center = self.env["rural.service.center"].create({**vals, "service_code": values["service_code"]})
            outcome = "new"
        changed = self._merge_authorisation(center, values)
        changed |= self._merge_suspension(center, values)
        return center, "updated" if changed and outcome == "unchanged" else outcome

    def _prepare_center_vals(self, values):
        region = self._lookup["regions"].get(values["region_code"][:REGION_DIGITS])
        if not region:
            message = self.env._("no region has the code %s", values["region_code"])
            raise RowError("地区代码", "region", message)
        if region.level not in LEVELS_OF_KIND[values["kind"]]:
            message = self.env._("%s is not a region for this kind of center", region.display_name)
            raise RowError("地区代码", "region", message)
        return {"name": values["name"], "kind": values["kind"], "region_id": region.id}

    def _known_center(self, values):
        lookup = self._lookup
        center = lookup["centers"].get(values["service_code"])
        if center and center.sudo().company_id != lookup["company"]:
            message = self.env._("this service code belongs to a center of another company")
            raise RowError("服务码", "key", message)
        return center

    def _merge_authorisation(self, center, values):
        first, last = values["authorised_from"], values["authorised_to"]
        if last and not first:
            message = self.env._("an authorisation needs its first day")
            raise RowError("授权开始", "invalid", message)
        if not first:
            self._warn(self.env._("the center has no authorisation in this file"), "授权开始")
            return False
        if last and last < first:
            self._warn(
                self.env._(
                    "the last day of the authorisation lies before the first one: the center keeps its "
                    "code and is taken over without this authorisation"
                ),
                "授权结束",
            )
            return False
        return self._merge_period("rural.center.authorisation", center, first, last, "授权开始")

    def _merge_suspension(self, center, values):
        first, last = values["suspended_from"], values["suspended_to"]
        if not first:
            return False
        return self._merge_period("rural.center.suspension", center, first, last, "停用开始")

    def _check_suspension(self, values):
        first, last = values["suspended_from"], values["suspended_to"]
        if last and (not first or last < first):
            message = self.env._("a suspension needs a first day that does not lie after its last one")
            raise RowError("停用开始", "invalid", message)

    def _merge_period(self, model_name, center, first, last, heading):
        """Correct the period that overlaps the given days, or add one; tell whether it changed."""
        overlapping = self.env[model_name].search(
            Domain("center_id", "=", center.id)
            & (Domain("valid_to", "=", False) | Domain("valid_to", ">=", first))
            & (Domain("valid_from", "<=", last) if last else Domain.TRUE)
        )
        if len(overlapping) > 1:
            message = self.env._(
                "these days overlap several periods: %s",
                ", ".join(overlapping.mapped("display_name")),
            )
            raise RowError(heading, "invalid", message)
        vals = {"valid_from": first, "valid_to": last or False}
        if overlapping:
            self._check_may_change(overlapping, overlapping._first_day_changed(vals))
            return self._write_if_changed(overlapping, vals) == "updated"
        period = self.env[model_name].create({"center_id": center.id, **vals})
        self._check_may_change(period, first)
        return True

    def _check_may_change(self, period, since):
        is_known = period.center_id.service_code in self._lookup["centers"]
        if since and is_known:
            period.with_context(rural_taking_over=None)._check_may_change(since)

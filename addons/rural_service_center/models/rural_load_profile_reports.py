from odoo import fields, models
from odoo.fields import Domain

from odoo.addons.rural_base.china_time import to_china
from odoo.addons.rural_bulk.columns import Code, Column, Day, Moment, RowError


class RuralLoadProfileReports(models.AbstractModel):
    """Take over approved cross-region reports: `cross_region_reports.csv` (SC-11).

    Center, purchaser and moment of approval identify a report. Purchasers that are not known yet are made
    with their code alone. A later file corrects the last day of a report that came with a file, and of no other.
    Nothing of it counts before a second person, a manager, has confirmed it (SC-04).
    """

    _name = "rural.load.profile.reports"
    _inherit = "rural.load.profile"
    _description = "Load of Cross-Region Reports"

    _target = "rural.cross.region.report"
    _waiting_domain = Domain("awaits_confirmation", "=", True)
    _columns = (
        Column("service_code", "服务码", Code(), reason="key"),
        Column("purchaser_code", "采购单位编码", Code(), reason="key"),
        Column("approved_at", "批准时间", Moment(), reason="key"),
        Column("valid_until", "有效期至", Day()),
    )
    _key = ("service_code", "purchaser_code", "approved_at")

    def _before_rows(self, rows):
        lookup = self._lookup
        centers = self.env["rural.service.center"].with_context(active_test=False)
        centers = centers.search(
            [
                ("service_code", "in", [values["service_code"] for values in rows]),
                ("company_id", "=", lookup["company"].id),
            ]
        )
        lookup["centers"] = {center.service_code: center for center in centers}
        unknown = {values["service_code"] for values in rows} - lookup["centers"].keys()
        lookup["waiting"] = self.env["rural.center.take.over"]._waiting_codes(unknown, lookup["company"])
        good = [values for values in rows if values["service_code"] in lookup["centers"]]
        lookup["purchasers"] = self._purchasers(good, lookup["company"])
        reports = (
            self.env["rural.cross.region.report"]
            .search([("center_id", "in", centers.ids), ("approved_at", "!=", False)])
            .sorted(lambda report: report.state == "approved")
        )
        lookup["reports"] = {(report.center_id, report.purchaser_id, report.approved_at): report for report in reports}

    def _merge_row(self, values):
        lookup = self._lookup
        center = lookup["centers"].get(values["service_code"])
        if not center and values["service_code"] in lookup["waiting"]:
            message = self.env._(
                "the center with this service code has been loaded, but waits for an operations manager's confirmation "
                "under Service Centers > To Confirm: load the reports again after it"
            )
            raise RowError("服务码", "center", message)
        if not center:
            message = self.env._("no center has this service code: load the centers first")
            raise RowError("服务码", "center", message)
        if values["approved_at"] > fields.Datetime.now():
            message = self.env._("this time is yet to come: a report is loaded once it has been approved")
            raise RowError("批准时间", "approved", message)
        purchaser = lookup["purchasers"][values["purchaser_code"]]
        self._warn_without_effect(values, purchaser)
        report = lookup["reports"].get((center, purchaser, values["approved_at"]))
        if report:
            return report, self._correct(report, values["valid_until"])
        # Only a file says when a report was approved elsewhere.
        report = (
            self.env["rural.cross.region.report"].sudo().create(self._prepare_report_vals(values, center, purchaser))
        )
        return report, "new"

    def _correct(self, report, valid_until):
        if report.revoked_at:
            self._warn(self.env._("the report has been revoked and stays so"), "有效期至")
            return "unchanged"
        if report.state == "rejected":
            self._warn(self.env._("the report has been rejected here and stays so"), "有效期至")
            return "unchanged"
        if valid_until == (report.corrected_until or report.valid_until):
            return "unchanged"
        if not report.run_id:
            message = self.env._(
                "the report has been approved here by %s, and no file changes it: revoke it, or request another one",
                report.decided_by_id.sudo().name,
            )
            raise RowError("有效期至", "approved", message)
        if report.state == "requested":
            report.sudo().write({"valid_until": valid_until, "corrected_by_id": self.env.uid})
        else:
            report._correct(valid_until, self._lookup["run"])
        return "updated"

    def _warn_without_effect(self, values, purchaser):
        if purchaser in self._lookup["new_purchasers"]:
            self._warn(
                self.env._("no order has named a purchaser with the code %s so far: is it right?", purchaser.code),
                "采购单位编码",
            )
        if purchaser.purchaser_type == "budget_unit":
            self._warn(
                self.env._("the purchaser is a budget unit: the report lets in none of its orders"),
                "采购单位编码",
            )
        if values["valid_until"] < to_china(values["approved_at"]).date():
            self._warn(
                self.env._("the report was over before it was approved: it lets in no order"),
                "有效期至",
            )

    def _prepare_report_vals(self, values, center, purchaser):
        return {
            "center_id": center.id,
            "purchaser_id": purchaser.id,
            "state": "requested",
            "requested_by_id": self.env.uid,
            "requested_at": fields.Datetime.now(),
            "approved_at": values["approved_at"],
            "valid_until": values["valid_until"],
            "run_id": self._lookup["run"].id,
        }

    def _purchasers(self, rows, company):
        """Purchasers of the rows, made where missing: dict of code → purchaser."""
        Purchaser = self.env["rural.purchaser"]
        codes = dict.fromkeys(values["purchaser_code"] for values in rows)
        known = Purchaser.search([("code", "in", list(codes)), ("company_id", "=", company.id)])
        known_codes = set(known.mapped("code"))
        created = Purchaser.create(
            [{"code": code, "company_id": company.id} for code in codes if code not in known_codes]
        )
        # Where orders have named less than half of the file, they are still to come.
        are_loaded = len(known.filtered("name")) > len(created)
        self._lookup["new_purchasers"] = created if are_loaded else created.browse()
        return {purchaser.code: purchaser for purchaser in known + created}

from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import AccessError


class RuralStation(models.Model):
    _inherit = "rural.station"

    grade = fields.Selection(
        [("standard", "Standard"), ("model", "Model Station")],
        required=True,
        default="standard",
        readonly=True,
        tracking=True,
        help="Raised by a monthly assessment (ST-09).",
    )
    inspection_ids = fields.One2many("rural.station.inspection", "station_id", "Inspections")
    problem_ids = fields.One2many("rural.station.problem", "station_id", "Problems")
    assessment_ids = fields.One2many("rural.station.assessment", "station_id", "Monthly Assessments")
    rectification_ids = fields.One2many("rural.station.rectification", "station_id", "Rectifications")
    exit_ids = fields.One2many("rural.station.exit", "station_id", "Exits")

    def _after_open_days(self):
        """Judge again the inspections of stations that are open on other days (ST-06)."""
        result = super()._after_open_days()
        inspections = self.env["rural.station.inspection"].sudo().search([("station_id", "in", self.ids)])
        inspections._judge()
        return result

    def action_view_problems(self):
        """Show the problems of the stations."""
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_station_assessment.action_station_problem")
        return {**action, "domain": [("station_id", "in", self.ids)], "context": {}}

    def _record_inspection(self, vals):
        """Keep an inspection as the telephone of the area's partner sends it (ST-06).

        :param dict vals: see `rural.station.inspection._record`
        :return: dict with `inspection`, `outcome` (new, duplicate) and `refused` (sentences about photos)
        :raises AccessError: for everybody but the partner of the area
        :raises UserError: naming what cannot be right
        """
        self.ensure_one()
        self._check_area_partner()
        return self.env["rural.station.inspection"]._record(self, vals)

    def _check_area_partner(self):
        """Refuse everybody but the partner of the station's area.

        :raises AccessError: naming the station
        """
        for station in self.sudo():
            if not station.area_partner_id or station.area_partner_id != self.env.user.partner_id:
                raise AccessError(self.env._("%s is not a station of your area.", station.name))

    def _check_partner(self):
        """Refuse everybody but the partners of the station and of its area.

        :raises AccessError: naming the station
        """
        for station in self.sudo():
            if self.env.user.partner_id not in station.partner_id | station.area_partner_id:
                raise AccessError(self.env._("%s is not your station, nor one of your area.", station.name))

    def _clerk(self):
        """Return the clerk of the station's company who is reminded; administrators only where there is nobody else."""
        self.ensure_one()
        clerks = self.env.ref("rural_base.group_operations").sudo().all_user_ids
        company = self.sudo().company_id
        clerks = clerks.filtered(lambda user: user.active and not user.share and company in user.company_ids)
        return clerks.sorted(lambda user: (user.has_group("base.group_system"), user.id))[:1]

    def _check_without_partner(self, partner):
        """Let somebody else run a station whose partner has left (ST-10)."""
        return super(RuralStation, self.filtered(lambda station: station.state != "ended"))._check_without_partner(
            partner
        )

    def _open_with(self, partner, day):
        """Open a station again that was left: it was shut for the time between."""
        left_on = self.closed_on
        if self.state != "ended" or day <= left_on:
            return super()._open_with(partner, day)
        between = day - left_on - timedelta(days=1)
        if between:
            self.env["rural.station.closure"].create(
                {
                    "station_id": self.id,
                    "valid_from": left_on + timedelta(days=1),
                    "valid_to": day - timedelta(days=1),
                    "reason": self.env._("Without a partner"),
                }
            )
        result = super()._open_with(partner, day)
        self.closed_on = False
        return result

    def action_view_assessments(self):
        """Show the monthly assessments of the stations."""
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_station_assessment.action_station_assessment")
        return {**action, "domain": [("station_id", "in", self.ids)], "context": {}}

    def action_exit(self):
        """Enter the exit of a station, or show the one that is on its way."""
        self.ensure_one()
        self.env["rural.station.exit"].check_access("create")
        leaving = self.exit_ids.filtered(lambda leaving: leaving.state in ("requested", "running"))[:1]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Exit"),
            "res_model": "rural.station.exit",
            "views": [(False, "form")],
            "res_id": leaving.id,
            "context": {} if leaving else {"default_station_id": self.id},
        }

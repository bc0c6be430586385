from odoo import fields, models
from odoo.exceptions import AccessError


class RuralStation(models.Model):
    _inherit = "rural.station"

    inspection_ids = fields.One2many("rural.station.inspection", "station_id", "Inspections")
    problem_ids = fields.One2many("rural.station.problem", "station_id", "Problems")

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

from odoo import api, fields, models
from odoo.exceptions import UserError


class RuralStationNotice(models.Model):
    """A notice that station partners and area partners read on their telephones (ST-11)."""

    _name = "rural.station.notice"
    _description = "Notice to Stations"
    _inherit = ["rural.notice.mixin"]
    _order = "published_on desc, id desc"
    _check_company_auto = True

    audience = fields.Selection(
        [
            ("all", "All Stations"),
            ("areas", "Stations of Some Areas"),
            ("chosen", "Chosen Stations"),
            ("area_partners", "Area Partners Only"),
        ],
        required=True,
        default="all",
        tracking=True,
        help="Area partners read what their stations read.",
    )
    area_ids = fields.Many2many("rural.station.area", string="Areas", check_company=True, groups="base.group_user")
    station_ids = fields.Many2many("rural.station", string="Stations", check_company=True, groups="base.group_user")
    recipient_count = fields.Integer(
        "For", compute="_compute_recipients", compute_sudo=True, groups="base.group_user",
        help="Partners of stations and areas that it is for.",
    )  # fmt: skip
    waiting_ids = fields.Many2many(
        "res.partner", string="Not Read By", compute="_compute_recipients", compute_sudo=True,
        groups="base.group_user",
    )  # fmt: skip

    @api.depends("audience", "area_ids", "station_ids", "receipt_ids", "company_id")
    def _compute_recipients(self):
        for notice in self:
            recipients = notice._recipients()
            notice.recipient_count = len(recipients)
            notice.waiting_ids = recipients - notice.receipt_ids.user_id.partner_id

    def _recipients(self):
        """Return the partners that the notice is for, as stations and areas are run today."""
        self.ensure_one()
        company = [("company_id", "=", self.company_id.id)]
        areas, stations = self.env["rural.station.area"], self.env["rural.station"]
        if self.audience == "area_partners":
            return areas.search(company).area_partner_id
        if self.audience == "areas":
            stations = stations.search([*company, ("area_id", "in", self.area_ids.ids), ("state", "!=", "ended")])
            return stations.partner_id | self.area_ids.area_partner_id
        if self.audience == "chosen":
            stations = self.station_ids
        else:
            stations = stations.search([*company, ("state", "!=", "ended")])
        return stations.partner_id | stations.area_id.area_partner_id

    def _check_audience(self):
        if self.audience == "areas" and not self.area_ids:
            raise UserError(self.env._("Choose the areas that shall read %s.", self.name))
        if self.audience == "chosen" and not self.station_ids:
            raise UserError(self.env._("Choose the stations that shall read %s.", self.name))
        return super()._check_audience()

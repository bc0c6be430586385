from odoo import api, fields, models


class RuralStationArea(models.Model):
    """The stations that one area partner looks after (ST-01)."""

    _name = "rural.station.area"
    _description = "Area of Stations"
    _inherit = ["mail.thread"]
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True, tracking=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    area_partner_id = fields.Many2one(
        "res.partner", index="btree_not_null", ondelete="restrict", tracking=True, check_company=True,
        help="Looks after the stations of the area and inspects them.",
    )  # fmt: skip
    station_ids = fields.One2many("rural.station", "area_id")
    station_count = fields.Integer("Number of Stations", compute="_compute_station_count")
    active = fields.Boolean(default=True)

    _name_once = models.UniqueIndex("(company_id, name)", "There is an area of this name already.")

    @api.depends("station_ids")
    def _compute_station_count(self):
        counts = dict(self.env["rural.station"]._read_group([("area_id", "in", self.ids)], ["area_id"], ["__count"]))
        for area in self:
            area.station_count = counts.get(area._origin, 0)

    def action_view_stations(self):
        """Show the stations of the areas."""
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_station.action_station")
        return {**action, "domain": [("area_id", "in", self.ids)], "context": {"default_area_id": self[:1].id}}

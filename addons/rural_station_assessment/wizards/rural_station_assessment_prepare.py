from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.rural_base import china_time


class RuralStationAssessmentPrepare(models.TransientModel):
    """Asks for the month whose forms are prepared (ST-08)."""

    _name = "rural.station.assessment.prepare"
    _inherit = ["rural.month.mixin"]
    _description = "Prepare Monthly Assessments"

    month = fields.Date(default=lambda self: china_time.today().replace(day=1) - relativedelta(months=1))

    def action_prepare(self):
        """Prepare the forms of all stations of the month and show them.

        :raises UserError: when each station has its form
        """
        self.ensure_one()
        forms = self.env["rural.station.assessment"]._prepare_month(self.env.company, self.month)
        if not forms:
            raise UserError(self.env._("Every station that was open in %s has its form.", self.month_name))
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_station_assessment.action_station_assessment")
        return {**action, "domain": [("month", "=", self.month)], "context": {}}

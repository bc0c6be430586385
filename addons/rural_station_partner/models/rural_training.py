from odoo import api, fields, models
from odoo.exceptions import ValidationError


class RuralTrainingResult(models.Model):
    """Results of applicants, who go on with one that is confirmed, and of the partners of stations (ST-02)."""

    _inherit = "rural.training.result"

    application_id = fields.Many2one(
        "rural.station.application",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain=[("state", "=", "training")],
    )
    station_id = fields.Many2one("rural.station", index="btree_not_null", ondelete="restrict", check_company=True)

    @api.constrains("session_id", "application_id", "station_id")
    def _check_station(self):
        for result in self:
            for_stations = result.session_id.audience == "station"
            if for_stations and not (result.application_id or result.station_id):
                raise ValidationError(self.env._("%s: enter the application or the station.", result.person))
            if (result.application_id or result.station_id) and not for_stations:
                raise ValidationError(self.env._("%s: the training is not for station partners.", result.person))

    @api.onchange("application_id", "station_id")
    def _onchange_application_id(self):
        application, partner = self.application_id, self.station_id.partner_id
        if application or partner:
            self.person = application.applicant or partner.name
            self.email = application.email or partner.email

    @api.model
    def _party_fields(self):
        return ["application_id", "station_id", *super()._party_fields()]


class RuralTrainingSession(models.Model):
    _inherit = "rural.training.session"

    def action_confirm(self):
        """Confirm the results: whoever has passed goes on to the written test (ST-02)."""
        result = super().action_confirm()
        passed = self.sudo().result_ids.filtered("passed")
        passed.application_id._after_training()
        return result

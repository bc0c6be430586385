from odoo import api, fields, models

from odoo.addons.rural_base import china_time


class RuralStation(models.Model):
    """Stations that have not reported are reminded before the day ends (ST-05)."""

    _inherit = "rural.station"

    report_reminded_on = fields.Date(readonly=True, copy=False, help="The last day of which the partner was reminded.")

    @api.model
    def _cron_remind_of_reports(self):
        """Remind the stations of each company, and who looks after them, once the hour has come in China."""
        now = china_time.to_china(fields.Datetime.now())
        for (company,) in self.sudo()._read_group([("company_id.active", "=", True)], ["company_id"]):
            hour = self.env["rural.parameter"].sudo()._value_on("station_report_reminder_hour", now.date(), company)
            if now.hour >= int(hour.value):
                self.with_company(company)._remind_of_reports(company, now.date())

    @api.model
    def _remind_of_reports(self, company, day):
        """Remind the stations whose report of the day is due and not there, each once a day.

        :return: the stations
        """
        stations = self._without_report(company, day)
        stations = stations.filtered(lambda station: station.report_reminded_on != day)
        stations.report_reminded_on = day
        for station in stations.filtered("partner_id"):
            station._remind_of_report(day)
        stations.area_id.filtered("area_partner_id")._remind_of_reports(day)
        return stations

    @api.model
    def _without_report(self, company, day):
        """Return the stations whose report of a day is due and not there."""
        stations = self.search([("company_id", "=", company.id), ("opened_on", "<=", day)])
        days = stations._report_days(day, day)
        return stations.filtered(
            lambda station: days[station.id].get(day, {}).get("is_due") and not days[station.id][day]["outcome"]
        )

    def _remind_of_report(self, day):
        """Write to the station's partner: by mail, and in the conversation of the station."""
        self.ensure_one()
        template = self.env.ref("rural_station_ledger.mail_template_report_reminder")
        partner = self.partner_id
        self.with_context(lang=partner.lang or self.env.lang).message_post_with_source(
            template,
            message_type="notification",
            partner_ids=partner.ids,
            subtype_xmlid="mail.mt_comment",
        )

    def _report_url(self) -> str:
        """Return the address at which the partner hands in the report of today."""
        return f"{self.get_base_url()}/my/station/report?station={self.id}"


class RuralStationArea(models.Model):
    _inherit = "rural.station.area"

    def _remind_of_reports(self, day):
        """Write to who looks after the areas which of their stations have not reported."""
        template = self.env.ref("rural_station_ledger.mail_template_area_reports_missing")
        for area in self:
            partner = area.area_partner_id
            area.with_context(lang=partner.lang or self.env.lang).message_post_with_source(
                template,
                message_type="notification",
                partner_ids=partner.ids,
                subtype_xmlid="mail.mt_comment",
            )

    def _stations_without_report(self):
        """Return the stations of the area whose report of today is due and not there."""
        self.ensure_one()
        stations = self.env["rural.station"]._without_report(self.company_id, china_time.today())
        return stations.filtered(lambda station: station.area_id == self)

    def _area_url(self) -> str:
        """Return the address at which the area's partner sees the stations."""
        return f"{self.get_base_url()}/my/area?area={self.id}"

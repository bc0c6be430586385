from collections import defaultdict

from markupsafe import Markup

from odoo import api, fields, models

from odoo.addons.rural_base import china_time


class RuralStationArea(models.Model):
    _name = "rural.station.area"
    _inherit = ["rural.station.area", "mail.activity.mixin"]

    inspections_reminded_of = fields.Date(
        readonly=True, copy=False, help="Month for which a reminder of missing inspections was sent."
    )

    def action_view_inspection_months(self):
        """Show what was due and what counts at the stations of the areas, month by month."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "rural_station_assessment.action_station_inspection_month"
        )
        return {**action, "domain": [("area_id", "in", self.ids)], "context": {"group_by": ["month:month"]}}

    @api.model
    def _cron_remind_of_inspections(self):
        """Remind area partners and clerks in the last days of a month of stations with too few inspections (ST-06)."""
        today = china_time.today()
        last = fields.Date.end_of(today, "month")
        month = fields.Date.start_of(today, "month")
        below = self.env["rural.station.inspection.month"].search([("month", "=", month), ("below", "=", 1)])
        by_area = defaultdict(below.browse)
        for line in below:
            by_area[line.area_id] += line
        for area, lines in by_area.items():
            days = (
                self.env["rural.parameter"]
                .sudo()
                ._value_on("station_inspection_reminder_days", today, lines[:1].company_id)
            )
            if area and (last - today).days < days.value and area.inspections_reminded_of != month:
                area._remind_of_inspections(lines, last)
                area.inspections_reminded_of = month

    def _remind_of_inspections(self, lines, last):
        """Write to the area partner which stations to inspect, and give a clerk an activity."""
        self.ensure_one()
        partner = self.area_partner_id
        clerk = lines[:1].station_id._clerk()
        if clerk:
            speaking = self.with_context(lang=clerk.lang)
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=last,
                summary=speaking.env._("%s stations inspected too seldom this month", len(lines)),
                note=self._missing_list(lines),
                user_id=clerk.id,
            )
        if partner:
            speaking = self.with_context(lang=partner.lang or self.env.lang)
            self.message_post(
                subject=speaking.env._("Inspections missing in %s", f"{lines[:1].month:%Y-%m}"),
                body=Markup("<p>%s</p>%s")
                % (
                    speaking.env._("Please inspect these stations by %s:", last),
                    speaking._missing_list(lines),
                ),
                partner_ids=partner.ids,
                subtype_xmlid="mail.mt_comment",
            )

    def _missing_list(self, lines):
        items = [
            self.env._(
                "%(station)s: %(counted)s of %(due)s", station=line.station_id.name, counted=line.counted, due=line.due
            )
            for line in lines
        ]
        return Markup("<ul>%s</ul>") % Markup().join(Markup("<li>%s</li>") % item for item in items)

from odoo import api, fields, models
from odoo.exceptions import ValidationError

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
#: What ST-05 asks of a station: days a week, hours a day.
LEAST_DAYS = 5
LEAST_HOURS = 8


class RuralStationHours(models.Model):
    """On which days of the week a station is open, and from when to when, from a day on (ST-05)."""

    _name = "rural.station.hours"
    _description = "Opening Hours of a Station"
    _inherit = ["rural.dated.mixin"]
    _order = "station_id, valid_from desc"
    _dated_key = ("station_id",)

    station_id = fields.Many2one("rural.station", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="station_id.company_id", store=True, index=True, precompute=True)
    opens = fields.Float(required=True, default=8.5, aggregator=None)
    closes = fields.Float(required=True, default=17.5, aggregator=None)
    monday = fields.Boolean(default=True)
    tuesday = fields.Boolean(default=True)
    wednesday = fields.Boolean(default=True)
    thursday = fields.Boolean(default=True)
    friday = fields.Boolean(default=True)
    saturday = fields.Boolean()
    sunday = fields.Boolean()

    _in_a_day = models.Constraint(
        "CHECK (opens >= 0 AND closes <= 24 AND opens < closes)", "A station opens before it closes, on one day."
    )

    @api.depends("opens", "closes", *WEEK)
    @api.depends_context("lang")
    def _compute_display_name(self):
        for hours in self:
            days = [hours._fields[day]._description_string(self.env) for day in WEEK if hours[day]]
            span = " – ".join(f"{int(at)}:{round(at % 1 * 60):02}" for at in (hours.opens, hours.closes))
            hours.display_name = f"{', '.join(days)} {span}"

    @api.constrains("opens", "closes", *WEEK)
    def _check_least(self):
        for hours in self:
            days = sum(hours[day] for day in WEEK)
            if days < LEAST_DAYS or hours.closes - hours.opens < LEAST_HOURS:
                raise ValidationError(
                    self.env._(
                        "%(station)s: a station is open %(days)s days a week and %(hours)s hours a day at least "
                        "(ST-05). Enter longer hours, or more days.",
                        station=hours.station_id.name,
                        days=LEAST_DAYS,
                        hours=LEAST_HOURS,
                    )
                )


class RuralStation(models.Model):
    _inherit = "rural.station"

    hours_ids = fields.One2many("rural.station.hours", "station_id", "Opening Hours")

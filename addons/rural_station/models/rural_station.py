from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.rural_base import china_time
from odoo.addons.rural_bulk.fields import CodeChar

#: Fields that say on which days a station is open, beside its closures.
OPEN_DAYS = ("opened_on", "closed_on")


class RuralStation(models.Model):
    """A service station of a village or township, run by a station partner (ST-01).

    It is open from its first day to its last, but for its closures. On closing days that were agreed no report is
    due (ST-05); what is done on them counts all the same (ST-12).
    """

    _name = "rural.station"
    _description = "Service Station"
    _inherit = ["rural.day.state.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "code, id"
    _rec_names_search = ["name", "code"]
    _check_company_auto = True

    # identity
    code = CodeChar(required=True, index=True, tracking=True)
    name = fields.Char(required=True, index="trigram", tracking=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    active = fields.Boolean(default=True)
    level = fields.Selection([("village", "Village"), ("township", "Township")], required=True, default="village")
    state = fields.Selection(
        [("planned", "Planned"), ("open", "Open"), ("shut", "Shut for a Time"), ("ended", "Ended")],
        compute="_compute_state",
        search="_search_state",
        help="As of today in China.",
    )

    # place
    region_id = fields.Many2one("rural.region", "County", required=True, index=True, ondelete="restrict")
    township_code = CodeChar("Township Code", help="9 digits.")
    township = fields.Char()
    village_code = CodeChar("Village Code", help="12 digits; a station of a township has none.")
    village = fields.Char()
    street = fields.Char("Street and Number", help="Or what else leads there, beside the village.")
    longitude = fields.Float(digits=(10, 6), help="In degrees east.")
    latitude = fields.Float(digits=(10, 6), help="In degrees north.")

    # people
    area_id = fields.Many2one(
        "rural.station.area", index="btree_not_null", ondelete="restrict", tracking=True, check_company=True
    )
    area_partner_id = fields.Many2one(related="area_id.area_partner_id")
    partner_id = fields.Many2one(
        "res.partner", "Station Partner", index="btree_not_null", ondelete="restrict", tracking=True,
        check_company=True, help="Runs the station under an agreement.",
    )  # fmt: skip

    # days
    opened_on = fields.Date("First Day Open", tracking=True)
    closed_on = fields.Date("Last Day Open", tracking=True, help="Empty: it is still open.")
    closure_ids = fields.One2many("rural.station.closure", "station_id", "Closures")
    closing_day_ids = fields.One2many("rural.station.closing.day", "station_id", "Closing Days")

    _code_once = models.UniqueIndex("(company_id, code)", "There is a station with this code already.")
    _days_in_order = models.Constraint(
        "CHECK (opened_on <= closed_on)", "The last day open lies before the first day open."
    )

    @api.constrains("longitude", "latitude")
    def _check_position(self):
        for station in self:
            if not self._is_in_china(station.longitude, station.latitude):
                raise ValidationError(
                    self.env._(
                        "%(station)s: %(longitude)s, %(latitude)s is no place in China. Give degrees, longitude "
                        "(73 to 136) and latitude (3 to 54), or leave both empty.",
                        station=station.name,
                        longitude=station.longitude,
                        latitude=station.latitude,
                    )
                )

    @api.depends("code", "name")
    def _compute_display_name(self):
        for station in self:
            station.display_name = f"{station.name} ({station.code})" if station.code else station.name

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def write(self, vals):
        """Change stations; other days open judge again what they did."""
        changed = self.filtered(
            lambda station: any(
                name in vals and fields.Date.to_date(vals[name]) != (station[name] or None) for name in OPEN_DAYS
            )
        )
        result = super().write(vals)
        changed._after_open_days()
        return result

    # ------------------------------------------------------------------
    # Whose
    # ------------------------------------------------------------------

    def _check_run_by_user(self):
        """Refuse who does not run the stations: neither staff nor the area partner acts for them (ST-11).

        :raises AccessError: naming the station
        :raises UserError: once the station has ended; its partner still reads
        """
        for station in self.sudo():
            if not station.partner_id or station.partner_id != self.env.user.partner_id:
                raise AccessError(self.env._("Only the partner of %s may do this.", station.display_name))
            if station._has_ended():
                raise UserError(self.env._("%s has ended: you can look, and no longer write.", station.display_name))

    def _has_ended(self) -> bool:
        """Tell whether the station's last day open is over."""
        self.ensure_one()
        closed_on = self.sudo().closed_on
        return bool(closed_on) and closed_on < china_time.today()

    # ------------------------------------------------------------------
    # Where and when
    # ------------------------------------------------------------------

    def _address(self) -> str:
        """Return the address, from the county down, as it is written in China."""
        self.ensure_one()
        return "".join(filter(None, (self.region_id.name, self.township, self.village, self.street)))

    @api.model
    def _is_in_china(self, longitude, latitude) -> bool:
        """Tell whether a position, in degrees, may be one of China; both 0 stand for no position."""
        return (not longitude and not latitude) or (73 <= longitude <= 136 and 3 <= latitude <= 54)

    @api.model
    def _state_depends(self):
        return (*OPEN_DAYS, "closure_ids.valid_from", "closure_ids.valid_to")

    @api.model
    def _state_domains(self):
        today = china_time.today()
        ended = Domain("closed_on", "<", today)
        planned = ~ended & (Domain("opened_on", "=", False) | Domain("opened_on", ">", today))
        shut = Domain("closure_ids", "any", self.env["rural.station.closure"]._valid_on(today))
        return {
            "planned": planned,
            "open": ~planned & ~ended & ~shut,
            "shut": ~planned & ~ended & shut,
            "ended": ended,
        }

    @api.model
    def _by_code(self, company, codes) -> dict:
        """Return the stations of a company with one of the codes, archived ones too, by their code."""
        stations = self.with_context(active_test=False).search(
            [("company_id", "=", company.id), ("code", "in", list(codes))]
        )
        return {station.code: station for station in stations}

    @api.model
    def _open_condition(self, station, day) -> SQL:
        """Return the condition that a station is open on a day: the one rule of ST-05, ST-06, ST-07 and ST-12.

        :param SQL station: a row of `rural_station`
        :param SQL day: a date
        """
        return SQL(
            """(%(station)s.opened_on <= %(day)s AND COALESCE(%(station)s.closed_on, 'infinity') >= %(day)s
                AND NOT EXISTS (SELECT FROM rural_station_closure AS closure
                                 WHERE closure.station_id = %(station)s.id AND closure.valid_from <= %(day)s
                                       AND COALESCE(closure.valid_to, 'infinity') >= %(day)s))""",
            station=station,
            day=day,
        )

    @api.model
    def _in_month_condition(self, company, month) -> SQL:
        """Return the condition that `station` has a day between its first and last one in a month (ST-05 to ST-07).

        :param date month: its first day
        """
        return SQL(
            """station.company_id = %s AND station.opened_on <= %s
               AND COALESCE(station.closed_on, 'infinity') >= %s""",
            company.id,
            fields.Date.end_of(month, "month"),
            month,
        )

    def _after_open_days(self):
        """Hook: judge again what rests on the days on which the stations are open, or stay shut by agreement."""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.rural_base import china_time
from odoo.addons.rural_base.codes import clean_code
from odoo.addons.rural_bulk.columns import RowError

from ..rural_station_service import PARCELS
from .entry import OTHER_STEPS, STEPS_OF

#: What a person enters of a service, beside its kind and day.
ENTERED = ("item", "quantity", "amount", "charge", "number", "courier", "villager")
#: What no file has.
ENTERED_BESIDE = ("villager_phone", "shelf")
LONGEST = 40
#: Entries that stations begin are numbered apart from those of their files, such as 26-0001.
PREFIX = "S"


class RuralStationEntry(models.Model):
    """How an entry begins: by the station on its telephone, or by staff."""

    _inherit = "rural.station.entry"

    @api.model
    def _begin(self, station, kind, vals):
        """Begin an entry in a station's ledger; see `_begin_entry` of the station."""
        vals = {"quantity": "1", **vals}
        token, at_once = vals.pop("token", None), vals.pop("done", False)
        self._lock_entries(station.company_id)
        if known := token and self.search([("station_id", "=", station.id), ("token", "=", token)]):
            return known
        if kind in PARCELS:
            self._check_parcel_is_new(station, kind, vals.get("courier"))
        steps = STEPS_OF.get(kind, OTHER_STEPS)
        day = vals.pop("day", None) or china_time.today()
        values = self._values_of(
            station,
            {"kind": kind, "state": steps[0], "day": day, "entry_number": self._next_entry_number(station), **vals},
        )
        if kind == "parcel_in":
            values["arrived_on"] = values["day"]
        entry = self.create({**values, "company_id": station.company_id.id, "source": "station", "token": token})
        entry._log(self.env._("Entered"))
        entry._judge_changed([])
        if at_once and len(steps) == 2:
            entry._take_step(steps[1], {"day": values["day"]})
        return entry

    @api.model
    def _values_of(self, station, vals, **options) -> dict:
        """Return the values of an entry, by the rules of the file.

        :param dict vals: whole entry, as it was typed or as it is
        :raises UserError: naming what is wrong and where
        """
        self._check_entered_names(vals)
        beside = {name: self._short_text(name, vals[name]) for name in ENTERED_BESIDE if name in vals}
        cells = {name: value for name, value in vals.items() if name not in ENTERED_BESIDE}
        profile = self.env["rural.load.profile.station_ledger"]
        try:
            values = profile._read_entry(station.company_id, {**cells, "station_code": station.code}, **options)
        except RowError as error:
            raise UserError(self._fault_text(profile, error)) from error
        del values["station_code"]
        return {**values, **beside, "station_id": station.id}

    @api.model
    def _fault_text(self, profile, error) -> str:
        """Return what is wrong with an entry under the name that its field has on the screen."""
        names = {column.heading: column.name for column in profile._columns}
        field = self._fields.get(names.get(error.heading))
        label = field._description_string(self.env) if field else error.heading
        return self.env._("%(field)s: %(fault)s", field=label, fault=error.message)

    @api.model
    def _check_entered_names(self, vals):
        given = {"kind", "state", "day", "completed_on", "entry_number", *ENTERED, *ENTERED_BESIDE}
        if unknown := vals.keys() - given:
            raise UserError(self.env._("Nobody enters “%s” here.", ", ".join(sorted(unknown))))

    @api.model
    def _short_text(self, name, text):
        text = " ".join(str(text or "").split())
        if len(text) > LONGEST:
            label = self._fields[name]._description_string(self.env)
            raise UserError(self.env._("%(field)s: %(most)s characters are the most.", field=label, most=LONGEST))
        return text or False

    @api.model
    def _next_entry_number(self, station) -> str:
        """Return the next number of the year in a station's ledger; none is left out, and none is a file's."""
        start = f"{PREFIX}{china_time.today():%y}-"
        [[last]] = self.env.execute_query(
            SQL(
                "SELECT max(substr(entry_number, %s)::bigint) FROM rural_station_entry"
                " WHERE station_id = %s AND source = 'station' AND entry_number ~ %s",
                len(start) + 1,
                station.id,
                f"^{start}[0-9]{{4,9}}$",
            )
        )
        return f"{start}{(last or 0) + 1:04d}"

    @api.model
    def _check_parcel_is_new(self, station, kind, courier):
        """Refuse a parcel that the station has scanned before, and say where it is (ST-12).

        :raises UserError: with the shelf, or the day on which it was handed out or sent
        """
        parcel = self._find_parcel(station, kind, courier)
        if not parcel:
            return
        if parcel.state == "done":
            raise UserError(
                self.env._(
                    "This parcel has been here before: %(number)s was finished on %(day)s.",
                    number=parcel.entry_number,
                    day=parcel.completed_on,
                )
            )
        raise UserError(
            self.env._(
                "This parcel is here already: %(number)s of %(day)s, shelf %(shelf)s.",
                number=parcel.entry_number,
                day=parcel.day,
                shelf=parcel.shelf or "–",
            )
        )

    @api.model
    def _find_parcel(self, station, kind, courier):
        """Return the station's own entry of a parcel, however its number is written; an empty record for none."""
        courier = clean_code(str(courier or ""))
        domain = [
            ("station_id", "=", station.id),
            ("source", "=", "station"),
            ("kind", "=", kind),
            ("courier", "=", courier),
            ("state", "!=", "void"),
        ]
        return self.search(domain, limit=1) if courier else self.browse()

    def _log(self, note, reason=None):
        """Keep who has done what to the entries, and when."""
        self.env["rural.station.entry.step"].sudo().create(
            [
                {"entry_id": entry.id, "state": entry.state, "note": note, "reason": reason, "done_by_id": self.env.uid}
                for entry in self
            ]
        )

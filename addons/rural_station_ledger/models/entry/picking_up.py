import hmac
import secrets
from contextlib import nullcontext
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.rural_base import china_time

DIGITS = 6


class RuralStationEntry(models.Model):
    """Codes by which villagers get what waits for them (ST-04)."""

    _inherit = "rural.station.entry"

    def _pickup_notice(self) -> dict:
        """Return the notice for the villager of goods or a parcel that wait: `code`, `phone` and `text`.

        Only the station itself reads it, to pass it on: neither staff nor the area partner.

        :raises AccessError: for anybody else
        """
        self.ensure_one()
        self.station_id._check_run_by_user()
        entry = self.sudo()
        if not entry.pickup_code:
            raise UserError(self.env._("No notice waits here: tell the villager first."))
        return {"code": entry.pickup_code, "phone": entry.villager_phone or "", "text": entry._pickup_text()}

    def _pickup_text(self) -> str:
        """Return what the villager is told."""
        what = self.item or self.entry_number
        if self.kind == "parcel_in":
            what = self.env._("Your parcel %s", self.courier or self.item or self.entry_number)
        words = {"station": self.station_id.name, "what": what, "code": self.pickup_code, "shelf": self.shelf}
        if self.shelf:
            return self.env._(
                "[%(station)s] %(what)s is here for you. Pick-up code %(code)s, shelf %(shelf)s. "
                "Please bring the code along.",
                **words,
            )
        return self.env._(
            "[%(station)s] %(what)s is here for you. Pick-up code %(code)s. Please bring the code along.", **words
        )

    def _new_pickup_code(self) -> str:
        """Return a code that nobody can guess, and that nothing else waiting at the station has."""
        taken = self.search([("station_id", "=", self.station_id.id), ("pickup_code", "!=", False)])
        taken = set(taken.mapped("pickup_code"))
        while True:
            code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
            if code not in taken:
                return code

    def _check_pickup_code(self, code):
        """Refuse a wrong code; after some of them, any code for a while.

        A try is kept by a transaction of its own: this one is undone by the refusal.

        :raises UserError: with how many tries are left, or until when none is taken
        """
        if not self.pickup_code:
            raise UserError(
                self.env._("Tell the villager first: goods are handed over against the code of the notice.")
            )
        digits = "".join(str(code or "").split())
        value_on = self.env["rural.parameter"].sudo()._value_on
        today = china_time.today()
        most = int(value_on("station_pickup_tries", today).value)
        pause = timedelta(minutes=value_on("station_pickup_pause", today).value)
        # While addons are installed nobody else's transaction sees their tables.
        registry = self.env.registry
        with registry.cursor() if registry.ready else nullcontext(self.env.cr) as cr:
            tries = self._wrong_tries(cr, fields.Datetime.now() - pause)
            if len(tries) >= most:
                until = china_time.to_china(tries[-most] + pause)
                raise UserError(
                    self.env._(
                        "Too many wrong codes. No code is taken before %s; ask the villager to look at the notice.",
                        f"{until:%H:%M}",
                    )
                )
            if hmac.compare_digest(digits.encode(), self.pickup_code.encode()):
                return
            if digits:
                self._keep_wrong_try(cr)
        if not digits:
            raise UserError(self.env._("Ask the villager for the pick-up code: %s digits.", DIGITS))
        raise UserError(
            self.env._(
                "This is not the code of %(entry)s. Tries left: %(left)s.",
                entry=self.display_name,
                left=most - len(tries) - 1,
            )
        )

    def _wrong_tries(self, cr, since):
        cr.execute(
            SQL(
                "SELECT tried_at FROM rural_station_pickup_try WHERE entry_id = %s AND tried_at > %s ORDER BY tried_at",
                self.id,
                since,
            )
        )
        return [moment for (moment,) in cr.fetchall()]

    def _keep_wrong_try(self, cr):
        cr.execute(
            SQL(
                "INSERT INTO rural_station_pickup_try (entry_id, tried_by_id, tried_at) VALUES (%s, %s, %s)",
                self.id,
                self.env.uid,
                fields.Datetime.now(),
            )
        )

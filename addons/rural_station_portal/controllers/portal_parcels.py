import uuid

from odoo import http
from odoo.fields import Domain
from odoo.http import request
from odoo.tools import escape_psql

from odoo.addons.rural_base import china_time
from odoo.addons.rural_base.codes import clean_code
from odoo.addons.rural_portal import page

from .page import StationPage
from .portal_ledger import ENTRY, filled

SHOWN = 100
FIELDS = {"in": ("courier", "shelf", "villager_phone", "villager"), "out": ("courier", "charge", "item")}


class StationParcels(StationPage, http.Controller):
    @http.route("/my/station/parcels", type="http", auth="user", website=True, readonly=True)
    def parcels(self, search="", **_arguments):
        """Show the parcels that wait for their villagers, what lies too long in red (ST-03)."""
        station = self._my_station()
        domain = self._waiting_parcels(station)
        if words := (search or "").strip()[:40]:
            like = f"%{escape_psql(clean_code(words) or words)}"
            domain &= (
                Domain("courier", "=ilike", like)
                | Domain("villager_phone", "=ilike", like)
                | Domain("shelf", "=ilike", escape_psql(words))
                | Domain("villager", "ilike", escape_psql(words))
            )
        parcels = request.env[ENTRY].search(domain, order="arrived_on, id", limit=SHOWN + 1)
        if words and len(parcels) == 1:
            return request.redirect(f"/my/station/ledger/{parcels.id}")
        return self._show(
            "parcels_page",
            "station_parcels",
            station=station,
            parcels=parcels[:SHOWN].sudo(),
            is_more=len(parcels) > SHOWN,
            search=words,
            today=china_time.today(),
        )

    def _waiting_parcels(self, station):
        waiting = request.env[ENTRY]._waiting_domain() & Domain("kind", "=", "parcel_in")
        return waiting & Domain("station_id", "=", station.id)

    @http.route(
        "/my/station/parcels/<any(in,out):way>", type="http", auth="user", website=True, methods=["GET", "POST"]
    )
    def scan(self, way, station=None, token="", then="", **given):
        """Take a parcel in or send one: its number by the camera or typed, then the next one (ST-03)."""
        own, errors = self._my_station(station), []
        entered = filled(given, FIELDS[way])
        last = request.env[ENTRY]
        if request.httprequest.method == "POST":
            at_once = {"done": True} if way == "out" else {}
            with page.refusals(errors):
                last = own._begin_entry(f"parcel_{way}", {**entered, **at_once, "token": token[:64] or None})
            if not errors:
                if then == "notify":
                    with page.refusals(errors):
                        last._advance("notified")
                    return request.redirect(f"/my/station/ledger/{last.id}?done=notified")
                return request.redirect(f"/my/station/parcels/{way}?done=begun&last={last.id}")
        return self._show(
            "scan_page",
            "station_parcels",
            station=own,
            way=way,
            last=self._last_parcel(own, given.get("last")),
            token=uuid.uuid4().hex if not errors else token,
            entered=entered,
            errors=errors,
        )

    def _last_parcel(self, station, entry_id):
        """Return the parcel that was just taken in, which the page names; its shelf is proposed again."""
        number = int(entry_id) if str(entry_id).isdecimal() and len(str(entry_id)) < 10 else 0
        domain = [("id", "=", number), ("station_id", "=", station.id)]
        return request.env[ENTRY].search(domain).sudo() if number else request.env[ENTRY]

"""What the pages of a station or an area have in common: whose they are, and the frame around them (ST-11)."""

from werkzeug.exceptions import NotFound

from odoo.http import request

from odoo.addons.rural_base.percent import percent
from odoo.addons.rural_portal.page import china_time

#: Where the session keeps the station that a partner of several ones has chosen.
CHOSEN = "rural_station_id"


class StationPage:
    """Mixed into each controller of the portal: `class StationLedger(StationPage, http.Controller)`.

    Stations and areas come with the reader's own rights, as the methods that record something need them; `_show`
    gives them to the page with those of the system.
    """

    def _my_stations(self):
        """Return the stations that the reader runs, those that have ended too."""
        return request.env["rural.station"]._portal_stations()

    def _my_station(self, station=None):
        """Return the station whose page this is: the one named, else the one chosen, else the only or first one.

        :param station: its id as a form or link names it
        :raises NotFound: for a station that is not one's own, and for whoever has none
        """
        stations = self._my_stations()
        if station:
            chosen = stations.filtered(lambda each: str(each.id) == str(station))
        else:
            kept = request.session.get(CHOSEN)
            chosen = stations.filtered(lambda each: each.id == kept) or stations[:1]
        if not chosen:
            raise NotFound()
        return chosen

    def _my_areas(self):
        """Return the areas that the reader looks after."""
        return request.env["rural.station.area"]._portal_areas()

    def _my_area(self, area=None):
        """Return the area whose page this is: the one named, else the first one.

        :raises NotFound: for an area that is not one's own, and for whoever has none
        """
        areas = self._my_areas()
        chosen = areas.filtered(lambda each: str(each.id) == str(area)) if area else areas[:1]
        if not chosen:
            raise NotFound()
        return chosen

    def _my_area_station(self, station):
        """Return a station of the areas that the reader looks after.

        :param station: its id as a form or link names it
        :raises NotFound: for any other station
        """
        stations = request.env["rural.station"].with_context(active_test=False)
        number = int(station) if str(station).isdecimal() and len(str(station)) < 10 else 0
        chosen = stations.search([("id", "=", number), ("area_id", "in", self._my_areas().ids)])
        if not chosen:
            raise NotFound()
        return chosen

    def _show(self, template, page_name, **values):
        """Render a page of the portal.

        `page_name` begins with `station_` for pages of a station (give `station`), with `area_` for those of an area
        (give `area`), and with `public_` for everybody's; the entry of the navigation with this name is lit.
        `is_acting` tells the page whether the station is still run: one that has ended is read only.
        """
        is_acting = "station" in values and not values["station"]._has_ended()
        for name in ("station", "area"):
            if name in values:
                values[name] = values[name].sudo()
        return request.render(
            template if "." in template else f"rural_station_portal.{template}",
            {
                "page_name": page_name,
                "china_time": china_time,
                "percent": percent,
                "done": request.params.get("done"),
                "is_acting": is_acting,
                "several_stations": page_name.startswith("station_") and len(self._my_stations()) > 1,
                **values,
            },
        )

from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.web import Home

from .page import CHOSEN, StationPage


class StationLogin(Home):
    def _login_redirect(self, uid, redirect=None):
        """Lead partners of stations and areas to their work at once."""
        env = request.env(user=uid)
        if not redirect and env.user.share:
            if env["rural.station"]._portal_stations():
                redirect = "/my/station"
            elif env["rural.station.area"]._portal_areas():
                redirect = "/my/area"
        return super()._login_redirect(uid, redirect=redirect)


class StationHome(StationPage, CustomerPortal):
    def _prepare_portal_layout_values(self):
        values = super()._prepare_portal_layout_values()
        return {**values, "own_stations": self._my_stations().sudo(), "own_areas": self._my_areas().sudo()}


class StationChoice(StationPage, http.Controller):
    @http.route("/my/station/choose", type="http", auth="user", website=True, methods=["GET", "POST"])
    def choose(self, station=None, **_arguments):
        """Ask a partner of several stations which one the pages are for."""
        if request.httprequest.method == "POST":
            request.session[CHOSEN] = self._my_station(station).id
            return request.redirect("/my/station")
        chosen = self._my_station()
        return self._show("choose_page", "station_choose", station=chosen, stations=self._my_stations().sudo())

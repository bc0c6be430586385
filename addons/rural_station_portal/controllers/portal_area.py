from odoo import http

from .page import StationPage


class AreaHome(StationPage, http.Controller):
    @http.route("/my/area", type="http", auth="user", website=True, readonly=True)
    def area(self, area=None, **_arguments):
        """Show the stations of an area, and which of them need a look (ST-11)."""
        area = self._my_area(area)
        return self._show("area_page", "area_home", area=area, stations=area.sudo().station_ids)

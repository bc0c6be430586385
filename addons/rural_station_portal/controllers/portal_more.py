from odoo import http

from .page import StationPage
from .portal_notices import unread_notices


class StationMore(StationPage, http.Controller):
    @http.route("/my/station/more", type="http", auth="user", website=True, readonly=True)
    def more(self, **_arguments):
        """Show what else there is: notices, ranking, deposit, agreement, training, closing days."""
        return self._show("more_page", "station_more", station=self._my_station(), unread_notice_count=unread_notices())

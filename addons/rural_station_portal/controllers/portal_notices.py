from odoo import http
from odoo.http import request

from odoo.addons.rural_portal import page

from .page import StationPage

NOTICES = "rural.station.notice"


class StationNotices(StationPage, http.Controller):
    """Notices to stations, on the pages of a station and on those of an area (ST-11)."""

    def _whose(self, space):
        """Return the station or area whose pages these are, as values of the page."""
        return {"station": self._my_station()} if space == "station" else {"area": self._my_area()}

    @http.route(
        ["/my/<any(station,area):space>/notices", "/my/<any(station,area):space>/notices/page/<int:number>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def notices(self, space, number=1, **_arguments):
        """Show the notices, unread and important ones marked."""
        whose = self._whose(space)
        url = f"/my/{space}/notices"
        order = "important desc, published_on desc, id desc"
        listed = page.paged(NOTICES, [("state", "=", "published")], order, url, number, {})
        unread = listed["records"].sudo(False)._unread()
        return self._show("notices_page", f"{space}_more", unread=unread, space=space, **whose, **listed)

    @http.route("/my/<any(station,area):space>/notices/<int:notice_id>", type="http", auth="user", website=True)
    def notice(self, space, notice_id, **_arguments):
        """Show a notice, and keep the receipt."""
        whose = self._whose(space)
        notice = page.get_visible(NOTICES, notice_id)
        notice.sudo(False)._note_reader()
        return self._show("notice_page", f"{space}_more", notice=notice, space=space, **whose)

    @http.route(
        "/my/<any(station,area):space>/notices/<int:notice_id>/files/<int:file_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def file(self, space, notice_id, file_id, **_arguments):
        """Give a file of a notice."""
        self._whose(space)
        return page.file_of(page.get_visible(NOTICES, notice_id).attachment_ids, file_id)


def unread_notices():
    """Return how many notices the reader has not opened."""
    return len(request.env[NOTICES].search([("state", "=", "published")])._unread())

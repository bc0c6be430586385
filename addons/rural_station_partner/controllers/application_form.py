from odoo import http
from odoo.http import request

from odoo.addons.rural_portal.public_form import HONEYPOT, PublicForm, uploaded

from ..models.application.web_form import TEXTS

PAGE = "rural_station_partner.application_form"
FORM = PublicForm("rural-station-application", per_hour="station_form_per_hour", seconds="station_form_seconds")
#: Some photos of a telephone; one file's own limit is a dated parameter.
MAX_CONTENT_LENGTH = 96 * 1024 * 1024
ACCEPT = "image/jpeg,image/png,application/pdf"


class StationApplicationForm(http.Controller):
    """The public form of those who want to run a station, made for a telephone (ST-02)."""

    @http.route("/stations/apply", type="http", auth="public", website=True, methods=["GET"], sitemap=True)
    def show(self, **_query):
        """Show the empty form."""
        return self._page({}, {})

    @http.route(
        "/stations/apply",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
        sitemap=False,
        max_content_length=MAX_CONTENT_LENGTH,
    )
    def send(self, **post):
        """Take a filled-in form, or show it again with what is wrong."""
        applications = request.env["rural.station.application"]
        values = {name: (post.get(name) or "").strip() for name in (*TEXTS, "place_size", "has_computer", "consent")}
        values["region"] = self._region(post.get("region"))
        refusal, status = FORM.refusal(post, values["phone"])
        if refusal:
            return self._page(values, {"general": refusal}, status)
        application, problems = applications._apply_on_web(values, uploaded("files"))
        if problems:
            return self._page(values, problems, 400)
        return request.redirect(application._get_page_address())

    def _region(self, text):
        regions = request.env["rural.station.application"]._web_regions()
        if len(regions) == 1:
            return regions
        return regions.filtered(lambda region: str(region.id) == text)

    def _page(self, values, problems, status=200):
        response = request.render(
            PAGE,
            {
                "values": values,
                "problems": problems,
                "opened": FORM.opened(),
                "honeypot": HONEYPOT,
                "regions": request.env["rural.station.application"]._web_regions(),
                "max_megabytes": request.env["rural.document.mixin"]._max_megabytes(),
                "accept": ACCEPT,
            },
        )
        response.status_code = status
        return response

from odoo import http
from odoo.http import request

from odoo.addons.rural_portal.public_form import HONEYPOT, found_by_token, show_by_token, uploaded

from ..models.application.application import BEFORE_AGREEMENT, OPEN_STATES
from ..models.application.steps import ORDER
from .application_form import ACCEPT, FORM, MAX_CONTENT_LENGTH

PAGE = "rural_station_partner.application_page"


class StationApplicationPage(http.Controller):
    """The page on which an applicant follows the application and takes the written test (ST-02).

    Whoever has the address with the token sees it; any other number or token is not found.
    """

    @http.route(
        "/stations/application/<int:number>", type="http", auth="public", website=True, methods=["GET"], sitemap=False
    )
    def show(self, number, access_token="", **_query):
        """Show how far the application is."""
        return self._page(self._application(number, access_token))

    @http.route(
        "/stations/application/<int:number>/supply",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
        sitemap=False,
        max_content_length=MAX_CONTENT_LENGTH,
    )
    def supply(self, number, access_token="", **post):
        """Take more photos and papers."""
        application = self._application(number, access_token)
        if application.state not in BEFORE_AGREEMENT:
            return self._page(application)
        refusal, status = FORM.refusal(post, f"station-application-{application.id}")
        if refusal:
            return self._page(application, [refusal], status)
        if refusals := application._supply_on_web(uploaded("files")):
            return self._page(application, refusals, 400)
        return request.redirect(application._get_page_address())

    @http.route(
        "/stations/application/<int:number>/test",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def test(self, number, access_token="", **_post):
        """Begin the written test, or go on with it."""
        application = self._application(number, access_token)
        if application.state != "written":
            return request.redirect(application._get_page_address())
        address, refusal = application._begin_test_on_web()
        return self._page(application, [refusal], 400) if refusal else request.redirect(address)

    @http.route(
        "/stations/application/<int:number>/withdraw",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def withdraw(self, number, access_token="", **_post):
        """Take the application back."""
        application = self._application(number, access_token)
        if application.state in BEFORE_AGREEMENT:
            application._withdraw(request.env._("Withdrawn by the applicant on the web page"))
        return request.redirect(application._get_page_address())

    def _application(self, number, access_token):
        return found_by_token("rural.station.application", number, access_token)

    def _page(self, application, refusals=(), status=200):
        labels = application._step_labels()
        return show_by_token(
            PAGE,
            {
                "application": application,
                "refusals": refusals,
                "steps": [(state, labels[state]) for state in ORDER],
                "reached": ORDER.index(application.state) if application.state in ORDER else -1,
                "is_open": application.state in OPEN_STATES,
                "takes_files": application.state in BEFORE_AGREEMENT,
                "opened": FORM.opened(),
                "honeypot": HONEYPOT,
                "max_megabytes": request.env["rural.document.mixin"]._max_megabytes(),
                "accept": ACCEPT,
            },
            status,
        )

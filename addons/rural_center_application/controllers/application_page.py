from odoo import http
from odoo.http import request

from odoo.addons.rural_base.file_types import ACCEPTED_ENDINGS
from odoo.addons.rural_portal.public_form import HONEYPOT, found_by_token, show_by_token

from . import guard

PAGE = "rural_center_application.application_page"


class ApplicationPage(http.Controller):
    """The page on which an applicant follows its application and supplies what is missing (SC-02, SC-03).

    Whoever has the address with the token sees it; any other number or token is not found.
    """

    @http.route(
        "/centers/application/<int:number>", type="http", auth="public", website=True, methods=["GET"], sitemap=False
    )
    def show(self, number, access_token="", **_query):
        """Show how far the application is."""
        return self._page(self._application(number, access_token))

    @http.route(
        "/centers/application/<int:number>/supply",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
        sitemap=False,
        max_content_length=guard.MAX_CONTENT_LENGTH,
    )
    def supply(self, number, access_token="", **post):
        """Take files that were missing."""
        application = self._application(number, access_token)
        if application.state != "draft":
            return self._page(application)
        refusal, status = guard.FORM.refusal(post, f"application-{application.id}")
        if refusal:
            return self._page(application, [refusal], status)
        refusals = application._supply_on_web(post, guard.files_of(application._materials()))
        if refusals:
            return self._page(application, refusals, 400)
        return request.redirect(self._address(application))

    @http.route(
        "/centers/application/<int:number>/withdraw",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def withdraw(self, number, access_token="", **_post):
        """Take the application back."""
        application = self._application(number, access_token)
        if application.state in ("draft", "submitted"):
            application._withdraw(request.env._("Withdrawn by the applicant on the web page"))
        return request.redirect(self._address(application))

    def _application(self, number, access_token):
        return found_by_token("rural.center.application", number, access_token)

    def _address(self, application):
        return f"{application.access_url}?access_token={application.access_token}"

    def _page(self, application, refusals=(), status=200):
        return show_by_token(
            PAGE,
            {
                "application": application,
                "refusals": refusals,
                "opened": guard.FORM.opened(),
                "honeypot": HONEYPOT,
                "materials": application._materials(),
                "missing_materials": application._missing_materials(),
                "max_megabytes": request.env["rural.center.document"].sudo()._max_megabytes(),
                "accept": ",".join(ACCEPTED_ENDINGS),
            },
            status,
        )

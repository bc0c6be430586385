import hashlib

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.rural_portal.page import china_time

#: How long browsers and caches keep a page, in seconds: a new edition is seen after that.
KEPT_SECONDS = 300


class PublicRanking(http.Controller):
    @http.route(
        ["/stations/ranking", "/stations/ranking/<string:month>"],
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        readonly=True,
        save_session=False,
        sitemap=True,
    )
    def ranking(self, month=None, edition=None, **_arguments):
        """Show the ranking of a month, the latest one when none is named, to everybody (ST-07)."""
        rankings = request.env["rural.station.ranking"]
        company = rankings._public_company()
        editions = rankings._public_editions(company)
        months = list(dict.fromkeys(editions.mapped("month_name")))
        if month is None and months:
            month = months[0]
        of_month = editions.filtered(lambda each: each.month_name == month)
        shown = of_month.filtered(lambda each: str(each.edition) == edition) if edition else of_month[:1]
        if not shown and (month or edition):
            raise NotFound()
        response = request.render(
            "rural_station_portal.public_ranking_page",
            {
                "company": company,
                "month": month,
                "months": months,
                "editions": of_month,
                "shown": shown,
                "lines": shown._public_lines() if shown else [],
                "changes": {each.id: each._public_changes() for each in of_month},
                "china_time": china_time,
            },
        )
        return self._cached(response, editions)

    def _cached(self, response, editions):
        """Let browsers and caches keep the page: it says the same to everybody of one language."""
        response.flatten()
        response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
        response.headers["Vary"] = "Accept-Language, Cookie"
        response.set_etag(hashlib.sha256(response.get_data()).hexdigest()[:32])
        return response.make_conditional(request.httprequest.environ)

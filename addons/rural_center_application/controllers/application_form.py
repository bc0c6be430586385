from odoo import http
from odoo.http import request

from odoo.addons.rural_base.file_types import ACCEPTED_ENDINGS
from odoo.addons.rural_portal.public_form import HONEYPOT

from ..models.application.web_form import TEXTS
from . import guard

FORM = "rural_center_application.application_form"
KINDS = ("province", "city_county")
CHOICES = ("region_province", "region_city", "region_county")


class ApplicationForm(http.Controller):
    """The public form of applicants (SC-02)."""

    @http.route("/centers/apply", type="http", auth="public", website=True, methods=["GET"], sitemap=True)
    def show(self, **_query):
        """Show the empty form."""
        return self._page({"kind": "city_county"}, {})

    @http.route(
        "/centers/apply",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
        sitemap=False,
        max_content_length=guard.MAX_CONTENT_LENGTH,
    )
    def send(self, **post):
        """Take a filled-in form: submit it, or show it again with what is wrong."""
        values = self._values(post)
        refusal, status = guard.FORM.refusal(post, values["email"])
        if refusal:
            return self._page(values, {"general": refusal}, status)
        applications = request.env["rural.center.application"]
        files = guard.files_of(applications._materials())
        application, problems = applications._apply_on_web(values, files)
        if problems:
            return self._page(values, problems, 400)
        return request.redirect(f"{application.access_url}?access_token={application.sudo().access_token}")

    @http.route("/centers/regions", type="http", auth="public", methods=["GET"], sitemap=False)
    def regions(self, parent="", **_query):
        """Return the regions below another one as [id, name], for the choices of the form."""
        region = self._region(parent)
        answer = [[part.id, part.name] for part in region._parts_by_name()] if region else []
        return request.make_json_response(answer, headers=[("Cache-Control", "public, max-age=3600")])

    # ------------------------------------------------------------------
    # Values
    # ------------------------------------------------------------------

    def _values(self, post):
        materials = request.env["rural.center.application"]._materials()
        answers = [f"{kind.code}_{answer}" for kind in materials for answer in ("number", "until", "long_term")]
        values = {name: (post.get(name) or "").strip() for name in (*TEXTS, *answers, "is_supplier", "consent")}
        kind = post.get("kind")
        values["kind"] = kind if kind in KINDS else "city_county"
        values |= {name: self._region(post.get(name)) for name in CHOICES}
        values["region"] = self._chosen_region(values)
        return values

    def _chosen_region(self, values):
        """Return the region that the choices add up to; each must lie in the one above it."""
        province, city, county = (values[name] for name in CHOICES)
        if values["kind"] == "province":
            return province if province.level == "province" else None
        chosen = county or city
        fits = chosen and chosen.level in ("city", "county") and chosen._within(province)
        return chosen if fits and (not county or not city or county._within(city)) else None

    def _region(self, text):
        regions = request.env["rural.region"].sudo()
        chosen = regions.browse(int(text)).exists() if text and text.isdecimal() and len(text) < 10 else regions
        return chosen.filtered(lambda region: region.level in ("province", "city", "county") and region.active)

    # ------------------------------------------------------------------
    # Page
    # ------------------------------------------------------------------

    def _page(self, values, problems, status=200):
        provinces = request.env["rural.region"].sudo().search([("level", "=", "province")])
        documents = request.env["rural.center.document"]
        chosen = [values.get(name) for name in CHOICES]
        types = request.env["rural.center.application"]._fields["enterprise_type"]._description_selection(request.env)
        response = request.render(
            FORM,
            {
                "values": values,
                "problems": problems,
                "opened": guard.FORM.opened(),
                "honeypot": HONEYPOT,
                "materials": request.env["rural.center.application"]._materials(),
                "enterprise_types": types,
                "provinces": provinces,
                "cities": chosen[0]._parts_by_name() if chosen[0] else [],
                "counties": chosen[1]._parts_by_name() if chosen[1] else [],
                "max_megabytes": documents.sudo()._max_megabytes(),
                "accept": ",".join(ACCEPTED_ENDINGS),
                "alias": request.env["rural.center.application"].sudo()._alias_address(),
            },
        )
        response.status_code = status
        return response

from odoo import http
from odoo.http import request

from ..models.rural_product_recommendation import LARGEST_PICTURE, MOST_PICTURES
from . import page

#: What the texts of the form take at most, in bytes.
TEXTS = 1024 * 1024


class CenterRecommendations(http.Controller):
    @http.route(
        ["/my/center/recommendations", "/my/center/recommendations/page/<int:number>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def recommendations(self, number=1, state="", center="", **_arguments):
        """Show the products that the centers recommended (SC-09)."""
        domain = [("center_id", "in", page.chosen_centers(center).ids)]
        states = self._states()
        if state in states:
            domain.append(("state", "=", state))
        listed = page.paged(
            "rural.product.recommendation",
            domain,
            "id desc",
            "/my/center/recommendations",
            number,
            {"state": state, "center": center},
        )
        return page.show("recommendations_page", "center_recommendations", states=states, **listed)

    @http.route(
        "/my/center/recommendations/<int:recommendation_id>", type="http", auth="user", website=True, readonly=True
    )
    def recommendation(self, recommendation_id, **_arguments):
        """Show a recommendation, how far it is, and why it was declined."""
        return self._show(page.get_visible("rural.product.recommendation", recommendation_id))

    @http.route(
        "/my/center/recommendations/<int:recommendation_id>/withdraw",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def withdraw(self, recommendation_id, **_arguments):
        """Take a recommendation back."""
        recommendation, errors = page.get_visible("rural.product.recommendation", recommendation_id), []
        with page.refusals(errors):
            recommendation.sudo(False)._withdraw_as_center()
        if errors:
            return self._show(recommendation, errors)
        return request.redirect(f"/my/center/recommendations/{recommendation_id}?done=withdrawn")

    @http.route(
        "/my/center/recommendations/new",
        type="http",
        auth="user",
        website=True,
        methods=["GET", "POST"],
        max_content_length=MOST_PICTURES * LARGEST_PICTURE + TEXTS,
    )
    def recommend(self, center="", **entered):
        """Ask for a product of the region, and take it."""
        own = page.centers().filtered(lambda each: each._is_portal_own())
        chosen = own.filtered(lambda each: str(each.id) == center) or own[:1]
        errors = []
        if request.httprequest.method == "POST" and chosen:
            files = [(each.filename, each.read()) for each in request.httprequest.files.getlist("pictures") if each]
            Recommendation = request.env["rural.product.recommendation"]
            with page.refusals(errors):
                recommendation = Recommendation._recommend_as_center(chosen, entered, files)
            if not errors:
                return request.redirect(f"/my/center/recommendations/{recommendation.id}?done=recommended")
        return page.show(
            "recommend_page", "center_recommendations", entered=entered, chosen=chosen.sudo(), errors=errors
        )

    def _show(self, recommendation, errors=()):
        return page.show(
            "recommendation_page",
            "center_recommendations",
            recommendation=recommendation,
            is_own=recommendation.center_id.sudo(False)._is_portal_own(),
            pictures=recommendation._pictures(),
            errors=errors,
        )

    @http.route(
        "/my/center/recommendations/<int:recommendation_id>/pictures/<int:picture_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def picture(self, recommendation_id, picture_id, **_arguments):
        """Give a picture of a recommended product."""
        recommendation = page.get_visible("rural.product.recommendation", recommendation_id)
        return page.file_of(recommendation._pictures(), picture_id)

    def _states(self):
        labels = request.env["rural.product.recommendation"]._fields["state"]._description_selection(request.env)
        return {state: label for state, label in labels if state != "draft"}

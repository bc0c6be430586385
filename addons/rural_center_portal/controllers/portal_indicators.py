from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from . import page

#: A result that a second person has looked at is printed.
PRINTED_STATES = ("reviewed", "posted")
REPORTS = {
    "pdf": "rural_assessment.action_report_assessment",
    "xlsx": "rural_assessment.action_report_assessment_xlsx",
}


class CenterIndicators(http.Controller):
    @http.route(
        ["/my/center/indicators", "/my/center/indicators/page/<int:number>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def indicators(self, number=1, center="", **_arguments):
        """Show what the centers reached against their targets, and their penalties (SC-16, SC-17)."""
        of_centers = [("center_id", "in", page.chosen_centers(center).ids)]
        listed = page.paged(
            "rural.assessment.line",
            of_centers,
            "year desc, center_id, id",
            "/my/center/indicators",
            number,
            {"center": center},
        )
        cases = request.env["rural.penalty.case"].search(of_centers, limit=page.PAGE_SIZE)
        return page.show("indicators_page", "center_indicators", cases=cases.sudo(), **listed)

    @http.route(
        ["/my/center/indicators/<int:result_id>", "/my/center/indicators/<int:result_id>/page/<int:number>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def result(self, result_id, number=1, **_arguments):
        """Show the result of a center in a year, with what makes up its reward (SC-18)."""
        result = page.get_visible("rural.assessment.line", result_id)
        listed = page.paged(
            "rural.reward.line",
            [("assessment_line_id", "=", result.id)],
            "reward desc, id",
            f"/my/center/indicators/{result.id}",
            number,
            {},
        )
        is_printed = result.state in PRINTED_STATES
        return page.show("result_page", "center_indicators", result=result, is_printed=is_printed, **listed)

    @http.route("/my/center/indicators/<int:result_id>/<any(pdf,xlsx):form>", type="http", auth="user", website=True)
    def download(self, result_id, form, **_arguments):
        """Give the reviewed result as a file."""
        result = page.get_visible("rural.assessment.line", result_id)
        if result.state not in PRINTED_STATES:
            raise NotFound()
        return page.report_of(result, REPORTS[form], form)

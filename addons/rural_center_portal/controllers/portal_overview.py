from odoo import http
from odoo.http import request

from odoo.addons.rural_base import china_time

from . import page


class CenterOverview(http.Controller):
    @http.route("/my/center", type="http", auth="user", website=True, readonly=True)
    def overview(self, center=None, **_arguments):
        """Show what the running month brings, and what waits for the center."""
        visible = page.centers()
        chosen = page.chosen_centers(center)[:1]
        children = (visible - chosen).filtered(lambda each: each.sudo().parent_id == chosen)
        Estimate = request.env["rural.center.estimate"]
        return page.show(
            "overview_page",
            "center_overview",
            center=chosen.sudo(),
            children=children.sudo().sorted(lambda child: child.state == "ended"),
            estimate=Estimate._of_centers(chosen).get(chosen.id),
            completed=Estimate._completed_this_month(children),
            is_own=chosen and chosen._is_portal_own(),
            waiting_statements=request.env["rural.statement"]
            .search([("center_id", "=", chosen.id), *request.env["rural.statement"]._portal_waiting_domain()])
            .sudo(),
            short_deposits=request.env["rural.deposit"]
            .search([("center_id", "=", chosen.id)])
            .sudo()
            .filtered(lambda deposit: deposit.shortfall and deposit.state in ("unpaid", "short")),
            result=self._result_of_the_year(chosen).sudo(),
            appealable_cases=page.appealable_cases().filtered(lambda case: case.center_id == chosen).sudo(),
            unread_notices=page.unread_notices().sudo(),
        )

    def _result_of_the_year(self, center):
        year = china_time.today().year
        return request.env["rural.assessment.line"].search(
            [("center_id", "=", center.id), ("year", "=", year)], limit=1
        )

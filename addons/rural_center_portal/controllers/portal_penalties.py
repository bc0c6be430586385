from odoo import http
from odoo.http import request

from . import page


class CenterPenalties(http.Controller):
    @http.route("/my/center/penalties/<int:case_id>", type="http", auth="user", website=True, readonly=True)
    def penalty(self, case_id, **_arguments):
        """Show a penalty case, and what the center can do about it (SC-17)."""
        return self._show(page.get_visible("rural.penalty.case", case_id))

    @http.route("/my/center/penalties/<int:case_id>/accept", type="http", auth="user", website=True, methods=["POST"])
    def accept(self, case_id, **_arguments):
        """Take the center's acceptance of a decision."""
        case, errors = page.get_visible("rural.penalty.case", case_id), []
        with page.refusals(errors):
            case.sudo(False)._accept()
        if errors:
            return self._show(case, errors)
        return request.redirect(f"/my/center/penalties/{case_id}?done=accepted")

    @http.route("/my/center/penalties/<int:case_id>/appeal", type="http", auth="user", website=True, methods=["POST"])
    def appeal(self, case_id, text="", **_arguments):
        """Take the center's appeal."""
        case, errors = page.get_visible("rural.penalty.case", case_id), []
        with page.refusals(errors):
            case.sudo(False)._appeal_as_center(text)
        if errors:
            return self._show(case, errors, text)
        return request.redirect(f"/my/center/penalties/{case_id}?done=appealed")

    def _show(self, case, errors=(), text=""):
        return page.show(
            "penalty_page",
            "center_indicators",
            case=case,
            is_own=case.center_id.sudo(False)._is_portal_own(),
            errors=errors,
            text=text,
        )

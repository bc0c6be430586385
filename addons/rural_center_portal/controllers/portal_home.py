from odoo.addons.portal.controllers.portal import CustomerPortal

from . import page


class CenterHome(CustomerPortal):
    def _prepare_portal_layout_values(self):
        return {**super()._prepare_portal_layout_values(), "own_centers": page.centers().sudo()}

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "center_statement_count" in counters:
            values["center_statement_count"] = page.waiting_statement_count()
        if "center_penalty_count" in counters:
            values["center_penalty_count"] = len(page.appealable_cases())
        if "center_notice_count" in counters:
            values["center_notice_count"] = len(page.unread_notices())
        return values

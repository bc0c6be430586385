from odoo.addons.portal.controllers.portal import CustomerPortal

from . import page


class CenterHome(CustomerPortal):
    def _prepare_portal_layout_values(self):
        own = page.own_centers().sudo()
        values = super()._prepare_portal_layout_values()
        return {**values, "own_centers": own, "center_count_below": len(page.centers()) - len(own)}

    def _prepare_home_portal_values(self, counters):
        # The portal's script writes what it gets: nothing where nothing waits, so that no red 0 stands there.
        values = super()._prepare_home_portal_values(counters)
        if "center_statement_count" in counters:
            values["center_statement_count"] = page.waiting_statement_count() or None
        if "center_penalty_count" in counters:
            values["center_penalty_count"] = len(page.appealable_cases()) or None
        if "center_notice_count" in counters:
            values["center_notice_count"] = len(page.unread_notices()) or None
        return values

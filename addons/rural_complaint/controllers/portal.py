from odoo import http
from odoo.http import request

from odoo.addons.helpdesk_mgmt.controllers.main import HelpdeskTicketController


class ComplaintPortal(HelpdeskTicketController):
    """A complainant writes and reads; the steps are the staff's (MA-40)."""

    @http.route()
    def support_ticket_close(self, **kw):
        """Close tickets that are no complaints: a complaint is closed when it is filed."""
        number = str(kw.get("ticket_id", ""))
        ticket = request.env["helpdesk.ticket"].sudo().browse(int(number) if number.isdecimal() else 0).exists()
        if ticket.process_id:
            return request.redirect(f"/my/ticket/{ticket.id}")
        return super().support_ticket_close(**kw)

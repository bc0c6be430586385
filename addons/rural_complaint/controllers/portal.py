from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import request

from odoo.addons.helpdesk_mgmt.controllers.main import HelpdeskTicketController


class ComplaintPortal(HelpdeskTicketController):
    """A complainant writes and reads; the steps are the staff's (MA-40)."""

    @http.route(methods=["POST"])
    def support_ticket_close(self, **kw):
        """Close a ticket that the user may read and that is no complaint: a complaint is closed when it is filed."""
        numbers = [str(kw.get(name, "")) for name in ("ticket_id", "stage_id")]
        if not all(number.isdecimal() for number in numbers):
            return request.redirect("/my")
        ticket = request.env["helpdesk.ticket"].browse(int(numbers[0]))
        try:
            ticket.check_access("read")
            is_complaint = ticket.sudo().process_id
        except (AccessError, MissingError):
            return request.redirect("/my")
        if is_complaint:
            return request.redirect(f"/my/ticket/{ticket.id}")
        return super().support_ticket_close(**kw)

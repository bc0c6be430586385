from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from . import page


class CenterDocuments(http.Controller):
    @http.route("/my/center/documents", type="http", auth="user", website=True, readonly=True)
    def documents(self, center=None, **_arguments):
        """Show agreements with their targets, certificates and training (SC-05)."""
        center = page.own_unless_chosen(center)
        of_centers = [("center_id", "in", page.chosen_centers(center).ids)]
        return page.show(
            "documents_page",
            "center_documents",
            agreements=request.env["rural.center.agreement"].search(of_centers).sudo(),
            certificates=request.env["rural.center.certificate"].search(of_centers).sudo(),
            results=request.env["rural.training.result"].search(of_centers).sudo(),
            arguments={"center": center},
            default_url="/my/center/documents",
        )

    @http.route("/my/center/documents/agreements/<int:agreement_id>", type="http", auth="user", website=True)
    def agreement(self, agreement_id, **_arguments):
        """Give the agreement as it is printed."""
        agreement = page.get_visible("rural.center.agreement", agreement_id)
        return page.report_of(agreement, "rural_center_agreement.action_report_agreement")

    @http.route("/my/center/documents/agreements/<int:agreement_id>/scan", type="http", auth="user", website=True)
    def scan(self, agreement_id, **_arguments):
        """Give the agreement as it was signed."""
        agreement = page.get_visible("rural.center.agreement", agreement_id)
        if not agreement.signed_scan:
            raise NotFound()
        stream = (
            request.env["ir.binary"]
            .sudo()
            ._get_stream_from(agreement, "signed_scan", filename=agreement.signed_scan_name)
        )
        return stream.get_response(as_attachment=True)

    @http.route("/my/center/documents/certificates/<int:certificate_id>", type="http", auth="user", website=True)
    def certificate(self, certificate_id, **_arguments):
        """Give the certificate with its QR code."""
        certificate = page.get_visible("rural.center.certificate", certificate_id)
        return page.report_of(certificate, "rural_center_agreement.action_report_certificate")

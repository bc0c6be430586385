from werkzeug.exceptions import NotFound

from odoo import fields, http
from odoo.http import request

from odoo.addons.rural_portal import page

from .page import StationPage

SESSIONS = 5
MOVEMENTS = 50


class StationPapers(StationPage, http.Controller):
    """What ties a partner to the operator: deposit, agreement, training (DP-01, ST-01, ST-02)."""

    @http.route("/my/station/deposit", type="http", auth="user", website=True, readonly=True)
    def deposit(self, **_arguments):
        """Show the deposit of the station with its movements."""
        station = self._my_station()
        deposit = station._portal_deposit()
        movements = deposit.movement_ids.filtered(lambda movement: movement.state == "posted")[:MOVEMENTS]
        return self._show("deposit_page", "station_more", station=station, deposit=deposit, movements=movements)

    @http.route("/my/station/deposit/receipts/<int:movement_id>", type="http", auth="user", website=True)
    def receipt(self, movement_id, **_arguments):
        """Give the receipt of a movement."""
        movements = self._my_station()._portal_deposit().movement_ids
        movement = movements.filtered(lambda each: each.id == movement_id and each.state == "posted")
        if not movement:
            raise NotFound()
        return page.report_of(movement, "rural_deposit.action_report_receipt")

    @http.route("/my/station/agreement", type="http", auth="user", website=True, readonly=True)
    def agreement(self, **_arguments):
        """Show the agreements under which the partner runs the station."""
        station = self._my_station()
        agreements = request.env["rural.station.agreement"].search(
            [("station_id", "=", station.id), ("state", "!=", "draft")]
        )
        return self._show("agreement_page", "station_more", station=station, agreements=agreements.sudo())

    @http.route("/my/station/agreement/<int:agreement_id>/pdf", type="http", auth="user", website=True)
    def agreement_pdf(self, agreement_id, **_arguments):
        """Give an agreement as it is printed."""
        return page.report_of(self._my_agreement(agreement_id), "rural_station_partner.action_report_agreement")

    @http.route("/my/station/agreement/<int:agreement_id>/scan", type="http", auth="user", website=True)
    def agreement_scan(self, agreement_id, **_arguments):
        """Give an agreement as it was signed."""
        agreement = self._my_agreement(agreement_id)
        if not agreement.signed_scan:
            raise NotFound()
        files = request.env["ir.binary"].sudo()
        stream = files._get_stream_from(agreement, "signed_scan", filename=agreement.signed_scan_name)
        return stream.get_response(as_attachment=True)

    def _my_agreement(self, agreement_id):
        agreement = page.get_visible("rural.station.agreement", agreement_id)
        self._my_station(agreement.station_id.id)
        if agreement.state == "draft" or agreement.partner_id != request.env.user.partner_id:
            raise NotFound()
        return agreement

    @http.route("/my/station/training", type="http", auth="user", website=True, readonly=True)
    def training(self, **_arguments):
        """Show the partner's results, and what is held next."""
        station = self._my_station()
        sessions = request.env["rural.training.session"].sudo()
        return self._show(
            "training_page",
            "station_more",
            station=station,
            results=station._portal_training_results(),
            sessions=sessions.search(
                [
                    ("company_id", "=", station.sudo().company_id.id),
                    ("audience", "=", "station"),
                    ("state", "=", "planned"),
                    ("begins_at", ">=", fields.Datetime.now()),
                ],
                order="begins_at",
                limit=SESSIONS,
            ),
        )

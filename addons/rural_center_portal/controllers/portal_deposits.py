from odoo import http
from odoo.http import request

from . import page


class CenterDeposits(http.Controller):
    @http.route("/my/center/deposit", type="http", auth="user", website=True, readonly=True)
    def deposits(self, center=None, **_arguments):
        """Show the deposits of the centers with their movements (SC-07, DP-01)."""
        center = page.own_unless_chosen(center)
        deposits = request.env["rural.deposit"].search(
            [("center_id", "in", page.chosen_centers(center).ids)], order="center_id"
        )
        movements = request.env["rural.deposit.movement"].search(
            [("deposit_id", "in", deposits.ids)], order="date desc, id desc"
        )
        return page.show(
            "deposits_page",
            "center_deposit",
            deposits=deposits.sudo(),
            movements=movements.sudo().grouped("deposit_id"),
            arguments={"center": center},
            default_url="/my/center/deposit",
        )

    @http.route("/my/center/deposit/receipts/<int:movement_id>", type="http", auth="user", website=True)
    def receipt(self, movement_id, **_arguments):
        """Give the receipt of a movement."""
        movement = page.get_visible("rural.deposit.movement", movement_id)
        return page.report_of(movement, "rural_deposit.action_report_receipt")

from odoo import api, fields, models

from odoo.addons.rural_base.china_time import to_china


class HelpdeskTicket(models.Model):
    """A complaint of a merchant of the alliance: founded and closed, it counts down the points (MA-21)."""

    _inherit = "helpdesk.ticket"

    merchant_id = fields.Many2one(
        "rural.merchant", compute="_compute_merchant_id", store=True, compute_sudo=True, index="btree_not_null",
        groups="base.group_user", help="The merchant of the alliance that complains.",
    )  # fmt: skip
    follow_up_ids = fields.One2many(
        "rural.merchant.follow.up", "ticket_id", "Follow-ups", readonly=True, groups="base.group_user"
    )

    @api.depends("partner_id", "company_id", "process_id")
    def _compute_merchant_id(self):
        merchants = self.env["rural.merchant"]
        for ticket in self:
            payees = ticket.partner_id | ticket.partner_id.commercial_partner_id
            known = bool(ticket.process_id and payees)
            ticket.merchant_id = known and merchants.search(
                [("partner_id", "in", payees.ids), ("company_id", "=", ticket.company_id.id)], order="id", limit=1
            )

    def _close(self):
        """Count a founded complaint of a merchant once, for who looked after it when it complained (MA-21)."""
        result = super()._close()
        for ticket in self.sudo():
            if ticket.merchant_id and ticket._rounds():
                ticket._count_as_follow_up()
        return result

    def _count_as_follow_up(self):
        self.env["rural.merchant.follow.up"].sudo().create(
            {
                "merchant_id": self.merchant_id.id,
                "date": to_china(self.closed_date).date(),
                "kind": "complaint",
                "note": self.display_name,
                "ticket_id": self.id,
            }
        )

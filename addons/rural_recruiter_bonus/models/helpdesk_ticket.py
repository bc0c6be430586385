from odoo import api, fields, models

from odoo.addons.rural_base.china_time import to_china


class HelpdeskTicket(models.Model):
    """A complaint of a merchant of the alliance: founded and closed, it counts down the points (MA-21)."""

    _inherit = "helpdesk.ticket"

    merchant_id = fields.Many2one(
        "rural.merchant", compute="_compute_merchant_id", store=True, readonly=False, compute_sudo=True,
        index="btree_not_null", groups="base.group_user",
        domain="[('company_id', '=', company_id), ('partner_id', 'parent_of', partner_id)]",
        help="The merchant of the alliance that complains.",
    )  # fmt: skip
    follow_up_ids = fields.One2many(
        "rural.merchant.follow.up", "ticket_id", "Follow-ups", readonly=True, groups="base.group_user"
    )

    @api.depends("partner_id", "company_id", "process_id", "received_at")
    def _compute_merchant_id(self):
        """Propose who is meant; whom the officer chose stays if as likely."""
        for ticket in self:
            likely = ticket._likely_merchants()
            ticket.merchant_id = ticket.merchant_id & likely or likely[:1]

    def _likely_merchants(self):
        """Return who may be meant: of this very payee rather, and under contract when it complained (MA-21)."""
        payees = self.partner_id | self.partner_id.commercial_partner_id
        merchants = self.env["rural.merchant"]
        if not (self.process_id and payees):
            return merchants
        day = to_china(self.received_at or fields.Datetime.now()).date()
        candidates = merchants.search(
            [("partner_id", "in", payees.ids), ("company_id", "=", self.company_id.id)], order="id desc"
        )
        ranks = candidates.grouped(
            lambda merchant: (merchant.partner_id == self.partner_id, merchant._is_in_contract_on(day))
        )
        return ranks[max(ranks)] if ranks else merchants

    @api.model
    def _record_fields(self):
        return super()._record_fields() | {"merchant_id"}

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

from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    rural_deposit_ids = fields.One2many(
        "rural.deposit",
        "partner_id",
        "Deposits",
        groups="rural_base.group_operations,rural_base.group_settlement_officer,account.group_account_invoice",
    )
    rural_deposit_count = fields.Integer(
        "Number of Deposits",
        compute="_compute_rural_deposit_count",
        groups="rural_base.group_operations,rural_base.group_settlement_officer,account.group_account_invoice",
    )

    def _compute_rural_deposit_count(self):
        groups = self.env["rural.deposit"]._read_group([("partner_id", "in", self.ids)], ["partner_id"], ["__count"])
        counts = dict(groups)
        for partner in self:
            partner.rural_deposit_count = counts.get(partner._origin, 0)

    def action_view_rural_deposits(self):
        """Show the deposits of the partners."""
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_deposit.action_deposit")
        return {**action, "domain": [("partner_id", "in", self.ids)], "context": {"default_partner_id": self[:1].id}}

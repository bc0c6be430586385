from odoo import fields, models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    rural_posting_id = fields.Many2one(related="move_id.rural_posting_id", string="Fee Posting")

    def action_view_rural_fee_entries(self):
        """Show the fee entries behind journal items: those of the center, or of the supplier alone."""
        entries = self.env["rural.fee.entry"]
        for line in self:
            domain = [("statement_id", "in", line.move_id._rural_statements().ids)]
            if line.account_type == "asset_receivable":
                domain.append(("supplier_id", "=", line.partner_id.id))
            entries |= entries.search(domain)
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_settlement.action_fee_entry")
        return {**action, "domain": [("id", "in", entries.ids)], "context": {}}

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.rural_service_order.eligibility import EARNING


class RuralOrderLine(models.Model):
    _inherit = "rural.order.line"

    entry_ids = fields.One2many("rural.fee.entry", "line_id", "Fee Entries", readonly=True)
    settled_fee = fields.Monetary(
        compute="_compute_settled_fee", help="What confirmed statements have settled for this line."
    )

    @api.depends("entry_ids.fee", "entry_ids.state")
    def _compute_settled_fee(self):
        totals = dict(
            self.env["rural.fee.entry"]._read_group(
                [("line_id", "in", self.ids), ("statement_id.state", "in", self.env["rural.statement"]._live_states)],
                ["line_id"],
                ["fee:sum"],
            )
        )
        for line in self:
            line.settled_fee = totals.get(line, 0)

    def action_view_fee_entries(self):
        """Show what has been settled for the lines."""
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_settlement.action_fee_entry")
        return {**action, "domain": [("line_id", "in", self.ids)], "context": {}}

    def action_view_moves(self):
        """Show the journal entries that the fees of the lines went into."""
        return self.entry_ids.action_view_moves()

    def _action_view(self, name):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": self._name,
            "view_mode": "list,form",
            "domain": [("id", "in", self.ids)],
            "context": {"create": False},
        }

    @api.model
    def _open_condition(self):
        """A line that a live statement has settled keeps its judgement when facts change (SC-13)."""
        return SQL(
            """%s AND (line.outcome NOT IN %s OR NOT EXISTS (
                SELECT FROM rural_fee_entry entry
                  JOIN rural_statement statement ON statement.id = entry.statement_id
                 WHERE entry.line_id = line.id AND statement.state IN %s))""",
            super()._open_condition(),
            EARNING,
            self.env["rural.statement"]._live_states,
        )

    @api.model
    def _after_judgement(self, companies):
        """Drafts show what the orders are worth now."""
        result = super()._after_judgement(companies)
        for company in companies:
            self.env["rural.statement"]._refresh_drafts(company)
        return result

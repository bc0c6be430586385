from odoo import api, fields, models

from ..models.res_company import BEARERS


class RuralStatementPost(models.TransientModel):
    """Show both sides of what will be posted, and ask for the accounting date (SC-14)."""

    _name = "rural.statement.post"
    _inherit = "rural.posting.dialog"
    _description = "Post Statements"

    date = fields.Date(help="Empty: the last day of each statement's month.")
    statement_ids = fields.Many2many("rural.statement", string="Statements", required=True)
    bearer = fields.Selection(BEARERS, "Fees Borne By", compute="_compute_sides")
    unheeded_dispute_ids = fields.Many2many(
        "rural.statement.dispute",
        compute="_compute_unheeded_dispute_ids",
        string="Accepted Disputes without a Correction",
        help="The center was right, and the order line is still worth what was settled.",
    )
    statement_count = fields.Integer("Number of Statements", compute="_compute_sides")
    center_total = fields.Monetary("Payable to Centers", compute="_compute_sides")
    supplier_total = fields.Monetary("Receivable from Suppliers", compute="_compute_sides")
    difference = fields.Monetary("Left on Clearing", compute="_compute_sides")

    @api.depends("statement_ids")
    def _compute_sides(self):
        for wizard in self:
            statements = wizard.statement_ids._origin
            wizard.bearer = statements.company_id[:1].rural_fee_bearer
            wizard.statement_count = len(statements)
            wizard.center_total = sum(statements.mapped("fee"))
            wizard.supplier_total = sum(statements._fees_by_supplier().values())
            wizard.difference = wizard.center_total - wizard.supplier_total

    @api.depends("statement_ids")
    def _compute_unheeded_dispute_ids(self):
        for wizard in self:
            wizard.unheeded_dispute_ids = wizard.statement_ids.dispute_ids.filtered(
                lambda dispute: dispute.state == "accepted" and dispute.line_id.fee == dispute.line_id.settled_fee
            )

    def _documents(self):
        return self.statement_ids

    def _entry_journal(self):
        return self.company_id._rural_fee_journal()

    def action_post(self):
        """Post and show the postings."""
        self.ensure_one()
        postings = self.statement_ids._post(self.date)
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_settlement.action_fee_posting")
        if len(postings) == 1:
            return {**action, "views": [(False, "form")], "res_id": postings.id}
        return {**action, "domain": [("id", "in", postings.ids)], "context": {}}

from odoo import api, fields, models
from odoo.tools.misc import format_date

from ..models.res_company import BEARERS


class RuralStatementPost(models.TransientModel):
    """Show both sides of what will be posted, and ask for the accounting date (SC-14)."""

    _name = "rural.statement.post"
    _description = "Post Statements"

    statement_ids = fields.Many2many("rural.statement", string="Statements", required=True)
    company_id = fields.Many2one(related="statement_ids.company_id")
    currency_id = fields.Many2one(related="company_id.currency_id")
    bearer = fields.Selection(BEARERS, "Fees Borne By", compute="_compute_sides")
    date = fields.Date(
        "Accounting Date",
        help="Empty: the last day of each statement's month.",
    )
    unheeded_dispute_ids = fields.Many2many(
        "rural.statement.dispute",
        compute="_compute_unheeded_dispute_ids",
        string="Accepted Disputes without a Correction",
        help="The center was right, and the order line is still worth what was settled.",
    )
    lock_note = fields.Char(compute="_compute_lock_note")
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

    @api.depends("date", "statement_ids")
    def _compute_lock_note(self):
        for wizard in self:
            first = min(wizard.statement_ids.mapped("month"), default=None)
            day = wizard.date or (first and fields.Date.end_of(first, "month"))
            company = wizard.company_id.sudo()
            locks = day and company._get_violated_lock_dates(day, False, company.rural_fee_journal_id)
            wizard.lock_note = bool(locks) and self.env._(
                "The books are locked: %(locks)s. What would fall before is entered on %(day)s.",
                locks=company._format_lock_dates(locks),
                day=format_date(self.env, company._rural_entry_day(day, company._rural_fee_journal())),
            )

    def action_post(self):
        """Post and show the postings."""
        self.ensure_one()
        postings = self.statement_ids._post(self.date)
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_settlement.action_fee_posting")
        if len(postings) == 1:
            return {**action, "views": [(False, "form")], "res_id": postings.id}
        return {**action, "domain": [("id", "in", postings.ids)], "context": {}}

from odoo import api, fields, models
from odoo.tools.misc import format_date


class RuralFeePosting(models.Model):
    """The journal entries of statements that are posted together (SC-14).

    The fees are the suppliers' money that passes through the operator.
    """

    _name = "rural.fee.posting"
    _description = "Posting of Service Fees"
    _inherit = ["rural.clearing.posting", "mail.thread", "rural.explanation.mixin"]
    _order = "month desc, id desc"
    _mail_post_access = "read"
    _check_company_auto = True
    _posting_field = "rural_posting_id"
    _document_field = "rural_statement_id"

    name = fields.Char(compute="_compute_name", store=True)
    month = fields.Date(required=True, readonly=True)
    date = fields.Date(required=True)
    bearer = fields.Selection(required=True)
    posted_by_id = fields.Many2one(required=True)

    statement_ids = fields.One2many("rural.statement", "posting_id", "Statements", readonly=True)
    statement_count = fields.Integer(compute="_compute_statement_count")
    move_ids = fields.One2many("account.move", "rural_posting_id", "Journal Entries", readonly=True)
    total = fields.Monetary("Fees", readonly=True, help="What the centers of this posting get.")

    @api.depends("month")
    def _compute_name(self):
        for posting in self:
            posting.name = f"CF/{posting.month:%Y-%m}/{posting.id or posting._origin.id or 0}"

    @api.depends("statement_ids")
    def _compute_statement_count(self):
        for posting in self:
            posting.statement_count = len(posting.statement_ids)

    def action_view_statements(self):
        """Show the statements of the posting."""
        return self.statement_ids._action_view("rural_settlement.action_statement")

    def action_view_entries(self):
        """Show the fee entries behind the posting."""
        return self.statement_ids.action_view_entries()

    def _post_entries(self):
        """Write down what the statements of the posting are worth together."""
        result = super()._post_entries()
        self.total = sum(self.statement_ids.mapped("fee"))
        return result

    def _documents(self):
        return self.statement_ids

    def _amounts_by_supplier(self, documents):
        return documents._fees_by_supplier()

    def _label(self, whose):
        return self.env._(
            "Channel service fee %(month)s, %(whose)s",
            month=format_date(self.env, self.month, date_format="yyyy-MM"),
            whose=whose,
        )

    def _undo_message(self, move, document):
        return self.env._(
            "%(move)s was made by %(posting)s. Cancel the statement instead, which reverses the "
            "entries of the center and of its suppliers together.",
            move=move.display_name,
            posting=document.name or self.name,
        )

    # ------------------------------------------------------------------
    # Explanation
    # ------------------------------------------------------------------

    @api.model
    def _explanation_depends(self):
        return ("total", "bearer", "date")

    def _explain(self) -> dict:
        """SC-14: whose money it is and on which accounts it went."""
        self.ensure_one()
        if self.bearer == "operator":
            sentence = self.env._("The operator bears the fees: a vendor bill for each center.")
        else:
            sentence = self.env._(
                "The suppliers' money passes through the operator: each center is credited on its payable, "
                "each supplier debited on its receivable, and the clearing account comes out at zero."
            )
        return {
            "clause": "SC-14",
            "inputs": {
                self.env._("Statements"): self.statement_count,
                self.env._("Fees"): self._amount(self.total),
                self.env._("Clearing account"): self._amount(self.clearing_balance),
            },
            "sentence": sentence,
        }

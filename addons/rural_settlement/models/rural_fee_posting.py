from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools.misc import format_date, formatLang

from .res_company import BEARERS


class RuralFeePosting(models.Model):
    """The journal entries of statements that are posted together (SC-14).

    The fees are the suppliers' money that passes through the operator: each center is credited on its
    payable and each supplier debited on its receivable, and in between they meet on a clearing account that
    must come out at zero. Where the operator bears the fees, there is a vendor bill for each center instead.
    """

    _name = "rural.fee.posting"
    _description = "Posting of Service Fees"
    _inherit = ["mail.thread", "rural.explanation.mixin"]
    _order = "month desc, id desc"
    _mail_post_access = "read"
    _check_company_auto = True

    name = fields.Char(compute="_compute_name", store=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    month = fields.Date(required=True, readonly=True)
    date = fields.Date("Accounting Date", required=True, readonly=True)
    bearer = fields.Selection(BEARERS, "Fees Borne By", required=True, readonly=True)
    clearing_account_id = fields.Many2one("account.account", readonly=True, check_company=True)
    posted_by_id = fields.Many2one("res.users", required=True, readonly=True)

    statement_ids = fields.One2many("rural.statement", "posting_id", "Statements", readonly=True)
    statement_count = fields.Integer(compute="_compute_totals")
    move_ids = fields.One2many("account.move", "rural_posting_id", "Journal Entries", readonly=True)
    move_count = fields.Integer(compute="_compute_totals")
    total = fields.Monetary("Fees", readonly=True, help="What the centers of this posting get.")
    clearing_balance = fields.Monetary(
        compute="_compute_totals", help="What is left on the clearing account: 0.00 when all is right."
    )

    @api.depends("month")
    def _compute_name(self):
        for posting in self:
            posting.name = f"CF/{posting.month:%Y-%m}/{posting.id or posting._origin.id or 0}"

    @api.depends("statement_ids", "move_ids.state", "move_ids.line_ids.balance")
    def _compute_totals(self):
        for posting in self:
            posting.clearing_balance = sum(posting._clearing_lines().mapped("balance"))
            posting.statement_count = len(posting.statement_ids)
            posting.move_count = len(posting.move_ids)

    def action_view_statements(self):
        """Show the statements of the posting."""
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_settlement.action_rural_statement")
        return {**action, "domain": [("posting_id", "in", self.ids)], "context": {}}

    def action_view_moves(self):
        """Show the journal entries of the posting."""
        return self.move_ids._action_view_journal_entries()

    def action_view_entries(self):
        """Show the fee entries behind the posting."""
        return self.statement_ids.action_view_entries()

    # ------------------------------------------------------------------
    # Posting
    # ------------------------------------------------------------------

    def _post_entries(self):
        """Make and post the journal entries of the statements.

        :raises UserError: when the centers' side and the suppliers' side differ
        """
        self.ensure_one()
        company = self.company_id
        company._check_rural_fee_accounting()
        if self.bearer == "supplier":
            self.clearing_account_id = company._rural_fee_clearing_account()
        by_supplier = self.statement_ids._fees_by_supplier()
        self._check_both_sides(by_supplier)
        self.total = sum(self.statement_ids.mapped("fee"))
        Move = self.env["account.move"].with_company(company).with_context(mail_create_nosubscribe=True)
        if self.bearer == "operator":
            moves = Move.create([self._prepare_bill_vals(statement) for statement in self._to_enter()])
        else:
            moves = Move.create([self._prepare_center_move_vals(statement) for statement in self._to_enter()])
            moves += Move.create(self._prepare_suppliers_move_vals(by_supplier) or [])
        for move in moves:
            move.rural_statement_id.move_id = move
        moves.action_post()
        self._reconcile_clearing()

    def _to_enter(self):
        # Nothing is to be entered for a statement of 0.00.
        return self.statement_ids.filtered(lambda statement: not self.currency_id.is_zero(statement.fee)).sorted("name")

    def _check_both_sides(self, by_supplier):
        """SC-14: what the centers get must be what the suppliers bear; the sides are added up apart."""
        centers = sum(self.statement_ids.mapped("fee"))
        suppliers = sum(by_supplier.values())
        if self.currency_id.compare_amounts(centers, suppliers):
            raise UserError(
                self.env._(
                    "Nothing was posted: the centers get %(centers)s, but the suppliers bear %(suppliers)s. "
                    "The clearing account would keep %(difference)s.",
                    centers=self._amount(centers),
                    suppliers=self._amount(suppliers),
                    difference=self._amount(centers - suppliers),
                )
            )

    def _reconcile_clearing(self):
        lines = self._clearing_lines().filtered(lambda line: not line.reconciled)
        if not self.currency_id.is_zero(sum(lines.mapped("amount_residual"))):
            raise UserError(self.env._("The clearing account of %s does not come out at zero.", self.name))
        if lines:
            lines.reconcile()

    def _clearing_lines(self):
        return self.move_ids.line_ids.filtered(
            lambda line: line.account_id == self.clearing_account_id and line.parent_state == "posted"
        )

    # ------------------------------------------------------------------
    # Values of entries
    # ------------------------------------------------------------------

    def _prepare_move_vals(self, statement=None, **vals):
        return {
            "move_type": "entry",
            "company_id": self.company_id.id,
            "journal_id": self.company_id._rural_fee_journal().id,
            "date": self.date,
            "ref": statement.name if statement else self.name,
            "rural_posting_id": self.id,
            "rural_statement_id": statement.id if statement else False,
            **vals,
        }

    def _prepare_center_move_vals(self, statement):
        """Debit clearing, credit the payable of the center."""
        label = self._label(statement.center_id.display_name)
        payable = statement.partner_id.with_company(self.company_id).property_account_payable_id
        return self._prepare_move_vals(
            statement,
            partner_id=statement.partner_id.id,
            line_ids=[
                self._line(self.clearing_account_id, statement.fee, label),
                self._line(payable, -statement.fee, label, statement.partner_id),
            ],
        )

    def _prepare_suppliers_move_vals(self, by_supplier):
        """Debit the receivable of each supplier, credit clearing; nothing when all is 0.00."""
        lines = [
            self._line(
                supplier.with_company(self.company_id).property_account_receivable_id,
                fee,
                self._label(supplier.supplier_code or supplier.name),
                supplier,
            )
            for supplier, fee in by_supplier.items()
            if not self.currency_id.is_zero(fee)
        ]
        if not lines:
            return None
        total = sum(by_supplier.values())
        if not self.currency_id.is_zero(total):
            lines.append(self._line(self.clearing_account_id, -total, self._label(self.env._("all centers"))))
        return self._prepare_move_vals(line_ids=lines)

    def _prepare_bill_vals(self, statement):
        """A bill of the center on the operator's expense, a refund where the fee is negative."""
        company = self.company_id
        return {
            "move_type": "in_invoice" if statement.fee > 0 else "in_refund",
            "company_id": company.id,
            "partner_id": statement.partner_id.id,
            "invoice_date": self.date,
            "date": self.date,
            "ref": statement.name,
            "rural_posting_id": self.id,
            "rural_statement_id": statement.id,
            "invoice_line_ids": [
                Command.create(
                    {
                        "name": self._label(statement.center_id.display_name),
                        "account_id": company._rural_fee_expense_account().id,
                        "quantity": 1,
                        "price_unit": abs(statement.fee),
                        "tax_ids": [Command.clear()],
                    }
                )
            ],
        }

    def _line(self, account, balance, label, partner=None):
        return Command.create(
            {
                "account_id": account.id,
                "partner_id": partner.id if partner else False,
                "name": label,
                "balance": self.currency_id.round(balance),
            }
        )

    def _label(self, whose):
        return self.env._(
            "Channel service fee %(month)s, %(whose)s",
            month=format_date(self.env, self.month, date_format="yyyy-MM"),
            whose=whose,
        )

    def _amount(self, value):
        return formatLang(self.env, value, currency_obj=self.currency_id)

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

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from odoo.addons.rural_base.percent import percent


class RuralFeeEntry(models.Model):
    """A fee that a confirmed statement has settled, written once and never changed (SC-13, SC-15).

    A later change of the order line is an entry of its own with the difference. The database itself refuses
    to change or delete what an entry says.
    """

    _name = "rural.fee.entry"
    _description = "Fee Entry"
    _inherit = ["rural.explanation.mixin"]
    _order = "id"
    _rec_name = "line_id"
    _log_access = False

    statement_id = fields.Many2one("rural.statement", required=True, readonly=True, index=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="restrict")
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(related="statement_id.state", string="Statement State")
    line_id = fields.Many2one(
        "rural.order.line", "Order Line", required=True, readonly=True, index=True, ondelete="restrict"
    )
    product_id = fields.Many2one(related="line_id.product_id")
    purchaser_id = fields.Many2one(related="line_id.purchaser_id")
    center_id = fields.Many2one(
        "rural.service.center",
        "Service Center",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    supplier_id = fields.Many2one("res.partner", required=True, readonly=True, index=True, ondelete="restrict")
    pool_entry_id = fields.Many2one("rural.pool.entry", readonly=True, ondelete="restrict")
    acceptance_id = fields.Many2one(
        "rural.line.acceptance", "Acceptance by Hand", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    completion_month = fields.Date("Month of Completion", readonly=True)
    month = fields.Date("Settled In", required=True, readonly=True)
    kind = fields.Selection([("fee", "Fee"), ("adjustment", "Adjustment")], required=True, readonly=True)
    amount = fields.Monetary(required=True, readonly=True)
    refund = fields.Monetary(required=True, readonly=True)
    base = fields.Monetary("Amount Less Refund", required=True, readonly=True)
    fee_rate = fields.Float(digits=(16, 6), readonly=True, aggregator="avg")
    fee = fields.Monetary("Service Fee", required=True, readonly=True)

    _base_adds_up = models.Constraint(
        "CHECK (base = amount - refund)", "What a fee rests on is the amount less the refund."
    )

    def init(self):
        """Let the database refuse changes of what an entry says, whoever asks for them."""
        result = super().init()
        self.env.cr.execute(
            """
            CREATE OR REPLACE FUNCTION rural_fee_entry_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'Fee entry % is final: correct it by an adjustment', OLD.id
                      USING ERRCODE = 'integrity_constraint_violation';
            END $$;
            CREATE OR REPLACE TRIGGER rural_fee_entry_is_final
                BEFORE DELETE OR UPDATE OF statement_id, company_id, line_id, center_id, month,
                                           acceptance_id, completion_month, kind, amount, refund, base, fee_rate, fee
                ON rural_fee_entry FOR EACH ROW EXECUTE FUNCTION rural_fee_entry_is_final();
            """
        )
        return result

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse: there is one way to make an entry.

        :raises UserError: always
        """
        raise UserError(self.env._("Fee entries are written when a statement is confirmed."))

    def write(self, vals):
        """Refuse: an entry is corrected by another one.

        :raises UserError: always
        """
        raise UserError(self.env._("A fee entry is final. Correct the order line; the difference is adjusted."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A fee entry is final and is kept for ever."))

    # ------------------------------------------------------------------
    # Where it leads
    # ------------------------------------------------------------------

    def action_view_order_lines(self):
        """Show the order lines of the entries."""
        return self.line_id._action_view(self.env._("Order Lines"))

    def action_view_statements(self):
        """Show the statements of the entries."""
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_settlement.action_statement")
        return {**action, "domain": [("id", "in", self.statement_id.ids)], "context": {}}

    def action_view_moves(self):
        """Show the journal entries that these fees went into."""
        return self._moves()._rural_action_view()

    def _moves(self):
        """Return the entries of the center, those of the suppliers, and their reversals."""
        statements = self.statement_id
        shared = statements.posting_id.move_ids.filtered(lambda move: not move.rural_statement_id)
        return statements.move_ids | shared

    # ------------------------------------------------------------------
    # Explanation
    # ------------------------------------------------------------------

    @api.model
    def _explanation_depends(self):
        return ("fee", "base", "fee_rate", "kind", "statement_id", "acceptance_id")

    def _explain(self) -> dict:
        """SC-10 for a fee, SC-12 for one accepted by hand; SC-13 for what came or changed after closing."""
        self.ensure_one()
        explained = self._explain_adjustment() if self.kind == "adjustment" else self._explain_fee()
        explained["inputs"] |= self.acceptance_id._explanation_inputs()
        return explained | {"parameter": None if self.acceptance_id else self.pool_entry_id}

    def _explain_fee(self):
        return {
            "clause": "SC-12" if self.acceptance_id else "SC-10",
            "inputs": {
                self.env._("Amount less refund"): self._amount(self.base),
                self.env._("Fee rate"): percent(self.fee_rate),
            },
            "sentence": self.env._(
                "%(line)s was completed in %(month)s: %(base)s × %(rate)s = %(fee)s, borne by %(supplier)s.",
                line=self.line_id.display_name,
                month=self._month(self.completion_month),
                base=self._amount(self.base),
                rate=percent(self.fee_rate),
                fee=self._amount(self.fee),
                supplier=self.supplier_id.display_name,
            ),
        }

    def _explain_adjustment(self):
        earlier = self._settled_before()
        before = earlier.filtered(lambda entry: entry._payer_and_payee() == self._payer_and_payee())
        settled = sum(before.mapped("fee"))
        inputs = {
            self.env._("Settled before"): ", ".join(
                f"{entry.statement_id.name}: {self._amount(entry.fee)}" for entry in before
            )
            or self.env._("nothing"),
            self.env._("Worth when this was settled"): self._amount(settled + self.fee),
        }
        correction = self._correction_of(before[-1:])
        if correction:
            inputs |= self._correction_inputs(before[-1:], correction)
        if before:
            sentence = self.env._(
                "%(line)s changed after %(month)s was closed: %(new)s instead of %(old)s, so %(fee)s are "
                "adjusted in %(open)s.",
                line=self.line_id.display_name,
                month=self._month(before[-1].month),
                new=self._amount(settled + self.fee),
                old=self._amount(settled),
                fee=self._amount(self.fee),
                open=self._month(self.month),
            )
        else:
            sentence = self._explain_addition(earlier - self.statement_id.entry_ids)
        return {"clause": "SC-13", "inputs": inputs, "sentence": sentence}

    def _correction_of(self, before):
        """Return the version of the rate that took the place of the one that was settled by, if one did (SC-08)."""
        corrected = before and not self.acceptance_id and self.pool_entry_id != before.pool_entry_id
        return self.pool_entry_id if corrected else self.pool_entry_id.browse()

    def _correction_inputs(self, before, correction):
        rates = {
            self.env._("Rate settled before"): percent(before.fee_rate),
            self.env._("Rate as corrected (SC-08)"): percent(self.fee_rate),
        }
        if not self.env.user._is_internal():
            return rates  # why, and who, is for the house (SC-20)
        return rates | {
            self.env._("Why the rate was corrected"): self.env._(
                "%(reason)s (asked by %(asker)s, confirmed by %(decider)s)",
                reason=correction.reason or "–",
                asker=correction.requested_by_id.name or "–",
                decider=correction.decided_by_id.name or "–",
            ),
        }

    def _explain_addition(self, elsewhere):
        """Why a fee comes after its month was closed: another party had it, somebody let it in, or it came late."""
        said = {
            "line": self.line_id.display_name,
            "month": self._month(self.completion_month),
            "fee": self._amount(self.fee),
            "open": self._month(self.month),
        }
        if elsewhere:
            return self.env._(
                "%(line)s was settled for %(center)s at the cost of %(supplier)s before. That was corrected after "
                "%(closed)s was closed, so its %(fee)s are settled here in %(open)s.",
                center=elsewhere[-1].center_id.display_name,
                supplier=elsewhere[-1].supplier_id.display_name,
                closed=self._month(elsewhere[-1].month),
                **said,
            )
        if self.acceptance_id:
            return self.env._(
                "%(line)s was completed in %(month)s and accepted by hand after that month was closed, so its "
                "%(fee)s are settled in %(open)s.",
                **said,
            )
        return self.env._(
            "%(line)s was completed in %(month)s, but came in, or began to earn a fee, after that month was closed, "
            "so its %(fee)s are settled in %(open)s.",
            **said,
        )

    def _payer_and_payee(self):
        return self.supplier_id, self.center_id

    def _settled_before(self):
        """Return the entries of the same line that counted when this one was written."""
        earlier = self.search([("line_id", "=", self.line_id.id), ("id", "<", self.id)])
        written_at = self.statement_id.confirmed_at
        return earlier.filtered(
            lambda entry: not entry.statement_id.cancelled_at or entry.statement_id.cancelled_at > written_at
        )

    def _month(self, day):
        return format_date(self.env, day, date_format="yyyy-MM")

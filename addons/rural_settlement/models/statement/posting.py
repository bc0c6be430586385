from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.rural_account.models.rural_payable_document import ACCOUNTANTS

from ...rules import next_month


class RuralStatement(models.Model):
    """Posting and paying what is confirmed, and cancelling it with its entries reversed (SC-14)."""

    _inherit = "rural.statement"

    def action_post_selected(self):
        """Show what will be posted and ask for the accounting date."""
        self._check_group(*ACCOUNTANTS)
        self._check_state("confirmed")
        return self._ask(
            "rural.statement.post", self.env._("Post Statements"), statement_ids=[fields.Command.set(self.ids)]
        )

    def action_register_payment(self):
        """Pay the centers with Odoo's own payments."""
        self._check_group(*ACCOUNTANTS)
        self._check_state("posted")
        return self._register_payment()

    def _post(self, day=None):
        """Post confirmed statements, a posting for each company and month (SC-14).

        :param date day: accounting date; by default the last day of each statement's month
        :return: the postings
        :raises UserError: naming the statement that cannot be posted and why
        """
        self._lock_objections()
        self._begin_posting(day)
        self._check_undisputed()
        postings = self.env["rural.fee.posting"].sudo()
        for (company, month), statements in sorted(
            self.grouped(lambda statement: (statement.company_id, statement.month)).items(),
            key=lambda item: (item[0][0].id, item[0][1]),
        ):
            postings += statements._make_posting(company, month, day)
        return postings.sudo(self.env.su)

    def _make_posting(self, company, month, day):
        posting = (
            self.env["rural.fee.posting"]
            .sudo()
            .create(
                {
                    "company_id": company.id,
                    "month": month,
                    "date": day or fields.Date.end_of(month, "month"),
                    "bearer": company.rural_fee_bearer,
                    "posted_by_id": self.env.uid,
                }
            )
        )
        # State and posting are written before the entries, which look at both.
        self.sudo().write({"posting_id": posting.id, "state": "posted"})
        posting._post_entries()
        self.sudo().activity_ids.unlink()
        return posting

    def _lock_objections(self):
        """Let nobody post and object at once: whoever waited begins anew with what the other one left."""
        for company in self.sudo().company_id.sorted("id"):
            self.env["rural.lock"]._acquire("objections", company)

    def _check_undisputed(self):
        self._check_answered()
        for statement in self:
            if not statement.is_undisputed:
                raise UserError(
                    self.env._(
                        "%(center)s can object to %(statement)s until %(deadline)s. Post it after that, or "
                        "record first that the center agrees.",
                        center=statement.center_id.display_name,
                        statement=statement.name,
                        deadline=statement._china_time(statement.dispute_deadline),
                    )
                )

    # ------------------------------------------------------------------
    # Cancelling
    # ------------------------------------------------------------------

    @api.model
    def _reason_steps(self):
        steps = super()._reason_steps()
        due_again = self.env._(
            "What the statement settled becomes due again. The last closed month of a center opens with a new draft; "
            "the lines of an earlier month come as adjustments. Open disputes are closed."
        )
        steps["take_back"] |= {"method": "_cancel_and_show", "help": due_again}
        steps["cancel"] |= {
            "method": "_cancel_and_show",
            "help": self.env._(
                "What the statement settled becomes due again. The last closed month of a center opens with a new "
                "draft; the lines of an earlier month come as adjustments. Posted entries of the center and of its "
                "suppliers are reversed on the accounting date. Open disputes are closed."
            ),
        }
        return steps

    def _cancel_and_show(self, reason, day=None):
        """Cancel the statements and show what is to be settled anew in their place, if anything is."""
        return (self._cancel(reason, day) | self)._action_view("rural_settlement.action_statement")

    def _cancel(self, reason, day=None):
        """Cancel confirmed or posted statements; what they settled becomes due again (SC-13).

        The last closed month of a center opens again, the lines of an earlier one come as adjustments.
        """
        self.env["rural.order.line"]._lock_settlement(*self.company_id)
        return super()._cancel(reason, day)

    def _entry_day(self):
        return self.posting_id.date

    def _reverse(self, day):
        for statement in self:
            statement.posting_id._reverse_documents(statement, day, self.env._("Cancellation of %s", statement.name))

    def _after_cancel(self):
        self.sudo().dispute_ids._close_with_statement()
        drafts = super()._after_cancel()
        for company, statements in self.grouped("company_id").items():
            system = statements.with_user(api.SUPERUSER_ID)
            new, changed = system._prepare_drafts(
                company, centers=system.center_id, until=statements._last_month_to_prepare()
            )
            drafts |= self.browse((new | changed).ids)
        return drafts

    def _last_month_to_prepare(self):
        # As far as the lines of the cancelled statements can fall due.
        last_closed = self.sudo()._read_group(
            [("center_id", "in", self.center_id.ids), *self._live_domain()], [], ["month:max"]
        )[0][0]
        return max([*self.mapped("month"), *([next_month(last_closed)] if last_closed else [])])

    def _fees_by_supplier(self):
        """Return what each supplier bears of these statements: partner → yuan."""
        groups = self.env["rural.fee.entry"]._read_group(
            [("statement_id", "in", self.ids)], ["supplier_id"], ["fee:sum"]
        )
        return {supplier: self.currency_id.round(fee) for supplier, fee in groups}

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.rural_account.models.rural_payable_document import ACCOUNTANTS

from ..rules import next_month


class RuralStatement(models.Model):
    _inherit = "rural.statement"

    def action_cancel_selected(self):
        """Ask for the reason of a cancellation."""
        self._check_cancellable()
        return self._ask(
            "rural.statement.cancel", self.env._("Cancel Statements"), statement_ids=[Command.set(self.ids)]
        )

    def _cancel(self, reason, day=None):
        """Cancel confirmed or posted statements; what they settled becomes due again (SC-13).

        A manager takes back a confirmed one; an accountant a posted one, which reverses its entries. The
        last closed month of a center opens again, the lines of an earlier one come as adjustments.

        :param date day: accounting date of the reversals, today by default
        :return: the new drafts
        """
        self._check_cancellable()
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the statement is cancelled."))
        posted = self.filtered("posting_id")
        if self - posted:
            self._check_group("rural_base.group_settlement_manager")
        if posted:
            self._check_group(*ACCOUNTANTS)
            posted._check_unpaid()
        for statement in posted.sudo():
            statement.posting_id._reverse_documents(
                statement,
                day or fields.Date.context_today(self),
                self.env._("Cancellation of %s", statement.name),
            )
        self.sudo().write(
            {
                "state": "cancelled",
                "cancel_reason": reason,
                "cancelled_by_id": self.env.uid,
                "cancelled_at": fields.Datetime.now(),
            }
        )
        self.sudo().activity_ids.unlink()
        for statement in self.sudo():
            statement.message_post(body=self.env._("Cancelled: %s", reason))
        return self._prepare_again()

    def _check_cancellable(self):
        # At 0.00 a posted statement is paid at once, without a payment that could be in the way.
        nothing_paid = self.filtered(lambda statement: statement.state == "paid" and not statement.move_id)
        (self - nothing_paid)._check_state("confirmed", "posted")

    def _prepare_again(self):
        drafts = self.browse()
        for company, statements in self.grouped("company_id").items():
            system = statements.with_user(api.SUPERUSER_ID)
            new, changed = system._prepare_drafts(
                company, centers=system.center_id, until=statements._last_month_to_prepare()
            )
            statements._hand_makers_on(new | changed)
            drafts += self.browse(new.ids)
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

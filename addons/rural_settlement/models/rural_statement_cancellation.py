from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..rules import next_month
from .rural_statement_posting import ACCOUNTANTS


class RuralStatement(models.Model):
    _inherit = "rural.statement"

    def action_cancel_selected(self):
        """Ask for the reason of a cancellation."""
        self._check_state("confirmed", "posted")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Cancel Statements"),
            "res_model": "rural.statement.cancel",
            "view_mode": "form",
            "target": "new",
            "context": {"default_statement_ids": [Command.set(self.ids)]},
        }

    def _cancel(self, reason, day=None):
        """Cancel confirmed or posted statements; what they settled becomes due again (SC-13).

        A manager takes back a confirmed one; an accountant a posted one, which reverses its entries. The
        last closed month of a center opens again, the lines of an earlier one come as adjustments.

        :param date day: accounting date of the reversals, today by default
        :return: the new drafts
        """
        self._check_state("confirmed", "posted")
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the statement is cancelled."))
        posted = self.filtered(lambda statement: statement.state == "posted")
        if self - posted:
            self._check_group("rural_base.group_settlement_manager")
        if posted:
            self._check_group(*ACCOUNTANTS)
            posted._check_unpaid()
        for statement in posted.sudo():
            statement._reverse(day or fields.Date.context_today(self))
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

    def _prepare_again(self):
        drafts = self.browse()
        for company, statements in self.grouped("company_id").items():
            system = statements.with_user(api.SUPERUSER_ID)
            new, _changed = system._prepare_drafts(
                company, centers=system.center_id, until=statements._last_month_to_prepare()
            )
            drafts += self.browse(new.ids)
        return drafts

    def _last_month_to_prepare(self):
        # As far as the lines of the cancelled statements can fall due.
        last_closed = self.sudo()._read_group(
            [("center_id", "in", self.center_id.ids), *self._live_domain()], [], ["month:max"]
        )[0][0]
        return max([*self.mapped("month"), *([next_month(last_closed)] if last_closed else [])])

    def _check_unpaid(self):
        for statement in self.sudo():
            if statement.currency_id.compare_amounts(statement.residual, statement.fee):
                raise UserError(
                    self.env._(
                        "%s has been paid, in part at least. Undo the reconciliation of the payment first.",
                        statement.name,
                    )
                )

    def _reverse(self, day):
        """Reverse the entry of the center, and this statement's share of the suppliers' entry (SC-14)."""
        self.ensure_one()
        posting = self.posting_id
        reason = self.env._("Cancellation of %s", self.name)
        values = {"ref": reason, "date": day, "rural_posting_id": posting.id, "rural_statement_id": self.id}
        if posting.bearer == "operator":
            values["invoice_date"] = day
        self.move_id._reverse_moves([values], cancel=True)
        if posting.bearer == "supplier":
            self._reverse_suppliers_share(day, reason)

    def _reverse_suppliers_share(self, day, reason):
        posting = self.posting_id
        values = posting._prepare_suppliers_move_vals(
            {supplier: -fee for supplier, fee in self._fees_by_supplier().items()}
        )
        if not values:
            return
        storno = self.company_id.account_storno
        for _command, _id, line in values["line_ids"]:
            line["is_storno"] = storno
        share = self.env["account.move"].create({**values, "date": day, "ref": reason, "rural_statement_id": self.id})
        share.action_post()
        posting._reconcile_clearing()
        self._reconcile_suppliers(share)

    def _reconcile_suppliers(self, share):
        """Let the reversal take off what the suppliers still owe from the posting."""
        candidates = self.posting_id.move_ids.line_ids.filtered(
            lambda line: (
                line.account_type == "asset_receivable" and line.parent_state == "posted" and not line.reconciled
            )
        )
        for lines in candidates.grouped(lambda line: (line.partner_id, line.account_id)).values():
            if lines & share.line_ids and lines - share.line_ids:
                lines.reconcile()

    def _fees_by_supplier(self):
        """Return what each supplier bears of these statements: partner → yuan."""
        groups = self.env["rural.fee.entry"]._read_group(
            [("statement_id", "in", self.ids)], ["supplier_id"], ["fee:sum"]
        )
        return {supplier: self.currency_id.round(fee) for supplier, fee in groups}

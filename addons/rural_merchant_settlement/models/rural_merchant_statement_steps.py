from odoo import fields, models
from odoo.exceptions import UserError

OFFICER, MANAGER = "rural_base.group_settlement_officer", "rural_base.group_settlement_manager"


class RuralMerchantStatement(models.Model):
    _inherit = "rural.merchant.statement"

    def action_refresh(self):
        """Bring drafts up to date with transactions and terminal fees."""
        self._check_group(OFFICER)
        self._check_state("draft")
        for company, statements in self.grouped("company_id").items():
            statements.sudo()._refresh(company, merchant_ids=statements.merchant_id.ids)

    def action_confirm(self):
        """Close the months: the figures are final from now on."""
        changed = self._confirm()
        if not changed:
            return None
        return self._show_warning(
            self.env._(
                "The figures of %s have just changed and were not confirmed. Look at them again.",
                ", ".join(changed.mapped("name")),
            )
        )

    def _confirm(self):
        """Confirm drafts as a second person, month after month.

        :return: the drafts that were left as they are, for their figures had changed since they were shown
        :raises UserError: naming the statement that cannot be confirmed and why
        """
        self._check_group(MANAGER)
        self._check_state("draft")
        self._check_another_person("prepared_by_id")
        seen = {statement.id: statement._figures() for statement in self}
        self.sudo().action_refresh()
        present = self.exists()
        changed = present.filtered(lambda statement: statement._figures() != seen[statement.id])
        unchanged = present - changed
        unchanged._check_month_over()
        unchanged._check_in_order()
        unchanged.sudo().write(
            {"state": "confirmed", "confirmed_by_id": self.env.uid, "confirmed_at": fields.Datetime.now()}
        )
        return changed

    def _figures(self) -> tuple:
        """Return what a person looks at before confirming."""
        self.ensure_one()
        amounts = (self.sales, self.rebate, self.bank_fee, self.terminal_fee, self.net_amount)
        return (self.transaction_count, *(round(amount, 2) for amount in amounts))

    def _check_month_over(self):
        last = self._last_over_month()
        for statement in self:
            if statement.month > last:
                raise UserError(self.env._("%s: the month is not over yet.", statement.name))

    def _check_in_order(self):
        """The months of a merchant close one after the other."""
        for statement in self:
            earlier = self.sudo().search(
                [
                    ("merchant_id", "=", statement.merchant_id.id),
                    ("month", "<", statement.month),
                    ("state", "=", "draft"),
                    ("id", "not in", self.ids),
                ],
                limit=1,
            )
            if earlier:
                raise UserError(
                    self.env._(
                        "%(statement)s waits for %(earlier)s: the months of a merchant close one after the other.",
                        statement=statement.name,
                        earlier=earlier.name,
                    )
                )

    def _cancel(self, reason, day=None):
        """Cancel confirmed or posted statements; what they settled becomes due again.

        A manager takes back a confirmed one; an accountant a posted one, which reverses its entry.

        :param date day: accounting date of the reversals, today by default
        """
        self._check_state("confirmed", "posted")
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the statement is cancelled."))
        posted = self.filtered(lambda statement: statement.state == "posted")
        if self - posted:
            self._check_group(MANAGER)
        if posted:
            posted._reverse(day or fields.Date.context_today(self))
        self.sudo().write({"state": "cancelled", "cancelled_by_id": self.env.uid, "cancel_reason": reason})
        for company, statements in self.sudo().grouped("company_id").items():
            for statement in statements:
                statement.message_post(body=self.env._("Cancelled: %s", reason))
            statements._refresh(company, max(statements.mapped("month")), statements.merchant_id.ids)

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.rural_base.china_time import month_of, to_china
from odoo.addons.rural_base.deadlines import deadline


class RuralStatement(models.Model):
    _inherit = "rural.statement"

    def action_confirm(self):
        """Confirm the statement that the person has read on the screen, and close its month (SC-13)."""
        seen = self.env.context.get("rural_seen")
        changed = self._confirm({self.id: tuple(seen)} if seen and len(self) == 1 else {})
        return self._notify_changed(changed) if changed else True

    def action_confirm_selected(self):
        """Show the figures of the chosen statements and ask whether to confirm them."""
        return self._ask(
            "rural.statement.confirm", self.env._("Confirm Statements"), statement_ids=[fields.Command.set(self.ids)]
        )

    def action_agree(self):
        """Record that the centers agree, which ends their days to dispute."""
        self._check_group("rural_base.group_settlement_officer", "rural_base.group_settlement_manager")
        self._check_state("confirmed")
        self.sudo().write({"agreed_by_id": self.env.uid, "agreed_at": fields.Datetime.now()})
        for statement in self.sudo():
            statement.message_post(body=self.env._("The center agrees with the statement."))

    def _confirm(self, seen=None):
        """Close months: write their fee entries and start the days to dispute, month after month.

        :param dict seen: figures that a person saw, by statement id
        :return: statements whose figures are others by now; then nothing is confirmed
        :raises UserError: when somebody else must do it, the month is not over, or an earlier one is open
        """
        self._check_group("rural_base.group_settlement_manager")
        self._check_state("draft")
        self._check_another_person("maker_ids")
        self._check_month_over()
        before = {statement.id: statement._figures() for statement in self} | (seen or {})
        for company, statements in self.grouped("company_id").items():
            # The confirmer only looks again; it is not their preparation.
            system = statements.with_user(api.SUPERUSER_ID)
            system._prepare_drafts(company, centers=system.center_id, until=max(system.mapped("month")))
        remaining = self.exists()
        changed = (self - remaining) + remaining.filtered(
            lambda statement: statement._figures() != before[statement.id]
        )
        if changed:
            return changed
        for _month, statements in sorted(self.grouped("month").items()):
            statements._check_earlier_months_closed()
            statements._close()
        return self.browse()

    def _close(self):
        self._write_entries()
        self._keep_makers()
        now = fields.Datetime.now()
        today = to_china(now).date()
        for company, statements in self.grouped("company_id").items():
            days = self.env["rural.parameter"].sudo()._value_on("settlement_dispute_days", today, company)
            statements.sudo().write(
                {
                    "state": "confirmed",
                    "confirmed_by_id": self.env.uid,
                    "confirmed_at": now,
                    "dispute_days_id": days.id,
                    "dispute_deadline": deadline(now, int(days.value)),
                }
            )
        self._schedule_end_of_dispute()

    def _write_entries(self):
        """Write down what is due, once and for all; the figures must be those of the statements."""
        for company, statements in self.grouped("company_id").items():
            self.env["rural.due"]._flush_due()
            self.env.cr.execute(
                SQL(
                    """
                    INSERT INTO rural_fee_entry (
                        company_id, statement_id, line_id, center_id, supplier_id, pool_entry_id,
                        acceptance_id, completion_month, month, kind, amount, refund, base, fee_rate, fee)
                    SELECT statement.company_id, statement.id, due.line_id, due.center_id, due.supplier_id,
                           due.pool_entry_id, due.acceptance_id, due.completion_month, due.month, due.kind, due.amount,
                           due.refund, due.base, due.fee_rate, due.fee
                      FROM (%(due)s) due
                      JOIN rural_statement statement USING (center_id, month)
                     WHERE statement.id = ANY(%(ids)s)
                     ORDER BY statement.id, due.kind DESC, due.line_id
                    """,
                    due=self.env["rural.due"]._due_query(company, statements.center_id.ids),
                    ids=statements.ids,
                )
            )
        self.env["rural.fee.entry"].invalidate_model()
        self._check_entries_sum_up()

    def _check_entries_sum_up(self):
        totals = {
            statement: (count, round(base, 2), round(fee, 2))
            for statement, count, base, fee in self.env["rural.fee.entry"]
            .sudo()
            ._read_group([("statement_id", "in", self.ids)], ["statement_id"], ["__count", "base:sum", "fee:sum"])
        }
        for statement in self:
            lines, _adjustments, base, fee = statement._figures()
            if totals.get(statement.sudo(), (0, 0.0, 0.0)) != (lines, base, fee):
                raise UserError(
                    self.env._("The entries of %s do not add up to its figures. Look at it again.", statement.name)
                )

    def _over(self):
        """Return the statements whose month is over in China."""
        this_month = month_of(fields.Datetime.now())
        return self.filtered(lambda statement: statement.month < this_month)

    def _check_month_over(self):
        for statement in self - self._over():
            raise UserError(
                self.env._(
                    "%(month)s is not over yet: confirm %(statement)s from next month on.",
                    month=statement.month_name,
                    statement=statement.name,
                )
            )

    def _check_earlier_months_closed(self):
        for statement in self:
            earlier = self.sudo().search(
                [
                    ("center_id", "=", statement.center_id.id),
                    ("state", "=", "draft"),
                    ("month", "<", statement.month),
                ],
                order="month",
                limit=1,
            )
            if earlier:
                raise UserError(
                    self.env._(
                        "%(center)s: %(earlier)s is not decided yet. The months of a center are confirmed "
                        "in order; confirm %(statement)s after it.",
                        center=statement.center_id.display_name,
                        earlier=earlier.month_name,
                        statement=statement.name,
                    )
                )

    def _schedule_end_of_dispute(self):
        for statement in self.sudo().with_context(mail_activity_quick_update=True):
            if statement.prepared_by_id.id == api.SUPERUSER_ID:
                continue
            statement.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=statement.dispute_deadline.date(),
                summary=self.env._("The center can object until this day"),
                user_id=statement.prepared_by_id.id,
            )

    def _notify_changed(self, changed):
        names = ", ".join(changed.exists().mapped("name"))
        return self._show_warning(
            self.env._(
                "Since you saw them, the figures of %s have changed with the orders. Nothing was "
                "confirmed: look at them again.",
                names or self.env._("a statement without entries by now"),
            ),
            title=self.env._("Figures changed"),
        )

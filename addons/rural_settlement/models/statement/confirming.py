from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.rural_base.china_time import to_china
from odoo.addons.rural_base.deadlines import deadline

from .preparing import OFFICERS


class RuralStatement(models.Model):
    """Closing months, and the agreement of the centers with them (SC-13)."""

    _inherit = "rural.statement"

    def action_confirm_selected(self):
        """Show the figures of the chosen statements and ask whether to confirm them."""
        return self._ask(
            "rural.statement.confirm", self.env._("Confirm Statements"), statement_ids=[fields.Command.set(self.ids)]
        )

    def _confirm(self, seen=None):
        """Close months: write their fee entries and start the days to dispute, month after month (SC-13)."""
        self.env["rural.order.line"]._lock_settlement(*self.company_id)
        return super()._confirm(seen)

    def _close(self):
        self._write_entries()
        result = super()._close()
        now = fields.Datetime.now()
        today = to_china(now).date()
        for company, statements in self.grouped("company_id").items():
            days = self.env["rural.parameter"].sudo()._value_on("settlement_dispute_days", today, company)
            statements.sudo().write({"dispute_days_id": days.id, "dispute_deadline": deadline(now, int(days.value))})
        self._schedule_end_of_dispute()
        return result

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

    # ------------------------------------------------------------------
    # Agreement of the center
    # ------------------------------------------------------------------

    def action_agree(self):
        """Ask for the paper or the message by which the centers agree."""
        self._check_may_agree()
        return self._ask(
            "rural.statement.agree", self.env._("Center Agrees"), statement_ids=[fields.Command.set(self.ids)]
        )

    def _agree(self, agreement, files=None):
        """Record that the centers agree, which ends their days to dispute (SC-13).

        :param str agreement: the paper or the message that says so
        :param files: attachments that show it, kept with each statement
        :raises UserError: without it, and for whoever confirmed
        """
        self._lock_objections()
        self._lock_rows()
        self._check_may_agree()
        agreement = (agreement or "").strip()
        if not agreement:
            raise UserError(self.env._("Say by which paper or message the center agreed; it is kept."))
        self._write_agreement(agreement)
        if files:
            files.check_access("read")
        for statement in self.sudo():
            kept = files and files.sudo().copy({"res_model": self._name, "res_id": statement.id})
            statement.message_post(
                body=self.env._("The center agrees with the statement: %s", agreement),
                attachment_ids=kept.ids if kept else [],
            )

    def _check_may_agree(self):
        self._check_group(*OFFICERS)
        self._check_state("confirmed")
        self._refuse_earlier_hands(lambda statement: statement.confirmed_by_id)
        self._check_answered()

    def _write_agreement(self, agreement):
        """Write down that the centers agree: nobody waits for an objection any more."""
        self.sudo().write({"agreed_by_id": self.env.uid, "agreed_at": fields.Datetime.now(), "agreement": agreement})
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])

    def _check_answered(self):
        """Refuse what passes over an objection that came in time and nobody has answered (SC-13).

        :raises UserError: naming the statement
        """
        for statement in self:
            if statement.open_dispute_count:
                raise UserError(
                    self.env._(
                        "%(statement)s has %(count)s open disputes. Answer them first.",
                        statement=statement.name,
                        count=statement.open_dispute_count,
                    )
                )

    def _forget_agreement(self):
        """Let an objection end an agreement that was recorded before; what is left of the days is waited for again."""
        agreed = self.filtered("agreed_at")
        self.sudo().write({"agreed_by_id": False, "agreed_at": False, "agreement": False})
        now = fields.Datetime.now()
        agreed.filtered(lambda statement: statement.dispute_deadline > now)._schedule_end_of_dispute()

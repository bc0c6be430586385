from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.rural_account.models.rural_payable_document import ACCOUNTANTS


class RuralStatement(models.Model):
    _inherit = "rural.statement"

    def action_post_selected(self):
        """Show what will be posted and ask for the accounting date."""
        self._check_group(*ACCOUNTANTS)
        self._check_state("confirmed")
        return self._ask(
            "rural.fee.posting.wizard", self.env._("Post Statements"), statement_ids=[fields.Command.set(self.ids)]
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
        self._check_group(*ACCOUNTANTS)
        self._check_state("confirmed")
        self._check_another_person("maker_ids", "confirmed_by_id")
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

    def _check_undisputed(self):
        for statement in self:
            if statement.open_dispute_count:
                raise UserError(
                    self.env._(
                        "%(statement)s has %(count)s open disputes. Answer them first.",
                        statement=statement.name,
                        count=statement.open_dispute_count,
                    )
                )
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

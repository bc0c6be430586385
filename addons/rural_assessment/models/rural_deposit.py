from odoo import models
from odoo.fields import Domain


class RuralDeposit(models.Model):
    _inherit = "rural.deposit"

    def _refund_blockers(self):
        """Refund no deposit of a center with open penalties or statements (DP-04)."""
        blockers = super()._refund_blockers()
        center = self.center_id
        if not center:
            return blockers
        return [*blockers, *self._open_penalties(center), *self._open_statements(center)]

    def _open_penalties(self, center) -> list[str]:
        Case = self.env["rural.penalty.case"]
        states = dict(Case._fields["state"]._description_selection(self.env))
        cases = Case.search([("center_id", "=", center.id)], order="id")
        blockers = [
            self.env._("Penalty case %(case)s is “%(state)s”.", case=case.name, state=states[case.state])
            for case in cases
            if case._is_open()
        ]
        return blockers + [
            self.env._(
                "The deduction of penalty case %(case)s was refused or cancelled: request it again.", case=case.name
            )
            for case in cases
            if case.state == "final" and case.movement_state in ("refused", "cancelled")
        ]

    def _open_statements(self, center) -> list[str]:
        Statement = self.env["rural.statement"]
        still_open = Statement.search(
            Domain("center_id", "=", center.id) & Domain("state", "in", ("draft", "confirmed", "posted")),
            order="month",
        )
        labels = dict(Statement._fields["state"]._description_selection(self.env))
        blockers = [
            self.env._(
                "Statement %(statement)s is “%(state)s”.", statement=statement.name, state=labels[statement.state]
            )
            for statement in still_open
        ]
        months = {statement.month for statement in still_open}
        due = self.env["rural.due"]
        due._flush_due()
        self.env.cr.execute(due._due_query(center.company_id, center.ids))
        unsettled = {row["month"] for row in self.env.cr.dictfetchall()} - months
        return blockers + [
            self.env._("There are lines of %s without a statement.", f"{month:%Y-%m}") for month in sorted(unsettled)
        ]


class RuralDepositMovement(models.Model):
    _inherit = "rural.deposit.movement"

    def _after_posting(self):
        """Tell penalty cases what came of their deduction."""
        result = super()._after_posting()
        for case in self.env["rural.penalty.case"].search([("movement_id", "in", self.ids)]):
            case.message_post(
                body=self.env._(
                    "%(movement)s was posted: %(deducted)s from the deposit, %(receivable)s remain receivable.",
                    movement=case.movement_id.name,
                    deducted=case._amount(case.deducted),
                    receivable=case._amount(case.receivable),
                )
            )
        return result

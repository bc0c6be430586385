from odoo import models
from odoo.fields import Domain


class RuralDeposit(models.Model):
    _inherit = "rural.deposit"

    def _refund_blockers(self):
        """Refund no deposit of a center with open statements (DP-04)."""
        blockers = super()._refund_blockers()
        center = self.center_id
        if not center:
            return blockers
        return [*blockers, *self._open_statements(center)]

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

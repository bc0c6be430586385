from odoo import models


class RuralDeposit(models.Model):
    _inherit = "rural.deposit"

    def _refund_blockers(self):
        """Refund no deposit of a party with open penalties (DP-04)."""
        return [*super()._refund_blockers(), *self._open_penalties()]

    def _open_penalties(self) -> list[str]:
        Case = self.env["rural.penalty.case"]
        states = dict(Case._fields["state"]._description_selection(self.env))
        cases = Case.search(Case._domain_of_deposit(self), order="id")
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

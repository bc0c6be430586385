from odoo import models
from odoo.exceptions import UserError

#: From which states each step of payslips is taken; confirmed ones are cancelled where that is allowed at all.
FROM = {
    "draft": ("cancel",),
    "verify": ("draft", "verify"),
    "done": ("draft", "verify"),
    "cancel": ("draft", "verify"),
}


class HrPayslipChangeState(models.TransientModel):
    """A step of several payslips at once, from the list."""

    _inherit = "hr.payslip.change.state"

    def change_state_confirm(self):
        """Take the step; payslips from whose state it is not taken are named in the reader's language.

        :raises UserError: naming the payslips that stay as they are, confirmed ones as well
        """
        payslips = self.env["hr.payslip"].browse(self.env.context.get("active_ids") or ())
        unfit = payslips.filtered(lambda payslip: payslip.state not in FROM.get(self.state, ()))
        if self.state == "cancel":
            unfit = unfit.filtered(lambda payslip: payslip.state != "done" or not payslip.allow_cancel_payslips)
        if unfit:
            states = dict(payslips._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "“%(step)s” is for payslips with the status %(states)s only. Nothing was changed. Leave these out: "
                    "%(payslips)s",
                    step=dict(self._fields["state"]._description_selection(self.env)).get(self.state, ""),
                    states=" / ".join(states[name] for name in FROM.get(self.state, ())),
                    payslips=", ".join(f"{payslip.display_name} ({states[payslip.state]})" for payslip in unfit),
                )
            )
        return super().change_state_confirm()

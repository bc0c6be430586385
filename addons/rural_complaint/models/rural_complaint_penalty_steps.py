from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.rural_base.china_time import month_of

from .helpdesk_ticket_steps import HEAD


class RuralComplaintPenalty(models.Model):
    """A penalty is taken back by two people: one asks, another checks (MA-41)."""

    _inherit = "rural.complaint.penalty"

    def action_cancel(self):
        """Ask why the penalty is to be taken back."""
        self.ensure_one()
        self._check_may_cancel()
        return self._ask("rural.complaint.penalty.cancel", self.env._("Cancel the Penalty"), penalty_id=self.id)

    def _check_may_cancel(self):
        self._check_group(HEAD)
        self.check_access("read")
        self._check_state("confirmed")
        self._check_not_the_own()
        for penalty in self.sudo():
            if penalty.reverses_id or penalty.counter_ids.filtered(lambda counter: counter.state != "refused"):
                raise UserError(self.env._("%s is cancelled already, or about to be.", penalty.display_name))

    def _request_cancellation(self, reason):
        """Ask for a counter record; it counts once another person has confirmed it.

        :raises UserError: without a reason
        """
        self.ensure_one()
        self.sudo().lock_for_update()
        self._check_may_cancel()
        if not (reason or "").strip():
            raise UserError(self.env._("Give the reasons."))
        self.sudo().flush_model(["state"])
        counter = self.sudo().create(
            {
                "ticket_id": self.ticket_id.id,
                "employee_id": self.employee_id.id,
                "kind": self.kind,
                "accepted": self.accepted,
                "amount": -self.amount,
                "month": month_of(fields.Datetime.now()),
                "parameter_value_id": self.sudo().parameter_value_id.id,
                "reverses_id": self.id,
                "reason": reason,
                "state": "requested",
                "made_by_id": self.env.uid,
            }
        )
        counter._say(self.env._("Cancellation of the penalty of %(who)s requested: %(why)s", **self._words(reason)))
        return counter.sudo(self.env.su)

    def action_confirm(self):
        """Confirm a counter record as a second person: it counts from this month on."""
        self._check_decision()
        self.sudo().write({**self._decision("confirmed"), "month": month_of(fields.Datetime.now())})
        for counter in self.sudo():
            counter._say(self.env._("Penalty of %(who)s taken back: %(why)s", **counter._words(counter.reason)))

    def action_refuse(self):
        """Refuse a counter record as a second person: the penalty stands."""
        self._check_decision()
        self.sudo().write(self._decision("refused"))
        for counter in self.sudo():
            counter._say(self.env._("The penalty of %(who)s stands.", **counter._words("")))

    def _check_decision(self):
        self._check_group(HEAD)
        self.check_access("read")
        self.sudo().lock_for_update()
        self.invalidate_recordset(["state"])
        self._check_state("requested")
        self._check_not_the_own()
        self._check_another_person("made_by_id")

    def _check_not_the_own(self):
        """Refuse who pays the penalty.

        :raises UserError: naming it
        """
        for penalty in self.sudo():
            if not self._is_system() and penalty.employee_id.user_id == self.env.user:
                raise UserError(
                    self.env._("%s is your own: somebody else decides whether it is cancelled.", penalty.display_name)
                )

    def _decision(self, state) -> dict:
        return {"state": state, "checked_by_id": self.env.uid, "checked_at": fields.Datetime.now()}

    def _words(self, reason) -> dict:
        return {"who": self.employee_id.name, "why": reason}

    def _say(self, body):
        self.ticket_id.sudo().message_post(body=body)

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.rural_base.china_time import month_of, to_china

from .helpdesk_ticket.steps import HEAD

#: The dated amount by kind and by whether the answer was accepted.
PARAMETERS = {
    ("person", True): "complaint_penalty_person_accepted",
    ("head", True): "complaint_penalty_head_accepted",
    ("person", False): "complaint_penalty_person_refused",
    ("head", False): "complaint_penalty_head_refused",
}
#: What a counter record goes through; everything else is kept as it was written.
COUNTER_FIELDS = {"state", "month", "decided_by_id", "decided_at", "decision_reason"}


class RuralComplaintPenalty(models.Model):
    """What a founded complaint costs a person: written once, taken back by a counter record only (MA-41)."""

    _name = "rural.complaint.penalty"
    _description = "Penalty for a Complaint"
    _inherit = ["rural.request.mixin", "rural.explanation.mixin"]
    _order = "month desc, id desc"
    _check_company_auto = True
    _decider_groups = (HEAD,)
    _rejected_state = "refused"
    _deletable_states = ()

    ticket_id = fields.Many2one(
        "helpdesk.ticket", "Complaint", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="ticket_id.company_id", store=True, index=True, precompute=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    employee_id = fields.Many2one("hr.employee", required=True, readonly=True, index=True, ondelete="restrict")
    kind = fields.Selection(
        [("person", "Responsible Person"), ("head", "Responsible Head")], required=True, readonly=True
    )
    accepted = fields.Boolean("Accepted by the Merchant", readonly=True)
    amount = fields.Monetary(required=True, readonly=True, help="What is deducted; a counter record is negative.")
    month = fields.Date(
        required=True, readonly=True, index=True, help="First day of the month whose pay it lowers: that of closing."
    )
    parameter_value_id = fields.Many2one(
        "rural.parameter.value", "Amount By", required=True, readonly=True, ondelete="restrict"
    )
    state = fields.Selection(
        [("requested", "Cancellation Requested"), ("confirmed", "Valid"), ("refused", "Cancellation Refused")],
        required=True,
        readonly=True,
        default="confirmed",
        index=True,
    )

    # counter record
    reverses_id = fields.Many2one(
        "rural.complaint.penalty", "Takes Back", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    counter_ids = fields.One2many("rural.complaint.penalty", "reverses_id", "Counter Records", readonly=True)
    is_cancelled = fields.Boolean("Cancelled", compute="_compute_is_cancelled", store=True)
    reason = fields.Text(readonly=True)

    _once = models.UniqueIndex(
        "(ticket_id, employee_id) WHERE reverses_id IS NULL", "This person pays for the complaint already."
    )
    _countered_once = models.UniqueIndex(
        "(reverses_id) WHERE reverses_id IS NOT NULL AND state <> 'refused'",
        "This penalty has been cancelled, or its cancellation requested, already.",
    )
    _sign = models.Constraint(
        "CHECK ((reverses_id IS NULL AND amount >= 0) OR (reverses_id IS NOT NULL AND amount <= 0))",
        "A penalty is positive, what takes it back is negative.",
    )

    @api.depends("counter_ids.state")
    def _compute_is_cancelled(self):
        for penalty in self:
            penalty.is_cancelled = "confirmed" in penalty.counter_ids.mapped("state")

    @api.depends("ticket_id.number", "employee_id.name")
    def _compute_display_name(self):
        for penalty in self:
            ticket, employee = penalty.sudo().ticket_id, penalty.sudo().employee_id
            penalty.display_name = f"{ticket.number} {employee.name}"

    @api.model
    def _prepare_vals(self, ticket, employee_id, kind, accepted) -> dict:
        """Return a penalty by the amounts of the day, in China, on which the complaint closed (MA-41)."""
        day = to_china(ticket.closed_date or fields.Datetime.now()).date()
        version = self.env["rural.parameter"].sudo()._value_on(PARAMETERS[kind, accepted], day, ticket.company_id)
        return {
            "ticket_id": ticket.id,
            "employee_id": employee_id,
            "kind": kind,
            "accepted": accepted,
            "amount": version.value,
            "month": ticket._month_closed(),
            "parameter_value_id": version.id,
        }

    # ------------------------------------------------------------------
    # Append-only
    # ------------------------------------------------------------------

    def _check_may_begin(self, vals_list):
        raise UserError(self.env._("A penalty comes from a closed complaint, and from nothing else."))

    def write(self, vals):
        """Keep what was written.

        :raises UserError: always, but for the steps of a counter record
        """
        counters = all(penalty.state == "requested" for penalty in self.sudo())
        if not (counters and vals.keys() <= COUNTER_FIELDS):
            raise UserError(self.env._("A penalty is never changed. Cancel it: a counter record takes it back."))
        return super().write(vals)

    # ------------------------------------------------------------------
    # Explanation
    # ------------------------------------------------------------------

    @api.model
    def _explanation_depends(self):
        return ("amount", "kind", "accepted", "reverses_id", "state")

    def _explain(self) -> dict:
        """MA-41: why this person pays this much."""
        self.ensure_one()
        inputs = {self.env._("Complaint"): self.sudo().ticket_id.display_name}
        if self.reverses_id:
            sentence = self.env._("It takes back %s.", self._amount(-self.amount))
            inputs[self.env._("Reason")] = self.reason
        elif self.accepted:
            sentence = self.env._(
                "The complaint was founded; the merchant accepted the answer and was satisfied: %s.",
                self._amount(self.amount),
            )
        else:
            sentence = self.env._(
                "The complaint was founded, and the merchant was not satisfied with what was done: %s.",
                self._amount(self.amount),
            )
        return {"clause": "MA-41", "parameter": self.parameter_value_id, "inputs": inputs, "sentence": sentence}

    # ------------------------------------------------------------------
    # Taking back: one person asks, another decides (MA-41)
    # ------------------------------------------------------------------

    def action_cancel(self):
        """Ask why the penalty is to be taken back."""
        self.ensure_one()
        self._check_may_cancel()
        return self._ask_reason("cancel")

    @api.model
    def _reason_steps(self):
        refuse = self.env._("Refuse the Cancellation")
        steps = super()._reason_steps()
        steps["reject"] |= {"title": refuse, "button": refuse, "placeholder": self.env._("Why does it stand?")}
        return {
            **steps,
            "cancel": {
                "method": "_request_cancellation",
                "title": self.env._("Cancel the Penalty"),
                "button": self.env._("Request the Cancellation"),
                "placeholder": self.env._("Why it is taken back; another person confirms it"),
            },
        }

    def _check_may_cancel(self):
        self._check_group(HEAD)
        self.check_access("read")
        self._check_state("confirmed")
        self._check_not_own()
        for penalty in self.sudo():
            if penalty.reverses_id or penalty.counter_ids.filtered(lambda counter: counter.state != "refused"):
                raise UserError(self.env._("%s is cancelled already, or about to be.", penalty.display_name))

    def _request_cancellation(self, reason):
        """Ask for a counter record; it counts once another person has confirmed it.

        :return: the counter record
        :raises UserError: without a reason
        """
        self.ensure_one()
        self._lock_rows()
        self._check_may_cancel()
        reason = self._check_reason(reason)
        # A counter record that was refused gives way to another one in the database, too.
        self.sudo().flush_model(["state"])
        counter = self.sudo().create(self._prepare_counter_vals(reason))
        counter._post_note(
            self.env._(
                "Cancellation of the penalty of %(who)s requested: %(why)s", who=counter.employee_id.name, why=reason
            )
        )
        return counter.sudo(self.env.su)

    def _prepare_counter_vals(self, reason) -> dict:
        return {
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
            "requested_by_id": self.env.uid,
        }

    def action_confirm(self):
        """Confirm a counter record as a second person: it counts from this month on."""
        self._decide("confirmed", month=month_of(fields.Datetime.now()))

    def action_reject(self):
        """Ask why the penalty stands, as a second person."""
        self._check_not_own()
        return super().action_reject()

    def _check_may_decide(self, state):
        self._check_not_own()

    def _after_decision(self, state):
        for counter in self.sudo():
            who = counter.employee_id.name
            if state == "confirmed":
                counter._post_note(self.env._("Penalty of %(who)s taken back: %(why)s", who=who, why=counter.reason))
            else:
                counter._post_note(
                    self.env._("The penalty of %(who)s stands: %(why)s", who=who, why=counter.decision_reason)
                )

    @api.depends("employee_id.user_id")
    def _compute_can_decide(self):
        result = super()._compute_can_decide()
        for penalty in self:
            if penalty.sudo().employee_id.user_id == self.env.user:
                penalty.can_decide = False
        return result

    def _check_not_own(self):
        """Refuse who pays the penalty.

        :raises UserError: naming it
        """
        for penalty in self.sudo():
            if not self._is_system() and penalty.employee_id.user_id == self.env.user:
                raise UserError(
                    self.env._("%s is your own: somebody else decides whether it is cancelled.", penalty.display_name)
                )

    def _post_note(self, body):
        self.ticket_id.sudo().message_post(body=body)

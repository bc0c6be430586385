from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.rural_base import china_time

#: A model that takes the mixin names its states itself, so that its addon translates them.
EXIT_STATES = [
    ("requested", "Requested"),
    ("running", "Being Settled"),
    ("done", "Done"),
    ("cancelled", "Cancelled"),
]


class RuralExitMixin(models.AbstractModel):
    """A party leaves: asked for by one person, decided by another, closed when nothing is open (DP-04).

    A concrete model names the field of the party, a record with a name and by default a deposit, has its own kinds,
    and ends the party's work in `_end_work`.
    """

    _name = "rural.exit.mixin"
    _inherit = ["rural.request.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Exit of a party"
    _order = "last_day desc, id desc"
    _editable_states = ("requested",)
    _deletable_states = ("requested",)
    _decider_groups = ("rural_base.group_operations_manager",)
    _rejected_state = "cancelled"
    #: roles that close an exit, and take back what they asked for
    _asker_groups: tuple[str, ...] = ("rural_base.group_operations",)
    #: field that names the party
    _party_field = ""
    #: states of an exit beside which the party has no other one
    _living_states: tuple[str, ...] = ("requested", "running")

    kind = fields.Selection(
        [("voluntary", "Voluntary")],
        required=True,
        default="voluntary",
        tracking=True,
    )
    reason = fields.Text(required=True, tracking=True)
    last_day = fields.Date("Last Day of Work", required=True, default=lambda self: china_time.today(), tracking=True)
    state = fields.Selection(
        EXIT_STATES,
        required=True,
        readonly=True,
        default="requested",
        copy=False,
        tracking=True,
        group_expand=True,
    )
    done_on = fields.Date(readonly=True, copy=False)
    open_checks = fields.Text(
        "Still Open",
        compute="_compute_open_checks",
        compute_sudo=True,
        help="What has to be settled before the exit is done and the deposit is refunded (DP-04).",
    )

    @api.constrains("last_day")
    def _check_last_day(self):
        for leaving in self:
            if leaving.state == "requested" and leaving.last_day < self._earliest_last_day():
                raise ValidationError(
                    self.env._("Nobody leaves in the past: what was done on those days counts. Enter another last day.")
                )

    @api.depends(lambda self: [f"{self._party_field}.name"] if self._party_field else [])
    def _compute_display_name(self):
        for leaving in self:
            leaving.display_name = self.env._("Exit of %s", leaving._party().name or "")

    @api.depends_context("lang")
    @api.depends(lambda self: ["state", "last_day", *([self._party_field] if self._party_field else [])])
    def _compute_open_checks(self):
        for leaving in self:
            leaving.open_checks = leaving.state == "running" and "\n".join(leaving._open_checks())

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def action_decide(self):
        """Let the parties leave: their work ends with the last day (second person)."""
        self._decide("running")

    def action_complete(self):
        """Close the exit: nothing is open any more, so what is left of the deposit goes back.

        :raises UserError: naming all that is still open
        """
        self._check_group(*self._asker_groups)
        self.check_access("write")
        self._lock_rows()
        self._check_state("running")
        for leaving in self:
            if still_open := leaving.sudo()._open_checks():
                raise UserError(
                    self.env._(
                        "%(exit)s cannot be closed yet (DP-04):\n%(open)s",
                        exit=leaving.display_name,
                        open="\n".join(f"– {sentence}" for sentence in still_open),
                    )
                )
        self.sudo().write({"state": "done", "done_on": china_time.today()})
        for leaving in self:
            leaving._give_back()
            leaving._after_completion()

    def action_cancel(self):
        """Take back what one has asked for oneself, as long as nobody has decided it."""
        self._check_group(*self._asker_groups)
        self._lock_rows()
        self._check_state("requested")
        self._check_asked_by_user()
        self.sudo().write({"state": "cancelled"})
        self.flush_recordset()

    def _check_may_decide(self, state):
        if state == "running":
            self._check_last_day()
        return super()._check_may_decide(state)

    def _after_decision(self, state):
        if state == "running":
            self._end_work()
        # Another exit of the party may be asked for now.
        self.flush_recordset(["state"])
        return super()._after_decision(state)

    @api.model
    def _begin_decided(self, party, vals):
        """Let a party leave by what two people have decided elsewhere, such as in a penalty case (SC-17).

        An exit on its way becomes this one; one that `_becomes` leaves out stays as it is.

        :param vals: kind, reason, last_day, requested_by_id, and what it rests on
        :return: the exit
        """
        leaving = self.sudo().search(
            [(self._party_field, "=", party.id), ("state", "in", self._living_states)], order="id desc", limit=1
        )
        if leaving and not leaving._becomes(vals):
            return leaving.sudo(self.env.su)
        if leaving.state == "running":
            vals = {**vals, "last_day": min(leaving.last_day, vals["last_day"])}
        if leaving:
            leaving.write(vals)
        else:
            leaving = leaving.create({self._party_field: party.id, **vals})
        leaving._terminate()
        return leaving.sudo(self.env.su)

    def _terminate(self):
        """Carry out exits that two people have decided elsewhere.

        :raises ValidationError: when the last day that was asked for is over by now
        """
        self._check_last_day()
        self.sudo().write({"state": "running", "decided_by_id": self.env.uid, "decided_at": fields.Datetime.now()})
        self._end_work()

    # ------------------------------------------------------------------
    # Hooks
    # ------------------------------------------------------------------

    def _end_work(self):
        """Hook: let what the parties work by end with the last day."""

    def _after_completion(self):
        """Hook: do what is left to do once a party has left."""

    @api.model
    def _earliest_last_day(self) -> date:
        """Hook: return the first day that may be the last one."""
        return china_time.today()

    def _becomes(self, vals) -> bool:
        """Hook: tell whether an exit becomes one that was decided elsewhere: as long as the party works."""
        return self.state == "requested" or (self.state == "running" and self.last_day >= china_time.today())

    def _party_deposit(self):
        """Hook: return the deposit that is settled."""
        return self._party().deposit_id

    def _open_checks(self) -> list[str]:
        """Hook: say what has to be settled before the exit is done, one sentence each."""
        self.ensure_one()
        still_open = []
        if self.last_day >= china_time.today():
            still_open.append(self.env._("The last day of work, %s, is not over.", self.last_day))
        deposit = self._party_deposit()
        return [*still_open, *(deposit._refund_blockers() if deposit else [])]

    # ------------------------------------------------------------------
    # Helpers of the steps
    # ------------------------------------------------------------------

    def _party(self):
        return self[self._party_field]

    def _give_back(self):
        """Ask for the refund of what is left of the deposit; it is approved and posted as any other.

        :return: the refund, if there is one
        """
        deposit = self._party_deposit()
        left = deposit.balance - sum(deposit._waiting_refunds().mapped("amount"))
        if not deposit or deposit.currency_id.compare_amounts(left, 0) <= 0:
            return deposit.movement_ids.browse()
        reason = self.env._("Exit of %s", self._party().name)
        return deposit._request("refund", left, reason, clause="DP-04", source=self)

    def _end_reason(self) -> str:
        label = dict(self._fields["kind"]._description_selection(self.env))[self.kind]
        return f"{label}: {self.reason}"

    def _log_end(self):
        """Note at the party that it leaves, and why."""
        party = self._party()
        party._message_log(
            body=self.env._(
                "%(party)s leaves; its last day is %(day)s: %(reason)s",
                party=party.name,
                day=self.last_day,
                reason=self.reason,
            )
        )

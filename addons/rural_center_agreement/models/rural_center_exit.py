from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.rural_base import china_time

from ..rules import ONE_DAY


class RuralCenterExit(models.Model):
    """A center leaves: asked for by one person, decided by another, closed when nothing is open (DP-04)."""

    _name = "rural.center.exit"
    _description = "Exit of a Service Center"
    _inherit = ["rural.request.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "last_day desc, id desc"
    _rec_names_search = ["center_id"]
    _check_company_auto = True
    _editable_states = ("requested",)
    _deletable_states = ("requested",)
    _decider_groups = ("rural_base.group_operations_manager",)
    _rejected_state = "cancelled"

    center_id = fields.Many2one(
        "rural.service.center",
        "Service Center",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
    )
    company_id = fields.Many2one(related="center_id.company_id", store=True, index=True, precompute=True)
    kind = fields.Selection(
        [
            ("voluntary", "Voluntary"),
            ("not_renewed", "Not Renewed"),
            ("termination", "Termination"),
        ],
        required=True,
        default="voluntary",
        tracking=True,
    )
    reason = fields.Text(
        required=True, tracking=True, help="Kept in the house: the public reads only that the cooperation has ended."
    )
    last_day = fields.Date(
        "Last Day of Work",
        required=True,
        default=lambda self: china_time.today(),
        tracking=True,
        help="The last day on which the center is authorised. Yesterday, if it is to stop at once.",
    )
    state = fields.Selection(
        [
            ("requested", "Requested"),
            ("running", "Being Settled"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
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
    on_their_way = fields.Text(
        compute="_compute_on_their_way",
        compute_sudo=True,
        help="What the center may still earn with. The exit may go on; the center sees what comes of it (DP-04).",
    )
    keeps_portal = fields.Boolean(
        "Portal Stays Open", readonly=True, copy=False, help="Until nothing of the center is on its way any more."
    )

    _one_a_center = models.UniqueIndex(
        "(center_id) WHERE state <> 'cancelled'", "There is an exit of this center already."
    )

    @api.constrains("last_day")
    def _check_last_day(self):
        for leaving in self:
            if leaving.state == "requested" and leaving.last_day < china_time.today() - ONE_DAY:
                raise ValidationError(
                    self.env._(
                        "A center cannot leave in the past: orders of those days are its own. Enter another last day."
                    )
                )

    @api.depends("center_id.name")
    def _compute_display_name(self):
        for leaving in self:
            leaving.display_name = self.env._("Exit of %s", leaving.center_id.name or "")

    @api.depends_context("lang")
    @api.depends("state", "last_day", "center_id")
    def _compute_open_checks(self):
        for leaving in self:
            leaving.open_checks = leaving.state == "running" and "\n".join(leaving._open_checks())

    @api.depends_context("lang")
    @api.depends("state", "last_day", "center_id")
    def _compute_on_their_way(self):
        for leaving in self:
            shown = leaving.state in ("running", "done")
            leaving.on_their_way = shown and "\n".join(leaving._on_their_way())

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def action_decide(self):
        """Let the centers leave: authorisation and certificate end with the last day (second person)."""
        self._decide("running")

    def action_complete(self):
        """Close the exit: nothing is open any more, so the deposit goes back and the portal is closed.

        :raises UserError: naming all that is still open
        """
        self._check_group("rural_base.group_operations")
        self.check_access("write")
        self.lock_for_update(allow_referencing=True)
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
            leaving._close_portal()
            if not leaving.center_id.authorisation_ids:
                # A center that never began leaves its region to another one (SC-04).
                leaving.sudo().center_id.active = False

    def action_cancel(self):
        """Take back what one has asked for oneself, as long as nobody has decided it."""
        self._check_group("rural_base.group_operations")
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
        # Another exit of the center may be asked for now.
        self.flush_recordset(["state"])
        return super()._after_decision(state)

    def _terminate(self):
        """Carry out a termination that was decided as a penalty (SC-17).

        :raises ValidationError: when the last day that was asked for is over by now
        """
        self._check_last_day()
        self.sudo().write({"state": "running", "decided_by_id": self.env.uid, "decided_at": fields.Datetime.now()})
        self._end_work()

    def _end_work(self):
        """Let authorisations, certificates and agreements end with the last day."""
        for leaving in self:
            center = leaving.center_id
            center._end_authorisation(leaving.last_day)
            center.sudo().certificate_ids._revoke(leaving.last_day + ONE_DAY, leaving._end_reason())
            center.sudo().agreement_ids._end(leaving.last_day, leaving._end_reason())
            center._message_log(
                body=self.env._(
                    "%(center)s leaves; its last day is %(day)s: %(reason)s",
                    center=center.name,
                    day=leaving.last_day,
                    reason=leaving.reason,
                )
            )

    # ------------------------------------------------------------------
    # What is open; hooks for other addons
    # ------------------------------------------------------------------

    def _open_checks(self) -> list[str]:
        """Say what has to be settled before the exit is done, one sentence each."""
        self.ensure_one()
        still_open = []
        if self.last_day >= china_time.today():
            still_open.append(self.env._("The last day of work, %s, is not over.", self.last_day))
        deposit = self.center_id.deposit_id
        return [*still_open, *(deposit._refund_blockers() if deposit else [])]

    def _on_their_way(self) -> list[str]:
        """Hook: say what the center may still earn with though it has left, one sentence each (DP-04)."""
        self.ensure_one()
        return []

    def _close_portal(self):
        """Close the portal of centers that have left, once nothing of theirs is on its way any more."""
        for leaving in self.sudo():
            if waiting := leaving._on_their_way():
                if not leaving.keeps_portal:
                    leaving.keeps_portal = True
                    leaving.center_id._message_log(
                        body=leaving.env._("The portal stays open for now: %s", " ".join(waiting))
                    )
                continue
            leaving.keeps_portal = False
            leaving.center_id._close_portal()

    @api.model
    def _cron_close_portals(self):
        """Close the portals of centers that have left and have nothing on its way any more."""
        self.search([("keeps_portal", "=", True)])._close_portal()

    def _give_back(self):
        """Ask for the refund of what is left of the deposit; it is approved and posted as any other."""
        deposit = self.center_id.deposit_id
        left = deposit.balance - sum(deposit._waiting_refunds().mapped("amount"))
        if deposit and deposit.currency_id.compare_amounts(left, 0) > 0:
            deposit._request("refund", left, self.env._("Exit of %s", self.center_id.name), clause="DP-04", source=self)

    def _end_reason(self) -> str:
        label = dict(self._fields["kind"]._description_selection(self.env))[self.kind]
        return f"{label}: {self.reason}"

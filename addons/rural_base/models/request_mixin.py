from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class RuralRequestMixin(models.AbstractModel):
    """Something that one person asks for, with a reason, and another one decides.

    A concrete model has a `state` with `requested`, names who may decide, and calls `_decide` from its buttons.
    """

    _name = "rural.request.mixin"
    _inherit = ["rural.step.mixin", "rural.editor.mixin"]
    _description = "Request that a second person decides"
    _maker_fields = ("create_uid", "requested_by_id")
    #: roles that decide, by XML id
    _decider_groups: tuple[str, ...] = ()
    _request_state = "requested"
    #: state of what is rejected with a reason; None: the model has no such step
    _rejected_state: str | None = None

    requested_by_id = fields.Many2one(
        "res.users", "Asked By", default=lambda self: self.env.user, readonly=True, copy=False
    )
    requested_at = fields.Datetime("Asked On", default=fields.Datetime.now, readonly=True, copy=False)
    decided_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    decided_at = fields.Datetime("Decided On", readonly=True, copy=False)
    decision_reason = fields.Text("Reason of the Decision", readonly=True, copy=False)
    can_decide = fields.Boolean(
        compute="_compute_can_decide", search="_search_can_decide", help="Whether the reader may decide it."
    )

    @api.depends(lambda self: self._can_decide_depends())
    @api.depends_context("uid")
    def _compute_can_decide(self):
        may = self._is_in_group(*self._decider_groups)
        for record in self:
            record.can_decide = (
                may
                and bool(record._origin)
                and record[self._step_field] == self._request_state
                and self.env.user not in record._makers()
            )

    @api.model
    def _search_can_decide(self, operator, value):
        return self._search_offered("can_decide", self._to_decide_domain(), operator, value)

    @api.model
    def _to_decide_domain(self) -> Domain:
        """Hook: return the domain of what waits for a decision."""
        return Domain(self._step_field, "=", self._request_state)

    @api.model
    def _can_decide_depends(self) -> tuple[str, ...]:
        return (self._step_field, "editor_ids", *self._maker_fields)

    def _decide(self, state, reason=None, **vals):
        """Decide what was asked for, as somebody else than who asked.

        :param str state: the state that the decision leads to
        :param str reason: of the decision, where it takes one
        :param vals: further values that the decision writes
        :raises AccessError: without the role
        :raises UserError: for whoever asked, or when it was decided meanwhile
        """
        self._begin_step(self._decider_groups, (self._request_state,))
        self._check_may_decide(state)
        self.sudo().write(
            {
                self._step_field: state,
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
                "decision_reason": reason,
                **vals,
            }
        )
        self._after_decision(state)

    def action_reject(self):
        """Ask why the requests are rejected; the reason is kept."""
        if not self._rejected_state:
            raise UserError(self.env._("There is no such step. Close the dialog and begin again."))
        self._check_group(*self._decider_groups)
        self._check_state(self._request_state)
        self._check_not_maker()
        return self._ask_reason("reject")

    @api.model
    def _reason_steps(self):
        steps = super()._reason_steps()
        if self._rejected_state:
            steps["reject"] = {"method": "_reject", "title": self.env._("Reject"), "button": self.env._("Reject")}
        return steps

    def _reject(self, reason):
        """Reject what was asked for; nothing of it is carried out."""
        self._decide(self._rejected_state, self._check_reason(reason))

    def _check_may_decide(self, state):
        """Hook: refuse a decision that is not possible (any more)."""

    def _after_decision(self, state):
        """Hook: carry out what was decided."""

from datetime import datetime, time

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.rural_base import china_time
from odoo.addons.rural_base.deadlines import deadline

from .helpdesk_ticket import STAFF


class HelpdeskTicket(models.Model):
    """Deadlines of complaints in Chinese working days; the fields of OCA's SLA show the same (MA-40)."""

    _inherit = "helpdesk.ticket"

    step_since = fields.Datetime("At This Step Since", readonly=True, copy=False, groups=STAFF)
    step_deadline = fields.Datetime(
        "Deadline of the Step", readonly=True, copy=False, index=True, groups=STAFF,
        help="The end of the last Chinese working day on which the step is done in time.",
    )  # fmt: skip
    promise_deadline = fields.Datetime(
        "Answer Promised Until", readonly=True, copy=False, groups=STAFF, help="What the complainant was promised."
    )
    promise_days_id = fields.Many2one(
        "rural.parameter.value", "Days Promised", readonly=True, copy=False, ondelete="restrict", groups=STAFF
    )
    is_overdue = fields.Boolean(
        "Overdue", compute="_compute_is_overdue", search="_search_is_overdue", compute_sudo=True
    )

    @api.depends("step_deadline", "step_form")
    def _compute_is_overdue(self):
        now = fields.Datetime.now()
        for ticket in self:
            ticket.is_overdue = bool(
                ticket.step_form != "closed" and ticket.step_deadline and ticket.step_deadline < now
            )

    @api.model
    def _search_is_overdue(self, operator, value):
        if operator not in ("in", "="):
            return NotImplemented
        overdue = Domain("step_deadline", "<", fields.Datetime.now()) & Domain("step_form", "!=", "closed")
        values = value if operator == "in" else [value]
        return Domain.OR(overdue if wanted else ~overdue for wanted in set(values))

    @api.depends("step_deadline", "step_form")
    def _compute_sla_data(self):
        """Show in OCA's SLA fields what the process says."""
        complaints = self.filtered(lambda ticket: ticket.sudo().process_id)
        result = super(HelpdeskTicket, self - complaints)._compute_sla_data()
        for ticket in complaints:
            ticket.sla_deadline = ticket.sudo().step_form != "closed" and ticket.sudo().step_deadline
            ticket.sla_expired = ticket.sudo().is_overdue
        return result

    def _search_sla_expired(self, operator, value):
        plain = super()._search_sla_expired(operator, value)
        ours = self._search_is_overdue(operator, value)
        if ours is NotImplemented:
            return plain
        is_complaint = Domain("process_id", "!=", False)
        return (~is_complaint & plain) | (is_complaint & ours)

    def _refresh_deadlines(self):
        """Compute what was promised and until when the step is to be done."""
        for ticket in self.sudo():
            days = ticket._days(ticket.process_id.promise_parameter_id, ticket.received_at)
            ticket.write(
                {
                    "promise_days_id": days.id,
                    "promise_deadline": deadline(ticket.received_at, int(days.value)),
                    "step_deadline": ticket._deadline_of_step(),
                }
            )

    def _deadline_of_step(self):
        """Return the deadline of the step, or False where there is none."""
        self.ensure_one()
        step = self.step_id
        if step.deadline_from == "plan":
            promised = self.slip_ids.filtered(lambda slip: slip.round == self.round and slip.state == "done")[-1:]
            return promised.plan_due and china_time.to_utc(datetime.combine(promised.plan_due, time(23, 59, 59)))
        if step.deadline_from == "none":
            return False
        # A new round begins anew: its days count from then, not from the receipt long ago.
        from_receipt = step.deadline_from == "received" and self.round == 1
        begin = self.received_at if from_receipt else self.step_since
        return deadline(begin, int(self._days(step.days_parameter_id, begin).value))

    def _days(self, parameter, moment):
        parameters = self.env["rural.parameter"].sudo()
        return parameters._value_on(parameter.code, china_time.to_china(moment).date(), self.company_id)

    # ------------------------------------------------------------------
    # Who acts, and who is reminded
    # ------------------------------------------------------------------

    def _remind_actor(self):
        """Give who must act an activity that ends with the step's deadline; earlier ones are done."""
        kind = "rural_complaint.activity_step"
        for ticket in self.sudo():
            ticket.activity_unlink([kind, "rural_complaint.activity_overdue"])
            actor = ticket.actor_id
            if not actor:
                continue
            speaking = ticket.with_context(lang=actor.lang)
            ticket.activity_schedule(
                kind,
                date_deadline=china_time.to_china(ticket.step_deadline or fields.Datetime.now()).date(),
                summary=speaking.env._("%(step)s: %(name)s", step=speaking.stage_id.name, name=ticket.name),
                user_id=actor.id,
            )

    @api.model
    def _cron_remind(self):
        """Tell who leads the complaints of every step that is overdue, one activity each until it is dealt with."""
        kind = "rural_complaint.activity_overdue"
        for ticket in self.search([("process_id", "!=", False), ("is_overdue", "=", True)]):
            leader = ticket._leader()
            if not leader or ticket.activity_search([kind], only_automated=False):
                continue
            speaking = ticket.with_context(lang=leader.lang)
            ticket.activity_schedule(
                kind,
                date_deadline=china_time.today(),
                summary=speaking.env._(
                    "Overdue: %(step)s, %(who)s", step=speaking.stage_id.name, who=ticket.actor_id.name or "—"
                ),
                user_id=leader.id,
            )

    def _leader(self, but=None):
        """Return who leads the complaints of the company; administrators only where there is nobody else."""
        group = self.env.ref("rural_complaint.group_complaint_head").sudo()
        heads = group.all_user_ids.filtered(
            lambda user: user.active and not user.share and self.company_id in user.company_ids
        )
        heads -= but or self.env["res.users"]
        # Who was given the role goes before who has it by standing higher.
        order = [lambda user: user.has_group("base.group_system"), lambda user: user not in group.user_ids]
        return heads.sorted(lambda user: (*(key(user) for key in order), user.id))[:1]

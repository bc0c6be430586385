from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.rural_base.china_time import month_of

from ... import rules
from ..rural_complaint_step import FORM_MODELS

OFFICER = "rural_complaint.group_complaint_officer"
HEAD = "rural_complaint.group_complaint_head"


class HelpdeskTicket(models.Model):
    """From step to step, as the process says (MA-40)."""

    _inherit = "helpdesk.ticket"

    # ------------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------------

    def action_record(self):
        """Complete the complaint record: the investigation begins.

        :raises UserError: naming what is missing
        """
        self._check_group(OFFICER)
        self.check_access("write")
        for ticket in self:
            ticket._lock_step("record")
            missing = ticket._missing_in_record()
            if missing:
                raise UserError(
                    self.env._("%(complaint)s lacks: %(missing)s.", complaint=ticket.name, missing=", ".join(missing))
                )
            if not ticket.user_id:
                ticket.sudo().user_id = self.env.user
            ticket._take_step("recorded")

    def _missing_in_record(self) -> list[str]:
        labels = self.fields_get(["partner_id", "channel_id", "complaint_kind_id", "received_at"], ["string"])
        return [label["string"] for name, label in labels.items() if not self[name]]

    def action_open_form(self):
        """Open the form of the present step.

        :raises UserError: where the step has none
        """
        self.ensure_one()
        self.check_access("read")
        form = self._open_form()
        if not form:
            raise UserError(self.env._("%s has no form to fill in now.", self.display_name))
        form.check_access("read")
        return form._action_open()

    def assign_to_me(self):
        """Take a complaint over."""
        if any(ticket.sudo().process_id for ticket in self):
            self._check_group(OFFICER)
            self.sudo().team_id.user_ids += self.env.user
        return super().assign_to_me()

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def _open_form(self):
        """Return the form that is to be filled in at the present step, an empty record where there is none."""
        ticket = self.sudo()
        model = FORM_MODELS.get(ticket.step_form)
        if not model:
            return self.env["rural.complaint.filing"]
        forms = (
            self.env[model]
            .sudo()
            .search(
                [
                    ("ticket_id", "=", ticket.id),
                    ("round", "=", ticket.round),
                    ("state", "not in", self.env[model]._kept_states),
                ],
                limit=1,
            )
        )
        return forms.sudo(self.env.su)

    def _lock_step(self, form):
        """Refuse a complaint at another step, also when somebody takes the same step at the same time."""
        self.ensure_one()
        self._lock_rows()
        if self.sudo().step_form != form:
            self._refuse_skipping()

    def _take_step(self, outcome, since=None):
        """Go where an outcome leads; what was found and done in the round stays.

        :param datetime since: from when the days of the next step count, now by default
        """
        self.ensure_one()
        ticket = self.sudo()
        transition = ticket.step_id._transition(outcome)
        step = transition.next_step_id
        ticket.write(
            {
                "step_id": step.id,
                "stage_id": step.stage_id.id,
                "step_since": since or fields.Datetime.now(),
                "round": ticket.round + transition.is_new_round,
            }
        )
        ticket._enter_step()
        if step.form == "closed":
            ticket._close()

    def _enter_step(self):
        """Lay out the form of the step, set its deadline and tell who must act."""
        for ticket in self.sudo():
            model = FORM_MODELS.get(ticket.step_form)
            if model:
                self.env[model].sudo()._create_for(ticket)
            ticket._refresh_deadlines()
            ticket.actor_id = ticket._actor()
            if ticket.actor_id:
                ticket._follow(ticket.actor_id)
            ticket._remind_actor()

    @api.model
    def _officers(self):
        return self.env.ref(OFFICER).sudo().all_user_ids

    def _actor(self):
        """Return who must act: the responsible head, whoever files, or the officer in charge."""
        form = self._open_form()
        if self.step_form == "closed":
            return self.env["res.users"]
        actor = form._actor() if form else None
        return actor if actor is not None else self._officer_in_charge()

    def _officer_in_charge(self):
        return self.user_id or (self.received_by_id & self._officers()) or self._leader()

    def _close(self):
        """File the complaint for good: penalties, and a word to those who follow it."""
        self._make_penalties()
        self.sudo().message_post(body=self.env._("The complaint is closed and filed."))

    # ------------------------------------------------------------------
    # Penalties, once it is closed (MA-41)
    # ------------------------------------------------------------------

    def _rounds(self) -> list[rules.Round]:
        """Return the founded rounds, as the rule sees them."""
        ticket = self.sudo()
        rounds = []
        for form in ticket.investigation_ids.filtered(lambda form: form.state == "done" and form.finding == "founded"):
            slip = ticket.slip_ids.filtered(lambda slip, form=form: slip.round == form.round and slip.state == "done")
            revisits = ticket.revisit_ids.filtered(lambda revisit, form=form: revisit.round == form.round)
            rounds.append(
                rules.Round(
                    person=form.person_id.id or None,
                    # The head is who answered; where a refused plan went to another one, who answered last.
                    head=(slip[-1:].head_id or form.head_id).id or None,
                    dissatisfied="dissatisfied" in revisits.mapped("satisfaction"),
                )
            )
        return rounds

    def _make_penalties(self):
        """Write down who pays, by the amounts of the day on which the complaint closed (MA-41)."""
        self.ensure_one()
        ticket = self.sudo()
        rounds = ticket._rounds()
        ticket.is_accepted = bool(rounds) and all(round_.is_accepted for round_ in rounds)
        if not ticket.process_id.has_penalties:
            return
        penalties = self.env["rural.complaint.penalty"].sudo()
        penalties.create(
            [
                penalties._prepare_vals(ticket, employee, kind, accepted)
                for employee, (kind, accepted) in rules.penalties_due(rounds).items()
            ]
        )

    def _month_closed(self):
        """Return the first day of the month, in China, in which the complaint was closed."""
        return month_of(self.sudo().closed_date or fields.Datetime.now())

    def action_view_penalties(self):
        """Show what the complaint costs."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_complaint.action_complaint_penalty")
        return {**action, "domain": [("ticket_id", "=", self.id)], "context": {}}

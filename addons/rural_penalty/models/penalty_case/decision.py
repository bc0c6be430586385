from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.rural_base import china_time
from odoo.addons.rural_base.deadlines import deadline

from .penalty_case import DECIDERS, STAFF


class RuralPenaltyCase(models.Model):
    """Recorded → heard → decided → appealed, once → final (SC-17)."""

    _inherit = "rural.penalty.case"

    # ------------------------------------------------------------------
    # Hearing
    # ------------------------------------------------------------------

    def action_hear(self):
        """State that the party was heard, or had the chance to be."""
        self._check_group(*STAFF)
        self.check_access("write")
        self._lock_rows()
        self._check_state("draft")
        for case in self:
            if not case.heard_on or case.heard_on > china_time.today():
                raise UserError(self.env._("%s: enter the day on which the party was heard.", case.display_name))
            if not (case.hearing or "").strip() and not case.did_not_appear:
                raise UserError(
                    self.env._("%s: write down what the party said, or that it did not appear.", case.display_name)
                )
        self.sudo().write({"state": "heard", "heard_by_id": self.env.uid})
        self._remind_deciders()

    def _remind_deciders(self):
        """Give one of those who may decide an activity; administrators only where there is nobody else."""
        deciders = self.env.ref(DECIDERS[0]).sudo().all_user_ids.filtered(lambda user: user.active and not user.share)
        for case in self.sudo():
            others = (
                deciders.filtered(lambda user, case=case: case.company_id in user.company_ids)
                - case._makers()
                - case.decided_by_id
                - case.appealed_by_id
            )
            if others:
                first = others.sorted(lambda user: (user.has_group("base.group_system"), user.id))[0]
                case.activity_schedule(
                    "rural_penalty.activity_penalty_decision",
                    summary=self.env._("Decide as a second person"),
                    user_id=first.id,
                )

    # ------------------------------------------------------------------
    # Decision
    # ------------------------------------------------------------------

    def action_decide(self):
        """Ask for the measure and the reasons."""
        self._check_may_decide()
        return self._ask("rural.penalty.case.decide", self.env._("Decide the Case"), case_id=self.id)

    def _decide(self, action, amount, suspension_days, reason):
        """Decide a case as a second person; the party is told and can appeal until the deadline (SC-17).

        :raises UserError: for whoever recorded or heard it, and for a measure that is not possible
        """
        self.ensure_one()
        self._check_may_decide()
        reason = self._check_reason(reason)
        self._check_measure(action, amount, suspension_days)
        now = fields.Datetime.now()
        days = self.env["rural.parameter"].sudo()._value_on("penalty_appeal_days", china_time.today(), self.company_id)
        measure = self._measure_vals(action, amount, suspension_days)
        self.sudo().write(
            {
                "state": "decided",
                **measure,
                **{f"first_{name}": value for name, value in measure.items()},
                "decided_by_id": self.env.uid,
                "decided_at": now,
                "decision_reason": reason,
                "appeal_days_id": days.id,
                "appeal_deadline": deadline(now, int(days.value)),
            }
        )
        self.sudo().activity_ids.unlink()
        self._notify_party(
            self.env._(
                "Decided: %(measure)s. %(reason)s You can appeal once, until %(deadline)s.",
                measure=self._measure_text(),
                reason=reason,
                deadline=self._china_time(self.appeal_deadline),
            )
        )

    def _check_may_decide(self):
        self._begin_step(DECIDERS, ("heard",))

    def _check_measure(self, action, amount, suspension_days):
        self.violation_id._check_action(action)
        if action == "deduction":
            if self.currency_id.compare_amounts(amount, 0) <= 0:
                raise UserError(self.env._("Enter the amount to be deducted."))
            if not self.deposit_id:
                raise UserError(
                    self.env._("%s has no deposit to deduct from. Choose another action.", self._party().display_name)
                )
        if action == "suspension" and suspension_days <= 0:
            raise UserError(self.env._("Enter the number of days of the suspension."))

    def _measure_vals(self, action, amount, suspension_days) -> dict:
        return {
            "action": action,
            "amount": amount if action == "deduction" else 0,
            "suspension_days": suspension_days if action == "suspension" else 0,
        }

    # ------------------------------------------------------------------
    # End
    # ------------------------------------------------------------------

    @api.model
    def _cron_make_final(self):
        """Make final what nobody has appealed against in time."""
        over = self.search([("state", "=", "decided"), ("appeal_deadline", "<", fields.Datetime.now())])
        for case in over:
            try:
                with self.env.cr.savepoint():
                    case._make_final()
            except UserError as error:
                case.message_post(body=self.env._("The decision could not take effect: %s", error))
                case._remind_of_failure(str(error))

    def _remind_of_failure(self, reason):
        kind = "rural_penalty.activity_penalty_failure"
        if not self.activity_search([kind], only_automated=False):
            self.activity_schedule(
                kind,
                summary=self.env._("The decision could not take effect"),
                user_id=self.decided_by_id.id,
                note=reason,
            )

    def action_cancel(self):
        """Ask why the case is cancelled."""
        self._check_group(*DECIDERS)
        self._check_state("draft", "heard", "decided")
        return self._ask_reason("cancel")

    @api.model
    def _reason_steps(self):
        return {
            **super()._reason_steps(),
            "cancel": {
                "method": "_cancel",
                "title": self.env._("Cancel the Case"),
                "button": self.env._("Cancel the Case"),
                "help": self.env._("The case ends without a penalty; a party that was told of a decision is told so."),
                "placeholder": self.env._("Why?"),
            },
            "appeal": {
                "method": "_appeal",
                "title": self.env._("Enter an Appeal"),
                "button": self.env._("Enter Appeal"),
                "help": self.env._("The party appeals once, in time; somebody else answers it."),
                "placeholder": self.env._("Reasons of the party, as they came on paper"),
            },
            "accept": {
                "method": "_accept",
                "title": self.env._("Record the Acceptance"),
                "button": self.env._("Party Accepts"),
                "help": self.env._("The decision becomes final and takes effect: the party gives up its appeal."),
                "placeholder": self.env._("What shows it, such as a letter of the party: its day and signer"),
            },
        }

    def _cancel(self, reason):
        """Cancel cases that have not taken effect: no penalty.

        :raises UserError: without a reason, or where an appeal has to be answered
        """
        self._check_group(*DECIDERS)
        self._lock_rows()
        self._check_state("draft", "heard", "decided")
        reason = self._check_reason(reason)
        decided = self.filtered(lambda case: case.state == "decided")
        self._write_cancelled(reason)
        self.sudo().activity_ids.unlink()
        for case in decided:
            case._notify_party(self.env._("The case has been cancelled: %s", reason))
        for case in self - decided:
            case.sudo().message_post(body=self.env._("Cancelled: %s", reason))

    # ------------------------------------------------------------------
    # Helpers of the steps
    # ------------------------------------------------------------------

    def _write_cancelled(self, reason):
        self.sudo().write(
            {
                "state": "cancelled",
                "cancel_reason": reason,
                "cancelled_by_id": self.env.uid,
                "cancelled_at": fields.Datetime.now(),
            }
        )

    def _notify_party(self, body):
        case = self.sudo()
        case.message_post(body=body, partner_ids=case.partner_id.ids)

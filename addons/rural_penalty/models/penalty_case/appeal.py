from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.rural_base import china_time

from ..rural_penalty_violation import ACTIONS
from .penalty_case import DECIDERS, STAFF

SEVERITY = {action: rank for rank, (action, _label) in enumerate(ACTIONS)}


class RuralPenaltyCase(models.Model):
    """A party appeals, once, or accepts; another person answers (SC-17)."""

    _inherit = "rural.penalty.case"

    def action_appeal(self):
        """Ask for the party's reasons, as they came on paper."""
        self._check_group(*STAFF)
        self._check_appealable()
        return self._ask_reason("appeal")

    def _appeal(self, reason):
        """Appeal against a decision, once and in time; by the party on its portal, or entered by operations.

        :raises UserError: for a second appeal, after the deadline, or without reasons
        """
        self.ensure_one()
        self._check_is_party_or_staff()
        self._check_appealable()
        reason = self._check_reason(reason)
        self.sudo().write(
            {
                "state": "appealed",
                "appeal_reason": reason,
                "appealed_at": fields.Datetime.now(),
                "appealed_by_id": self.env.uid,
            }
        )
        self.sudo().message_post(body=self.env._("Appeal: %s", reason))
        self.sudo()._remind_deciders()

    def action_accept(self):
        """Accept as the party, or ask what shows that it accepts."""
        self._check_is_party_or_staff()
        if self._is_party():
            return self._accept()
        self._check_may_accept()
        return self._ask_reason("accept")

    def _accept(self, note=False):
        """Let the party accept a decision, which is final from then on: it gives up its appeal (SC-17).

        :param str note: where it is not the party itself on its portal: what shows that it accepts
        :raises UserError: without a note, and for whoever has worked on the case
        """
        self._check_is_party_or_staff()
        if self._is_party():
            self._lock_rows()
            self._check_state("decided")
        else:
            self._check_may_accept()
            note = self._check_reason(note)
        self.sudo().write({"accepted_on": china_time.today(), "accepted_by_id": self.env.uid, "acceptance": note})
        self._make_final()

    def _check_may_accept(self):
        self._lock_rows()
        self._check_state("decided")
        self._check_not_maker("decided_by_id")

    def _is_party(self) -> bool:
        return self.env.user._is_portal() and not self.env.su

    def _check_is_party_or_staff(self):
        if self._is_party():
            own = self.env.user.commercial_partner_id
            if any(case.sudo().partner_id.commercial_partner_id != own for case in self):
                raise AccessError(self.env._("This case is not yours."))
            return
        self._check_group(*STAFF)
        self.check_access("read")

    def _check_appealable(self):
        self._lock_rows()
        for case in self.sudo():
            if case.appealed_at:
                raise UserError(
                    self.env._("%s has been appealed against already. One appeal is possible.", case.display_name)
                )
        self._check_state("decided")
        for case in self.sudo():
            if case.appeal_deadline < fields.Datetime.now():
                raise UserError(
                    self.env._(
                        "%(case)s could be appealed against until %(deadline)s.",
                        case=case.display_name,
                        deadline=case._china_time(case.appeal_deadline),
                    )
                )

    def action_decide_appeal(self):
        """Ask for the answer to the appeal."""
        self._check_may_decide_appeal()
        return self._ask("rural.penalty.case.answer", self.env._("Answer the Appeal"), case_id=self.id)

    def _decide_appeal(self, result, answer, action=None, amount=0, suspension_days=0):
        """Answer an appeal, by another person than the one who decided; the case is final then (SC-17).

        :param str result: upheld, changed (to the given milder measure) or revoked
        :raises UserError: for whoever decided before, and for a measure that is not milder
        """
        self.ensure_one()
        self._check_may_decide_appeal()
        answer = self._check_reason(answer)
        vals = {
            "appeal_result": result,
            "appeal_answer": answer,
            "appeal_decided_by_id": self.env.uid,
            "appeal_decided_at": fields.Datetime.now(),
        }
        if result == "changed":
            self._check_measure(action, amount, suspension_days)
            self._check_milder(action, amount, suspension_days)
            vals |= self._measure_vals(action, amount, suspension_days)
        self.sudo().write(vals)
        self.sudo().activity_ids.unlink()
        label = dict(self._fields["appeal_result"]._description_selection(self.env))[result]
        self._notify_party(
            self.env._("Your appeal has been answered: %(result)s. %(answer)s", result=label, answer=answer)
        )
        if result == "revoked":
            self._write_cancelled(answer)
        else:
            self._make_final()

    def _check_may_decide_appeal(self):
        self._check_group(*DECIDERS)
        self._lock_rows()
        self._check_state("appealed")
        self._check_not_maker("decided_by_id", "appealed_by_id")

    def _check_milder(self, action, amount, suspension_days):
        """Refuse what is not milder, also where it is of a milder kind (SC-17).

        Another kind has its limit: a deduction what is lodged, a suspension the longest one of the catalogue.
        """
        before = (SEVERITY[self.action], self.amount, self.suspension_days)
        after = (SEVERITY[action], *list(self._measure_vals(action, amount, suspension_days).values())[1:])
        if after >= before:
            raise UserError(
                self.env._("An appeal cannot make it worse: choose something milder than %s.", self._measure_text())
            )
        if action == "deduction" != self.action:
            lodged = self.deposit_id.balance
            if self.currency_id.compare_amounts(amount, lodged) > 0:
                raise UserError(
                    self.env._(
                        "Instead of %(measure)s, %(amount)s can be deducted at most: what is lodged.",
                        measure=self._measure_text(),
                        amount=self._amount(lodged),
                    )
                )
        if action == "suspension" != self.action:
            longest = self.violation_id._longest_suspension()
            if suspension_days > longest:
                raise UserError(
                    self.env._(
                        "Instead of %(measure)s, a suspension lasts %(days)s days at most: the longest of the "
                        "catalogue.",
                        measure=self._measure_text(),
                        days=longest,
                    )
                )

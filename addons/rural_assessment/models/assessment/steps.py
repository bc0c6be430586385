from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.rural_account.models.rural_payable_document import ACCOUNTANTS

from ...rules import year_days

REVIEWERS = ("rural_base.group_settlement_manager", "rural_base.group_operations_manager")
SHOWN = 5


class RuralAssessment(models.Model):
    """Draft → reviewed → posted, each by another person; and back by a cancellation that reverses (SC-18)."""

    _inherit = "rural.assessment"

    # ------------------------------------------------------------------
    # Review
    # ------------------------------------------------------------------

    def action_review(self):
        """State as a second person that the figures are right; from now on they stay (SC-18).

        :raises UserError: for whoever prepared them, before the year is over, and when something is missing
        """
        self._check_group(*REVIEWERS)
        self._check_state("draft")
        self._check_another_person("prepared_by_id")
        for assessment in self.sudo():
            assessment._check_not_entered_by(self.env.user)
            before = assessment._figures()
            assessment._refresh()
            if assessment._figures() != before:
                return self._show_warning(
                    self.env._("The figures have changed since you saw them. Look at them, then review again.")
                )
            if missing := assessment._missing_for_review():
                raise UserError(
                    self.env._(
                        "%(assessment)s cannot be reviewed yet:\n%(missing)s",
                        assessment=assessment.name,
                        missing="\n".join(f"– {sentence}" for sentence in missing),
                    )
                )
            assessment.write(
                {"state": "reviewed", "reviewed_by_id": self.env.uid, "reviewed_at": fields.Datetime.now()}
            )
            assessment._grant_priorities()
        return True

    def _check_not_entered_by(self, user):
        if self._is_system():
            return
        for line in self.line_ids:
            if line.satisfaction_by_hand and line.satisfaction_entered_by_id == user:
                raise UserError(
                    self.env._(
                        "%(user)s entered the satisfaction of %(line)s. Somebody else must review it.",
                        user=user.name,
                        line=line.display_name,
                    )
                )

    def _missing_for_review(self) -> list[str]:
        """Hook: say what has to be there before a review, one sentence each."""
        self.ensure_one()
        missing = []
        if not self.is_over:
            missing.append(self.env._("The year %s is not over.", self.year))
        unknown = self.line_ids.filtered(
            lambda line: line.agreement_id and line.target_satisfaction and not line.is_satisfaction_known
        )
        missing += [
            self.env._(
                "The satisfaction of %s is not known: nobody answered the survey, and none was entered by hand.",
                line.center_id.display_name,
            )
            for line in unknown
        ]
        missing += [
            self.env._(
                "%(center)s has lines of %(month)s that no confirmed statement settles.",
                center=center.display_name,
                month=f"{month:%Y-%m}",
            )
            for center, month in self._unsettled_months()
        ]
        if len(missing) > SHOWN:
            rest = len(missing) - SHOWN
            missing = [*missing[:SHOWN], self.env._("%s more of the kind.", rest)]
        return missing

    def _unsettled_months(self) -> list:
        """Return the centers and months of the year of which something is still to be settled (SC-13)."""
        Due = self.env["rural.due"]
        first, last = year_days(self.year)
        Due._flush_due()
        self.env.cr.execute(
            SQL(
                "SELECT DISTINCT center_id, month FROM (%s) due WHERE month BETWEEN %s AND %s ORDER BY 2, 1",
                Due._due_query(self.company_id, self.line_ids.center_id.ids),
                first,
                last,
            )
        )
        centers = self.env["rural.service.center"]
        return [(centers.browse(center_id), month) for center_id, month in self.env.cr.fetchall()]

    def _grant_priorities(self):
        """Note on the agreements of those who met all targets that they come first next year (SC-18)."""
        for line in self.line_ids.filtered(lambda line: line.all_met and line.agreement_id):
            line.agreement_id._grant_priority(
                self.env._("All targets of %(year)s were met (%(assessment)s).", year=self.year, assessment=self.name)
            )

    def action_take_back(self):
        """Open a reviewed assessment again, which was not posted."""
        self._check_group(*REVIEWERS)
        self._check_state("reviewed")
        self.line_ids.agreement_id._withdraw_priority()
        self.sudo().write({"state": "draft", "reviewed_by_id": False, "reviewed_at": False})
        for assessment in self.sudo():
            assessment.message_post(body=self.env._("Taken back to draft by %s.", self.env.user.name))

    # ------------------------------------------------------------------
    # Posting
    # ------------------------------------------------------------------

    def action_post(self):
        """Show both sides of what will be posted and ask for the accounting date."""
        self.ensure_one()
        self._check_group(*ACCOUNTANTS)
        self._check_state("reviewed")
        return self._ask("rural.assessment.post", self.env._("Post Rewards"), assessment_id=self.id)

    def _post(self, day=None):
        """Post reviewed rewards through the clearing account (SC-14, SC-18).

        :param date day: accounting date, by default the last day of the year
        :raises UserError: for whoever prepared or reviewed them
        """
        self._check_group(*ACCOUNTANTS)
        self._check_state("reviewed")
        self._check_another_person("prepared_by_id", "reviewed_by_id")
        for assessment in self.sudo():
            assessment.write(
                {
                    "state": "posted",
                    "bearer": assessment.company_id.rural_fee_bearer,
                    "date": day or year_days(assessment.year)[1],
                    "posted_by_id": self.env.uid,
                }
            )
            assessment._post_entries()
            assessment.activity_ids.unlink()

    def action_register_payment(self):
        """Pay the centers with Odoo's own payments."""
        self._check_group(*ACCOUNTANTS)
        self._check_state("posted")
        return self.line_ids._register_payment()

    # ------------------------------------------------------------------
    # Cancellation
    # ------------------------------------------------------------------

    def action_cancel(self):
        """Ask for the reason of a cancellation."""
        self.ensure_one()
        self._check_state("reviewed", "posted")
        return self._ask("rural.assessment.cancel", self.env._("Cancel Assessment"), assessment_id=self.id)

    def _cancel(self, reason, day=None):
        """Cancel reviewed or posted assessments; the entries of a posted one are reversed (SC-14).

        Its year can be prepared anew.

        :param date day: accounting date of the reversals, today by default
        :raises UserError: without a reason, or once something has been paid
        """
        self._check_state("reviewed", "posted")
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the assessment is cancelled."))
        posted = self.filtered(lambda assessment: assessment.state == "posted")
        if posted:
            self._check_group(*ACCOUNTANTS)
            posted.line_ids._check_unpaid()
        if self - posted:
            self._check_group(*REVIEWERS)
        for assessment in posted.sudo():
            assessment._reverse_documents(
                assessment.line_ids,
                day or fields.Date.context_today(self),
                self.env._("Cancellation of %s", assessment.name),
            )
        self.sudo().line_ids.agreement_id._withdraw_priority()
        self.sudo().write(
            {
                "state": "cancelled",
                "cancel_reason": reason,
                "cancelled_by_id": self.env.uid,
                "cancelled_at": fields.Datetime.now(),
            }
        )
        for assessment in self.sudo():
            assessment.activity_ids.unlink()
            assessment.message_post(body=self.env._("Cancelled: %s", reason))

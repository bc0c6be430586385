from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.rural_account.models.rural_payable_document import ACCOUNTANTS
from odoo.addons.rural_base import china_time

from ...rules import year_days
from .assessment import REVIEWERS

SHOWN = 5


class RuralAssessment(models.Model):
    """Draft → reviewed → posted, each by another person; and back by a cancellation that reverses (SC-18)."""

    _inherit = "rural.assessment"

    # ------------------------------------------------------------------
    # Review
    # ------------------------------------------------------------------

    def _period_end(self):
        self.ensure_one()
        return year_days(self.year)[1]

    def _figure_makers(self):
        """Count in who entered a satisfaction or sent the survey, and who wrote what the figures are reckoned with."""
        makers = {}
        for assessment in self.sudo():
            entered = assessment.line_ids.filtered("satisfaction_by_hand").satisfaction_entered_by_id
            parameters = assessment.parameter_ids
            written = parameters._makers() | parameters.write_uid | assessment.line_ids.agreement_id._makers()
            asked = assessment.round_ids.sent_by_id
            # A rate whose first day lay in the past when it was entered changes what closed orders are rewarded with.
            backdated = assessment.reward_line_ids.pool_entry_id.filtered(
                lambda entry: entry.valid_from and entry.valid_from < china_time.to_china(entry.create_date).date()
            )
            makers[assessment.id] = (
                (entered | written | asked | backdated.create_uid)
                .filtered(lambda user: user.id != api.SUPERUSER_ID)
                .ids
            )
        return makers

    def _check_may_confirm(self):
        """Refuse a review while something is missing.

        :raises UserError: naming it
        """
        for assessment in self.sudo():
            if missing := assessment._missing_for_review():
                raise UserError(
                    self.env._(
                        "%(assessment)s cannot be reviewed yet:\n%(missing)s",
                        assessment=assessment.name,
                        missing="\n".join(f"– {sentence}" for sentence in missing),
                    )
                )

    def _close(self):
        result = super()._close()
        self.sudo()._grant_priorities()
        return result

    def _missing_for_review(self) -> list[str]:
        """Hook: say what has to be there before a review, one sentence each."""
        self.ensure_one()
        missing = []
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
        self._lock_rows()
        self._check_state("reviewed")
        self.line_ids.agreement_id._withdraw_priority()
        self.sudo().write({"state": "draft", "confirmed_by_id": False, "confirmed_at": False})
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
        self._begin_posting(day)
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

    @api.model
    def _reason_steps(self):
        steps = super()._reason_steps()
        # Taken back, a reviewed assessment would be a draft again: this one is kept and counts no more.
        cancel = self.env._("Cancel")
        steps["take_back"] |= {"title": cancel, "button": cancel}
        return steps

    def _check_cancellable(self):
        self._check_state("reviewed", "posted")

    def _check_unpaid(self):
        self.line_ids._check_unpaid()

    def _entry_day(self):
        return self.date

    def _reverse(self, day):
        for assessment in self:
            assessment._reverse_documents(assessment.line_ids, day, self.env._("Cancellation of %s", assessment.name))

    def _after_cancel(self):
        """Leave it to the staff to prepare the year anew; nobody comes first next year by what is cancelled."""
        self.sudo().line_ids.agreement_id._withdraw_priority()
        return super()._after_cancel()

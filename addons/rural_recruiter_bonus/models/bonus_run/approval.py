from collections import defaultdict
from datetime import datetime, time

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.date_utils import date_range

from .bonus_run import GENERAL_MANAGERS, HEADS, OFFICERS


class RuralBonusRun(models.Model):
    """Draft → reviewed by the head → approved by the general manager → in payslips, each by another person.

    Whoever computed it, or entered what its figures follow from, neither reviews nor approves it.
    """

    _inherit = "rural.bonus.run"

    def action_review(self):
        """Say that the figures are right, as head of recruiting who has not made them."""
        self._begin_step(HEADS, ("draft",))
        for run in self:
            run._check_computed()
        self._check_over()
        for run in self:
            run._check_shares()
            if run._is_last_approver():
                raise UserError(run._hand_in_the_way())
        self.sudo().write({"state": "reviewed", "reviewed_by_id": self.env.uid})

    def action_approve(self):
        """Approve, as general manager who has neither made nor reviewed the figures; from now on they are final.

        While card files of the period are missing, it takes a reason.
        """
        self._check_group(*GENERAL_MANAGERS)
        self._check_state("reviewed")
        if any(run.missing_months and not run.missing_reason for run in self):
            for run in self:
                run._check_figures()
            return self._ask_reason("approve_without_files")
        return self.action_confirm()

    def _confirm(self, seen=None):
        self._check_group(*GENERAL_MANAGERS)
        self._lock()
        return super()._confirm(seen)

    def _approve_without_files(self, reason):
        """Approve though card files of the period are missing (MA-28)."""
        self._check_group(*GENERAL_MANAGERS)
        self.sudo().write({"missing_reason": self._check_reason(reason)})
        changed = self._confirm()
        return self._notify_changed(changed) if changed else None

    def action_back_to_draft(self):
        """Ask why a review is undone, so that the run can be computed again."""
        self._check_may_go_back()
        return self._ask_reason("back_to_draft")

    def _back_to_draft(self, reason):
        """Undo the review of runs that are not approved yet; their conversation keeps why.

        :raises UserError: without a reason
        """
        self._lock_rows()
        self._check_may_go_back()
        reason = self._check_reason(reason)
        self.sudo().write({"state": "draft", "reviewed_by_id": False, "missing_reason": False})
        for run in self.sudo():
            run.message_post(body=self.env._("Back to draft: %s", reason))

    def _check_may_go_back(self):
        self._check_group(*OFFICERS, *HEADS)
        self._check_state("reviewed")

    def _check_may_cancel(self):
        self._check_group(*OFFICERS)

    def _check_cancellable(self):
        self._check_state(*self._open_states)

    def _cancel(self, reason, day=None):
        """Set runs aside that have not been approved; another one can be opened for the period."""
        reason = self._check_reason(reason)
        self._check_may_cancel()
        self._lock_rows()
        self._check_cancellable()
        self._write_cancelled(reason)
        self.flush_recordset(["state"])
        return self.browse()

    @api.model
    def _reason_steps(self):
        steps = super()._reason_steps()
        return {
            **steps,
            "take_back": {
                "method": "_cancel",
                "title": self.env._("Set Aside"),
                "button": self.env._("Set Aside"),
                "help": self.env._("It is kept, and counts no more. Another run can be opened for its period."),
                "placeholder": self.env._("Why?"),
            },
            "back_to_draft": {
                "method": "_back_to_draft",
                "title": self.env._("Back to Draft"),
                "button": self.env._("Back to Draft"),
                "placeholder": self.env._("What has to be computed again?"),
            },
            "approve_without_files": {
                "method": "_approve_without_files",
                "title": self.env._("Card Files Are Missing"),
                "button": self.env._("Approve Nevertheless"),
                "help": self.env._(
                    "Months of the period have no card transactions yet: what these earn becomes a correction of a "
                    "later run."
                ),
                "placeholder": self.env._("Why now?"),
            },
        }

    # ------------------------------------------------------------------
    # Hooks of a document of a period
    # ------------------------------------------------------------------

    def _period_end(self):
        self.ensure_one()
        return self.date_to

    def _figures(self):
        return (round(self.total, 2), self.computation_count)

    def _refresh_figures(self):
        """Leave the figures as they were reviewed: where they are others today, they are computed again first."""

    def _check_may_confirm(self):
        result = super()._check_may_confirm()
        self._check_not_maker("sharer_ids")
        for run in self:
            run._check_figures()
            if run.missing_months and not run.missing_reason:
                raise UserError(
                    self.env._(
                        "%(run)s: no card transactions are loaded for %(months)s. Load the files first, or approve it "
                        "with a reason.",
                        run=run.display_name,
                        months=run.missing_months,
                    )
                )
        return result

    def _figure_makers(self):
        """Whoever entered costs, fees paid directly and follow-ups of a run's months is its maker (MA-23)."""
        makers = defaultdict(set)
        for run in self.filtered("date_to"):
            for first, last, after in run._periods_behind():
                entered = self.env["rural.merchant"]._profit_entry_makers(run.company_id, first, last, after)
                if run.kind == "month":
                    follow_ups = run._follow_ups_behind(first, last, after)
                    entered |= follow_ups.create_uid | follow_ups.write_uid
                makers[run.id].update(entered.ids)
        return makers

    def _periods_behind(self) -> set:
        """Return first day, last day, and after which time entries count, of the periods that make the figures.

        Entries of earlier periods count as far as they were written after those had been approved: they are corrected.
        """
        periods = {(self.date_from, self.date_to, None)}
        for correction in self.line_ids.filtered("is_correction"):
            earlier = correction.corrects_id.run_id
            last = self.env["rural.bonus.computation"]._period_end(self.kind, correction.period)
            periods.add((correction.period, last, earlier.confirmed_at or datetime.combine(last, time.min)))
        return periods

    def _follow_ups_behind(self, first, last, after):
        """Return the follow-ups of a period that somebody entered and that count (MA-21)."""
        domain = Domain(
            [
                ("company_id", "=", self.company_id.id),
                ("date", ">=", first),
                ("date", "<=", last),
                ("kind", "in", ("good_review", "complaint")),
                # A founded complaint has been decided by a second person already.
                ("ticket_id", "=", False),
            ]
        )
        if after:
            domain &= Domain("write_date", ">", after)
        return self.env["rural.merchant.follow.up"].sudo().search(domain)

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _months_without_cards(self) -> list:
        """Return the months of the period in which terminals stood, but of which no card transaction is loaded."""
        for model in ("rural.merchant.terminal", "rural.card.transaction"):
            self.env[model].flush_model()
        months = list(date_range(self.date_from, self.date_to))
        rows = self.env.execute_query(
            SQL(
                "SELECT given.month FROM unnest(%(months)s::date[]) AS given (month)"
                " WHERE EXISTS (SELECT FROM rural_merchant_terminal WHERE company_id = %(company)s"
                " AND installed_on < given.month + interval '1 month'"
                " AND COALESCE(removed_on, 'infinity') >= given.month)"
                " AND NOT EXISTS (SELECT FROM rural_card_transaction AS card"
                " WHERE card.company_id = %(company)s AND card.month = given.month) ORDER BY given.month",
                months=months,
                company=self.company_id._origin.id or None,
            )
        )
        return [month for [month] in rows]

    def _is_last_approver(self) -> bool:
        """Tell whether nobody but the user could approve the run: who reviews it does not approve it."""
        self.ensure_one()
        run = self.sudo()
        managers = run.env["res.users"].union(*(run.env.ref(group).all_user_ids for group in GENERAL_MANAGERS))
        approvers = managers.filtered(lambda user: user.active and run.company_id in user.company_ids)
        return approvers - run.maker_ids - run.sharer_ids == self.env.user

    def _hand_in_the_way(self):
        """Return why the reader, who has the role of the next step, does not take it; False where nothing is."""
        self.ensure_one()
        run, user = self.sudo(), self.env.user
        if run.state == "draft" and self._is_in_group(*HEADS):
            if user in run.maker_ids:
                return self.env._("You have worked on these figures: somebody else reviews them.")
            if self._is_last_approver():
                return self.env._(
                    "%s: nobody but you can approve it, and who reviews it does not. Let another head of recruiting "
                    "review it.",
                    self.display_name,
                )
        if run.state == "reviewed" and self._is_in_group(*GENERAL_MANAGERS) and user in run.sharer_ids:
            return self.env._("You have shared out the managers' bonus: another general manager approves it.")
        return False

    def _check_computed(self):
        if not self.computation_count:
            raise UserError(self.env._("%s has not been computed yet.", self.display_name))

    def _check_shares(self):
        """MA-27: who left or was dismissed gets none, and the shares add up to the whole."""
        if self.kind != "year":
            return
        leavers = self.env["rural.bonus.computation"].sudo()._leavers(self.date_to, self.company_id)
        for share in self.share_ids:
            if share.weight and not share.successor_id and share.employee_id.id in leavers:
                raise UserError(
                    self.env._(
                        "%s has left during the year and gets no share of its bonus. Take the share out, or name "
                        "who took over.",
                        share.employee_id.name,
                    )
                )
        if self.pool_amount and not self.share_ids.filtered("weight"):
            raise UserError(self.env._("Nobody shares in the bonus of %s yet.", self.name))

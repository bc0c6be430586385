from odoo import api, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.rural_base import china_time

from ...rules import ONE_DAY

#: Stages in which an agreement is on its way, or holds.
ON_ITS_WAY = ("draft", "signed", "deposited", "certified", "published", "trained")


class RuralCenterAgreement(models.Model):
    """How an agreement ends, and how the next one follows (SC-18)."""

    _inherit = "rural.center.agreement"

    # ------------------------------------------------------------------
    # Renewal
    # ------------------------------------------------------------------

    def action_renew(self):
        """Draw up next year's agreement, with this year's targets to begin with."""
        self._check_group("rural_base.group_operations")
        renewals = self.browse()
        for agreement in self:
            agreement._check_may_renew()
            renewals += self.create(agreement._prepare_renewal_vals())
        for agreement, renewal in zip(self, renewals, strict=True):
            agreement._message_log(
                body=self.env._("Agreement %(number)s for %(year)s follows.", number=renewal.number, year=renewal.year)
            )
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_center_agreement.action_center_agreement")
        if len(renewals) == 1:
            return {**action, "views": [(False, "form")], "res_id": renewals.id}
        return {**action, "domain": [("id", "in", renewals.ids)]}

    def action_begin_with_first_day(self):
        """Ask why a renewal that was signed late is to authorise from its first day."""
        self._check_may_begin_with_first_day()
        return self._ask_reason("begin")

    def action_cancel(self):
        """Ask why the agreements are given up."""
        self._check_group("rural_base.group_operations")
        return self._ask_reason("cancel")

    @api.model
    def _reason_steps(self):
        return {
            **super()._reason_steps(),
            "begin": {
                "method": "_begin_with_first_day",
                "title": self.env._("Begin With the First Day"),
                "button": self.env._("Begin With the First Day"),
                "help": self.env._(
                    "The authorisation will begin with the agreement's first day, so that orders of the days between "
                    "two agreements are not lost. The reason is kept with it."
                ),
            },
            "cancel": {
                "method": "_cancel",
                "title": self.env._("Cancel Agreement"),
                "button": self.env._("Cancel Agreement"),
                "help": self.env._(
                    "A cancelled agreement is kept with its reason; a certificate that it led to is revoked."
                ),
            },
        }

    def _begin_with_first_day(self, reason):
        """Let the authorisation of late renewals begin with their first day, as a manager (SC-05)."""
        reason = self._check_reason(reason)
        self._check_may_begin_with_first_day()
        self.sudo().write({"begin_reason": reason, "begin_by_id": self.env.uid})

    def _check_may_begin_with_first_day(self):
        self._check_group("rural_base.group_operations_manager")
        self._check_state(*ON_ITS_WAY)
        for agreement in self:
            if not agreement.previous_id:
                raise UserError(
                    self.env._(
                        "%s follows no other agreement: a new center is authorised from its activation.",
                        agreement.display_name,
                    )
                )

    def _check_may_renew(self):
        if self.stage not in ("active", "ended"):
            raise UserError(
                self.env._("%s is not active: only an agreement that came into force is renewed.", self.display_name)
            )
        following = self.search(
            [("center_id", "=", self.center_id.id), ("year", "=", self.year + 1), ("stage", "!=", "cancelled")]
        )
        if following:
            raise UserError(
                self.env._(
                    "%(center)s has an agreement for %(year)s already: %(number)s.",
                    center=self.center_id.name,
                    year=following.year,
                    number=following.number,
                )
            )

    def _leaving(self) -> str:
        """Say that the center leaves or has left; empty if it stays (SC-05, DP-04)."""
        leaving = self.sudo().center_id.exit_id
        if not leaving:
            return ""
        return self.env._(
            "%(center)s leaves or has left (last day %(day)s): it gets no further agreement.",
            center=leaving.center_id.display_name,
            day=leaving.last_day,
        )

    @api.constrains("center_id")
    def _check_not_leaving(self):
        for agreement in self:
            if leaving := agreement._leaving():
                raise ValidationError(leaving)

    def _prepare_renewal_vals(self) -> dict:
        return {
            "center_id": self.center_id.id,
            "year": self.year + 1,
            "previous_id": self.id,
            "target_market_revenue": self.target_market_revenue,
            "target_region_turnover": self.target_region_turnover,
            "target_purchasers": self.target_purchasers,
            "target_satisfaction": self.target_satisfaction,
        }

    def _grant_priority(self, reason):
        """Note that the center comes first in next year's signing, and why (SC-18)."""
        self.sudo().write({"renewal_priority": True, "renewal_priority_reason": reason})

    def _withdraw_priority(self):
        """Take back a priority whose assessment was cancelled."""
        self.sudo().write({"renewal_priority": False, "renewal_priority_reason": False})

    # ------------------------------------------------------------------
    # End
    # ------------------------------------------------------------------

    def _cancel(self, reason):
        """Give up agreements that did not come into force; their certificates are revoked.

        :raises UserError: for an active one, and where a deposit would be left behind
        """
        reason = self._check_reason(reason)
        self._check_group("rural_base.group_operations")
        self.check_access("write")
        self._lock_rows()
        for agreement in self:
            if agreement.stage not in ON_ITS_WAY:
                raise UserError(
                    self.env._(
                        "%(agreement)s is “%(stage)s” and cannot be cancelled. A center that works leaves by its exit.",
                        agreement=agreement.display_name,
                        stage=agreement._stage_label(agreement.stage),
                    )
                )
            if hindrance := agreement.sudo()._hindrance_to_cancel():
                raise UserError(hindrance)
        self.sudo().write({"stage": "cancelled", "end_reason": reason})
        self.flush_recordset()
        self.sudo().certificate_ids._revoke(china_time.today(), reason)

    def _hindrance_to_cancel(self) -> str:
        """Hook: say why an agreement on its way cannot be cancelled; empty if it can."""
        return ""

    def _end(self, last_day, reason):
        """Let agreements end with that day; those that have not begun by then are cancelled."""
        for agreement in self.sudo():
            if agreement.stage in ON_ITS_WAY or (agreement.stage == "active" and agreement.date_from > last_day):
                agreement.write({"stage": "cancelled", "end_reason": reason})
            elif agreement.stage == "active":
                agreement.write({"ended_on": min(last_day, agreement.date_to), "end_reason": reason})
        self._end_those_over()

    @api.model
    def _end_those_over(self):
        """End the active agreements whose last day is over."""
        today = china_time.today()
        over = Domain("ended_on", "<", today) | (Domain("ended_on", "=", False) & Domain("date_to", "<", today))
        for agreement in self.sudo().search(Domain("stage", "=", "active") & over):
            agreement.write({"stage": "ended", "ended_on": agreement.ended_on or agreement.date_to})

    # ------------------------------------------------------------------
    # Schedule
    # ------------------------------------------------------------------

    @api.model
    def _cron_end_and_remind(self):
        """End what is over, and remind the area managers of what has to be renewed."""
        self._end_those_over()
        self._remind_of_renewals()

    @api.model
    def _remind_of_renewals(self):
        """Give the area manager an activity for each agreement that ends soon and has no renewal."""
        today = china_time.today()
        for company in self.search([("stage", "=", "active")]).company_id:
            days = self.env["rural.parameter"]._value_on("center_renewal_reminder_days", today, company)
            ending = self.search(
                [
                    ("company_id", "=", company.id),
                    ("stage", "=", "active"),
                    ("ended_on", "=", False),
                    ("date_to", "<=", today + int(days.value) * ONE_DAY),
                    ("renewal_ids", "not any", [("stage", "!=", "cancelled")]),
                ]
            )
            for agreement in ending:
                agreement._remind(
                    "rural_center_agreement.activity_renewal",
                    date_deadline=agreement.date_to,
                    summary=self.env._("%(center)s: renew, or let it end", center=agreement.center_id.name),
                    note=self.env._("The agreement ends on %s and no later one has been drawn up.", agreement.date_to),
                )

    def _remind(self, activity, **vals):
        """Give the area manager an activity, unless the agreement has one of this type."""
        if not self.activity_search([activity], only_automated=False):
            user = self.area_manager_id or self.prepared_by_id or self.env.user
            self.activity_schedule(activity, user_id=user.id, **vals)

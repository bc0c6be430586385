from datetime import date, timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.rural_base import china_time
from odoo.addons.rural_base.models.mail_thread import UNTRACKED

from ..taking_over import is_taking_over


class RuralCenterPeriod(models.AbstractModel):
    """A period of a center, its days both included. Each change leaves a line in the center's chatter.

    What a center earns hangs on it (SC-10.4): operations staff enter and change their own periods from the present
    day on; days that are over, what somebody else has entered, and deletions are for an operations manager. No
    client keeps a change out of the chatter.
    """

    _name = "rural.center.period"
    _inherit = ["rural.dated.mixin"]
    _description = "Period of a Service Center"
    _order = "center_id, valid_from desc, id"
    _dated_key = ("center_id",)

    center_id = fields.Many2one("rural.service.center", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="center_id.company_id", store=True, index=True, precompute=True)
    reason = fields.Char(help="Why it was entered or changed. A manager who changes days that are over says so here.")
    may_change = fields.Boolean(compute="_compute_may_change")

    @api.depends("center_id", "valid_from", "valid_to")
    def _compute_display_name(self):
        for period in self:
            period.display_name = (
                f"{period._description_of_kind()} {period.center_id.display_name or ''} "
                f"{period.valid_from or ''} – {period.valid_to or ''}"
            ).strip()

    @api.depends_context("uid")
    def _compute_may_change(self):
        is_manager = self.env.user.has_group("rural_base.group_operations_manager")
        for period in self:
            period.may_change = is_manager or period._origin.create_uid in (self.env.user, self.env["res.users"])

    @api.model_create_multi
    def create(self, vals_list):
        """Check who enters days that are over, and log the periods on their centers."""
        periods = super().create(vals_list)
        for period in periods:
            period._check_may_change(period.valid_from)
            period._check_past_reason(period.valid_from, period.reason)
            period._log_on_center(self.env._("%s has been added.", period._summary()))
        periods.center_id._update_children()
        return periods

    def write(self, vals):
        """Check who changes days that are over or another's period, and log the change on the centers."""
        for period in self:
            since = period._first_day_changed(vals)
            period._check_may_change(since)
            period._check_past_reason(since, vals.get("reason"))
            period._check_center(vals)
        before = [(period, period._summary()) for period in self]
        result = super().write(vals)
        for period, summary in before:
            if period._summary() != summary:
                period._log_on_center(
                    self.env._("%(before)s has become %(after)s.", before=summary, after=period._summary())
                )
        self.center_id._update_children()
        return result

    def unlink(self):
        """Let an operations manager delete periods, and log it on their centers."""
        if not self.env.su:
            self.env["rural.step.mixin"]._check_group("rural_base.group_operations_manager")
        for period in self:
            period._check_may_change(period.valid_from)
            period._log_on_center(self.env._("%s has been deleted.", period._summary()))
        centers = self.center_id
        result = super().unlink()
        centers._update_children()
        return result

    # ------------------------------------------------------------------
    # Who may
    # ------------------------------------------------------------------

    def _check_may_change(self, since):
        """Refuse a person who may not change the period.

        :param date since: the first day that changes from within the period to without, or the other way; None when
            no day does
        :raises UserError: saying who may
        """
        if self.env.su or is_taking_over(self.env) or self.env.user.has_group("rural_base.group_operations_manager"):
            return
        if (since and since < china_time.today()) or self.create_uid != self.env.user:
            raise AccessError(
                self.env._(
                    "%s: days that are over, and what somebody else has entered, are changed by an operations manager.",
                    self.display_name,
                )
            )

    def _check_past_reason(self, since, reason):
        """Refuse to change days that are over without a reason."""
        if self.env.su or is_taking_over(self.env) or not since or since >= china_time.today() or reason:
            return
        raise UserError(self.env._("%s: days that are over change. Enter the reason, it is kept.", self.display_name))

    def _check_center(self, vals):
        if not self.env.su and vals.get("center_id", self.center_id.id) != self.center_id.id:
            raise UserError(self.env._("%s stays with its center.", self.display_name))

    def _first_day_changed(self, vals):
        first = fields.Date.to_date(vals.get("valid_from")) or self.valid_from
        last = fields.Date.to_date(vals.get("valid_to", self.valid_to)) or date.max
        last_before = self.valid_to or date.max
        changed = []
        if first != self.valid_from:
            changed.append(min(first, self.valid_from))
        if last != last_before:
            changed.append(min(last, last_before) + timedelta(days=1))
        return min(changed, default=None)

    # ------------------------------------------------------------------
    # Chatter
    # ------------------------------------------------------------------

    def _summary(self) -> str:
        return f"{self.display_name} ({self.reason})" if self.reason else self.display_name

    def _log_on_center(self, body):
        if self.env.context.get("tracking_disable") is not UNTRACKED:
            self.center_id._message_log(body=body)

    def _description_of_kind(self):
        return self.env["ir.model"]._get(self._name).name


class RuralCenterAuthorisation(models.Model):
    """A period in which a center is authorised; orders placed in it can earn (SC-10.4)."""

    _name = "rural.center.authorisation"
    _inherit = ["rural.center.period"]
    _description = "Authorisation"

    @api.constrains("center_id", "valid_from", "valid_to")
    def _check_one_for_region(self):
        """Let a center that had ended hold its region again only where no other one does (SC-04)."""
        self.center_id._check_one_for_region()


class RuralCenterSuspension(models.Model):
    """A period in which a center, though authorised, earns nothing (SC-10.4)."""

    _name = "rural.center.suspension"
    _inherit = ["rural.center.period"]
    _description = "Suspension"

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.rural_base import china_time


class RuralMerchant(models.Model):
    _inherit = "rural.merchant"

    assignment_ids = fields.One2many("rural.merchant.assignment", "merchant_id", "Recruiters", readonly=True)
    recruiter_id = fields.Many2one(
        "hr.employee",
        compute="_compute_recruiter_id",
        inverse="_inverse_recruiter_id",
        store=True,
        index=True,
        tracking=True,
        help="Who looks after the merchant today. Another one takes over by a transfer.",
    )
    is_assigned = fields.Boolean(
        "Has a Recruiter", compute="_compute_is_assigned", help="Another one takes over by a transfer."
    )
    may_change = fields.Boolean(
        compute="_compute_may_change", help="The reader may change it: the own ones and those of nobody, or as head."
    )
    is_mine = fields.Boolean("My Merchant", compute="_compute_is_mine", search="_search_is_mine")

    @api.depends("assignment_ids.employee_id", "assignment_ids.valid_from", "assignment_ids.valid_to")
    def _compute_recruiter_id(self):
        today = china_time.today()
        for merchant in self:
            merchant.recruiter_id = merchant._recruiter_on(today)

    @api.depends("assignment_ids.valid_from", "assignment_ids.valid_to")
    def _compute_is_assigned(self):
        today = china_time.today()
        for merchant in self:
            merchant.is_assigned = bool(merchant._recruiter_on(today))

    def _inverse_recruiter_id(self):
        for merchant in self.filtered("recruiter_id"):
            recruiter = merchant.recruiter_id
            present = merchant._recruiter_on(china_time.today())
            if not present:
                merchant._reassign(recruiter, china_time.today(), "first")
            elif present != recruiter:
                raise UserError(self.env._("%s has a recruiter: another one takes over by a transfer.", merchant.name))

    @api.depends("recruiter_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for merchant in self:
            merchant.is_mine = merchant.recruiter_id.sudo().user_id == self.env.user

    @api.depends("recruiter_id", "stage")
    @api.depends_context("uid")
    def _compute_may_change(self):
        writable = self._origin._filtered_access("write")
        for merchant in self:
            merchant.may_change = not merchant._origin or merchant._origin in writable

    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("recruiter_id.user_id", "in" if True in value else "not in", self.env.uid)]

    def _recruiter_on(self, day):
        """Return the employee who looked after the merchant on that day, or an empty record."""
        self.ensure_one()
        return (
            self.sudo()
            .assignment_ids.filtered(
                lambda version: version.valid_from <= day and (not version.valid_to or version.valid_to >= day)
            )
            .employee_id.sudo(self.env.su)
        )

    def _handed_over_by(self, day):
        """Return who hands the merchant over on that day: its recruiter until then, or who begins on it (MA-26)."""
        present = self._recruiter_on(day)
        return present and (self._recruiter_on(day - timedelta(days=1)) or present)

    def _reassign(self, employee, day, reason):
        """Let a recruiter take over from that day on; the former one ends the day before (MA-26).

        Said again for the same day, it corrects who takes over and why.

        :param str reason: first, transfer or leaver
        """
        Assignment = self.env["rural.merchant.assignment"].sudo()
        for merchant in self:
            present = Assignment._version_on(day, merchant_id=merchant)
            if not present:
                Assignment.create(
                    {"merchant_id": merchant.id, "employee_id": employee.id, "valid_from": day, "reason": reason}
                )
            elif present.valid_from == day:
                if present.employee_id != employee:
                    present.write({"employee_id": employee.id, "kept_by_transferred": False})
                present.reason = reason
            elif present.employee_id != employee:
                present._change_from(day, employee_id=employee.id, reason=reason, kept_by_transferred=False)

    def _release(self, day):
        """Let nobody look after merchants any more after that day (MA-22)."""
        for version in self.sudo().assignment_ids:
            if version.valid_from > day:
                version.unlink()
            elif not version.valid_to or version.valid_to > day:
                version.valid_to = day

    def _resume(self):
        """Let whoever looked after merchants last do so again from today on, if still there."""
        today = china_time.today()
        for merchant in self.sudo():
            last = merchant.assignment_ids.sorted("valid_from")[-1:]
            if last.valid_to and last.valid_to >= today:
                last.valid_to = False
            elif last.employee_id.active:
                merchant._reassign(last.employee_id, today, "first")

    @api.model
    def _cron_take_over(self):
        """Let recruiters take over on their day."""
        today = china_time.today()
        changed = self.env["rural.merchant.assignment"].search(
            ["|", ("valid_from", ">=", today - timedelta(days=7)), ("valid_to", ">=", today - timedelta(days=7))]
        )
        merchants = changed.merchant_id
        self.env.add_to_compute(self._fields["recruiter_id"], merchants)
        merchants.flush_recordset(["recruiter_id"])

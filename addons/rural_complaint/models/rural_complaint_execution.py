from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.rural_base.china_time import to_china


class RuralComplaintExecution(models.Model):
    """What the responsible head had carried out, and when it was done (MA-40)."""

    _name = "rural.complaint.execution"
    _description = "Carrying Out of the Plan"
    _inherit = ["rural.complaint.form.mixin", "rural.files.mixin"]
    _form = "execution"
    _open_file_states = ("draft",)
    _needed = ("carried_out",)
    _printed_title = "方案执行报告"
    _printed_signatures = ("责任部门负责人", "客服专员")

    slip_id = fields.Many2one("rural.complaint.slip", "Transfer Slip", readonly=True, ondelete="restrict")
    head_id = fields.Many2one("hr.employee", "Responsible Head", readonly=True, index=True, ondelete="restrict")
    plan = fields.Text(related="slip_id.plan", string="Agreed Plan")
    plan_due = fields.Date(related="slip_id.plan_due", string="Promised Until")
    carried_out = fields.Text("What Was Done")
    completed_at = fields.Datetime("Completed On", help="Empty: now. The first revisit counts from then.")
    is_mine = fields.Boolean(compute="_compute_is_mine")

    @api.depends("head_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for form in self:
            form.is_mine = form._acts_for_head()

    @api.model
    def _prepare_form_vals(self, ticket):
        slip = ticket.slip_ids.filtered(lambda slip: slip.round == ticket.round and slip.state == "done")[-1:]
        return {"slip_id": slip.id, "head_id": ticket.head_id.id}

    def _check_may_write(self, vals):
        if not all(form._acts_for_head() for form in self):
            raise AccessError(self.env._("Only the responsible head reports what was carried out."))

    def _check_may_finish(self):
        if not self._acts_for_head():
            raise AccessError(self.env._("Only the responsible head reports what was carried out."))
        self.check_access("write")

    def _check_more(self):
        if not self.completed_at:
            self.completed_at = fields.Datetime.now()
        if self.completed_at > fields.Datetime.now():
            raise UserError(self.env._("It cannot be completed in the future."))
        if self.slip_id and to_china(self.completed_at).date() < to_china(self.slip_id.done_at).date():
            raise UserError(self.env._("It cannot have been completed before the plan was made."))

    def _outcome(self):
        return "carried_out"

    def _completed(self):
        return self.completed_at

    def _actor(self):
        return self.sudo().head_id.user_id or None

    def _post_outcome(self):
        self._post_note(self.env._("Carried out: %s", self.carried_out))

    # ------------------------------------------------------------------
    # Printed form
    # ------------------------------------------------------------------

    def _printed_rows(self):
        return [
            ("责任部门负责人", self.head_id.sudo().name),
            ("解决方案", self.slip_id.sudo().plan),
            ("执行情况", self.carried_out),
            ("完成时间", self.ticket_id._printed_moment(self.completed_at)),
        ]

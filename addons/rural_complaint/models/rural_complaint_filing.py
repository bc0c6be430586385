from odoo import fields, models
from odoo.exceptions import UserError

from .rural_complaint_form import FINDINGS, SATISFACTIONS


class RuralComplaintFiling(models.Model):
    """Filing: a second person looks through the file, returns the result to the head and closes (MA-40, MA-41)."""

    _name = "rural.complaint.filing"
    _description = "Filing"
    _inherit = "rural.complaint.form.mixin"
    _form = "filing"
    _printed_title = "投诉归档表"

    finding = fields.Selection(related="ticket_id.finding")
    satisfaction = fields.Selection(related="ticket_id.satisfaction")
    returned_to_head = fields.Boolean("Result Returned to the Head", default=False)
    remark = fields.Text()

    def _check_more(self):
        # What it costs depends on the finding: whoever found it does not file it.
        investigations = self.ticket_id.sudo().investigation_ids.filtered(lambda form: form.state == "done")
        if not self._is_system() and self.env.user in investigations.done_by_id:
            raise UserError(
                self.env._(
                    "%(user)s has investigated %(complaint)s. Somebody else must look through the file and close it.",
                    user=self.env.user.name,
                    complaint=self.ticket_id.display_name,
                )
            )
        if self.finding == "founded" and not self.returned_to_head:
            raise UserError(self.env._("Return the satisfaction form to the responsible head first, and say so here."))

    def _outcome(self):
        return "filed"

    def _actor(self):
        investigators = self.ticket_id.sudo().investigation_ids.done_by_id
        return self.ticket_id.sudo()._leader(but=investigators) or None

    # ------------------------------------------------------------------
    # Printed form
    # ------------------------------------------------------------------

    def _printed_rows(self):
        return [
            ("调查结论", FINDINGS.get(self.finding)),
            ("满意程度", SATISFACTIONS.get(self.satisfaction)),
            ("已返回责任部门", "是" if self.returned_to_head else "否"),
            ("备注", self.remark),
        ]

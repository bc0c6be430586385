from odoo import api, fields, models
from odoo.exceptions import UserError

#: Printed forms are in Chinese whatever the reader's language.
ANSWERS = {"accepted": "同意，按方案执行", "refused": "不同意，退回责任部门负责人"}


class RuralComplaintOpinion(models.Model):
    """The merchant's view of the answer and the plan: accepted, or back to the head (MA-40)."""

    _name = "rural.complaint.opinion"
    _description = "Merchant's View"
    _inherit = "rural.complaint.form.mixin"
    _form = "opinion"
    _needed = ("spoken_with", "answer")
    _printed_title = "商户意见表"
    _printed_signatures = ("客服专员", "商户（签字）")

    slip_id = fields.Many2one("rural.complaint.slip", "Transfer Slip", readonly=True, ondelete="restrict")
    head_answer = fields.Text(related="slip_id.answer", string="Answer of the Head")
    head_plan = fields.Text(related="slip_id.plan", string="Plan of the Head")
    plan_due = fields.Date(related="slip_id.plan_due")
    spoken_with = fields.Char(help="Who spoke for the merchant.")
    answer = fields.Selection([("accepted", "Accepted"), ("refused", "Refused")], "View")
    opinion = fields.Text("What the Merchant Says")

    @api.model
    def _prepare_form_vals(self, ticket):
        slip = ticket.slip_ids.filtered(lambda slip: slip.round == ticket.round and slip.state == "done")[-1:]
        return {"slip_id": slip.id, "spoken_with": ticket.partner_name or ticket.partner_id.name}

    def _check_more(self):
        if self.answer == "refused" and not (self.opinion or "").strip():
            raise UserError(self.env._("The answer was refused: write down why, for the head."))

    def _outcome(self):
        return self.answer

    def _post_outcome(self):
        if self.answer == "accepted":
            self._post_note(self.env._("The answer was accepted by %s.", self.spoken_with))
        else:
            self._post_note(
                self.env._("The answer was refused by %(who)s: %(why)s", who=self.spoken_with, why=self.opinion)
            )

    # ------------------------------------------------------------------
    # Printed form
    # ------------------------------------------------------------------

    def _printed_rows(self):
        slip = self.slip_id.sudo()
        return [
            ("传递单号", slip.number),
            ("责任部门答复", slip.answer),
            ("解决方案", slip.plan),
            ("沟通对象", self.spoken_with),
            ("商户意见", ANSWERS.get(self.answer)),
            ("意见说明", self.opinion),
        ]

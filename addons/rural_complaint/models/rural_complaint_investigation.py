from odoo import fields, models
from odoo.exceptions import UserError

from .rural_complaint_form import FINDINGS


class RuralComplaintInvestigation(models.Model):
    """The investigation form: what was found, whether the complaint is founded, and who is responsible (MA-40)."""

    _name = "rural.complaint.investigation"
    _description = "Investigation Form"
    _inherit = ["rural.complaint.form.mixin", "rural.files.mixin"]
    _form = "investigation"
    _open_file_states = ("draft",)
    _needed = ("found", "finding")
    _printed_title = "商户投诉调查表"

    found = fields.Text("What Was Found", help="Facts, and whom one has spoken with.")
    evidence = fields.Text(help="What shows it: documents, recordings, photos.")
    finding = fields.Selection([("founded", "Founded"), ("unfounded", "Unfounded")], "Result")
    head_id = fields.Many2one(
        "hr.employee", "Responsible Head", check_company=True, ondelete="restrict", help="Answers the transfer slip."
    )
    person_id = fields.Many2one("hr.employee", "Responsible Person", check_company=True, ondelete="restrict")
    answer = fields.Text("Answer to the Complainant", help="Sent when the complaint is unfounded.")

    def _check_more(self):
        if self.finding == "founded" and not (self.head_id and self.person_id):
            raise UserError(self.env._("The complaint is founded: name the responsible head and the person."))
        if self.finding == "unfounded" and not (self.answer or "").strip():
            raise UserError(self.env._("The complaint is unfounded: write the answer to the complainant."))

    def _before_done(self):
        unfounded = self.finding == "unfounded"
        if unfounded:
            self.sudo().write({"head_id": False, "person_id": False})
        self.ticket_id.sudo().write(
            {"finding": self.finding, "head_id": self.head_id.id, "person_id": self.person_id.id}
        )

    def _outcome(self):
        return self.finding

    def _post_outcome(self):
        if self.finding == "unfounded":
            # The complainant reads this, in the portal and by e-mail.
            self._post_note(self.answer, partner_ids=self.partner_id.ids, subtype_xmlid="mail.mt_comment")
            self._post_note(self.env._("Investigated: unfounded."))
        else:
            self._post_note(
                self.env._(
                    "Investigated: founded. Responsible: %(person)s, head: %(head)s.",
                    person=self.person_id.name,
                    head=self.head_id.name,
                )
            )

    # ------------------------------------------------------------------
    # Printed form
    # ------------------------------------------------------------------

    def _printed_rows(self):
        return [
            ("调查情况", self.found),
            ("证据", self.evidence),
            ("调查结论", FINDINGS.get(self.finding)),
            ("责任部门负责人", self.head_id.sudo().name),
            ("相关责任人", self.person_id.sudo().name),
            ("答复商户意见", self.answer),
        ]

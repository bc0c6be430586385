from odoo import api, fields, models

KINDS = [("recruiter", "Recruiter"), ("manager", "Manager")]
END_REASONS = [("transfer", "Transferred"), ("left", "Left"), ("dismissed", "Dismissed")]


class RuralRecruitingPost(models.Model):
    """From when to when somebody is a recruiter or leads them, and why it ended (MA-22, MA-26, MA-27)."""

    _name = "rural.recruiting.post"
    _description = "Post in Recruiting"
    _inherit = "rural.dated.mixin"
    _order = "employee_id, valid_from desc"
    _dated_key = ("employee_id",)
    _rec_name = "employee_id"

    employee_id = fields.Many2one("hr.employee", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="employee_id.company_id", store=True, index=True, precompute=True)
    kind = fields.Selection(KINDS, "Post", required=True, default="recruiter")
    end_reason = fields.Selection(
        END_REASONS, "Why It Ended", help="Who left during a quarter gets no bonus for it; who was transferred a share."
    )

    _ended_has_reason = models.Constraint(
        "CHECK (valid_to IS NOT NULL OR end_reason IS NULL)", "A reason for the end needs a last day."
    )

    @api.depends("employee_id", "kind", "valid_from")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for post in self:
            post.display_name = f"{post.employee_id.display_name} – {labels.get(post.kind, '')}"

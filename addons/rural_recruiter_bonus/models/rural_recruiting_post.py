from datetime import timedelta

from odoo import api, fields, models

KINDS = [("recruiter", "Recruiter"), ("manager", "Manager")]
END_REASONS = [("transfer", "Transferred or Promoted"), ("left", "Left"), ("dismissed", "Dismissed")]


class RuralRecruitingPost(models.Model):
    """From when to when somebody is a recruiter or leads them, and why it ended (MA-22, MA-26, MA-27)."""

    _name = "rural.recruiting.post"
    _description = "Post in Recruiting"
    _inherit = ["mail.thread", "mail.activity.mixin", "rural.dated.mixin"]
    _order = "employee_id, valid_from desc"
    _dated_key = ("employee_id",)
    _rec_name = "employee_id"

    employee_id = fields.Many2one("hr.employee", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="employee_id.company_id", store=True, index=True, precompute=True)
    kind = fields.Selection(KINDS, "Post", required=True, default="recruiter")
    end_reason = fields.Selection(
        END_REASONS, "Why It Ended", help="Who left during a quarter gets no bonus for it; who was transferred a share."
    )

    merchant_count = fields.Integer("Merchants to Hand Over", compute="_compute_merchant_count")

    _ended_has_reason = models.Constraint(
        "CHECK (valid_to IS NOT NULL OR end_reason IS NULL)", "A reason for the end needs a last day."
    )

    @api.depends("employee_id", "kind", "valid_from")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for post in self:
            post.display_name = f"{post.employee_id.display_name} – {labels.get(post.kind, '')}"

    @api.depends("valid_to", "kind")
    def _compute_merchant_count(self):
        for post in self:
            post.merchant_count = len(post._merchants_left())

    # ------------------------------------------------------------------
    # What ends with a post
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Enter posts; of one that has ended, the head is asked for a successor."""
        posts = super().create(vals_list)
        posts._ask_for_successor()
        return posts

    def write(self, vals):
        """Change posts; of one that ends, the head is asked for a successor."""
        result = super().write(vals)
        if vals.keys() & {"valid_to", "kind"}:
            self._ask_for_successor()
        return result

    def action_view_merchants(self):
        """Show the merchants that nobody looks after once the post has ended."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Merchants to Hand Over"),
            "res_model": "rural.merchant",
            "view_mode": "list,form",
            "domain": [("id", "in", self._merchants_left().ids)],
            "context": {"create": False},
        }

    def _merchants_left(self):
        """Return the merchants of the recruiter after the post, without those kept in writing (MA-26)."""
        self.ensure_one()
        merchants = self.env["rural.merchant"]
        if self.kind != "recruiter" or not self.valid_to:
            return merchants
        day = self.valid_to + timedelta(days=1)
        follows = self.sudo().search_count(
            [("employee_id", "=", self.employee_id.id), ("kind", "=", "recruiter"), ("valid_from", "=", day)]
        )
        if follows:
            return merchants
        assignments = self.env["rural.merchant.assignment"].sudo().search(
            [
                ("employee_id", "=", self.employee_id.id),
                ("kept_by_transferred", "=", False),
                *self.env["rural.merchant.assignment"]._valid_on(day),
            ]
        )  # fmt: skip
        return assignments.merchant_id.sudo(self.env.su)

    def _ask_for_successor(self):
        """Ask the heads of recruiting who takes over the merchants of a post that has ended (MA-26)."""
        heads = self.env.ref("rural_merchant.group_recruiting_head").sudo().user_ids
        self.sudo().activity_ids.filtered(lambda activity: activity.user_id in heads).unlink()
        for post in self.sudo():
            merchants = post._merchants_left()
            if not merchants:
                continue
            for head in heads.filtered(lambda user, post=post: post.company_id in user.company_ids):
                post.activity_schedule(
                    "mail.mail_activity_data_todo",
                    user_id=head.id,
                    summary=post.with_context(lang=head.lang)._successor_summary(),
                    note=post.with_context(lang=head.lang).env._(
                        "%(count)s merchants of %(person)s are nobody's from then on: hand them over, or keep them in "
                        "writing.",
                        count=len(merchants),
                        person=post.employee_id.name,
                    ),
                )

    @api.model
    def _successor_summary(self):
        return self.env._("Name a successor")

    @api.model
    def _end_at_departure(self, employee, day, reason):
        """End the posts of somebody who leaves the company; what HR does later with the departure changes nothing."""
        posts = self.sudo().search(
            [
                ("employee_id", "=", employee.id),
                ("valid_from", "<=", day),
                "|",
                ("valid_to", "=", False),
                ("valid_to", ">", day),
            ]
        )
        posts.write({"valid_to": day, "end_reason": reason})

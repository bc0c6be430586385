from odoo import api, fields, models


class HrVersion(models.Model):
    """The fixed parts of a recruiter's pay beside the wage (MA-20)."""

    _inherit = "hr.version"

    rural_subsidy = fields.Monetary("Subsidy", groups="hr.group_hr_manager", tracking=True)
    rural_post_allowance = fields.Monetary("Post Allowance", groups="hr.group_hr_manager", tracking=True)

    @api.model_create_multi
    def create(self, vals_list):
        """Create versions; a departure ends the posts in recruiting."""
        versions = super().create(vals_list)
        versions.filtered(lambda version: version.sudo().departure_date)._end_posts()
        return versions

    def write(self, vals):
        """Write; a departure ends the posts in recruiting, also where a return takes it back later (MA-26)."""
        result = super().write(vals)
        if vals.get("departure_date"):
            self._end_posts()
        return result

    def _end_posts(self):
        fired = self.env.ref("hr.departure_fired", raise_if_not_found=False)
        for version in self.sudo():
            reason = "dismissed" if fired and version.departure_reason_id == fired else "left"
            posts = self.env["rural.recruiting.post"]
            posts._end_at_departure(version.employee_id, version.departure_date, reason)

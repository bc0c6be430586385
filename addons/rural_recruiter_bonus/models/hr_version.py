from odoo import fields, models


class HrVersion(models.Model):
    """The fixed parts of a recruiter's pay beside the wage (MA-20)."""

    _inherit = "hr.version"

    rural_subsidy = fields.Monetary("Subsidy", groups="hr.group_hr_manager", tracking=True)
    rural_post_allowance = fields.Monetary("Post Allowance", groups="hr.group_hr_manager", tracking=True)

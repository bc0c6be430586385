from odoo import api, fields, models

from odoo.addons.rural_base import china_time

KINDS = [("good_review", "Good Review"), ("complaint", "Complaint"), ("none", "Nothing to Note")]


class RuralMerchantFollowUp(models.Model):
    """Customer service asks a merchant how it is looked after; a good review and a complaint count (MA-21)."""

    _name = "rural.merchant.follow.up"
    _description = "Follow-up with a Merchant"
    _order = "date desc, id desc"
    _rec_name = "merchant_id"
    _check_company_auto = True

    merchant_id = fields.Many2one("rural.merchant", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="merchant_id.company_id", store=True, index=True, precompute=True)
    date = fields.Date(required=True, default=lambda self: china_time.today(), index=True)
    kind = fields.Selection(KINDS, required=True, default="none")
    employee_id = fields.Many2one(
        "hr.employee",
        "Recruiter Then",
        compute="_compute_employee_id",
        store=True,
        precompute=True,
        index=True,
        help="Who looked after the merchant on that day, and whom it counts for.",
    )
    user_id = fields.Many2one("res.users", "Followed Up By", readonly=True, default=lambda self: self.env.user)
    note = fields.Text()

    @api.depends(
        "merchant_id", "date", "merchant_id.assignment_ids.employee_id", "merchant_id.assignment_ids.valid_from",
        "merchant_id.assignment_ids.valid_to",
    )  # fmt: skip
    def _compute_employee_id(self):
        for follow_up in self:
            merchant, day = follow_up.merchant_id, follow_up.date
            follow_up.employee_id = merchant._recruiter_on(day) if merchant and day else False

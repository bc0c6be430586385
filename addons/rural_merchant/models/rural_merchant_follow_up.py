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

    @api.depends("merchant_id", "date")
    def _compute_employee_id(self):
        for follow_up in self:
            merchant, day = follow_up.merchant_id, follow_up.date
            follow_up.employee_id = merchant._recruiter_on(day) if merchant and day else False


class RuralMerchant(models.Model):
    _inherit = "rural.merchant"

    follow_up_ids = fields.One2many("rural.merchant.follow.up", "merchant_id", "Follow-ups")
    good_review_count = fields.Integer("Good Reviews", compute="_compute_follow_up_counts")
    complaint_count = fields.Integer("Complaints", compute="_compute_follow_up_counts")

    @api.depends("follow_up_ids.kind")
    def _compute_follow_up_counts(self):
        counts = {
            (merchant.id, kind): count
            for merchant, kind, count in self.env["rural.merchant.follow.up"]._read_group(
                [("merchant_id", "in", self.ids)], ["merchant_id", "kind"], ["__count"]
            )
        }
        for merchant in self:
            merchant.good_review_count = counts.get((merchant._origin.id, "good_review"), 0)
            merchant.complaint_count = counts.get((merchant._origin.id, "complaint"), 0)

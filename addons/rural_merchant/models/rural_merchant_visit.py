from datetime import timedelta

from odoo import api, fields, models


class RuralMerchantVisit(models.Model):
    """A visit of a recruiter to a merchant, planned or made."""

    _name = "rural.merchant.visit"
    _description = "Visit to a Merchant"
    _order = "start desc, id desc"
    _rec_name = "merchant_id"
    _check_company_auto = True

    merchant_id = fields.Many2one("rural.merchant", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="merchant_id.company_id", store=True, index=True, precompute=True)
    employee_id = fields.Many2one(
        "hr.employee",
        "Visitor",
        compute="_compute_employee_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        index=True,
        ondelete="restrict",
    )
    start = fields.Datetime("Time", required=True, default=fields.Datetime.now)
    stop = fields.Datetime(compute="_compute_stop", store=True)
    duration = fields.Float("Hours", default=1.0)
    result = fields.Selection(
        [
            ("planned", "Planned"),
            ("interested", "Interested"),
            ("undecided", "Undecided"),
            ("refused", "Refused"),
            ("care", "Regular Visit"),
        ],
        required=True,
        default="planned",
    )
    note = fields.Text()

    @api.depends("merchant_id")
    def _compute_employee_id(self):
        for visit in self:
            own = self.env.user.employee_id if self.env.user.employee_id else False
            visit.employee_id = visit.employee_id or own or visit.merchant_id.recruiter_id

    @api.depends("start", "duration")
    def _compute_stop(self):
        for visit in self:
            visit.stop = visit.start and visit.start + timedelta(hours=visit.duration or 1)

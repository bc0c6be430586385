from odoo import api, fields, models

REASONS = [("first", "First Recruiter"), ("transfer", "Recruiter Transferred"), ("leaver", "Recruiter Left")]


class RuralMerchantAssignment(models.Model):
    """Which recruiter looks after a merchant, and from when to when (MA-25, MA-26).

    What is shared between recruiters begins with the contract: who had the lead before has no part in it.
    """

    _name = "rural.merchant.assignment"
    _description = "Recruiter of a Merchant"
    _inherit = "rural.dated.mixin"
    _order = "merchant_id, valid_from desc"
    _dated_key = ("merchant_id",)
    _rec_name = "employee_id"
    _check_company_auto = True

    merchant_id = fields.Many2one("rural.merchant", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="merchant_id.company_id", store=True, index=True, precompute=True)
    employee_id = fields.Many2one(
        "hr.employee", "Recruiter", required=True, index=True, ondelete="restrict", check_company=True
    )
    reason = fields.Selection(REASONS, required=True, default="first")
    kept_by_transferred = fields.Boolean(
        "Kept After Transfer",
        help="The recruiter was transferred, goes on looking after the merchant and keeps its earnings whole (MA-26).",
    )

    is_before_contract = fields.Boolean(
        compute="_compute_is_before_contract", help="It ended before the contract began: nobody's share (MA-26)."
    )

    @api.depends("valid_to", "merchant_id.contract_from")
    def _compute_is_before_contract(self):
        for assignment in self:
            first = assignment.merchant_id.contract_from
            assignment.is_before_contract = bool(assignment.valid_to and (not first or assignment.valid_to < first))

    @api.depends("merchant_id.name", "employee_id")
    def _compute_display_name(self):
        for assignment in self:
            assignment.display_name = f"{assignment.merchant_id.name} – {assignment.employee_id.display_name}"

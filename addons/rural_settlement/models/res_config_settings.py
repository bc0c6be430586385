from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    rural_fee_bearer = fields.Selection(related="company_id.rural_fee_bearer", readonly=False)
    rural_fee_journal_id = fields.Many2one(related="company_id.rural_fee_journal_id", readonly=False)
    rural_fee_clearing_account_id = fields.Many2one(related="company_id.rural_fee_clearing_account_id", readonly=False)
    rural_fee_expense_account_id = fields.Many2one(related="company_id.rural_fee_expense_account_id", readonly=False)

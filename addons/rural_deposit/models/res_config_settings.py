from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    rural_deposit_account_id = fields.Many2one(related="company_id.rural_deposit_account_id", readonly=False)
    rural_deposit_income_account_id = fields.Many2one(
        related="company_id.rural_deposit_income_account_id", readonly=False
    )
    rural_deposit_journal_id = fields.Many2one(related="company_id.rural_deposit_journal_id", readonly=False)

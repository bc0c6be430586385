from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    rural_merchant_journal_id = fields.Many2one(related="company_id.rural_merchant_journal_id", readonly=False)
    rural_card_liability_account_id = fields.Many2one(
        related="company_id.rural_card_liability_account_id", readonly=False
    )
    rural_bank_card_account_id = fields.Many2one(related="company_id.rural_bank_card_account_id", readonly=False)
    rural_commission_account_id = fields.Many2one(related="company_id.rural_commission_account_id", readonly=False)
    rural_terminal_fee_account_id = fields.Many2one(related="company_id.rural_terminal_fee_account_id", readonly=False)

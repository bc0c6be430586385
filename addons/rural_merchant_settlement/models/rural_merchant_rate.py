from odoo import models


class RuralMerchantRate(models.Model):
    _name = "rural.merchant.rate"
    _inherit = ["rural.merchant.rate", "rural.transaction.facts.mixin"]
    _transaction_facts = frozenset({"merchant_id", "kind", "rate", "valid_from", "valid_to"})

from odoo import models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from odoo.addons.rural_base.china_time import day_start

#: The card whose transactions have each kind of rate.
CARD_TYPES = {"rebate": "prepaid", "bank_fee": "bank"}


class RuralMerchantRateRequest(models.Model):
    _inherit = "rural.merchant.rate.request"

    def _check_day(self):
        """Refuse a day before transactions that were settled at another rate."""
        result = super()._check_day()
        last = self.env["rural.card.transaction"].sudo().search(
            [
                ("merchant_id", "=", self.merchant_id.id),
                ("card_type", "=", CARD_TYPES[self.kind]),
                ("time", ">=", day_start(self.valid_from)),
            ],
            order="time desc",
            limit=1,
        )  # fmt: skip
        if last:
            raise UserError(
                self.env._(
                    "%(merchant)s has transactions after %(day)s already. Choose a later day.",
                    merchant=self.merchant_id.name,
                    day=format_date(self.env, self.valid_from),
                )
            )
        return result

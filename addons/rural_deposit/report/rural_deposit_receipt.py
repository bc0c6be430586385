from odoo import api, models


class RuralDepositReceipt(models.AbstractModel):
    """The receipt (收据) of a movement; only of what was posted."""

    _name = "report.rural_deposit.report_receipt"
    _description = "Receipt of a Deposit"

    @api.model
    def _get_report_values(self, docids, data=None):
        movements = self.env["rural.deposit.movement"].browse(docids)
        movements._check_printable()
        return {"doc_ids": docids, "doc_model": movements._name, "docs": movements}

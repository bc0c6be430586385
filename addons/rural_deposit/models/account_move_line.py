from odoo import api, models
from odoo.exceptions import UserError


class AccountMoveLine(models.Model):
    """DP-03: what moves the liability of deposits is a movement, and nothing else."""

    _inherit = "account.move.line"

    @api.constrains("account_id", "move_id")
    def _check_rural_deposit_account(self):
        for line in self:
            account = line.company_id.sudo().rural_deposit_account_id
            is_kept = account and account == line.account_id and line.move_id.state == "posted"
            if is_kept and not line.move_id.rural_deposit_movement_id:
                raise UserError(
                    self.env._(
                        "The account %s is kept by the deposits: record a movement there, which makes the entry.",
                        account.with_company(line.company_id).display_name,
                    )
                )

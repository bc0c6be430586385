from odoo import api, fields, models


class RuralServiceCenter(models.Model):
    """The one deposit of a center, apart from any other of its legal entity (SC-07)."""

    _inherit = "rural.service.center"

    deposit_ids = fields.One2many("rural.deposit", "center_id", "Deposits")
    deposit_id = fields.Many2one("rural.deposit", compute="_compute_deposit_id", compute_sudo=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    deposit_balance = fields.Monetary("Balance of Deposit", compute="_compute_deposit_id", compute_sudo=True)
    deposit_shortfall = fields.Monetary("Missing of Deposit", compute="_compute_deposit_id", compute_sudo=True)

    @api.depends("deposit_ids.active", "deposit_ids.balance", "deposit_ids.shortfall")
    def _compute_deposit_id(self):
        for center in self:
            deposit = center.deposit_ids[:1]
            center.deposit_id, center.deposit_balance = deposit, deposit.balance
            center.deposit_shortfall = deposit.shortfall

    def action_view_deposit(self):
        """Show the center's deposit."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Deposit"),
            "res_model": "rural.deposit",
            "views": [(False, "form")],
            "res_id": self.deposit_id.id,
        }

    def _open_deposit(self):
        """Return the center's deposit, opened if there is none."""
        self.ensure_one()
        return self.deposit_id or self.env["rural.deposit"].sudo().create(self._prepare_deposit_vals()).sudo(
            self.env.su
        )

    def _prepare_deposit_vals(self) -> dict:
        purpose = self.env.ref("rural_deposit.purpose_service_center")
        return {
            "center_id": self.id,
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "purpose_id": purpose.id,
            "kind_id": purpose._kind(self.kind).id,
            "subject": self.region_id.display_name,
        }

from decimal import Decimal

from odoo import api, fields, models

from .. import rules


class RuralDepositMovementPost(models.TransientModel):
    """Show an accountant what will be posted, and ask for day and journal (DP-03)."""

    _name = "rural.deposit.movement.post"
    _inherit = "rural.posting.dialog"
    _description = "Post Movements of Deposits"
    _check_company_auto = True

    movement_ids = fields.Many2many("rural.deposit.movement", string="Movements", required=True)
    date = fields.Date(required=True, default=fields.Date.context_today)
    has_payment = fields.Boolean(compute="_compute_totals")
    journal_id = fields.Many2one(
        "account.journal",
        compute="_compute_journal_id",
        store=True,
        readonly=False,
        precompute=True,
        domain="[('type', 'in', ('bank', 'cash', 'general'))]",
        check_company=True,
        help="Through which bank or cash journal the money went. A general journal is for money that is not paid "
        "now, such as deposits that were held before.",
    )
    is_without_bank = fields.Boolean(compute="_compute_is_without_bank")
    counterpart_account_id = fields.Many2one("account.account", check_company=True)
    money_in = fields.Monetary(compute="_compute_totals")
    money_out = fields.Monetary(compute="_compute_totals")
    deducted = fields.Monetary("Deducted From Balance", compute="_compute_totals")
    beyond = fields.Monetary(
        "Deducted Beyond Balance", compute="_compute_totals", help="It becomes a receivable of the party."
    )

    @api.depends("company_id")
    def _compute_journal_id(self):
        for wizard in self:
            wizard.journal_id = bool(wizard.movement_ids) and wizard.company_id._rural_deposit_bank_journal()

    @api.depends("has_payment", "journal_id")
    def _compute_is_without_bank(self):
        for wizard in self:
            wizard.is_without_bank = wizard.has_payment and wizard.journal_id.type == "general"

    @api.depends("movement_ids")
    def _compute_totals(self):
        for wizard in self:
            movements = wizard.movement_ids.filtered(lambda movement: movement.state == "approved")
            sums = dict.fromkeys(rules.SIGNS, 0)
            for movement in movements:
                sums[movement.kind] += movement.amount
            wizard.money_in = sums["collect"] + sums["top_up"]
            wizard.money_out = sums["refund"]
            wizard.has_payment = bool(wizard.money_in or wizard.money_out)
            wizard.deducted, wizard.beyond = wizard._deductions(movements)

    def _deductions(self, movements):
        """Return what deductions will take from the balances, and what is beyond them, in order of posting."""
        taken_in_all = beyond_in_all = Decimal(0)
        for deposit, own in movements.grouped("deposit_id").items():
            balance = Decimal(str(deposit.balance))
            for movement in own.sorted("id"):
                amount = Decimal(str(movement.amount))
                if movement.kind == "deduct":
                    amount, beyond = rules.split_deduction(amount, balance)
                    taken_in_all += amount
                    beyond_in_all += beyond
                balance += rules.SIGNS[movement.kind] * amount
        return taken_in_all, beyond_in_all

    def _documents(self):
        return self.movement_ids

    def _entry_journal(self):
        return self.journal_id or self.company_id._rural_deposit_journal()

    def action_post(self):
        """Post the movements."""
        self.ensure_one()
        self.movement_ids._post(self.date, self.journal_id, self.counterpart_account_id)
        return {"type": "ir.actions.act_window_close"}

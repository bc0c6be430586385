from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from odoo.addons.rural_base import china_time


class RuralMerchantTransfer(models.TransientModel):
    """Hand the merchants of a recruiter over: transferred to another department, or gone (MA-26)."""

    _name = "rural.merchant.transfer"
    _description = "Transfer of Merchants"

    employee_id = fields.Many2one("hr.employee", "From", required=True)
    new_employee_id = fields.Many2one("hr.employee", "To", required=True, domain="[('company_id', '=', company_id)]")
    company_id = fields.Many2one(related="employee_id.company_id")
    day = fields.Date("From Day", required=True, default=lambda self: china_time.today())
    reason = fields.Selection(
        [("transfer", "Recruiter Transferred"), ("leaver", "Recruiter Left")], required=True, default="transfer"
    )
    merchant_ids = fields.Many2many(
        "rural.merchant",
        "rural_merchant_transfer_merchant_rel",
        string="Merchants Handed Over",
        compute="_compute_merchant_ids",
        store=True,
        readonly=False,
        help="Those under contract. Leads are added by hand: before the contract a merchant is nobody's share (MA-26).",
    )
    kept_ids = fields.Many2many(
        "rural.merchant",
        "rural_merchant_transfer_kept_rel",
        string="Merchants the Transferred One Keeps",
        help="The transferred recruiter goes on looking after them and keeps their earnings whole.",
    )

    @api.depends("employee_id")
    def _compute_merchant_ids(self):
        for wizard in self:
            domain = [("recruiter_id", "=", wizard.employee_id.id), ("stage", "in", ("signed", "installed"))]
            wizard.merchant_ids = self.env["rural.merchant"].search(domain) if wizard.employee_id else False

    def action_transfer(self):
        """Hand them over from that day on.

        :raises UserError: when the choice contradicts itself, or a merchant is not the sender's
        """
        self.ensure_one()
        merchants = self.env["rural.merchant"]
        merchants._check_group("rural_merchant.group_recruiting_head")
        if self.employee_id == self.new_employee_id:
            raise UserError(self.env._("Choose another recruiter who takes over."))
        if self.reason == "leaver" and self.kept_ids:
            raise UserError(self.env._("Somebody who leaves keeps no merchants."))
        self._check_sender()
        handed_over = self.merchant_ids - self.kept_ids
        handed_over.check_access("write")
        handed_over._reassign(self.new_employee_id, self.day, self.reason)
        for merchant in self.kept_ids:
            assignment = self.env["rural.merchant.assignment"].sudo()._version_on(self.day, merchant_id=merchant)
            if assignment.employee_id == self.employee_id:
                assignment.kept_by_transferred = True
        for merchant in handed_over:
            merchant.message_post(
                body=self.env._(
                    "%(new)s takes over from %(old)s on %(day)s.",
                    new=self.new_employee_id.name,
                    old=self.employee_id.name,
                    day=self.day,
                )
            )
        return {"type": "ir.actions.act_window_close"}

    def _check_sender(self):
        for merchant in self.merchant_ids | self.kept_ids:
            holder = merchant._handed_over_by(self.day)
            if holder != self.employee_id:
                raise UserError(
                    self.env._(
                        "%(merchant)s is not handed over by %(employee)s on %(day)s, but by %(holder)s.",
                        merchant=merchant.display_name,
                        employee=self.employee_id.name,
                        day=format_date(self.env, self.day),
                        holder=holder.name or self.env._("nobody"),
                    )
                )

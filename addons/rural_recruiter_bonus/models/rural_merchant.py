from odoo import api, fields, models


class RuralMerchant(models.Model):
    _inherit = "rural.merchant"

    ticket_ids = fields.One2many("helpdesk.ticket", "merchant_id", "Complaint Files", readonly=True)
    ticket_count = fields.Integer("Number of Complaints", compute="_compute_ticket_count")

    @api.depends("ticket_ids")
    def _compute_ticket_count(self):
        counts = dict(
            self.env["helpdesk.ticket"]
            .sudo()
            ._read_group([("merchant_id", "in", self.ids)], ["merchant_id"], ["__count"])
        )
        for merchant in self:
            merchant.ticket_count = counts.get(merchant._origin, 0)

    def action_view_complaints(self):
        """Show the complaints of the merchant."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_complaint.action_complaint")
        process = self.env.ref("rural_complaint.process_merchants")
        return {
            **action,
            "path": False,
            "domain": [("merchant_id", "=", self.id)],
            "context": {
                "complaints_only": True,
                "default_process_id": process.id,
                "default_partner_id": self.partner_id.id,
                "default_partner_name": self.contact_name,
                "default_complainant_phone": self.phone,
            },
        }

    def _reassign(self, employee, day, reason):
        """Let a recruiter take over; the heads who were asked for a successor are asked no more (MA-26)."""
        result = super()._reassign(employee, day, reason)
        former = self.sudo().assignment_ids.employee_id - employee
        posts = self.env["rural.recruiting.post"].sudo().search([("employee_id", "in", former.ids)])
        posts.filtered("activity_ids")._ask_for_successor()
        return result

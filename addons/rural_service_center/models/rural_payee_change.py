from odoo import api, fields, models
from odoo.exceptions import UserError


class RuralPayeeChange(models.Model):
    """Another payee for a center, which one person asks for and an operations manager approves (SC-06, SC-14)."""

    _name = "rural.payee.change"
    _description = "Change of a Center's Payee"
    _inherit = ["rural.request.mixin", "mail.thread"]
    _order = "id desc"
    _rec_names_search = ["center_id", "partner_id"]
    _check_company_auto = True
    _editable_states = ()
    _deletable_states = ()
    _decider_groups = ("rural_base.group_operations_manager",)
    _rejected_state = "rejected"

    center_id = fields.Many2one("rural.service.center", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="center_id.company_id", store=True, index=True, precompute=True)
    former_partner_id = fields.Many2one("res.partner", "Payee So Far", readonly=True, ondelete="restrict")
    partner_id = fields.Many2one(
        "res.partner", "New Payee", required=True, ondelete="restrict", check_company=True, tracking=True
    )
    reason = fields.Text(required=True, help="Why another one is to be paid. It is kept.")
    state = fields.Selection(
        [("requested", "Requested"), ("approved", "Approved"), ("rejected", "Rejected")],
        required=True,
        readonly=True,
        default="requested",
        tracking=True,
        index=True,
    )

    _one_waiting = models.UniqueIndex(
        "(center_id) WHERE state = 'requested'", "Another payee of this center waits to be approved already."
    )

    @api.depends("center_id", "partner_id")
    def _compute_display_name(self):
        for change in self:
            change.display_name = f"{change.center_id.display_name} → {change.partner_id.display_name}"

    @api.model
    def _prepare_begin_vals(self, vals):
        center = self.env["rural.service.center"].sudo().browse(vals.get("center_id"))
        return {**super()._prepare_begin_vals(vals), "former_partner_id": center.partner_id.id}

    def action_approve(self):
        """Pay the new one from now on, as a manager who did not ask for it."""
        self._decide("approved")

    def _check_may_decide(self, state):
        for change in self:
            if state == "approved" and change.center_id.partner_id != change.former_partner_id:
                raise UserError(
                    self.env._("%s has got another payee meanwhile. Reject this and ask anew.", change.center_id.name)
                )
        return super()._check_may_decide(state)

    def _after_decision(self, state):
        if state == "approved":
            for change in self.sudo():
                change.center_id.partner_id = change.partner_id
        return super()._after_decision(state)

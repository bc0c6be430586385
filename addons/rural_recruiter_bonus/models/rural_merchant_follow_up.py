from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.rural_base.china_time import to_china

#: What nobody enters: for whom it counts, who asked, and which complaint made it.
DERIVED = {"employee_id", "user_id", "ticket_id"}


class RuralMerchantFollowUp(models.Model):
    """A founded complaint counts by itself: nobody enters it a second time (MA-21)."""

    _inherit = "rural.merchant.follow.up"

    ticket_id = fields.Many2one(
        "helpdesk.ticket", "Complaint", readonly=True, copy=False, index="btree_not_null", ondelete="restrict",
        help="The founded complaint that made it.",
    )  # fmt: skip

    _ticket_once = models.UniqueIndex(
        "(ticket_id) WHERE ticket_id IS NOT NULL", "This complaint has been counted already."
    )

    @api.depends(
        "ticket_id",
        "merchant_id.assignment_ids.employee_id",
        "merchant_id.assignment_ids.valid_from",
        "merchant_id.assignment_ids.valid_to",
    )
    def _compute_employee_id(self):
        """Count a complaint for who looked after the merchant when it complained, whenever it was closed.

        A follow-up goes with a transfer that is entered late: a later run corrects the points (MA-26).
        """
        result = super()._compute_employee_id()
        for follow_up in self.filtered("ticket_id"):
            received = to_china(follow_up.ticket_id.sudo().received_at).date()
            follow_up.employee_id = follow_up.merchant_id._recruiter_on(received) or follow_up.employee_id
        return result

    @api.onchange("kind", "merchant_id")
    def _onchange_complaint(self):
        """Say when a complaint of the merchant is on its way already."""
        if self.kind != "complaint" or not self.merchant_id:
            return None
        tickets = (
            self.env["helpdesk.ticket"]
            .sudo()
            .search([("merchant_id", "=", self.merchant_id._origin.id), ("step_form", "not in", (False, "closed"))])
        )
        if not tickets:
            return None
        return {
            "warning": {
                "title": self.env._("Is it this complaint?"),
                "message": self.env._(
                    "%(complaints)s: once it is found founded and closed, it counts by itself. Enter only what is "
                    "something else.",
                    complaints=", ".join(tickets.mapped("display_name")),
                ),
            }
        }

    @api.model_create_multi
    def create(self, vals_list):
        """Count a follow-up for who looked after the merchant then; let only a complaint itself point to it."""
        if not self.env.su:
            vals_list = [{name: value for name, value in vals.items() if name not in DERIVED} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        """Keep what a complaint made, and for whom a follow-up counts (MA-21).

        :raises UserError: for the recruiter, or for anything else than the note of what a complaint made
        """
        if not self.env.su and vals.keys() - {"note"}:
            self._check_by_hand()
            if DERIVED & vals.keys():
                raise UserError(
                    self.env._("A follow-up counts for who looked after the merchant on its day, whoever enters it.")
                )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_of_complaints(self):
        if not self.env.su:
            self._check_by_hand()

    def _check_by_hand(self):
        for ticket in self.sudo().ticket_id:
            raise UserError(
                self.env._("It was made by the complaint %s and stays as it is.", ticket.number or ticket.display_name)
            )

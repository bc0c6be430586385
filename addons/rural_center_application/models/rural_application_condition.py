from odoo import api, fields, models
from odoo.exceptions import UserError

CONDITIONS = [
    ("supply_chain", "Supply-Chain Experience"),
    ("purchasers", "Ability to Serve Purchasers"),
    ("public_bodies", "Ability to Reach Public Bodies"),
    ("rules", "Willingness to Keep the Rules"),
]


class RuralApplicationCondition(models.Model):
    """An entry condition that the reviewer of an application finds met or not, with a word why (SC-03)."""

    _name = "rural.application.condition"
    _description = "Entry Condition of an Application"
    _order = "application_id, id"
    _rec_name = "condition"

    application_id = fields.Many2one("rural.center.application", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="application_id.company_id", store=True, index=True, precompute=True)
    condition = fields.Selection(CONDITIONS, required=True, readonly=True)
    verdict = fields.Selection([("met", "Met"), ("not_met", "Not Met")], "Finding")
    note = fields.Char("Why", help="What the finding rests on: a document, a visit, a reference.")

    _once = models.UniqueIndex("(application_id, condition)", "The condition is on the list already.")

    def write(self, vals):
        """Let the reviewer find, as long as the application is in review."""
        if not self.env.su:
            if vals.keys() - {"verdict", "note"}:
                raise UserError(self.env._("Only the finding on a condition and its reason are entered."))
            self.application_id._check_reviewer()
            self.application_id._check_state("submitted")
        return super().write(vals)

    @api.model
    def _list_for(self, applications):
        """Make the list of conditions for applications that have none yet."""
        self.sudo().create(
            [
                {"application_id": application.id, "condition": condition}
                for application in applications
                for condition in dict(CONDITIONS)
                if condition not in application.condition_ids.mapped("condition")
            ]
        )

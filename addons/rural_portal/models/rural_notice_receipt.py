from odoo import api, fields, models


class RuralNoticeReceipt(models.Model):
    """That somebody has read a notice on the portal, and when."""

    _name = "rural.notice.receipt"
    _description = "Receipt of a Notice"
    _order = "read_at, id"
    _rec_name = "user_id"

    res_model = fields.Char("Kind of Notice", required=True, readonly=True)
    res_id = fields.Many2oneReference("Notice", model_field="res_model", required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    user_id = fields.Many2one("res.users", "Read By", required=True, readonly=True, index=True, ondelete="restrict")
    partner_id = fields.Many2one(related="user_id.partner_id")
    read_at = fields.Datetime(required=True, readonly=True)

    _once = models.UniqueIndex("(res_model, res_id, user_id)", "It has been read already.")

    @api.model
    def _read_by(self, model, ids, user) -> set[int]:
        """Return those of the ids of a model's notices that a user has read."""
        domain = [("res_model", "=", model), ("res_id", "in", ids), ("user_id", "=", user.id)]
        return set(self.sudo().search(domain).mapped("res_id"))

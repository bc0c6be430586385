from odoo import api, fields, models
from odoo.exceptions import ValidationError


class RuralComplaintKind(models.Model):
    """What a complaint is about, and how often the complainant is visited again (MA-40)."""

    _name = "rural.complaint.kind"
    _description = "Kind of Complaint"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    revisits_parameter_id = fields.Many2one(
        "rural.parameter",
        "Least Revisits",
        required=True,
        ondelete="restrict",
        help="The dated number of satisfied revisits that a complaint of this kind needs.",
    )
    revisits_most = fields.Integer("Most Revisits", help="0: as many as are wanted.")

    _most_not_negative = models.Constraint("CHECK (revisits_most >= 0)", "Enter 0 or more revisits.")

    @api.constrains("revisits_most", "revisits_parameter_id")
    def _check_revisits(self):
        for kind in self:
            least = kind.revisits_parameter_id.sudo().value_ids.mapped("value")
            if kind.revisits_most and least and kind.revisits_most < min(least):
                raise ValidationError(self.env._("%s would need more revisits than it may have.", kind.name))

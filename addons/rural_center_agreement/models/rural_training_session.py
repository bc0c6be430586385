from odoo import api, fields, models


class RuralTrainingSession(models.Model):
    """Sessions that a provincial center holds for its children (SC-01)."""

    _inherit = "rural.training.session"

    host_center_id = fields.Many2one(
        "rural.service.center",
        "Held By",
        domain=[("kind", "=", "province")],
        ondelete="restrict",
        check_company=True,
        index="btree_not_null",
        help="The provincial center that holds it for its children; empty: the operator.",
    )

    @api.constrains("course_id")
    def _check_centers(self):
        """Refuse a course for centers while there are participants without one."""
        self.result_ids._check_center()

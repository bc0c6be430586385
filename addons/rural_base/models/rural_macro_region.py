from odoo import api, fields, models
from odoo.exceptions import AccessError

#: Who says who reviews what comes from a province.
APPOINTERS = "rural_base.group_operations_manager"


class RuralMacroRegion(models.Model):
    """A group of provinces that one area manager looks after (大区, SC-03)."""

    _name = "rural.macro.region"
    _description = "Macro-region"
    _inherit = ["mail.thread"]
    _order = "sequence, name"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    manager_id = fields.Many2one(
        "res.users",
        string="Area Manager",
        domain=[("share", "=", False)],
        tracking=True,
        help="Reviews the applications and the cross-region reports of these provinces.",
    )
    region_ids = fields.One2many("rural.region", "macro_region_id", string="Provinces")

    _name_unique = models.UniqueIndex("(name) WHERE active", "There is a macro-region with this name already.")

    @api.model_create_multi
    def create(self, vals_list):
        """Set up macro-regions; an operations manager appoints who manages them (SC-03)."""
        macro_regions = super().create(vals_list)
        if macro_regions.manager_id or macro_regions.region_ids:
            self._check_may_appoint()
        return macro_regions

    def write(self, vals):
        """Change macro-regions; an operations manager appoints who manages them (SC-03)."""
        if vals.keys() & {"manager_id", "region_ids"}:
            self._check_may_appoint()
        return super().write(vals)

    @api.model
    def _check_may_appoint(self):
        """Refuse whoever may not say who reviews what comes from a province (SC-03).

        :raises AccessError: with the role that it takes
        """
        if self.env.su or self.env.user.has_group(APPOINTERS):
            return
        role = self.env.ref(APPOINTERS).sudo().name
        raise AccessError(self.env._("Who manages a macro-region, and its provinces, is set by the role %s.", role))

from odoo import api, fields, models

from odoo.addons.rural_bulk.fields import CodeChar, LeanMany2one


class RuralPurchaser(models.Model):
    """A purchaser on the platform. They come by the million, so they are no `res.partner`.

    Name, type and region are those of the last thing that told them; an order keeps its own.
    """

    _name = "rural.purchaser"
    _description = "Purchaser"
    _order = "code, id"
    _rec_names_search = ["code", "name"]
    _log_access = False

    code = CodeChar(required=True, copy=False)
    name = fields.Char(help="Empty until an order names the purchaser.")
    purchaser_type = fields.Selection(
        [("budget_unit", "Budget Unit"), ("non_budget_unit", "Non-Budget Unit")],
        help="Only a purchaser that is not a budget unit may buy across regions (SC-11).",
    )
    region_id = LeanMany2one("rural.region")
    report_ids = fields.One2many("rural.cross.region.report", "purchaser_id", "Cross-Region Reports")
    company_id = LeanMany2one("res.company", required=True, default=lambda self: self.env.company)

    _code_unique = models.Constraint("UNIQUE (company_id, code)", "Another purchaser has this code already.")

    @api.depends("code", "name")
    def _compute_display_name(self):
        for purchaser in self:
            purchaser.display_name = " ".join(filter(None, (purchaser.code, purchaser.name)))

from odoo import api, models
from odoo.exceptions import UserError


class RuralOrderReferencedMixin(models.AbstractModel):
    """What order lines point to cannot be deleted.

    Stands in for the foreign keys that the table of order lines does without.
    """

    _name = "rural.order.referenced.mixin"
    _description = "Referenced by Order Lines"

    #: field of the order line that points to this model
    _order_reference = None

    @api.ondelete(at_uninstall=False)
    def _unlink_except_on_orders(self):
        domain = [(self._order_reference, "in", self.ids)]
        line = self.env["rural.order.line"].sudo().search(domain, limit=1, order="id")
        if line:
            raise UserError(
                self.env._(
                    "%(record)s cannot be deleted: order line %(line)s refers to it.",
                    record=line[self._order_reference].display_name,
                    line=line.display_name,
                )
            )


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "rural.order.referenced.mixin"]
    _order_reference = "supplier_id"


class RuralProduct(models.Model):
    _name = "rural.product"
    _inherit = ["rural.product", "rural.order.referenced.mixin"]
    _order_reference = "product_id"


class RuralPurchaser(models.Model):
    _name = "rural.purchaser"
    _inherit = ["rural.purchaser", "rural.order.referenced.mixin"]
    _order_reference = "purchaser_id"


class RuralRegion(models.Model):
    _name = "rural.region"
    _inherit = ["rural.region", "rural.order.referenced.mixin"]
    _order_reference = "region_id"


class RuralLoadRun(models.Model):
    _name = "rural.load.run"
    _inherit = ["rural.load.run", "rural.order.referenced.mixin"]
    _order_reference = "run_id"


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company", "rural.order.referenced.mixin"]
    _order_reference = "company_id"

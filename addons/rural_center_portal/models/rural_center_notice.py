from odoo import fields, models
from odoo.exceptions import UserError


class RuralCenterNotice(models.Model):
    """A notice that centers read on their portal: policies, training, campaigns (SC-20).

    What they read, and who they are, stays as long as it is published.
    """

    _name = "rural.center.notice"
    _description = "Notice to Centers"
    _inherit = ["rural.notice.mixin"]
    _order = "published_on desc, id desc"
    _check_company_auto = True

    audience = fields.Selection(
        [
            ("all", "All Centers"),
            ("province", "Provincial Centers"),
            ("chosen", "Chosen Centers"),
        ],
        required=True,
        default="all",
        tracking=True,
    )
    center_ids = fields.Many2many(
        "rural.service.center", string="Centers", check_company=True, groups="base.group_user"
    )

    def _check_audience(self):
        if self.audience == "chosen" and not self.center_ids:
            raise UserError(self.env._("Choose the centers that shall read %s.", self.name))
        return super()._check_audience()

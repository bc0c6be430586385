from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.rural_bulk.fields import CodeChar

STATES = [
    ("draft", "Draft"),
    ("submitted", "Screening"),
    ("screened", "To Decide"),
    ("accepted", "Accepted"),
    ("in_pool", "In the Pool"),
    ("declined", "Declined"),
    ("withdrawn", "Withdrawn"),
]
#: Without these nobody can screen the product.
NEEDED = ("product_name", "specification", "supplier_name", "contact_name", "contact_phone", "reason")


class RuralProductRecommendation(models.Model):
    """A product of a center's region that the center would like to see in the pool (SC-09)."""

    _name = "rural.product.recommendation"
    _description = "Recommended Product"
    _inherit = ["rural.step.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_names_search = ["name", "product_name", "supplier_name"]
    _check_company_auto = True

    # who recommends
    name = fields.Char("Number", readonly=True, copy=False)
    center_id = fields.Many2one(
        "rural.service.center", "Service Center", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="center_id.company_id", store=True, index=True, precompute=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    area_manager_id = fields.Many2one(related="center_id.area_manager_id")

    # the product
    product_name = fields.Char(required=True, tracking=True)
    product_code = CodeChar(copy=False, help="Code on the platform, if the product is sold there already.")
    specification = fields.Char(help="Size, weight, packing.")
    price = fields.Monetary("Usual Price", help="What a purchaser pays for one piece today.")
    region_id = fields.Many2one(
        "rural.region",
        "Place of Origin",
        compute="_compute_region_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        ondelete="restrict",
    )
    reason = fields.Text("Why It Belongs in the Pool", tracking=True)

    # the supplier
    supplier_name = fields.Char(tracking=True)
    supplier_code = CodeChar(copy=False, help="Code on the platform, if the supplier is registered there.")
    contact_name = fields.Char("Contact Person")
    contact_phone = fields.Char()

    # the way into the pool
    state = fields.Selection(
        STATES, required=True, readonly=True, default="draft", copy=False, tracking=True, group_expand=True, index=True
    )
    check_ids = fields.One2many("rural.recommendation.check", "recommendation_id", "Standards")
    passed_count = fields.Integer("Standards Passed", compute="_compute_passed_count")
    submitted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    submitted_at = fields.Datetime("Submitted On", readonly=True, copy=False)
    screened_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    screened_at = fields.Datetime("Screened On", readonly=True, copy=False)
    decided_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    decided_at = fields.Datetime("Decided On", readonly=True, copy=False)
    decision_reason = fields.Text(readonly=True, copy=False, help="The center reads it.")
    pool_entry_id = fields.Many2one("rural.pool.entry", readonly=True, copy=False, ondelete="set null")

    @api.constrains("center_id", "region_id")
    def _check_region_of_center(self):
        for recommendation in self:
            center = recommendation.center_id
            if not recommendation.region_id._within(center.region_id):
                raise ValidationError(
                    self.env._(
                        "%(center)s recommends products of its own region: %(origin)s is not in %(region)s.",
                        center=center.display_name,
                        origin=recommendation.region_id.display_name,
                        region=center.region_id.display_name,
                    )
                )

    @api.depends("name", "product_name")
    def _compute_display_name(self):
        for recommendation in self:
            recommendation.display_name = " ".join(filter(None, (recommendation.name, recommendation.product_name)))

    @api.depends("center_id")
    def _compute_region_id(self):
        for recommendation in self:
            recommendation.region_id = recommendation.center_id.region_id

    @api.depends("check_ids.result")
    def _compute_passed_count(self):
        for recommendation in self:
            recommendation.passed_count = len(recommendation.check_ids.filtered(lambda check: check.result == "passed"))

    @api.model_create_multi
    def create(self, vals_list):
        """Number the recommendations; they begin as drafts, whatever the caller says."""
        next_number = self.env["ir.sequence"].sudo().next_by_code
        return super().create(
            [
                {
                    **self._without_steps(vals),
                    "name": next_number("rural.product.recommendation"),
                }
                for vals in vals_list
            ]
        )

    def write(self, vals):
        """Change what is recommended until it is screened.

        :raises UserError: once the screening is finished
        """
        if not self.env.su:
            self._check_may_write(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        for recommendation in self.filtered(lambda recommendation: recommendation.state != "draft"):
            raise UserError(self.env._("%s has been submitted and is kept.", recommendation.display_name))

    def action_view_pool_entry(self):
        """Show the entry of the pool that came of it."""
        return self.pool_entry_id._get_records_action()

    def _check_may_write(self, vals):
        told = {"center_id", "product_code", "price", "region_id", "supplier_code", *NEEDED}
        late = self.filtered(lambda recommendation: recommendation.state not in ("draft", "submitted"))
        if late and not told.isdisjoint(vals):
            raise UserError(self.env._("%s has been screened and is not changed any more.", late[0].display_name))

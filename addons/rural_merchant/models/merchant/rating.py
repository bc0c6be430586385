from decimal import Decimal

from odoo import api, fields, models

from odoo.addons.rural_base import china_time

from ... import rules

RATED = ("brand", "decoration", "area", "purchase_frequency")


class RuralMerchant(models.Model):
    """MA-05, MA-06: stars and class, computed as one types."""

    _inherit = "rural.merchant"

    brand = fields.Integer("Brand (1–5)", help="How well the brand is known and how much it counts here: 1 to 5.")
    decoration = fields.Selection(
        [
            ("none", "None (0.1)"),
            ("simple", "Simple (0.2)"),
            ("standard", "Standard (0.3)"),
            ("luxury", "Luxury (0.4)"),
            ("chain", "Chain Style (0.5)"),
        ],
    )
    area = fields.Float("Business Area (m²)", digits=(12, 2))
    registered_capital = fields.Float("Registered Capital (10,000 CNY)", digits=(12, 2))
    staff_count = fields.Integer("Staff")
    years_in_business = fields.Float(digits=(5, 1))
    purchase_frequency = fields.Selection(
        [
            ("occasional", "Occasional (1)"),
            ("rare", "Rare (4)"),
            ("average", "Average (6)"),
            ("high", "High (8)"),
            ("very_high", "Very High (10)"),
        ],
    )
    is_large_or_chain = fields.Boolean("Large or Chain Store", help="A large or chain supermarket or mall (MA-06).")
    may_be_first_class = fields.Boolean(related="type_id.has_first_class")
    is_rated = fields.Boolean(compute="_compute_star_score", store=True)
    star_score = fields.Float("Stars", compute="_compute_star_score", store=True, digits=(5, 1), tracking=True)
    merchant_class = fields.Selection(
        [("1", "Class 1"), ("2", "Class 2"), ("3", "Class 3")],
        "Class",
        compute="_compute_star_score",
        store=True,
        index=True,
        tracking=True,
    )
    signed_class = fields.Selection(
        [("1", "Class 1"), ("2", "Class 2"), ("3", "Class 3")],
        "Class When Signed",
        readonly=True,
        copy=False,
        help="The class for which the recruiter gets points (MA-21); a later rating does not change it.",
    )

    _brand_range = models.Constraint("CHECK (brand BETWEEN 0 AND 5)", "The brand counts 1 to 5.")
    _rating_not_negative = models.Constraint(
        "CHECK (COALESCE(area, 0) >= 0 AND COALESCE(registered_capital, 0) >= 0"
        " AND COALESCE(staff_count, 0) >= 0 AND COALESCE(years_in_business, 0) >= 0)",
        "What a merchant is rated by is not negative.",
    )

    @api.depends(
        "brand", "decoration", "area", "registered_capital", "staff_count", "years_in_business",
        "purchase_frequency", "is_large_or_chain", "type_id.has_first_class",
    )  # fmt: skip
    def _compute_star_score(self):
        years_top, second_from = self._rating_parameters()
        for merchant in self:
            merchant.is_rated = all(merchant[name] for name in RATED)
            score = rules.star_score(
                merchant.brand,
                merchant.decoration,
                merchant.area,
                merchant.registered_capital,
                merchant.staff_count,
                merchant.years_in_business,
                merchant.purchase_frequency,
                years_top,
            )
            merchant.star_score = float(score)
            is_first = merchant.is_large_or_chain and merchant.type_id.has_first_class
            is_classed = merchant.is_rated or is_first
            merchant.merchant_class = is_classed and rules.merchant_class(score, is_first, second_from)

    @api.model
    def _rating_parameters(self) -> tuple:
        """Return the years above which the last band begins, and the stars from which a merchant is class 2."""
        parameters = self.env["rural.parameter"].sudo()
        return tuple(
            Decimal(str(parameters._value_on(code, china_time.today()).value))
            for code in ("merchant_rating_years_top", "merchant_second_class_stars")
        )

from datetime import date

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.rural_base import china_time

STAGES = [
    ("draft", "Draft"),
    ("signed", "Signed"),
    ("deposited", "Deposit Paid"),
    ("certified", "Certified"),
    ("published", "Published"),
    ("trained", "Trained"),
    ("active", "Active"),
    ("ended", "Ended"),
    ("cancelled", "Cancelled"),
]
TARGETS = ("target_market_revenue", "target_region_turnover", "target_purchasers", "target_satisfaction")
#: What an agreement says: whoever changed it last has drawn it up.
AGREED = ("center_id", "year", "date_from", "date_to", "previous_id", *TARGETS)


class RuralCenterAgreement(models.Model):
    """The cooperation agreement of a center for a year, with its targets (SC-05, SC-16)."""

    _name = "rural.center.agreement"
    _description = "Annual Agreement"
    _kept_in_house = frozenset({"begin_reason", "end_reason"})
    _inherit = ["rural.step.mixin", "rural.editor.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "year desc, number desc"
    _rec_name = "number"
    _rec_names_search = ["number", "center_id"]
    _check_company_auto = True
    _step_field = "stage"
    _editable_states = ("draft",)
    _deletable_states = ("draft",)
    _maker_fields = ("prepared_by_id",)

    # identity
    number = fields.Char(required=True, readonly=True, copy=False, default="/", index="trigram")
    company_id = fields.Many2one(related="center_id.company_id", store=True, index=True, precompute=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    center_id = fields.Many2one(
        "rural.service.center",
        "Service Center",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
    )
    partner_id = fields.Many2one(related="center_id.partner_id", string="Party B")
    kind = fields.Selection(related="center_id.kind", store=True)
    region_id = fields.Many2one(related="center_id.region_id", store=True, index=True)
    area_manager_id = fields.Many2one(related="center_id.area_manager_id")
    previous_id = fields.Many2one(
        "rural.center.agreement",
        "Renewal Of",
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        domain="[('center_id', '=', center_id)]",
    )
    renewal_ids = fields.One2many("rural.center.agreement", "previous_id", "Renewals", copy=False)

    # period
    year = fields.Integer(required=True, default=lambda self: china_time.today().year, tracking=True, aggregator=None)
    date_from = fields.Date(
        "First Day", compute="_compute_dates", store=True, readonly=False, precompute=True, required=True, tracking=True
    )
    date_to = fields.Date(
        "Last Day", compute="_compute_dates", store=True, readonly=False, precompute=True, required=True, tracking=True
    )

    # targets (SC-16); never added up: a provincial center's hold those of its children
    target_market_revenue = fields.Monetary(
        tracking=True,
        aggregator=None,
        help="Eligible amounts of the orders with the center's code, less refunds, in the year.",
    )
    target_region_turnover = fields.Monetary(
        tracking=True,
        aggregator=None,
        help="Completed amounts less refunds of all purchasers of the region; market revenue is part of it.",
    )
    target_purchasers = fields.Integer(
        tracking=True, aggregator=None, help="Number of purchasers of the region that trade in the year."
    )
    target_satisfaction = fields.Float(
        digits=(16, 6), tracking=True, aggregator="avg", help="Mean of the purchasers' survey, 1 = 100%."
    )

    # steps
    stage = fields.Selection(
        STAGES, required=True, readonly=True, default="draft", copy=False, tracking=True, group_expand=True, index=True
    )
    prepared_by_id = fields.Many2one("res.users", readonly=True, copy=False, default=lambda self: self.env.user)
    signed_on = fields.Date(copy=False, tracking=True, help="The day on the paper that both parties signed.")
    signed_scan = fields.Binary("Scan of the Signed Agreement", attachment=True, copy=False)
    signed_scan_name = fields.Char(copy=False)
    signed_by_id = fields.Many2one("res.users", "Countersigned By", readonly=True, copy=False)
    deposited_on = fields.Date("Deposit Paid On", readonly=True, copy=False)
    published_on = fields.Date("Public Since", readonly=True, copy=False)
    trained_on = fields.Date("Training Confirmed On", readonly=True, copy=False)
    activated_on = fields.Date(readonly=True, copy=False)
    begin_reason = fields.Char(
        "Why It Begins With Its First Day",
        readonly=True,
        copy=False,
        tracking=True,
        help="A manager lets a renewal that was signed late authorise from its first day, so that no day is lost.",
    )
    begin_by_id = fields.Many2one("res.users", "Beginning Allowed By", readonly=True, copy=False)
    ended_on = fields.Date(readonly=True, copy=False, help="Last day on which the agreement held.")
    end_reason = fields.Char("Reason of the End", readonly=True, copy=False, tracking=True)

    # renewal (SC-18)
    renewal_priority = fields.Boolean(
        "Priority Earned",
        readonly=True,
        copy=False,
        tracking=True,
        help="The center met all targets of this year: it comes first when next year's agreements are signed.",
    )
    renewal_priority_reason = fields.Char("Reason of the Priority", readonly=True, copy=False)
    has_priority = fields.Boolean(
        "Priority in Signing", related="previous_id.renewal_priority", store=True, help="Earned in the year before."
    )
    priority_reason = fields.Char(related="previous_id.renewal_priority_reason", string="Why Priority")

    _number_unique = models.UniqueIndex(
        "(number) WHERE number <> '/'", "There is an agreement with this number already."
    )
    _dates_in_order = models.Constraint("CHECK (date_from <= date_to)", "The last day lies before the first one.")
    _one_a_year = models.UniqueIndex(
        "(center_id, year) WHERE stage <> 'cancelled'",
        "The center has an agreement for this year already.",
    )

    @api.constrains("year", "date_from", "date_to")
    def _check_dates_in_year(self):
        for agreement in self:
            if {agreement.date_from.year, agreement.date_to.year} != {agreement.year}:
                raise ValidationError(
                    self.env._(
                        "An agreement is for one year: its first and its last day must lie in %s.", agreement.year
                    )
                )

    @api.constrains(*TARGETS)
    def _check_targets(self):
        for agreement in self:
            if any(agreement[name] < 0 for name in TARGETS):
                raise ValidationError(self.env._("A target cannot be negative."))
            if agreement.target_satisfaction > 1:
                raise ValidationError(self.env._("The target of satisfaction is a share: 100% at most."))

    @api.constrains("previous_id", "center_id", "year")
    def _check_previous(self):
        for agreement in self:
            previous = agreement.previous_id
            if previous and (previous.center_id, previous.year) != (agreement.center_id, agreement.year - 1):
                raise ValidationError(
                    self.env._(
                        "%(previous)s is not the agreement of %(center)s for the year before.",
                        previous=previous.display_name,
                        center=agreement.center_id.name,
                    )
                )

    @api.depends("year")
    def _compute_dates(self):
        for agreement in self:
            if date.min.year < agreement.year < date.max.year:
                agreement.date_from = date(agreement.year, 1, 1)
                agreement.date_to = date(agreement.year, 12, 31)

    @api.depends("number", "center_id.name", "year")
    def _compute_display_name(self):
        for agreement in self:
            agreement.display_name = f"{agreement.number} {agreement.center_id.name or ''}".strip()

    @api.model_create_multi
    def create(self, vals_list):
        """Number the agreements by their year."""
        agreements = super().create(vals_list)
        for agreement in agreements:
            agreement.sudo().number = (
                self.env["ir.sequence"]
                .sudo()
                .with_company(agreement.company_id)
                .next_by_code("rural.center.agreement", sequence_date=agreement.date_from)
            )
        return agreements

    def write(self, vals):
        """Note who drew the agreement up: whoever last changed what it says does not countersign it (SC-05)."""
        names = [name for name in AGREED if name in vals and not self.env.su]
        before = {agreement: [agreement[name] for name in names] for agreement in self}
        result = super().write(vals)
        for agreement, values in before.items():
            if values != [agreement[name] for name in names]:
                agreement.sudo().prepared_by_id = self.env.uid
        return result

    @api.model
    def _of_year(self, centers, year):
        """Return the agreements of the centers for that year that hold or held: signed by both at least."""
        return self.search(
            [
                ("center_id", "in", centers.ids),
                ("year", "=", year),
                ("stage", "not in", ("draft", "cancelled")),
            ]
        )

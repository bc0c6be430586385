from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.rural_base.china_time import to_china
from odoo.addons.rural_base.deadlines import deadline
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
#: States in which it can still be turned down.
UNDECIDED = ("submitted", "screened", "accepted")
OPERATIONS = "rural_base.group_operations"
#: Without these nobody can screen the product.
NEEDED = ("product_name", "specification", "supplier_name", "contact_name", "contact_phone", "reason")


class RuralProductRecommendation(models.Model):
    """A product of a center's region that the center would like to see in the pool (SC-09).

    It is submitted, screened, decided by a second person, and enters the pool.
    """

    _name = "rural.product.recommendation"
    _description = "Recommended Product"
    _inherit = ["rural.step.mixin", "rural.editor.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_names_search = ["name", "product_name", "supplier_name"]
    _check_company_auto = True
    _editable_states = ("draft", "submitted")
    _deletable_states = ("draft",)
    _maker_fields = ("create_uid", "submitted_by_id", "screened_by_id")

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
    can_decide = fields.Boolean(compute="_compute_can_decide", help="Whether the reader may accept or decline it.")
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

    @api.depends("state", "submitted_by_id", "screened_by_id")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        may = self._is_in_group(OPERATIONS)
        for recommendation in self:
            recommendation.can_decide = (
                may and recommendation.state in UNDECIDED and self.env.user not in recommendation._makers()
            )

    @api.depends("check_ids.result")
    def _compute_passed_count(self):
        for recommendation in self:
            recommendation.passed_count = len(recommendation.check_ids.filtered(lambda check: check.result == "passed"))

    @api.model
    def _prepare_begin_vals(self, vals):
        number = self.env["ir.sequence"].sudo().next_by_code("rural.product.recommendation")
        return {**super()._prepare_begin_vals(vals), "name": number}

    def _check_may_write(self, vals):
        """Leave a product that was handed in with the center that recommends it."""
        if "center_id" in vals:
            self._check_state("draft")
        return super()._check_may_write(vals)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_view_pool_entry(self):
        """Show the entry of the pool that came of it."""
        return self.pool_entry_id._get_records_action()

    def action_submit(self):
        """Hand in drafts of the back office for screening."""
        self._check_operations()
        self._submit()

    def action_finish_screening(self):
        """Hand the findings to the person who decides; each standard needs a result and what was seen."""
        self._check_operations()
        self._lock_rows()
        self._check_state("submitted")
        for recommendation in self:
            open_checks = recommendation.check_ids.filtered(lambda check: not (check.result and check.note))
            if open_checks:
                raise UserError(
                    self.env._(
                        "Give a result and say what was seen on: %s.",
                        ", ".join(open_checks.standard_id.mapped("name")),
                    )
                )
        self.sudo().write({"state": "screened", "screened_by_id": self.env.uid, "screened_at": fields.Datetime.now()})

    def action_accept(self):
        """Accept the products that passed every standard; the area manager then contacts the supplier."""
        self.check_access("write")
        self._begin_step((OPERATIONS,), ("screened",))
        for recommendation in self:
            recommendation._check_passed()
        self._decide("accepted")
        for recommendation in self:
            recommendation._plan_activity(
                "recommendation_contact_days",
                lambda record: record.env._("Contact the supplier: %s", record.supplier_name),
            )
            recommendation._notify_center(
                lambda record: record.env._(
                    "%s has passed the screening. The area manager contacts the supplier.", record.product_name
                )
            )

    def action_decline(self):
        """Ask for the reason."""
        self._check_may_decline()
        return self._ask_reason("decline")

    def action_admit(self):
        """Ask for the codes and the rates agreed with the supplier."""
        self.ensure_one()
        self._check_may_admit()
        return self._ask("rural.product.recommendation.admit", self.env._("Into the Pool"), recommendation_id=self.id)

    def action_withdraw(self):
        """Ask why recommendations that nobody has decided on are taken back for their center."""
        self._check_operations()
        self._check_state("draft", "submitted", "screened")
        return self._ask_reason("withdraw")

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    @api.model
    def _reason_steps(self):
        decline = self.env._("Decline")
        return {
            **super()._reason_steps(),
            "decline": {
                "method": "_decline",
                "title": decline,
                "button": decline,
                "placeholder": self.env._("Why? The center will read it."),
            },
            "withdraw": {
                "method": "_withdraw_for_center",
                "title": self.env._("Withdraw"),
                "button": self.env._("Withdraw"),
                "placeholder": self.env._("Why does the center not want it in the pool any more?"),
            },
        }

    def _submit(self):
        """Start the screening.

        :raises UserError: naming what is missing, or when the center is not active
        """
        self._check_state("draft")
        for recommendation in self:
            recommendation._check_complete()
        standards = self.env["rural.quality.standard"].sudo().search([("active", "=", True)])
        self.sudo().write(
            {
                "state": "submitted",
                "submitted_by_id": self.env.uid,
                "submitted_at": fields.Datetime.now(),
                "check_ids": [fields.Command.create({"standard_id": standard.id}) for standard in standards],
            }
        )
        for recommendation in self:
            recommendation._plan_activity(
                "recommendation_screening_days", lambda record: record.env._("Screen the recommended product")
            )

    def _decline(self, reason):
        """Turn products down; the center reads why."""
        reason = self._check_reason(reason)
        self._lock_rows()
        self._check_may_decline()
        self._decide("declined", reason)
        for recommendation in self:
            recommendation._notify_center(
                lambda record: record.env._(
                    "%(product)s does not enter the pool: %(reason)s", product=record.product_name, reason=reason
                )
            )

    def _decide(self, state, reason=False):
        self.sudo().write(
            {
                "state": state,
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
                "decision_reason": reason,
            }
        )
        self._end_activities()

    def _withdraw_for_center(self, reason):
        """Take recommendations back for their center, which reads why.

        :raises UserError: without a reason
        """
        self._check_operations()
        reason = self._check_reason(reason)
        self._withdraw()
        self.sudo().write({"decision_reason": reason})

    def _withdraw(self):
        self._lock_rows()
        self._check_state("draft", "submitted", "screened")
        self.sudo().write({"state": "withdrawn"})
        self._end_activities()

    def _end_activities(self):
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])

    # ------------------------------------------------------------------
    # Into the pool
    # ------------------------------------------------------------------

    def _admit(self, supplier_code, supplier_name, product_code, rates, valid_from):
        """Put an accepted product into the pool (SC-08); supplier and product are made where unknown.

        An entry that reaches into the past waits for a second person, and the product with it.

        :param dict rates: `fee_rate` and `incentive_rate` as shares, 0.05 is 5%
        :return: the pool entry
        """
        self.ensure_one()
        self._lock_rows()
        self._check_may_admit()
        product = self._product_to_admit(supplier_code, supplier_name, product_code)
        vals = {"product_id": product.id, "valid_from": valid_from, "reason": self.display_name, **rates}
        entry = self.env["rural.pool.entry"].create(vals)
        self.sudo().pool_entry_id = entry
        if entry.state == "confirmed":
            self._enter_pool()
        return entry

    def _product_to_admit(self, supplier_code, supplier_name, product_code):
        """Return the product with that code, made where unknown.

        :raises UserError: when it is somebody else's
        """
        Product = self.env["rural.product"].with_company(self.company_id)
        supplier = Product._suppliers_by_code({supplier_code: supplier_name}, self.company_id)[supplier_code]
        product = Product.search([("code", "=", product_code), ("company_id", "=", self.company_id.id)])
        if product and product.supplier_id.id != supplier:
            raise UserError(
                self.env._(
                    "%(product)s is sold by %(supplier)s, not by %(other)s.",
                    product=product.display_name,
                    supplier=product.supplier_id.name,
                    other=supplier_name,
                )
            )
        return product or Product.create(self._prepare_product_vals(product_code, supplier))

    def _prepare_product_vals(self, product_code, supplier_id):
        name = " ".join(filter(None, (self.product_name, self.specification)))
        return {"code": product_code, "name": name, "supplier_id": supplier_id, "company_id": self.company_id.id}

    def _enter_pool(self):
        """Say that the entries of the products apply."""
        self.sudo().write({"state": "in_pool"})
        self._end_activities()
        for recommendation in self:
            recommendation._notify_center(
                lambda record: record.env._("%s is in the product pool now.", record.product_name)
            )

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _makers(self):
        """Count whoever wrote a finding, too."""
        return super()._makers() | self.sudo().check_ids.editor_ids

    def _check_operations(self):
        self._check_group(OPERATIONS)
        self.check_access("write")

    def _check_may_decline(self):
        self._check_operations()
        self._check_state(*UNDECIDED)
        self._check_not_maker()
        self._check_no_entry()

    def _check_may_admit(self):
        self._check_operations()
        self._check_state("accepted")
        self._check_no_entry()

    def _check_no_entry(self):
        """Refuse another step while the entry of the pool waits for a second person (SC-08)."""
        for recommendation in self.filtered("pool_entry_id"):
            raise UserError(
                self.env._(
                    "%(recommendation)s: its pool entry waits for a second person. Have %(entry)s confirmed or "
                    "refused.",
                    recommendation=recommendation.display_name,
                    entry=recommendation.pool_entry_id.display_name,
                )
            )

    def _check_complete(self):
        missing = [name for name in NEEDED if not (self[name] or "").strip()]
        if missing:
            raise UserError(
                self.env._(
                    "%(recommendation)s cannot be submitted yet. Missing: %(fields)s.",
                    recommendation=self.display_name,
                    fields=", ".join(self._fields[name]._description_string(self.env) for name in missing),
                )
            )
        if self.center_id.state != "active":
            raise UserError(
                self.env._("%s is not active; only an active center recommends products.", self.center_id.display_name)
            )

    def _check_passed(self):
        failed = self.check_ids.filtered(lambda check: check.result != "passed")
        if failed:
            raise UserError(
                self.env._(
                    "%(recommendation)s did not pass: %(standards)s. A product of the pool meets every standard.",
                    recommendation=self.display_name,
                    standards=", ".join(failed.standard_id.mapped("name")),
                )
            )

    # ------------------------------------------------------------------
    # Messages
    # ------------------------------------------------------------------

    def _plan_activity(self, parameter, text_of):
        """Ask the area manager to act within the working days of the parameter.

        :param text_of: gives the text, from the recommendation in the manager's language
        """
        now = fields.Datetime.now()
        days = self.env["rural.parameter"].sudo()._value_on(parameter, to_china(now).date(), self.company_id)
        manager = self.center_id.area_manager_id
        if manager:
            self.sudo().activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=to_china(deadline(now, int(days.value))).date(),
                summary=text_of(self.with_context(lang=manager.sudo().lang or self.env.lang)),
                user_id=manager.id,
            )

    def _notify_center(self, text_of):
        """Write to the center and to whoever recommended the product.

        :param text_of: gives the text, from the recommendation in the center's language
        """
        readers = self.center_id.partner_id | self.submitted_by_id.filtered("share").partner_id
        lang = readers[:1].lang or self.env.lang
        self.sudo().message_post(
            body=text_of(self.with_context(lang=lang)),
            partner_ids=readers.filtered("email").ids,
            subtype_xmlid="mail.mt_comment",
        )

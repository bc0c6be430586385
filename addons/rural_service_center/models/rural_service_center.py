from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.rural_base import china_time
from odoo.addons.rural_base.codes import clean_code
from odoo.addons.rural_bulk.fields import CodeChar

from ..rules import next_service_code, service_code_stem
from ..taking_over import is_taking_over

#: Levels of the regions that each kind of center works in.
LEVELS_OF_KIND = {"province": ("province",), "city_county": ("city", "county")}
#: On which it hangs what a center earns, and who is paid.
FIXED_FIELDS = ("kind", "region_id", "partner_id", "company_id")
#: In which state a provincial center sees the centers below it.
WORKING = ("active", "suspended")


class RuralServiceCenter(models.Model):
    """A regional service center: provincial, or of a city or county below it (SC-01)."""

    _name = "rural.service.center"
    _description = "Service Center"
    _kept_in_house = frozenset({"override_reason"})
    _inherit = ["rural.day.state.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "region_code, id"
    _rec_names_search = ["name", "service_code"]
    _check_company_auto = True

    # identity
    name = fields.Char(required=True, tracking=True)
    active = fields.Boolean(default=True, tracking=True)
    kind = fields.Selection(
        [("province", "Provincial"), ("city_county", "City or County")],
        required=True,
        default="city_county",
        tracking=True,
    )
    service_code = CodeChar(
        copy=False,
        tracking=True,
        help="Marks the orders that the center brings. Permanent: it never changes and is never "
        "given to another center.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, tracking=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Payee",
        required=True,
        index=True,
        ondelete="restrict",
        copy=False,
        check_company=True,
        tracking=True,
        help="Who is paid. Made with the center when left empty.",
    )
    commercial_partner_id = fields.Many2one(
        related="partner_id.commercial_partner_id",
        string="Legal Entity of the Payee",
        store=True,
        index=True,
        precompute=True,
        help="Whose portal shows the center, also where the payee is one of its contacts (SC-20).",
    )
    payee_change_ids = fields.One2many("rural.payee.change", "center_id", "Changes of Payee")
    is_on_my_portal = fields.Boolean(
        "Seen on My Portal", compute="_compute_is_on_my_portal", search="_search_is_on_my_portal"
    )

    # place
    region_id = fields.Many2one("rural.region", required=True, index=True, ondelete="restrict", tracking=True)
    region_code = fields.Char(related="region_id.code", store=True, precompute=True)
    area_manager_id = fields.Many2one("res.users", compute="_compute_area_manager_id", compute_sudo=True)
    parent_id = fields.Many2one(
        "rural.service.center",
        "Provincial Center",
        compute="_compute_parent_id",
        store=True,
        index="btree_not_null",
        ondelete="set null",
    )
    child_ids = fields.One2many("rural.service.center", "parent_id", "City and County Centers")

    # what people may do with it
    is_fixed = fields.Boolean(
        "Region and Payee Are Fixed",
        compute="_compute_is_fixed",
        compute_sudo=True,
        help="Kind, region and company of a center with a code are changed by an operations manager; its payee by a "
        "request that a second person approves.",
    )
    by_manager = fields.Boolean("Seen by an Operations Manager", compute="_compute_by_manager")

    # cross-region reports (SC-11)
    report_ids = fields.One2many("rural.cross.region.report", "center_id", "Cross-Region Reports")
    report_count = fields.Integer(compute="_compute_report_count")

    # periods, and what they say today
    authorisation_ids = fields.One2many("rural.center.authorisation", "center_id")
    suspension_ids = fields.One2many("rural.center.suspension", "center_id")
    authorised_until = fields.Date(
        compute="_compute_authorised_until",
        compute_sudo=True,
        help="Last day of the latest authorisation; empty when there is none or no end is set.",
    )
    state = fields.Selection(
        [
            ("draft", "Not Yet Authorised"),
            ("active", "Active"),
            ("suspended", "Suspended"),
            ("ended", "Ended"),
        ],
        compute="_compute_state",
        compute_sudo=True,
        search="_search_state",
        group_expand=True,
        help="As of today in China.",
    )

    # one center for one region (SC-04)
    override_reason = fields.Text(
        "Reason for a Second Center",
        copy=False,
        tracking=True,
        help="Why the region has more than one center of this kind. Given by an operations manager, and kept.",
    )
    override_by_id = fields.Many2one("res.users", "Second Center Let In By", readonly=True, copy=False)

    _service_code_unique = models.Constraint(
        "UNIQUE (service_code)",
        "A center has or had this service code already. A code is never given twice.",
    )

    @api.constrains("kind", "region_id")
    def _check_region_level(self):
        for center in self:
            if center.region_id.level not in LEVELS_OF_KIND[center.kind]:
                raise ValidationError(
                    self.env._(
                        "%(center)s: %(region)s is not a region for this kind of center. A provincial "
                        "center works in a province, the others in a city or county.",
                        center=center.name,
                        region=center.region_id.display_name,
                    )
                )

    @api.constrains("kind", "region_id", "company_id", "active")
    def _check_one_for_region(self):
        for center in self.filtered_domain(self._living_domain()):
            if center.override_reason:
                continue
            if other := center._other_of_region():
                raise ValidationError(center._occupied_message(other))

    @api.depends("name", "service_code")
    def _compute_display_name(self):
        for center in self:
            center.display_name = " ".join(filter(None, (center.service_code, center.name)))

    @api.depends("region_id")
    def _compute_area_manager_id(self):
        for center in self:
            center.area_manager_id = center.region_id._province().macro_region_id.manager_id

    @api.depends("kind", "region_id", "company_id")
    def _compute_parent_id(self):
        for center in self:
            center.parent_id = center.kind == "city_county" and center._provincial_center()

    @api.depends("service_code")
    def _compute_is_fixed(self):
        for center in self:
            center.is_fixed = bool(center.service_code)

    @api.depends_context("uid")
    def _compute_by_manager(self):
        self.by_manager = self.env.user.has_group("rural_base.group_operations_manager")

    @api.depends_context("uid")
    @api.depends("commercial_partner_id", "parent_id.commercial_partner_id", "parent_id.state")
    def _compute_is_on_my_portal(self):
        mine = self.sudo().filtered_domain(self._portal_domain())
        for center in self:
            center.is_on_my_portal = center.id in mine.ids

    def _search_is_on_my_portal(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = self._portal_domain()
        return domain if True in value else ~domain

    def _compute_report_count(self):
        counts = dict(
            self.env["rural.cross.region.report"]._read_group(
                [("center_id", "in", self.ids)], ["center_id"], ["__count"]
            )
        )
        for center in self:
            center.report_count = counts.get(center, 0)

    @api.depends("authorisation_ids.valid_to")
    def _compute_authorised_until(self):
        for center in self:
            last_days = center.authorisation_ids.mapped("valid_to")
            center.authorised_until = all(last_days) and max(last_days, default=False)

    @api.model
    def _state_depends(self):
        periods = ("authorisation_ids", "suspension_ids")
        return tuple(f"{period}.{end}" for period in periods for end in ("valid_from", "valid_to"))

    @api.model
    def _state_domains(self):
        """What each state means today in China: the one definition that all of them come from."""
        today = china_time.today()
        authorised = Domain("authorisation_ids", "any", self.env["rural.center.authorisation"]._valid_on(today))
        begun = Domain("authorisation_ids", "any", [("valid_from", "<=", today)])
        suspended = Domain("suspension_ids", "any", self.env["rural.center.suspension"]._valid_on(today))
        return {
            "draft": ~begun,
            "active": authorised & ~suspended,
            "suspended": authorised & suspended,
            "ended": begun & ~authorised,
        }

    @api.model_create_multi
    def create(self, vals_list):
        """Make the payee, and give the centers of the province their parent.

        Operations managers give the reason for a second center in a region, and nobody else (SC-04).
        """
        if any(vals.get("service_code") for vals in vals_list):
            self._check_may_take_over()
        centers = super().create([self._with_payee(self._with_overrider(vals)) for vals in vals_list])
        centers._update_parents()
        return centers

    def write(self, vals):
        """Refuse to change a service code (SC-06) or what is fixed with it, and keep the parents right.

        A center that is still authorised is not archived, and the reason for a second one is never taken away.
        """
        if vals.get("active") is False:
            self._check_may_archive()
        if "override_reason" in vals and not vals["override_reason"] and any(self.mapped("override_reason")):
            raise UserError(self.env._("The reason for a second center is kept. Correct it instead of deleting it."))
        if "service_code" in vals:
            self._check_code_unset_or(vals["service_code"])
        self._check_fixed(vals)
        result = super().write(self._with_overrider(vals))
        if not vals.keys().isdisjoint(("kind", "region_id", "active", "company_id")):
            self._update_parents()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_code(self):
        for center in self:
            if center.service_code:
                raise UserError(
                    self.env._(
                        "%s cannot be deleted: its service code stays its own for ever. Archive it instead.",
                        center.display_name,
                    )
                )

    def _read_group_groupby(self, alias, groupby_spec, query):
        """Let lists and kanbans be grouped by the state, which is not stored."""
        if groupby_spec != "state":
            return super()._read_group_groupby(alias, groupby_spec, query)
        cases = [
            SQL(
                "WHEN %s IN %s THEN %s",
                SQL.identifier(alias, "id"),
                self.sudo().with_context(active_test=False)._search(domain).subselect(),
                state,
            )
            for state, domain in self._state_domains().items()
        ]
        return SQL("CASE %s END", SQL(" ").join(cases))

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_issue_service_code(self):
        """Give each authorised center that has none its permanent service code (SC-06)."""
        self.check_access("write")
        for center in self.filtered(lambda center: not center.service_code):
            if not center.authorisation_ids:
                raise UserError(
                    self.env._(
                        "%s is not authorised yet. Enter its authorisation first; the service code "
                        "is issued on activation.",
                        center.display_name,
                    )
                )
            center.sudo().service_code = center._next_service_code()

    def action_change_payee(self):
        """Ask for another payee, which a second person approves."""
        self.ensure_one()
        self.env["rural.payee.change"].check_access("create")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Change Payee"),
            "res_model": "rural.payee.change",
            "view_mode": "form",
            "context": {"default_center_id": self.id},
        }

    def action_view_reports(self):
        """Show the center's cross-region reports."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_service_center.action_cross_region_report")
        return {
            **action,
            "domain": [("center_id", "=", self.id)],
            "context": {"default_center_id": self.id},
        }

    # ------------------------------------------------------------------
    # Service code
    # ------------------------------------------------------------------

    def _next_service_code(self):
        stem = service_code_stem(self.region_id.code)
        everywhere = self.sudo().with_context(active_test=False)
        taken = everywhere.search([("service_code", "=like", f"{stem}%")]).mapped("service_code")
        code = next_service_code(self.kind == "province", self.region_id.code, set(taken))
        if not code:
            raise UserError(self.env._("%s has used up all its service codes.", self.region_id.display_name))
        return code

    def _check_code_unset_or(self, code):
        for center in self:
            if center.service_code and center.service_code != clean_code(code or ""):
                raise UserError(
                    self.env._(
                        "The service code of %s is permanent and cannot be changed.",
                        center.display_name,
                    )
                )
            if code and not center.service_code:
                self._check_may_take_over()

    def _check_may_take_over(self):
        """Refuse a code by hand, which skips the steps to a center's work (SC-05, SC-06), to all but managers."""
        if not (self.env.su or is_taking_over(self.env)):
            self.env["rural.step.mixin"]._check_group("rural_base.group_operations_manager")

    # ------------------------------------------------------------------
    # Payee, parent
    # ------------------------------------------------------------------

    def _check_fixed(self, vals):
        if self.env.su:
            return
        is_manager = self.env.user.has_group("rural_base.group_operations_manager")
        for center in self:
            for name in FIXED_FIELDS:
                field = self._fields[name]
                if name not in vals or field.convert_to_write(center[name], center) == vals[name]:
                    continue
                if name == "partner_id" and center.is_fixed:
                    raise AccessError(
                        self.env._(
                            "%s: the payee is fixed. Ask for another one by “Change Payee”; a second person approves.",
                            center.display_name,
                        )
                    )
                if center.is_fixed and not is_manager:
                    raise AccessError(
                        self.env._(
                            "%(center)s: the field “%(field)s” is fixed. It is changed by an operations manager.",
                            center=center.display_name,
                            field=field._description_string(self.env),
                        )
                    )

    def _with_payee(self, vals):
        if vals.get("partner_id"):
            return vals
        payee = self.env["res.partner"].sudo().create(self._prepare_payee_vals(vals))
        return {**vals, "partner_id": payee.id}

    def _prepare_payee_vals(self, vals):
        return {
            "name": vals.get("name"),
            "is_company": True,
            "company_id": vals.get("company_id") or self.env.company.id,
        }

    @api.model
    def _portal_domain(self) -> Domain:
        """Return the centers that the present user's legal entity sees on its portal (SC-20).

        They are its own, and those below a provincial center of its own as long as that one is authorised.
        """
        entity = self.env.user.commercial_partner_id
        return Domain("commercial_partner_id", "=", entity.id) | Domain(
            "parent_id",
            "any",
            Domain("commercial_partner_id", "=", entity.id) & Domain("state", "in", WORKING),
        )

    def _provincial_center(self):
        """The living provincial center of its province: an authorised one first, the newest first (SC-01)."""
        living = self.search(
            Domain("kind", "=", "province")
            & Domain("region_id", "=", self.region_id._province().id)
            & Domain("company_id", "=", self.company_id.id)
            & self._living_domain()
        )
        return living.sorted(lambda center: (bool(center.authorisation_ids), center.id))[-1:]

    def _update_children(self):
        """Look again what hangs on the periods of provincial centers: which of them is the parent (SC-01)."""
        self.filtered(lambda center: center.kind == "province")._update_parents()

    def _update_parents(self):
        """Look for the provincial center of all centers in the centers' provinces again."""
        provinces = self.region_id.mapped(lambda region: region._province())
        centers = self.with_context(active_test=False).search(
            [("kind", "=", "city_county"), ("region_id", "child_of", provinces.ids)]
        )
        self.env.add_to_compute(self._fields["parent_id"], centers)

    # ------------------------------------------------------------------
    # Life
    # ------------------------------------------------------------------

    def _check_may_archive(self):
        today = china_time.today()
        for center in self:
            if any(not day or day >= today for day in center.authorisation_ids.mapped("valid_to")):
                raise UserError(
                    self.env._(
                        "%s is still authorised. End its authorisation before you archive it.",
                        center.display_name,
                    )
                )

    # ------------------------------------------------------------------
    # One center for one region (SC-04)
    # ------------------------------------------------------------------

    @api.model
    def _occupant(self, kind, region, company, but=()):
        """Return a center that holds the region for its kind (SC-04), an empty record where it is free.

        Two who ask at once: the second waits for the first, and starts again with what the first has done.
        """
        self.env.cr.execute(SQL("UPDATE rural_region SET level = level WHERE id = %s", region.id))
        return (
            self.sudo()
            .search(
                Domain([("kind", "=", kind), ("region_id", "=", region.id), ("company_id", "=", company.id)])
                & Domain("id", "not in", list(but))
                & self._living_domain(),
                limit=1,
            )
            .sudo(self.env.su)
        )

    def _other_of_region(self):
        self.ensure_one()
        return self._occupant(self.kind, self.region_id, self.company_id, but=self.ids)

    @api.model
    def _occupied_message(self, other):
        other = other.sudo()
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        return self.env._(
            "%(region)s has a center already (%(kind)s): %(center)s. One region, one center; a second one takes the "
            "written reason of an operations manager (SC-04).",
            region=other.region_id.display_name,
            kind=kinds[other.kind],
            center=other.display_name,
        )

    @api.model
    def _living_domain(self):
        return Domain("active", "=", True) & ~self._state_domains()["ended"]

    def _with_overrider(self, vals):
        if self.env.su:
            return vals
        vals = {name: value for name, value in vals.items() if name != "override_by_id"}
        if not vals.get("override_reason"):
            return vals
        self.env["rural.step.mixin"]._check_group("rural_base.group_operations_manager")
        return {**vals, "override_by_id": self.env.uid}

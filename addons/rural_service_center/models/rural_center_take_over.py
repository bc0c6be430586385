from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_list
from odoo.tools.misc import format_date

from odoo.addons.rural_bulk.fields import CodeChar

from ..taking_over import TAKING_OVER

AUTHORISATION, SUSPENSION = "rural.center.authorisation", "rural.center.suspension"


class RuralCenterTakeOver(models.Model):
    """A center that works already, or new days of a known one, as a file brings it (SC-04, SC-06).

    Nothing of it counts before an operations manager who did not load the file has confirmed it: a new center comes
    into being then, with the code that it has, and a known one gets its days.
    """

    _name = "rural.center.take.over"
    _description = "Take-Over of a Service Center"
    _inherit = ["rural.request.mixin"]
    _order = "state, id desc"
    _rec_names_search = ["name", "service_code"]
    _entered_fields = frozenset()
    _deletable_states = ()
    _decider_groups = ("rural_base.group_operations_manager",)
    _rejected_state = "rejected"
    _maker_fields = ("create_uid", "requested_by_id", "loader_ids")

    # what the file says
    service_code = CodeChar(required=True, readonly=True)
    name = fields.Char(required=True, readonly=True)
    kind = fields.Selection(
        [("province", "Provincial"), ("city_county", "City or County")], required=True, readonly=True
    )
    region_id = fields.Many2one("rural.region", required=True, readonly=True, index=True, ondelete="restrict")
    authorised_from = fields.Date(readonly=True)
    authorised_to = fields.Date(readonly=True)
    suspended_from = fields.Date(readonly=True)
    suspended_to = fields.Date(readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)

    # whose file
    run_id = fields.Many2one("rural.load.run", "Load", readonly=True, index="btree_not_null", ondelete="set null")
    loader_ids = fields.Many2many("res.users", "rural_center_take_over_loader_rel", string="Loaded By", readonly=True)

    # what becomes of it
    state = fields.Selection(
        [("requested", "To Be Confirmed"), ("confirmed", "Confirmed"), ("rejected", "Rejected")],
        required=True,
        readonly=True,
        default="requested",
        index=True,
    )
    center_id = fields.Many2one(
        "rural.service.center",
        "Service Center",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The known center that gets new days, or the one that came into being.",
    )
    occupant_id = fields.Many2one(
        "rural.service.center",
        "Center in This Region",
        compute="_compute_occupant_id",
        help="Another center that holds the region: the file brings a second one (SC-04).",
    )
    twin_ids = fields.Many2many(
        "rural.center.take.over",
        compute="_compute_twin_ids",
        string="Others for This Region",
        help="What else waits and would be a center of the same region (SC-04).",
    )
    override_reason = fields.Text("Reason for a Second Center", readonly=True, copy=False)

    _one_waiting = models.UniqueIndex(
        "(service_code) WHERE state = 'requested'", "A center with this code waits to be confirmed already."
    )

    @api.depends("service_code", "name")
    def _compute_display_name(self):
        for take_over in self:
            take_over.display_name = f"{take_over.service_code} {take_over.name}"

    @api.depends("kind", "region_id", "company_id", "state")
    def _compute_occupant_id(self):
        centers = self.env["rural.service.center"]
        for take_over in self:
            take_over.occupant_id = take_over.state == "requested" and centers.search(
                Domain("kind", "=", take_over.kind)
                & Domain("region_id", "=", take_over.region_id.id)
                & Domain("company_id", "=", take_over.company_id.id)
                & Domain("id", "!=", take_over.center_id.id)
                & centers._living_domain(),
                limit=1,
            )

    @api.depends("kind", "region_id", "company_id", "state")
    def _compute_twin_ids(self):
        for take_over in self:
            take_over.twin_ids = (
                take_over.state == "requested"
                and not take_over.center_id
                and self.search(
                    Domain("kind", "=", take_over.kind)
                    & Domain("region_id", "=", take_over.region_id.id)
                    & Domain("company_id", "=", take_over.company_id.id)
                    & Domain("state", "=", "requested")
                    & Domain("center_id", "=", False)
                    & Domain("id", "not in", take_over.ids)
                )
            )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_confirm(self):
        """Let centers, codes and days of the files count, as a manager who did not load them (SC-04).

        Where they would be second centers of a region, it takes a reason.
        """
        self._check_group(*self._decider_groups)
        self._check_state(self._request_state)
        return self._ask_reason("confirm_second") if self._second_without_reason() else self._decide("confirmed")

    def action_confirm_shown(self):
        """Show what would count, and let a manager confirm it then, with a reason where it takes one (SC-04)."""
        self._check_group(*self._decider_groups)
        self._check_state(self._request_state)
        return self._ask_reason("confirm_second" if self._second_without_reason() else "confirm")

    def _confirm_shown(self):
        """Confirm what the dialog showed, and say what came of it."""
        self._decide("confirmed")
        return self._show_taken_over()

    def _confirm_second(self, reason):
        """Confirm, and let in the second centers of a region for a reason, which is kept."""
        self._check_group(*self._decider_groups)
        self._second_centers().sudo().override_reason = self._check_reason(reason)
        self._decide("confirmed")
        return self._show_taken_over()

    def _show_taken_over(self):
        return self._show_warning(
            self.env._(
                "%(count)s taken over: %(centers)s",
                count=len(self),
                centers=format_list(self.env, self.center_id.mapped("display_name")),
            ),
            type="success",
            sticky=False,
            next={"type": "ir.actions.act_window_close"},
        )

    def _take_over_line(self) -> str:
        """Return what a person confirms of the center: code and name, region, days, and whether it is new."""
        labels = {AUTHORISATION: self.env._("authorised"), SUSPENSION: self.env._("suspended")}
        days = [
            f"{labels[model]} {format_date(self.env, first)} – {format_date(self.env, last)}".strip()
            for model, first, last in self._periods()
        ]
        new = self.env._("new days of a known center") if self.center_id else self.env._("new center")
        return " · ".join([self.display_name, self.region_id.display_name, *days, new])

    def _second_without_reason(self):
        """Return the second centers of a region for which nobody has given a reason yet."""
        return self._second_centers().filtered(lambda take_over: not take_over.override_reason)

    def _second_centers(self):
        """Return those that would be another center of a region that has one, or gets one from among these."""
        self.invalidate_recordset(["occupant_id", "twin_ids"])  # centers may have come meanwhile
        return self.filtered(lambda one: not one.center_id and (one.occupant_id or one.twin_ids & self))

    @api.model
    def _reason_steps(self):
        steps = super()._reason_steps()
        steps["confirm"] = {
            "method": "_confirm_shown",
            "title": self.env._("Confirm Take-Over"),
            "button": self.env._("Confirm Take-Over"),
            "help": self.env._(
                "New centers come into being with the codes that they have, and known ones get their days: from then "
                "on their orders earn fees (SC-04, SC-06)."
            ),
            "reason": False,
            "line": "_take_over_line",
        }
        steps["confirm_second"] = {
            "method": "_confirm_second",
            "title": self.env._("A Second Center of a Region"),
            "button": self.env._("Confirm Take-Over"),
            "help": self.env._(
                "A region has one center of a kind. Of these, some would be a second one: that takes an operations "
                "manager's written reason, which is kept with the center (SC-04)."
            ),
            "placeholder": self.env._("Why does the region get a second center?"),
            "line": "_take_over_line",
        }
        steps["reject"]["help"] = self.env._("Nothing is taken over. A corrected file can bring the same center again.")
        return steps

    # ------------------------------------------------------------------
    # Decision
    # ------------------------------------------------------------------

    def _check_may_decide(self, state):
        if self._is_system():
            raise UserError(self.env._("Name the manager who confirms: what came with a file takes a second person."))
        for take_over in self._second_without_reason() if state == "confirmed" else ():
            raise UserError(
                self.env._(
                    "%(center)s would be a second center of %(region)s: confirm it with a reason (SC-04).",
                    center=take_over.display_name,
                    region=take_over.region_id.display_name,
                )
            )
        return super()._check_may_decide(state)

    def _after_decision(self, state):
        if state == "confirmed":
            self._take_over()
        return super()._after_decision(state)

    def _take_over(self):
        """Make the centers, or change the known ones in the rights of whoever confirms."""
        for take_over in self.sorted("id"):
            center = take_over._known_center()
            if center:
                take_over._apply_to(center.with_env(self.env).sudo(take_over._is_loaded_by_system()))
            else:
                center = take_over._make_center()
            take_over.sudo().center_id = center

    def _is_loaded_by_system(self) -> bool:
        """Tell whether no person has loaded it: what the command line brings goes as far as the system may."""
        loaders = self.sudo().with_context(active_test=False).loader_ids
        return loaders.ids == self.env.ref("base.user_root").ids

    def _make_center(self):
        """Make a center with the code that it has, beside another one of its region where a reason was given."""
        taking_over = self.sudo().with_context(rural_taking_over=TAKING_OVER)
        vals = {"service_code": self.service_code, "company_id": self.company_id.id}
        if self.override_reason:
            vals |= {"override_reason": self.override_reason, "override_by_id": self.env.uid}
        center = taking_over.env["rural.service.center"].create({**self._prepare_center_vals(), **vals})
        taking_over._apply_periods(center)
        return center

    def _known_center(self):
        """Return the center with the code, in whatever company (SC-06)."""
        centers = self.env["rural.service.center"].sudo().with_context(active_test=False)
        center = self.center_id.sudo() or centers.search([("service_code", "=", self.service_code)])
        if center and center.company_id != self.company_id:
            raise UserError(self.env._("%s belongs to a center of another company.", self.service_code))
        return center

    def _apply_to(self, center):
        """Change what differs, in the present user's rights."""
        for name, value in self._changed_vals(center).items():
            center[name] = value
        self._apply_periods(center)

    def _changed_vals(self, center) -> dict:
        return {
            name: value
            for name, value in self._prepare_center_vals().items()
            if center._fields[name].convert_to_write(center[name], center) != value
        }

    def _prepare_center_vals(self) -> dict:
        return {"name": self.name, "kind": self.kind, "region_id": self.region_id.id}

    # ------------------------------------------------------------------
    # Periods
    # ------------------------------------------------------------------

    def _periods(self):
        """Return (model, first day, last day or False) of each period that the file gives."""
        return [
            (model, first, last)
            for model, first, last in (
                (AUTHORISATION, self.authorised_from, self.authorised_to),
                (SUSPENSION, self.suspended_from, self.suspended_to),
            )
            if first
        ]

    def _apply_periods(self, center):
        for model, first, last in self._periods():
            self._apply_period(center, model, first, last)

    def _apply_period(self, center, model, first, last):
        overlapping = self._overlapping(center, model, first, last).sudo(center.env.su)
        if len(overlapping) > 1:
            raise UserError(self._overlap_message(overlapping))
        vals = {"valid_from": first, "valid_to": last}
        if not overlapping:
            overlapping.create({"center_id": center.id, "reason": self._period_reason(), **vals})
        elif (overlapping.valid_from, overlapping.valid_to) != (first, last):
            overlapping.write({**vals, "reason": self._period_reason()})

    @api.model
    def _overlapping(self, center, model, first, last):
        """Return the periods of a center that overlap the given days: the one that they correct."""
        return self.env[model].search(
            Domain("center_id", "=", center.id)
            & (Domain("valid_to", "=", False) | Domain("valid_to", ">=", first))
            & (Domain("valid_from", "<=", last) if last else Domain.TRUE)
        )

    @api.model
    def _overlap_message(self, periods) -> str:
        return self.env._("these days overlap several periods: %s", ", ".join(periods.mapped("display_name")))

    def _differs_from(self, center) -> bool:
        """Tell whether the center or its days would change."""
        if self._changed_vals(center):
            return True
        for model, first, last in self._periods():
            period = self._overlapping(center, model, first, last)
            if len(period) != 1 or (period.valid_from, period.valid_to) != (first, last):
                return True
        return False

    def _period_reason(self) -> str:
        return self.env._(
            "Taken over from %(file)s, loaded by %(users)s",
            file=self.sudo().run_id.file_name or "",
            users=", ".join(self.sudo().loader_ids.mapped("name")),
        )

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.rural_base import china_time


class RuralStationBlacklist(models.Model):
    """A person who never again runs a station (ST-09): asked for with a reason, listed by a second person."""

    _name = "rural.station.blacklist"
    _description = "Blacklist of Station Partners"
    _inherit = ["rural.request.mixin", "rural.identity.mixin", "mail.thread"]
    _order = "id desc"
    _decider_groups = ("rural_base.group_operations_manager",)
    _rejected_state = "refused"
    _editable_states = ("requested",)
    _deletable_states = ()

    name = fields.Char(required=True, tracking=True, help="Of the person, as on the identity card.")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    partner_id = fields.Many2one("res.partner", "Contact", index="btree_not_null", ondelete="restrict")
    reason = fields.Text(required=True, tracking=True)
    source_model = fields.Char(readonly=True, copy=False)
    source_id = fields.Many2oneReference(
        "Decided By Record", model_field="source_model", readonly=True, copy=False, help="The case that led to it."
    )
    state = fields.Selection(
        [("requested", "Requested"), ("listed", "Listed"), ("refused", "Refused"), ("lifted", "Taken Off")],
        required=True,
        readonly=True,
        default="requested",
        copy=False,
        tracking=True,
        index=True,
    )
    listed_on = fields.Date(readonly=True, copy=False)
    lifted_by_id = fields.Many2one("res.users", "Taken Off By", readonly=True, copy=False)
    lift_reason = fields.Text("Why Taken Off", readonly=True, copy=False, tracking=True)

    _once = models.UniqueIndex(
        "(company_id, id_hash) WHERE state IN ('requested', 'listed')",
        "This person is on the list already, or somebody has asked for it.",
    )

    @api.depends("name", "id_masked")
    def _compute_display_name(self):
        for entry in self:
            entry.display_name = " ".join(filter(None, (entry.name, entry.id_masked)))

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def action_list(self):
        """Put the persons on the list, as somebody else than who asked for it."""
        self._decide("listed", listed_on=china_time.today())

    def action_lift(self):
        """Ask why somebody is taken off the list."""
        self._check_group(*self._decider_groups)
        self._check_state("listed")
        return self._ask_reason("lift")

    @api.model
    def _reason_steps(self):
        lift = self.env._("Take Off the List")
        return {**super()._reason_steps(), "lift": {"method": "_lift", "title": lift, "button": lift}}

    def _lift(self, reason):
        """Take persons off the list again, who may apply from now on."""
        reason = self._check_reason(reason)
        self._begin_step(self._decider_groups, ("listed",))
        self.sudo().write({"state": "lifted", "lifted_by_id": self.env.uid, "lift_reason": reason})

    def _check_may_decide(self, state):
        if state == "listed":
            for entry in self.sudo().filtered(lambda entry: not entry.id_hash):
                raise UserError(
                    self.env._("%s has no identity number: nobody would be recognised by the entry.", entry.name)
                )
        return super()._check_may_decide(state)

    # ------------------------------------------------------------------
    # For other addons
    # ------------------------------------------------------------------

    @api.model
    def _find(self, company, number):
        """Return the entry of whoever has this identity number, an empty record where nobody is listed."""
        return self._find_hash(company, self._hash(number))

    @api.model
    def _find_hash(self, company, id_hash):
        if not id_hash:
            return self.browse()
        return self.sudo().search(
            [("company_id", "=", company.id), ("id_hash", "=", id_hash), ("state", "=", "listed")], limit=1
        )

    @api.model
    def _add(self, partner, number, reason, source=None):
        """List a person whom a decision of two people has excluded (ST-09); return the entry.

        :param number: the identity number; empty: that of the partner's last application or agreement
        :param source: the record that decided it
        :raises UserError: where no identity number is known
        """
        partner, company = partner.sudo(), (source and source.sudo().company_id) or self.env.company
        known = partner._rural_station_identity(company)
        id_hash = self._hash(number) if number else known.id_hash
        if present := self._find_hash(company, id_hash):
            return present
        vals = {
            "name": partner.name,
            "company_id": company.id,
            "partner_id": partner.id,
            "reason": self._check_reason(reason),
            "state": "listed",
            "listed_on": china_time.today(),
            "decided_by_id": self.env.uid,
            "decided_at": fields.Datetime.now(),
            "source_model": source and source._name,
            "source_id": source and source.id,
        }
        if number:
            vals["id_number"] = number
        elif known:
            vals |= {"id_hash": known.id_hash, "id_masked": known.id_masked}
        else:
            raise UserError(
                self.env._("Enter the identity number of %s: nobody is recognised without it.", partner.name)
            )
        return self.sudo().create(vals)

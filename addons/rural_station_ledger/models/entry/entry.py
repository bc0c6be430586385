from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.rural_base import china_time
from odoo.addons.rural_bulk.fields import CodeChar

from ..rural_station_service import KINDS

STATES = [
    ("recorded", "Recorded"),
    ("ordered", "Ordered"),
    ("received", "Received"),
    ("notified", "Notified"),
    ("handed_over", "Handed Over"),
    ("exchanged", "Exchanged"),
    ("recommended", "Recommended"),
    ("negotiated", "Negotiated"),
    ("listed", "Listed"),
    ("sold", "Sold"),
    ("done", "Done"),
    ("returned", "Returned"),
    ("void", "Void"),
]
#: States of a service of each kind, and those of them that count.
STATES_OF = {
    "buying": ("recorded", "ordered", "received", "notified", "handed_over", "exchanged", "returned", "void"),
    "selling": ("recommended", "negotiated", "listed", "sold", "returned", "void"),
}
OTHER_STATES = ("recorded", "done", "void")
#: The steps of a service of each kind, one after the other; what else is in STATES_OF leaves the path (ST-04).
STEPS_OF = {"buying": STATES_OF["buying"][:5], "selling": STATES_OF["selling"][:4]}
OTHER_STEPS = OTHER_STATES[:2]
#: Kinds whose amount the villager hands over in cash, beside the service charge.
PAID_IN_CASH = ("buying", "bill", "booking")
FINISHED = {"buying": ("handed_over", "exchanged"), "selling": ("sold",)}
OTHER_FINISHED = ("done",)
#: Why an entry does not count, in the order in which the reasons are looked at (ST-12).
OUTCOMES = [
    ("counts", "Counts"),
    ("void", "Void"),
    ("same_as_platform", "Platform's Entry Counts"),
    ("same_parcel", "Platform's Parcel Counts"),
    ("returned", "Returned"),
    ("not_finished", "Not Finished"),
    ("not_open", "Station Not Open"),
    ("number_twice", "Number Entered Twice"),
    ("parcel_twice", "Parcel Entered Twice"),
]


class RuralStationEntry(models.Model):
    """A service that a station gave: a row of the platform, or of the station's own ledger (ST-12).

    Each service counts once. Which of two entries of one service counts, and in which month, is judged by one
    statement of SQL for a row and for a million; nobody writes it.
    """

    _name = "rural.station.entry"
    _description = "Ledger Entry of a Station"
    _inherit = ["rural.step.mixin", "rural.explanation.mixin"]
    _order = "day desc, id desc"
    _rec_names_search = ["number", "entry_number", "courier"]
    _deletable_states = ()
    _editable_states = ()

    # identity
    station_id = fields.Many2one("rural.station", required=True, readonly=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    source = fields.Selection([("platform", "Platform"), ("station", "Station")], required=True, readonly=True)
    number = CodeChar("Platform Number", readonly=True)
    entry_number = CodeChar("Ledger Number", readonly=True)
    run_id = fields.Many2one("rural.load.run", "Loaded With", readonly=True, index=True, ondelete="restrict")
    area_id = fields.Many2one(related="station_id.area_id")
    token = fields.Char(readonly=True, copy=False, help="Made by the telephone, so that sending twice is one entry.")

    # what
    kind = fields.Selection(KINDS, required=True, readonly=True)
    time = fields.Datetime(readonly=True, help="When the platform recorded it.")
    day = fields.Date(required=True, readonly=True, help="Of the platform's time, or of the ledger, in China.")
    completed_on = fields.Date(readonly=True, help="On that day it was handed over, sold or done.")
    item = fields.Char(readonly=True)
    villager = fields.Char(
        "Villager's Name", readonly=True, groups="base.group_portal", help="Seen by the station and its area only."
    )
    villager_phone = fields.Char("Telephone", readonly=True, groups="base.group_portal")
    villager_shown = fields.Char(
        "Villager", compute="_compute_villager_shown", compute_sudo=True,
        help="As staff see it: the name is known to the station and its area only.",
    )  # fmt: skip
    anonymised_on = fields.Date(readonly=True, help="On that day the villager's name and telephone were deleted.")
    quantity = fields.Float(digits=(16, 4), readonly=True)
    amount = fields.Monetary(readonly=True, help="The goods without the service charge.")
    charge = fields.Monetary("Service Charge", readonly=True)
    state = fields.Selection(STATES, readonly=True, group_expand="_expand_states")
    courier = CodeChar("Courier Number", readonly=True)

    # what waits for its villager
    shelf = fields.Char("Shelf Number", readonly=True)
    arrived_on = fields.Date(readonly=True, help="On that day the goods came to the station.")
    notified_at = fields.Datetime("Villager Told", readonly=True)
    pickup_code = fields.Char(
        "Pick-Up Code", readonly=True, copy=False, groups=fields.NO_ACCESS,
        help="Known to the villager, who says it to get the goods.",
    )  # fmt: skip
    lies_too_long = fields.Boolean(
        compute="_compute_lies_too_long", search="_search_lies_too_long",
        help="Longer at the station than the days of the parameter.",
    )  # fmt: skip

    # cash
    paid_on = fields.Date(readonly=True, help="On that day the villager paid, or was paid back by a row below zero.")
    paid_back_on = fields.Date(readonly=True, help="On that day the villager got the money back.")

    # other entries of the same service
    takes_back_id = fields.Many2one("rural.station.entry", readonly=True, index="btree_not_null", ondelete="restrict")
    corrects_id = fields.Many2one(
        "rural.station.entry", readonly=True, index="btree_not_null", ondelete="restrict",
        help="The first entry, of which this one is a correction.",
    )  # fmt: skip
    is_replaced = fields.Boolean("Corrected", readonly=True, help="A correction has taken its place.")
    linked_id = fields.Many2one(
        "rural.station.entry", "Linked With", readonly=True, index="btree_not_null", ondelete="restrict",
        help="The platform's entry of the same service: that one counts.",
    )  # fmt: skip
    related_ids = fields.Many2many(
        "rural.station.entry", string="Taken Back or Corrected By", compute="_compute_related_ids"
    )
    step_ids = fields.One2many("rural.station.entry.step", "entry_id", "Steps", readonly=True)
    next_state = fields.Selection(STATES, "Next Step", compute="_compute_next_state")
    is_by_hand = fields.Boolean(
        "Kept by Hand", compute="_compute_next_state", help="It goes on step by step, by no file."
    )

    # what counts
    outcome = fields.Selection(OUTCOMES, readonly=True)
    month = fields.Date(readonly=True, help="First day of the month in which it counts.")
    turnover = fields.Monetary(readonly=True)
    counted_charge = fields.Monetary(readonly=True)
    hint = fields.Char("To Look At", readonly=True, help="What differs from the platform, or may be a double.")

    _platform_once = models.UniqueIndex(
        "(company_id, number) WHERE source = 'platform'", "The platform's number is loaded once."
    )
    _own_once = models.UniqueIndex(
        "(station_id, entry_number) WHERE source = 'station'", "A ledger number is unique within its station."
    )
    _token_once = models.UniqueIndex("(station_id, token) WHERE token IS NOT NULL", "This entry is there already.")
    _pickup_code_once = models.UniqueIndex(
        "(station_id, pickup_code) WHERE pickup_code IS NOT NULL", "A pick-up code is given once at a time."
    )
    _waiting = models.Index("(station_id, arrived_on) WHERE arrived_on IS NOT NULL AND completed_on IS NULL")
    _cash = models.Index("(station_id, paid_on) WHERE paid_on IS NOT NULL")
    _cash_back = models.Index("(station_id, paid_back_on) WHERE paid_back_on IS NOT NULL")
    _own_number = models.Index("(company_id, number) WHERE source = 'station' AND number IS NOT NULL")
    _parcel = models.Index("(station_id, courier) WHERE courier IS NOT NULL")
    _by_month = models.Index("(company_id, month, station_id) WHERE outcome = 'counts'")
    _same_trade = models.Index("(station_id, kind, day, amount)")
    _same_completed = models.Index("(station_id, kind, completed_on, amount) WHERE source = 'station'")

    @api.depends("number", "entry_number", "station_id.name")
    def _compute_display_name(self):
        for entry in self:
            own = entry.number if entry.source == "platform" else entry.entry_number
            entry.display_name = f"{entry.station_id.name} {own}"

    @api.depends("kind", "state", "source", "run_id")
    def _compute_next_state(self):
        for entry in self:
            entry.is_by_hand = entry.source == "station" and not entry.run_id
            entry.next_state = entry.is_by_hand and entry._following_state()

    @api.depends("corrects_id", "takes_back_id", "is_replaced")
    def _compute_related_ids(self):
        for entry in self:
            entry.related_ids = (
                entry.browse()
                if not entry.id
                else entry.search(["|", ("takes_back_id", "=", entry.id), ("corrects_id", "=", entry.id)], order="id")
            )

    @api.depends("arrived_on", "state")
    def _compute_lies_too_long(self):
        found = self.filtered_domain(self._lying_domain())
        for entry in self:
            entry.lies_too_long = entry in found

    @api.model
    def _search_lies_too_long(self, operator, value):
        if operator != "in":
            return NotImplemented
        lying = self._lying_domain()
        return lying if True in value else ~lying

    # ------------------------------------------------------------------
    # Which entries
    # ------------------------------------------------------------------

    @api.model
    def _expand_states(self, states, domain):
        """Return the states that there are in the order of the steps, for the columns of a board."""
        return [state for state, _label in STATES if state in states]

    @api.model
    def _step_labels(self):
        return {**super()._step_labels(), False: self.env._("Platform's Entry")}

    def _steps(self) -> tuple[str, ...]:
        """Return the steps of the entry's kind, from the first one to the one that counts."""
        return STEPS_OF.get(self.kind, OTHER_STEPS)

    def _following_state(self):
        """Return the step that comes next, False where there is none; no step can be left out (ST-04)."""
        steps = self._steps()
        after = steps[steps.index(self.state) + 1 :] if self.state in steps else ()
        return after[0] if after else False

    def _is_finished(self) -> bool:
        return self.state in FINISHED.get(self.kind, OTHER_FINISHED)

    @api.model
    def _waiting_domain(self):
        """Return the domain of what lies at stations: goods that were bought, and parcels not handed out."""
        buying = Domain("kind", "=", "buying") & Domain("state", "in", ("received", "notified"))
        parcels = Domain("kind", "=", "parcel_in") & Domain("state", "=", "recorded")
        return Domain("source", "=", "station") & (buying | parcels)

    @api.model
    def _lying_domain(self):
        """Return the domain of what lies at stations longer than the days of the parameter."""
        today = china_time.today()
        days = self.env["rural.parameter"].sudo()._value_on("station_waiting_days", today).value
        limit = today - timedelta(days=int(days))
        arrived = Domain("arrived_on", "<", limit) | Domain("arrived_on", "=", False) & Domain("day", "<", limit)
        return self._waiting_domain() & arrived

    # ------------------------------------------------------------------
    # Explanation
    # ------------------------------------------------------------------

    @api.model
    def _explanation_depends(self):
        return (
            "outcome",
            "month",
            "turnover",
            "counted_charge",
            "hint",
            "source",
            "state",
            "linked_id",
            "takes_back_id",
        )

    def _explain(self) -> dict:
        """ST-12: why the entry counts, or why it does not."""
        self.ensure_one()
        sentences = {
            "counts": self.env._(
                "It counts in %(month)s: turnover %(turnover)s, service charge %(charge)s.",
                month=self.month and f"{self.month:%Y-%m}",
                turnover=self._amount(self.turnover),
                charge=self._amount(self.counted_charge),
            ),
            "void": self.env._("It does not count: the station has voided it."),
            "same_as_platform": self.env._("It does not count: the platform's entry of this number counts instead."),
            "same_parcel": self.env._("It does not count: the platform has this parcel, which counts instead."),
            "returned": self.env._("It does not count: the goods came back."),
            "not_finished": self.env._("It does not count yet: it is not handed over, sold or done."),
            "not_open": self.env._("It does not count: the station was not open on that day."),
            "number_twice": self.env._("It does not count: an earlier entry has the same platform number."),
            "parcel_twice": self.env._("It does not count: an earlier entry has the same parcel."),
        }
        inputs = {}
        if self.time:
            inputs[self.env._("Time")] = self._china_time(self.time)
        if self.completed_on:
            inputs[self.env._("Done on")] = f"{self.completed_on}"
        if self.linked_id:
            inputs[self.env._("Linked by hand with")] = self.linked_id.number
        if self.takes_back_id:
            inputs[self.env._("Takes back")] = self.takes_back_id.entry_number or self.takes_back_id.number
        if self.is_replaced:
            inputs[self.env._("Corrected")] = self.env._("a later entry is right")
        if self.hint:
            inputs[self.env._("To look at")] = self._hint_label()
        return {"clause": "ST-12", "inputs": inputs, "sentence": sentences.get(self.outcome, "–")}

    def _hint_label(self) -> str:
        self.ensure_one()
        labels = {
            "not_on_platform": self.env._("the platform does not have this number yet"),
            "possible_double": self.env._("the platform has an entry of the same kind, day and amount"),
            "station": self.env._("the platform has another station"),
            "kind": self.env._("the platform has another kind"),
            "amount": self.env._("the platform has another amount"),
            "charge": self.env._("the platform has another charge"),
            "month": self.env._("the platform has another month"),
        }
        return ", ".join(labels[word] for word in (self.hint or "").split())

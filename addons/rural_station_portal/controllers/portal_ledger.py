import uuid
from datetime import timedelta
from urllib.parse import quote

from dateutil.relativedelta import relativedelta
from werkzeug.exceptions import NotFound

from odoo import fields, http
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.rural_base import china_time
from odoo.addons.rural_portal import page
from odoo.addons.rural_station_ledger.models.rural_station_service import PARCELS

from .page import StationPage

ENTRY = "rural.station.entry"
#: Days that the list goes back unless the reader chooses a month.
RECENT = 31
MONTHS = 13
ICONS = {
    "buying": "fa-shopping-cart",
    "selling": "fa-leaf",
    "bill": "fa-bolt",
    "booking": "fa-ticket",
    "parcel_in": "fa-cube",
    "parcel_out": "fa-paper-plane-o",
    "training": "fa-graduation-cap",
    "notice": "fa-bullhorn",
}
#: What is entered of each kind, in the order of the form; what stands after `more` is hidden until asked for.
FORMS = {
    "buying": ("item", "amount", "charge", "villager", "villager_phone", "more", "quantity", "number", "day"),
    "selling": ("item", "amount", "villager", "villager_phone", "more", "quantity", "charge", "number", "day"),
    "bill": ("item", "amount", "charge", "more", "villager", "number", "day"),
    "booking": ("item", "amount", "charge", "more", "villager", "villager_phone", "number", "day"),
    "training": ("item", "quantity", "more", "day"),
    "notice": ("item", "quantity", "more", "day"),
}
#: What a form may send beside, for each step.
STEP_FIELDS = {
    "ordered": ("amount", "charge", "number"),
    "received": ("shelf",),
    "notified": ("villager_phone", "shelf"),
    "handed_over": ("code",),
    "negotiated": ("amount",),
    "listed": ("amount", "number"),
    "sold": ("amount", "number"),
    "done": ("code",),
}
TEXTS = ("item", "amount", "charge", "villager", "villager_phone", "quantity", "number", "day", "courier", "shelf")


def filled(given, names):
    """Return what a form has sent under some names, without what was left empty."""
    values = {name: (given.get(name) or "").strip() for name in names}
    return {name: value for name, value in values.items() if value}


class StationEntries(StationPage):
    """Mixed into controllers of entries: whose an entry is, and the page of one."""

    def _my_entry(self, entry_id):
        """Return an entry of the reader's own stations, to be shown, and its station.

        :raises NotFound: for any other one
        """
        entry = page.get_visible(ENTRY, entry_id)
        return entry, self._my_station(entry.station_id.id)

    def _show_entry(self, entry, station, errors=(), entered=None):
        readable = entry.sudo(False)
        next_state = entry.next_state if not station._has_ended() else False
        return self._show(
            "entry_page",
            "station_parcels" if entry.kind in PARCELS else "station_ledger",
            station=station,
            entry=entry,
            steps=entry._steps() if entry.is_by_hand else (),
            labels=dict(request.env[ENTRY]._fields["state"]._description_selection(request.env)),
            next_state=next_state,
            step_fields=STEP_FIELDS.get(next_state, ()),
            notice=self._notice(readable) if entry.pickup_code and not station._has_ended() else None,
            may_leave=self._may_leave(entry) if entry.is_by_hand and not station._has_ended() else (),
            icon=ICONS[entry.kind],
            errors=errors,
            entered=entered or {"amount": f"{entry.amount:.2f}"},
        )

    def _notice(self, entry):
        """Return the notice for the villager, with an address that opens the telephone's own messages."""
        notice = entry._pickup_notice()
        return {**notice, "sms": f"sms:{notice['phone']}?body={quote(notice['text'])}"}

    def _may_leave(self, entry):
        """Return how an entry can leave its path: `return`, `exchange`, `void`, `amend`."""
        ways = [way for way in ("return", "exchange", "amend", "void") if entry[f"can_{way}"]]
        if entry.kind == "buying" and entry.state == "notified":
            ways.append("exchange")  # against the code, which the villager has
        return ways


class StationLedger(StationEntries, http.Controller):
    @http.route(
        ["/my/station/ledger", "/my/station/ledger/page/<int:number>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def ledger(self, number=1, kind="", show="", month="", **_arguments):
        """Show the station's ledger by day, with what is not finished first to hand (ST-12)."""
        station = self._my_station()
        kinds = dict(request.env[ENTRY]._fields["kind"]._description_selection(request.env))
        arguments = {"kind": kind if kind in kinds else "", "show": show, "month": month}
        domain = Domain("station_id", "=", station.id) & self._shown(show, month)
        if arguments["kind"]:
            domain &= Domain("kind", "=", kind)
        listed = page.paged(ENTRY, domain, "day desc, id desc", "/my/station/ledger", number, arguments)
        return self._show(
            "ledger_page",
            "station_ledger",
            station=station,
            kinds=kinds,
            icons=ICONS,
            months=self._months(),
            days=listed["records"].grouped("day"),
            today=china_time.today(),
            **listed,
        )

    def _shown(self, show, month):
        today = china_time.today()
        if show == "open":
            return self._unfinished() & Domain("day", ">=", today - relativedelta(years=1))
        if show == "today":
            return Domain("day", "=", today)
        if bounds := self._bounds(month):
            return Domain("day", ">=", bounds[0]) & Domain("day", "<", bounds[1])
        return Domain("day", ">=", today - timedelta(days=RECENT))

    def _unfinished(self):
        return Domain("source", "=", "station") & Domain("outcome", "=", "not_finished")

    def _bounds(self, month):
        try:
            first = fields.Date.to_date(f"{month}-01")
            return first, first + relativedelta(months=1)
        except (OverflowError, ValueError):
            return None

    def _months(self):
        first = china_time.today().replace(day=1)
        return [f"{first - relativedelta(months=back):%Y-%m}" for back in range(MONTHS)]

    @http.route("/my/station/ledger/new", type="http", auth="user", website=True, readonly=True)
    def choose_kind(self, **_arguments):
        """Ask what kind of service it is: the first of three taps."""
        services = request.env["rural.station.service"].sudo().search([])
        return self._show(
            "choose_kind_page", "station_ledger", station=self._my_station(), services=services, icons=ICONS
        )

    @http.route("/my/station/ledger/new/<string:kind>", type="http", auth="user", website=True, methods=["GET", "POST"])
    def begin(self, kind, station=None, token="", done="", **given):
        """Ask what it is and what it costs, and take it: the second and the third tap."""
        if kind in PARCELS:
            return request.redirect(f"/my/station/parcels/{kind.removeprefix('parcel_')}")
        if kind not in FORMS:
            raise NotFound()
        own, errors = self._my_station(station), []
        entered = filled(given, TEXTS)
        if request.httprequest.method == "POST":
            at_once = {"done": True} if done else {}
            with page.refusals(errors):
                entry = own._begin_entry(kind, {**entered, **at_once, "token": token[:64] or None})
            if not errors:
                return request.redirect(f"/my/station/ledger/{entry.id}?done=begun")
        return self._show(
            "begin_page",
            "station_ledger",
            station=own,
            kind=kind,
            kind_label=dict(request.env[ENTRY]._fields["kind"]._description_selection(request.env))[kind],
            icon=ICONS[kind],
            names=FORMS[kind],
            one_step=kind not in ("buying", "selling"),
            examples=self._examples(kind),
            token=token or uuid.uuid4().hex,
            today=china_time.today(),
            entered=entered,
            errors=errors,
        )

    def _examples(self, kind):
        """Return words that one tap fills in."""
        words = {
            "bill": (request.env._("Electricity"), request.env._("Water"), request.env._("Phone credit")),
            "booking": (request.env._("Train ticket"), request.env._("Doctor"), request.env._("Coach")),
        }
        return words.get(kind, ())

    @http.route("/my/station/ledger/<int:entry_id>", type="http", auth="user", website=True, readonly=True)
    def entry(self, entry_id, **_arguments):
        """Show an entry, how far it is, and what comes next."""
        return self._show_entry(*self._my_entry(entry_id))

    @http.route("/my/station/ledger/<int:entry_id>/advance", type="http", auth="user", website=True, methods=["POST"])
    def advance(self, entry_id, state="", **given):
        """Take the next step (ST-04)."""
        vals = filled(given, STEP_FIELDS.get(state, ()))
        return self._step(entry_id, given, state, lambda entry: entry._advance(state, **vals))

    @http.route("/my/station/ledger/<int:entry_id>/return", type="http", auth="user", website=True, methods=["POST"])
    def take_back(self, entry_id, reason="", **given):
        """Take goods back."""
        vals = filled(given, ("quantity", "amount", "charge", "number"))
        return self._step(entry_id, given, "returned", lambda entry: entry._return(reason, **vals))

    @http.route("/my/station/ledger/<int:entry_id>/exchange", type="http", auth="user", website=True, methods=["POST"])
    def exchange(self, entry_id, reason="", code="", **given):
        """Exchange goods against the pick-up code, or after they were handed over."""
        return self._step(entry_id, given, "exchanged", lambda entry: entry._exchange(reason, code or None))

    @http.route("/my/station/ledger/<int:entry_id>/void", type="http", auth="user", website=True, methods=["POST"])
    def void(self, entry_id, reason="", **given):
        """Make an entry void that was a mistake."""
        return self._step(entry_id, given, "void", lambda entry: entry._void(reason))

    @http.route("/my/station/ledger/<int:entry_id>/amend", type="http", auth="user", website=True, methods=["POST"])
    def amend(self, entry_id, **given):
        """Put right what was typed wrong."""
        vals = filled(given, ("item", "quantity", "amount", "charge", "number", "courier", "shelf", "villager_phone"))
        return self._step(entry_id, given, "amended", lambda entry: entry._amend(**vals))

    def _step(self, entry_id, given, done, step):
        entry, station = self._my_entry(entry_id)
        errors = []
        with page.refusals(errors):
            step(entry.sudo(False))
        if errors:
            return self._show_entry(entry, station, errors, filled(given, TEXTS))
        return request.redirect(f"/my/station/ledger/{entry_id}?done={done}")

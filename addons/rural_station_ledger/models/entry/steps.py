from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.rural_base import china_time

from ..rural_station_service import WITHOUT_AMOUNT
from .entering import ENTERED, ENTERED_BESIDE
from .entry import STATES_OF

#: What may be entered with a step, beside its day: what becomes known by it.
KNOWN_BY = {
    "ordered": ("item", "quantity", "amount", "charge", "number", "courier"),
    "received": ("courier", "shelf"),
    "notified": ("shelf", "villager_phone"),
    "handed_over": ("number",),
    "negotiated": ("item", "quantity", "amount", "charge"),
    "listed": ("item", "quantity", "amount", "charge", "number"),
    "sold": ("quantity", "amount", "charge", "number"),
    "done": ("amount", "charge", "number"),
}


class RuralStationEntry(models.Model):
    """How an entry goes on, step by step, by its station or by staff (ST-04)."""

    _inherit = "rural.station.entry"

    # ------------------------------------------------------------------
    # For the station's telephone and for staff
    # ------------------------------------------------------------------

    def _advance(self, state, **vals):
        """Take the next step of an entry; none can be left out (ST-04).

        A parcel that has come in is `notified` without another state; it is then handed out (`done`) by its code.

        :param str state: that it comes to
        :param vals: what becomes known by the step (number, amount, charge, courier, shelf …), `code` where goods are
            handed over, `day` if it was not today
        :raises AccessError: for whoever is neither the station's partner nor staff
        :raises UserError: out of turn, with a wrong code, or with values that no file may have either
        """
        entry = self._keeping()
        if state == "notified" and entry.kind == "parcel_in":
            entry._check_state("recorded")
            entry._notify(vals)
        else:
            entry._take_step(state, vals)

    def _return(self, reason, **vals):
        """Take goods back: before they were handed over the entry ends, afterwards a row below zero follows (ST-12).

        :param vals: `quantity` and `amount`, above zero, of what comes back; all of it if not given; `charge` that is
            paid back too; `number` of the platform's row below zero; `day`
        :return: the row below zero, or the entry itself
        """
        entry = self._keeping()
        reason = entry._check_reason(reason)
        entry._check_kind_comes_back()
        if entry._is_finished() and entry.outcome in ("counts", "same_as_platform"):
            return entry._take_back(reason, vals).with_env(self.env)
        entry._check_stands_alone()
        entry._check_state(*entry._steps()[1:], "exchanged")
        state = "returned" if entry.kind in STATES_OF else "void"
        entry._end(state, self.env._("Returned"), reason, vals.get("day"))
        return self

    def _exchange(self, reason, code=None):
        """Hand over other goods for the same price: against the code, or afterwards (ST-04)."""
        entry = self._keeping()
        reason = entry._check_reason(reason)
        if entry.kind != "buying":
            raise UserError(self.env._("Only what was bought for a villager is exchanged."))
        entry._check_state("notified", "handed_over")
        if entry.state == "handed_over":
            entry._check_stands_alone()
            entry._change({"state": "exchanged"}, self.env._("Exchanged"), reason)
        else:
            entry._finish("exchanged", {"code": code}, reason)

    def _void(self, reason):
        """Make an entry void that was entered by mistake, as long as no published ranking rests on it."""
        entry = self._keeping()
        reason = entry._check_reason(reason)
        entry._check_is_open_to_change()
        entry._check_state(*entry._steps(), "exchanged")
        entry._end("void", self.env._("Made void"), reason, entry.paid_on)

    def _amend(self, **vals):
        """Put right what was typed wrong, as long as no published ranking rests on it; the step tells what was there.

        :param vals: of item, quantity, amount, charge, number, courier, shelf, villager, villager_phone
        """
        entry = self._keeping()
        entry._check_is_open_to_change()
        entry._check_state(*entry._steps(), "exchanged")
        if unknown := vals.keys() - {*ENTERED, *ENTERED_BESIDE}:
            raise UserError(self.env._("Nobody changes “%s” here.", ", ".join(sorted(unknown))))
        values = entry._changed_values(vals)
        changed = ", ".join(entry._changes(values))
        entry._change(values, self.env._("Changed: %s", changed) if changed else self.env._("Changed"))

    # ------------------------------------------------------------------
    # Who, and from where
    # ------------------------------------------------------------------

    def _keeping(self):
        """Return the entry for a step by its station or by staff, locked until the transaction ends.

        :raises AccessError: for anybody else
        """
        self.ensure_one()
        self.station_id._check_keeps_ledger()
        entry = self.sudo()
        entry._lock_entries(entry.company_id)
        entry._lock_rows()
        entry.invalidate_recordset()
        if not entry.is_by_hand:
            raise UserError(
                self.env._(
                    "%s has come with a file, and goes on by the next one. Here it is linked or corrected only.",
                    entry.display_name,
                )
                if entry.source == "station"
                else self.env._("%s is the platform's. It changes by the platform's file only.", entry.display_name)
            )
        return entry

    def _is_ranked(self) -> bool:
        """Tell whether a published ranking rests on the entry (ST-07)."""
        published = self.env["rural.station.ranking"].sudo()
        return self.outcome == "counts" and bool(
            published.search_count([("company_id", "=", self.company_id.id), ("month", "=", self.month)], limit=1)
        )

    def _check_stands_alone(self):
        """Refuse to change what takes another entry back, has been taken back, or belongs to a correction."""
        if self.corrects_id or self.takes_back_id or self.is_replaced or self._taken_back():
            raise UserError(
                self.env._(
                    "%s belongs to a correction, or goods of it came back: it stays as it is.", self.display_name
                )
            )

    def _is_open_to_change(self) -> bool:
        """Tell whether what was typed may be changed: nothing rests on it yet."""
        alone = not (self.corrects_id or self.takes_back_id or self.is_replaced or self._taken_back())
        return alone and (self.kind in WITHOUT_AMOUNT or not self._is_ranked())

    def _check_is_open_to_change(self):
        """Refuse to change what a published ranking rests on, or what other entries rest on."""
        self._check_stands_alone()
        if self.kind not in WITHOUT_AMOUNT and self._is_ranked():
            raise UserError(
                self.env._(
                    "The ranking of %(month)s is published and rests on %(entry)s. The service center corrects "
                    "it: the entry stays, and a new edition follows.",
                    month=f"{self.month:%Y-%m}",
                    entry=self.display_name,
                )
            )

    def _check_day(self, day):
        """Refuse a station that finishes something in a month whose ranking is published; staff may, and it shows."""
        if self._is_system() or self._is_in_group("rural_base.group_operations"):
            return
        month = fields.Date.to_date(day).replace(day=1)
        rankings = self.env["rural.station.ranking"].sudo()
        if rankings.search_count([("company_id", "=", self.company_id.id), ("month", "=", month)], limit=1):
            raise UserError(
                self.env._("The ranking of %s is published. Ask the service center to enter it.", f"{month:%Y-%m}")
            )

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def _take_step(self, state, vals):
        following = self._following_state()
        if state != following:
            labels = self._step_labels()
            raise UserError(
                self.env._(
                    "%(entry)s is “%(state)s”. What comes next is: %(next)s.",
                    entry=self.display_name,
                    state=labels[self.state],
                    next=labels[following] if following else self.env._("nothing any more"),
                )
            )
        if state == "notified":
            self._notify(vals)
        elif state == self._steps()[-1]:
            self._finish(state, vals)
        else:
            self._go_on(state, vals)

    def _go_on(self, state, vals):
        """Take a step between the first one, the notice and the last one."""
        values = self._known_values(state, vals)
        if state == "ordered":
            values["paid_on"] = vals.get("day") or china_time.today()
        if state == "received":
            values["arrived_on"] = vals.get("day") or china_time.today()
        self._change(values, self._step_labels()[state])

    def _notify(self, vals):
        """Tell the villager that goods or a parcel wait, by a notice with a code; again, the code stays."""
        state = "notified" if self.kind == "buying" else self.state
        values = self._known_values(state, vals, "notified")
        code = self.pickup_code or self._new_pickup_code()
        self._change({**values, "pickup_code": code, "notified_at": fields.Datetime.now()}, self.env._("Villager told"))

    def _finish(self, state, vals, reason=None):
        day = vals.get("day") or china_time.today()
        vals = {**vals}
        code = vals.pop("code", None)
        if self.kind in ("buying", "parcel_in"):
            self._check_pickup_code(code)
        values = self._known_values(state, {**vals, "completed_on": day})
        self._check_day(values["completed_on"])
        values["pickup_code"] = False
        if self.kind != "buying":
            values["paid_on"] = values["completed_on"]
        self._change(values, self._step_labels()[state], reason)

    def _end(self, state, note, reason, day=None):
        """Leave the path: what was paid is paid back."""
        values = {"state": state, "pickup_code": False}
        if self.paid_on and not self.paid_back_on:
            values["paid_back_on"] = day or china_time.today()
        self._change(values, note, reason)

    def _change(self, values, note, reason=None):
        before = self._touched_rows()
        self.write(values)
        self._log(note, reason)
        self._judge_changed(before)

    def _known_values(self, state, vals, step=None) -> dict:
        """Return the values of the entry after a step, by the rules of the file."""
        known = {*KNOWN_BY.get(step or state, ()), "completed_on"}
        given = {name: value for name, value in vals.items() if name in known and value not in (None, False)}
        unknown = vals.keys() - known - {"day"}
        if unknown:
            raise UserError(self.env._("This step does not take “%s”.", ", ".join(sorted(unknown))))
        return self._changed_values({**given, "state": state})

    def _changed_values(self, vals, **options) -> dict:
        """Return the values of the entry with some that were typed, by the rules of the file."""
        names = ("kind", "state", "day", "completed_on", "entry_number", *ENTERED)
        present = {name: self[name] or None for name in names}
        if self.kind not in WITHOUT_AMOUNT:
            present["amount"] = self.amount
        return self._values_of(self.station_id, {**present, **vals}, **options)

    def _changes(self, values):
        """Give what becomes something else, in words; nothing of the villager is told."""
        for name in (*ENTERED, "shelf"):
            if name in ("villager", "villager_phone") or name not in values:
                continue
            field, new = self._fields[name], values[name]
            old = self[name] or None
            new = float(new) if field.type in ("float", "monetary") and new is not None else new or None
            if (old or None) != (new or None):
                label = field._description_string(self.env)
                yield self.env._("%(field)s %(old)s → %(new)s", field=label, old=old or "–", new=new or "–")

    def _check_kind_comes_back(self):
        if self.kind in WITHOUT_AMOUNT:
            raise UserError(self.env._("Nothing of this kind can be taken back. Make it void if it was a mistake."))

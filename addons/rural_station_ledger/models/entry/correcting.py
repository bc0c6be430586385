from decimal import Decimal

from odoo import models
from odoo.exceptions import UserError

from odoo.addons.rural_base import china_time
from odoo.addons.rural_base.amounts import cents

from .entering import ENTERED, ENTERED_BESIDE


class RuralStationEntry(models.Model):
    """Rows below zero: goods that come back, and corrections of what was ranked (ST-07, ST-12)."""

    _inherit = "rural.station.entry"

    def _taken_back(self):
        """Return the rows below zero of goods that came back."""
        return self.search([("takes_back_id", "=", self.id), ("corrects_id", "=", False)]) if self.id else self

    def _take_back(self, reason, vals):
        """Enter a row below zero, which counts in the month of its own day (ST-12)."""
        self._check_kind_comes_back()
        if self.is_replaced or self.takes_back_id:
            raise UserError(self.env._("%s has been corrected or takes something back itself.", self.display_name))
        before = self._taken_back()
        rest = {name: Decimal(str(self[name] + sum(before.mapped(name)))) for name in ("quantity", "amount", "charge")}
        rest["quantity"] = rest["quantity"].quantize(Decimal("0.0001"))
        if rest["quantity"] <= 0:
            raise UserError(self.env._("All of %s has come back already.", self.display_name))
        day = vals.get("day") or china_time.today()
        given = {name: vals.get(name) or cents(rest[name]) for name in ("quantity", "amount", "charge")}
        given["quantity"] = vals.get("quantity") or rest["quantity"]
        row = {"number": vals.get("number"), "day": day, "completed_on": day}
        values = self._row_below_zero(given, row)
        for name in ("quantity", "amount", "charge"):
            if -values[name] > rest[name]:
                label = self._fields[name]._description_string(self.env)
                raise UserError(
                    self.env._(
                        "%(field)s: no more than %(rest)s can come back.", field=label, rest=rest[name].normalize()
                    )
                )
        self._check_day(day)
        entry = self.create({**values, "takes_back_id": self.id, "paid_on": values["completed_on"]})
        entry._log(self.env._("Takes back %s", self.entry_number), reason)
        self._log(self.env._("Taken back by %s", entry.entry_number), reason)
        entry._judge_changed([])
        return entry

    def _row_below_zero(self, given, row) -> dict:
        """Return the values of a row that takes amounts of this entry back."""
        negative = {name: self._negated(value) for name, value in given.items()}
        state = "handed_over" if self.state == "exchanged" else self.state
        number = {"entry_number": self._next_entry_number(self.station_id), "state": state}
        values = self._changed_values({**negative, **row, **number}, taken_back=True)
        return {**values, "company_id": self.company_id.id, "source": "station"}

    def _negated(self, value) -> str:
        text = f"{value}".strip()
        return text[1:] if text.startswith("-") else f"-{text}"

    def _correct(self, reason, **vals):
        """Put an entry right on which a published ranking rests: a row takes it back, another one is right.

        Both count in the month of the entry, so that its ranking gets a new edition; the entry stays as it is.

        :param vals: what is right: item, quantity, amount, charge, number, courier; nothing if all of it is wrong
        :return: the row that is right; an empty record if there is none
        """
        entry = self._holding()
        reason = entry._check_reason(reason)
        if entry.source != "station" or not entry._is_finished() or entry.is_replaced or entry.takes_back_id:
            raise UserError(self.env._("%s is nothing that a correction can put right.", entry.display_name))
        if entry._taken_back():
            raise UserError(self.env._("%s has been taken back: enter what is right anew.", entry.display_name))
        entry._check_kind_comes_back()
        if not entry._is_ranked():
            raise UserError(
                self.env._("No published ranking rests on %s: change it, or make it void.", entry.display_name)
            )
        return entry._enter_correction(reason, vals).with_env(self.env)

    def _enter_correction(self, reason, vals):
        if unknown := vals.keys() - {*ENTERED, *ENTERED_BESIDE}:
            raise UserError(self.env._("Nobody changes “%s” here.", ", ".join(sorted(unknown))))
        first = self.corrects_id or self
        shared = {"corrects_id": first.id, "linked_id": self.linked_id.id, "paid_on": self.paid_on}
        before = self._touched_rows()
        given = {name: cents(self[name]) for name in ("amount", "charge")} | {"quantity": self.quantity}
        below = self.create(
            {**self._row_below_zero(given, {}), **shared, "takes_back_id": self.id, "is_replaced": True}
        )
        right = self.browse()
        if vals:
            number = self._next_entry_number(self.station_id)
            values = self._changed_values({**vals, "entry_number": number})
            right = self.create({**values, **shared, "company_id": self.company_id.id, "source": "station"})
        self.is_replaced = True
        below._log(self.env._("Takes back %s for a correction", self.entry_number), reason)
        right._log(self.env._("Corrects %s", self.entry_number), reason)
        self._log(self.env._("Corrected"), reason)
        (self | below | right)._judge_changed(before)
        return right

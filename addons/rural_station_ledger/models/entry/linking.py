from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

LINKERS = ("rural_base.group_operations",)


class RuralStationEntry(models.Model):
    """A person says which of the platform's entries is the same service as one of a station (ST-12)."""

    _inherit = "rural.station.entry"

    def _holding(self):
        """Return an entry for a person of staff, locked until the transaction ends, however it came.

        :raises AccessError: for anybody else
        """
        self.ensure_one()
        self._check_group(*LINKERS)
        self.check_access("read")
        entry = self.sudo()
        entry._lock_entries(entry.company_id)
        entry._lock_rows()
        entry.invalidate_recordset()
        return entry

    def _twins(self):
        """Return the platform's entries that may be the same service: station, kind, day and amount are the same."""
        self.ensure_one()
        if self.source != "station" or self.number or self.linked_id:
            return self.browse()
        same = [
            ("source", "=", "platform"),
            ("station_id", "=", self.station_id.id),
            ("kind", "=", self.kind),
            ("day", "=", self.completed_on),
            ("amount", "=", self.amount),
        ]
        return self.search(same).filtered(lambda twin: not twin._namesakes())

    def _differences_from(self, platform) -> str:
        """Return in words what this entry and one of the platform have that is not the same."""
        lines = []
        for name in ("station_id", "kind", "item", "quantity", "amount", "charge"):
            own, theirs = (entry._shown_value(name) for entry in (self, platform))
            if own != theirs:
                label = self._fields[name]._description_string(self.env)
                lines.append(
                    self.env._("%(field)s: here %(own)s, platform %(theirs)s", field=label, own=own, theirs=theirs)
                )
        own, theirs = self.completed_on or self.day, platform.day
        if own != theirs:
            lines.append(self.env._("Day: here %(own)s, platform %(theirs)s", own=own, theirs=theirs))
        return "\n".join(lines) or self.env._("Nothing differs.")

    def _shown_value(self, name) -> str:
        field = self._fields[name]
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(self[name], "–")
        if field.type == "monetary":
            return self._amount(self[name])
        return self[name].display_name if field.relational else f"{self[name] or '–'}"

    def _namesakes(self):
        """Return the stations' entries that name this one of the platform, or are linked with it."""
        self.ensure_one()
        named = Domain("number", "=", self.number) & Domain("company_id", "=", self.company_id.id)
        return self.search(Domain("source", "=", "station") & (named | Domain("linked_id", "=", self.id)))

    def _link(self, platform):
        """Say that the platform's entry is the same service: it alone counts; an undo is possible (ST-12).

        :raises UserError: naming the entry that has it already
        """
        entry, platform = self._holding(), platform.sudo()
        family = entry._family()
        if entry.source != "station" or entry.linked_id or entry.state == "void":
            raise UserError(self.env._("%s cannot be linked.", entry.display_name))
        if platform.source != "platform" or platform.company_id != entry.company_id:
            raise UserError(self.env._("Link it with an entry of the platform."))
        if platform not in entry._twins() and not platform._namesakes():
            raise UserError(
                self.env._(
                    "%(platform)s is not the same service as %(entry)s: station, kind, day and amount must be the "
                    "same.",
                    platform=platform.display_name,
                    entry=entry.display_name,
                )
            )
        if taken := platform._namesakes() - family:
            raise UserError(
                self.env._(
                    "%(platform)s belongs to %(entry)s already.",
                    platform=platform.display_name,
                    entry=taken[:1].display_name,
                )
            )
        family._write_link(platform, self.env._("Linked with %s", platform.number))

    def _unlink_from_platform(self, reason=None):
        """Take a link back: both count again until somebody knows better."""
        entry = self._holding()
        if not entry.linked_id:
            raise UserError(self.env._("%s is not linked.", entry.display_name))
        number = entry.linked_id.number
        entry._family()._write_link(self.browse(), self.env._("Link with %s taken back", number), reason)

    def _write_link(self, platform, note, reason=None):
        touched = self | self.linked_id | platform
        before = touched._touched_rows()
        self.write({"linked_id": platform.id})
        self._log(note, reason)
        touched._judge_changed(before)

    def _family(self):
        """Return the entry with its corrections: they are one service."""
        first = self.corrects_id or self
        return first | self.search([("corrects_id", "=", first.id)])

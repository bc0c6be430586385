from datetime import date, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date, format_list

from .. import china_time

#: A model of another addon adds them again, so that they are terms of that addon and translated with it.
STATES = [
    ("requested", "To Be Confirmed"),
    ("confirmed", "Applies"),
    ("refused", "Refused"),
    ("replaced", "Replaced"),
]


class RuralVersionMixin(models.AbstractModel):
    """A dated version that people write freely for days to come, and with a second person for days that are over.

    A version whose first day lies before today begins as asked for, with a reason, and counts only once somebody
    else has confirmed it; it then takes the place of the version with the same first day, and ends an earlier one.
    What has begun to apply stays as it is, up to its last day, which may move among days to come. Records and files
    of the system (superuser) apply at once.
    """

    _name = "rural.version.mixin"
    _inherit = ["rural.dated.mixin", "rural.request.mixin"]
    _description = "Dated version that a second person confirms"
    _rejected_state = "refused"
    _dated_states = ("confirmed",)
    #: fields, beside the last day, that say what applies
    _version_fields: tuple[str, ...] = ()
    #: whether one of days to come ends, as it is entered, the version that applies until further notice
    _ends_open = False

    state = fields.Selection(
        STATES,
        default=lambda self: "confirmed" if self.env.su else "requested",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    reason = fields.Text(copy=False, help="Why the past changes. Needed if the first day lies before today.")
    reaches_past = fields.Boolean(compute="_compute_reaches_past", help="Whether its first day lies before today.")

    change_text = fields.Text(
        "What Changes", compute="_compute_change_text", help="What a version that waits replaces and touches."
    )

    @api.depends(lambda self: ("state", "valid_from", "valid_to", *self._dated_key, *self._version_fields))
    @api.depends_context("lang")
    def _compute_change_text(self):
        for version in self:
            waits = version._origin.id and version.state == self._request_state and version.valid_from
            sentences = [*version._describe_changes(), *version._room_sentences()] if waits else ()
            version.change_text = "\n".join(sentences)

    def _describe_changes(self) -> list[str]:
        """Return sentences about what a version that waits replaces, for whoever confirms it."""
        self.ensure_one()
        sentences = []
        for other in self._overlapping("confirmed").sorted("valid_from"):
            values = [
                self.env._("%(field)s %(before)s → %(after)s", field=label, before=before, after=after)
                for name in self._version_fields
                for label, before, after in [
                    (
                        self._fields[name]._description_string(self.env),
                        other._version_text(name),
                        self._version_text(name),
                    )
                ]
                if before != after
            ]
            sentences.append(
                self.env._(
                    "Now %(days)s: %(changes)s",
                    days=self._days_text(other.valid_from, other.valid_to),
                    changes=format_list(self.env, values) if values else self.env._("only the days change"),
                )
            )
        return (
            [*sentences, *self._describe_days()] if sentences else [self.env._("Nothing applies on these days so far.")]
        )

    def _describe_days(self) -> list[str]:
        """Return sentences about days on which nothing applies any more, or something for the first time (SC-08)."""
        days, known, sentences = timedelta(days=1), self._overlapping("confirmed").sorted("valid_from"), []
        last_day, free_day = self.valid_to or date.max, self.valid_from
        for other in known:
            if other.valid_from > free_day:
                sentences.append(self._days_begin_message(free_day, other.valid_from - days))
            if other.valid_to and other.valid_to < date.max:
                free_day = max(free_day, other.valid_to + days)
            else:
                free_day = None
                break
        if free_day and free_day <= last_day:
            sentences.append(self._days_begin_message(free_day, self.valid_to))
        for other in known.filtered(self._replaces):
            if (other.valid_to or date.max) > last_day:
                sentences.append(
                    self.env._(
                        "Nothing applies any more on the days %s.",
                        self._days_text(last_day + days, other.valid_to),
                    )
                )
        return sentences

    def _days_begin_message(self, first, last) -> str:
        return self.env._("It applies for the first time on the days %s.", self._days_text(first, last))

    def _days_text(self, first, last) -> str:
        if not last:
            return self.env._("from %s on", format_date(self.env, first))
        return f"{format_date(self.env, first)} – {format_date(self.env, last)}"

    def _version_text(self, name) -> str:
        """Hook: return a value that applies as a person reads it."""
        value = self[name]
        return value.display_name or "" if isinstance(value, models.BaseModel) else f"{value or 0:g}"

    @api.depends("valid_from")
    def _compute_reaches_past(self):
        today = china_time.today()
        for version in self:
            version.reaches_past = bool(version.valid_from) and version.valid_from < today

    @api.model_create_multi
    def create(self, vals_list):
        """Enter versions; those that reach into the past wait for a second person (SC-08).

        Where `_ends_open` says so, one from a day to come on ends the version that applies until further notice.

        :raises UserError: if such a version has no reason
        """
        versions = super().create(vals_list)
        if self.env.su:
            return versions
        past = versions.filtered("reaches_past")
        for version in past:
            version._check_room()
            if not (version.reason or "").strip():
                raise UserError(
                    self.env._(
                        "%(version)s reaches into days that are over: give the reason. It counts once somebody else "
                        "has confirmed it.",
                        version=version.display_name,
                    )
                )
        for version in versions - past:
            taken_over = version._overlapping("confirmed").filtered(version._ends_at_once)
            taken_over._end_before(version.valid_from)
            version.sudo().state = "confirmed"
        return versions

    def write(self, vals):
        """Change versions of days to come; what has begun to apply is replaced, not changed (SC-08)."""
        if not self.env.su:
            self.check_access("write")
            for version in self:
                version._check_version_may_change(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_past(self):
        if self.env.su:
            return
        for version in self:
            if version.state in ("confirmed", "replaced") and version.reaches_past:
                raise UserError(version._past_message())
            version._check_own_request()

    @api.model
    def _valid_on(self, day):
        """Return the domain of the versions that apply on that day."""
        return super()._valid_on(day) & fields.Domain("state", "=", "confirmed")

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def action_correct(self):
        """Begin a version that takes the place of this one, once a second person has confirmed it."""
        self.ensure_one()
        self.check_access("create")
        names = ("valid_from", "valid_to", *self._dated_key, *self._version_fields)
        values = self._convert_to_write({name: self[name] for name in dict.fromkeys(names)})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Correct"),
            "res_model": self._name,
            "view_mode": "form",
            "context": {f"default_{name}": value for name, value in values.items()},
        }

    def action_confirm(self):
        """Let versions that somebody else has asked for apply (SC-08)."""
        self._decide("confirmed")

    @api.model
    def _reason_steps(self):
        steps = super()._reason_steps()
        steps["reject"] |= {
            "title": self.env._("Refuse"),
            "button": self.env._("Refuse"),
            "help": self.env._("The version never applies; it is kept with your reason."),
        }
        return steps

    def _check_may_decide(self, state):
        result = super()._check_may_decide(state)
        for version in self.sudo() if state == "confirmed" else ():
            version._make_room()
        return result

    def _make_room(self):
        """Replace the version with the same first day and those within, and end an earlier one the day before."""
        for other in self._versions_taken():
            if self._replaces(other):
                other.state = "replaced"
            else:
                other._end_before(self.valid_from)

    def _end_before(self, first_day):
        """End versions on the day before another one begins, in the rights of the user: one that must not refuses."""
        self.valid_to = first_day - timedelta(days=1)

    def _room_sentences(self) -> list[str]:
        """Return what becomes of each version that applies now, once this one is confirmed (see `_make_room`)."""
        return [
            self.env._("%s is replaced.", other.display_name)
            if self._replaces(other)
            else self.env._(
                "%(version)s ends on %(day)s.",
                version=other.display_name,
                day=format_date(self.env, self.valid_from - timedelta(days=1)),
            )
            for other in self._versions_taken().sorted("valid_from")
        ]

    def _check_room(self):
        """Refuse a request beside another one for the same days, or within a version that goes on after it.

        :raises ValidationError: naming what is in the way
        """
        waiting = self._overlapping("requested")
        lasting = self._overlapping("confirmed") - self._versions_taken()
        for other in waiting | lasting:
            raise ValidationError(self._overlap_message(self, other))

    def _overlapping(self, state):
        self.ensure_one()
        days = fields.Domain("valid_to", "=", False) | fields.Domain("valid_to", ">=", self.valid_from)
        if self.valid_to:
            days &= fields.Domain("valid_from", "<=", self.valid_to)
        same_key = fields.Domain.AND(fields.Domain(name, "=", self[name].id) for name in self._dated_key)
        return self.search(days & same_key & fields.Domain("state", "=", state) & fields.Domain("id", "!=", self.id))

    def _versions_taken(self):
        """Return the versions that apply until this one is confirmed, which then replaces or ends them."""
        return self._overlapping("confirmed").filtered(lambda other: self._replaces(other) or self._ends(other))

    def _replaces(self, other) -> bool:
        is_within = other.valid_from > self.valid_from and (other.valid_to or date.max) <= (self.valid_to or date.max)
        return other.valid_from == self.valid_from or is_within

    def _ends(self, other) -> bool:
        return other._is_ended_by(self.valid_from, self.valid_to)

    def _ends_at_once(self, other) -> bool:
        """Hook: tell whether a version of days to come ends an earlier one as it is entered (SC-08).

        By default none does, or the one without a last day where it takes over until further notice as well.
        """
        return self._ends_open and not (self.valid_to or other.valid_to) and self._ends(other)

    def _is_ended_by(self, first_day, last_day) -> bool:
        """Tell whether this version ends where another one begins within it and lasts at least as long."""
        return self.valid_from < first_day <= (self.valid_to or date.max) <= (last_day or date.max)

    # ------------------------------------------------------------------
    # What may change
    # ------------------------------------------------------------------

    def _check_version_may_change(self, vals):
        self._check_own_request()
        if self.state == "confirmed" and "reason" in vals and (vals["reason"] or "") != (self.reason or ""):
            raise UserError(
                self.env._(
                    "%s applies, and its reason stays as it was read by whoever confirmed it (SC-08).",
                    self.display_name,
                )
            )
        changed = self._changed_by(vals)
        if self.state != "confirmed" or not changed:
            return
        today = china_time.today()
        first_days = {self.valid_from, fields.Date.to_date(vals.get("valid_from", self.valid_from))}
        last_days = {self.valid_to or date.max, fields.Date.to_date(vals.get("valid_to", self.valid_to)) or date.max}
        if changed == ["valid_to"]:
            first_day_touched = min(last_days) + timedelta(days=1)
        else:
            first_day_touched = min(first_days - {None, False})
        if first_day_touched < today:
            raise UserError(self._past_message())

    def _check_own_request(self):
        if self.state == "requested" and self.env.user not in (self.requested_by_id, self.create_uid):
            raise UserError(
                self.env._("%s waits for a second person: confirm or refuse it as it is.", self.display_name)
            )
        if self.state in ("refused", "replaced"):
            raise UserError(self.env._("%s is kept as it is.", self.display_name))

    def _changed_by(self, vals) -> list[str]:
        names = dict.fromkeys((*self._dated_key, *self._version_fields, "valid_from", "valid_to"))
        return [
            name
            for name in names
            if name in vals
            and (field := self._fields[name]).convert_to_record(field.convert_to_cache(vals[name], self), self)
            != self[name]
        ]

    def _past_message(self) -> str:
        return self.env._(
            "%(version)s has applied on days that are over, which stay as they are. Choose “Correct”: the correction "
            "takes a reason and a second person (SC-08).",
            version=self.display_name,
        )

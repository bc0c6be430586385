from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL, format_list

#: What everybody who may write a record may write in any of its states: its conversation.
CHATTER = frozenset({"activity_ids", "message_follower_ids", "message_ids", "message_partner_ids", "rating_ids"})


class RuralStepMixin(models.AbstractModel):
    """A record that people take from state to state by buttons: who may, from where, and never alone.

    A concrete model has a selection field `state`, or names another one. What is declared readonly is written by
    the steps alone, which work as the superuser after their checks; nobody begins a record in the middle. A
    schedule acts as the system user, for whom the checks of persons do not hold; nobody can log in as that user.
    """

    _name = "rural.step.mixin"
    _description = "Record with steps"
    _step_field = "state"
    #: leaves the fields that are declared readonly to the steps; a model of another app has buttons of its own
    _guards_readonly = True
    #: states in which people change what they enter; None: in every state
    _editable_states: tuple[str, ...] | None = None
    #: fields that people write in the other states too
    _always_writable: frozenset[str] = frozenset()
    #: the only fields that people enter; None: all that are not readonly
    _entered_fields: frozenset[str] | None = None
    #: states in which a record may be deleted; None: the mixin has no say
    _deletable_states: tuple[str, ...] | None = None
    #: fields with the users whose hand is in the record
    _maker_fields: tuple[str, ...] = ("create_uid",)

    # ------------------------------------------------------------------
    # Writing
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Begin records with what people enter; what only steps write is left out, as a value and as a default."""
        if not self._is_guarded():
            return super().create([self._prepare_begin_vals(vals) for vals in vals_list])
        self._check_may_begin(vals_list)
        defaults = {f"default_{name}" for name in self._step_names()}
        context = {key: value for key, value in self.env.context.items() if key not in defaults}
        beginning = self.with_context(context)  # pylint: disable=context-overridden
        vals_list = [self._prepare_begin_vals(self._without_steps(vals)) for vals in vals_list]
        records = super(RuralStepMixin, beginning).create(vals_list)
        return records.with_env(self.env)

    def write(self, vals):
        """Write what people enter, as long as the state allows it.

        :raises UserError: naming a field that only the steps write, or a record that stays as it is
        """
        if self._is_guarded():
            self.check_access("write")
            self._check_entered(vals.keys())
            self._check_may_write(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_deletable(self):
        if self._deletable_states is None:
            return
        labels = self._step_labels()
        for record in self:
            if record[self._step_field] not in self._deletable_states:
                raise UserError(
                    self.env._(
                        "%(record)s is “%(state)s” and is kept for ever.",
                        record=record.display_name,
                        state=labels[record[self._step_field]],
                    )
                )

    @api.model
    def _is_guarded(self) -> bool:
        # A dialog is nobody's record: what it calls checks for itself.
        return self._guards_readonly and not self._transient and not self.env.su

    @api.model
    def _step_names(self) -> set[str]:
        """Return the names of the fields that the steps write, or that follow from the rest."""
        names = {name for name, field in self._fields.items() if field.readonly and field.store}
        if self._entered_fields is not None:
            names |= self._fields.keys() - self._entered_fields - CHATTER
        return names - {"id"}

    @api.model
    def _without_steps(self, vals) -> dict:
        """Return what a person may begin a record with."""
        step_names = self._step_names()
        return {name: value for name, value in vals.items() if name not in step_names}

    def _check_entered(self, names):
        """Refuse names of fields that people do not write, or do not write in this state.

        :raises UserError: naming the field or the record
        """
        names = set(names) - set(models.MAGIC_COLUMNS) - CHATTER
        for name in names & self._step_names():
            label = self._fields[name]._description_string(self.env)
            raise UserError(self.env._("“%s” is written by the buttons only, step by step.", label))
        if self._editable_states is None or not names - self._always_writable:
            return
        labels = self._step_labels()
        for record in self:
            if record[self._step_field] not in self._editable_states:
                raise UserError(
                    self.env._(
                        "%(record)s is “%(state)s” and stays as it is: it goes on by its buttons.",
                        record=record.display_name,
                        state=labels[record[self._step_field]],
                    )
                )

    # ------------------------------------------------------------------
    # Hooks
    # ------------------------------------------------------------------

    @api.model
    def _prepare_begin_vals(self, vals) -> dict:
        """Hook: return what a record begins with, such as a number; also what only steps write."""
        return vals

    @api.model
    def _check_may_begin(self, vals_list):
        """Hook: refuse a person who may not begin such records."""

    def _check_may_write(self, vals):
        """Hook: refuse a person who may not change the records so."""

    @api.model
    def _reason_steps(self) -> dict[str, dict]:
        """Hook: return the steps that ask for nothing but a reason, by name.

        Keys of each: `method` (name of the method that takes the reason), `title` and `button` (what it does), and
        as far as wanted `help` (what will happen), `placeholder`, `day` (whether an accounting date is asked for,
        given to the method as its second argument), `reason` (False: none is asked for, the dialog shows what the
        step concerns), and `line` (name of the method that describes one record there, instead of its name).
        """
        return {}

    # ------------------------------------------------------------------
    # Who
    # ------------------------------------------------------------------

    @api.model
    def _is_system(self) -> bool:
        """Tell whether a schedule acts and not a person."""
        return self.env.uid == api.SUPERUSER_ID

    @api.model
    def _is_in_group(self, *groups) -> bool:
        """Tell whether the user is in one of the groups, given by XML id."""
        return any(self.env.user.has_group(group) for group in groups)

    @api.model
    def _check_group(self, *groups):
        """Refuse who is in none of the groups, given by XML id, whatever the screen showed.

        :raises AccessError: with what is needed
        """
        if self._is_system() or self._is_in_group(*groups):
            return
        needed = self.env["res.groups"].sudo().union(*map(self.env.ref, groups))
        raise AccessError(
            self.env._(
                "%(user)s may not do this: it takes the role %(groups)s.",
                user=self.env.user.name,
                groups=format_list(self.env, needed.mapped("name"), style="or"),
            )
        )

    def _makers(self):
        """Return the users whose hand is in these records: they take no step that needs a second person."""
        records, names = self.sudo(), set(self._maker_fields)
        if "editor_ids" in self._fields:
            names.add("editor_ids")
        return records.env["res.users"].union(*(records[name] for name in names))

    def _check_not_maker(self, *names):
        """Refuse whoever made a record, or took an earlier step of it: the users in the named fields.

        :raises UserError: naming the first record
        """
        self._refuse_earlier_hands(lambda record: record._makers().union(*(record[name] for name in names)))

    def _refuse_earlier_hands(self, users_of):
        if self._is_system():
            return
        for record in self.sudo():
            if self.env.user in users_of(record):
                raise UserError(
                    self.env._(
                        "%(user)s has worked on %(record)s before. Somebody else must take this step.",
                        user=self.env.user.name,
                        record=record.display_name,
                    )
                )

    def _check_asked_by_user(self):
        """Refuse to take back what somebody else has asked for: that is refused, with a reason.

        :raises UserError: naming who asked
        """
        if self._is_system():
            return
        for record in self.sudo():
            asker = record.requested_by_id or record.create_uid
            if asker != self.env.user:
                raise UserError(
                    self.env._(
                        "%(asker)s has asked for %(record)s, and nobody else takes it back. Who decides may refuse it, "
                        "with a reason.",
                        asker=asker.name,
                        record=record.display_name,
                    )
                )

    @api.model
    def _search_offered(self, name, waiting, operator, value):
        """Search a computed field that says whether the reader may take a step, for the `search` of the field.

        :param str name: of the field
        :param waiting: domain of the few records that wait for the step, whoever may take it
        """
        if operator != "in":
            return NotImplemented
        offered = Domain("id", "in", self.search(waiting).filtered(name).ids)
        return offered if True in value else ~offered

    def _begin_step(self, groups, states, *names):
        """Check that the user may take a step of these records now, and let nobody else take one meanwhile.

        :param groups: the roles that take it, by XML id
        :param states: the states from which it is taken
        :param names: fields with the users who took earlier steps, beside the makers
        :raises AccessError: without one of the roles
        :raises UserError: from another state, or for whoever made a record or took an earlier step
        """
        self._check_group(*groups)
        self._lock_rows()
        self._check_state(*states)
        self._check_not_maker(*names)

    # ------------------------------------------------------------------
    # From where
    # ------------------------------------------------------------------

    @api.model
    def _step_labels(self) -> dict[str, str]:
        """Return the states with their names in the reader's language."""
        return dict(self._fields[self._step_field]._description_selection(self.env))

    def _check_state(self, *states):
        """Refuse records in another state.

        :raises UserError: naming the first one
        """
        self.check_access("read")
        labels = self._step_labels()
        for record in self:
            if record[self._step_field] not in states:
                raise UserError(
                    self.env._(
                        "%(record)s is “%(state)s”; this is possible for “%(states)s” only.",
                        record=record.display_name,
                        state=labels[record[self._step_field]],
                        states=", ".join(labels[state] for state in states),
                    )
                )

    def _lock_rows(self):
        """Let nobody else take a step of these records before this transaction ends.

        Whoever waited for another step begins anew with what that one left, as Odoo does with each request and job.
        """
        if self.ids:
            self.flush_recordset([self._step_field])
            self.env.cr.execute(
                SQL("SELECT FROM %s WHERE id = ANY(%s) ORDER BY id FOR UPDATE", SQL.identifier(self._table), self.ids)
            )

    # ------------------------------------------------------------------
    # Questions and answers
    # ------------------------------------------------------------------

    @api.model
    def _check_reason(self, reason) -> str:
        """Return a reason without the spaces around it.

        :raises UserError: without one
        """
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why: this step takes a reason, which is kept."))
        return reason

    def _ask_reason(self, step):
        """Return the action that asks for the reason of a step that `_reason_steps` names."""
        asked = self._reason_steps()[step]
        return {
            "type": "ir.actions.act_window",
            "name": asked["title"],
            "res_model": "rural.step.reason",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_document_model": self._name,
                "default_document_ids": self.ids,
                "default_step": step,
                # Of an action's context, the web client asks for views with these keys only.
                "rural_step_view_ref": f"{self._name}:{step}",
            },
        }

    @api.model
    def _ask(self, wizard, title, **defaults):
        """Return the action that asks for what a step needs: a wizard in a dialog, with values of its fields.

        :raises AccessError: for whoever may not begin the wizard
        """
        self.env[wizard].check_access("create")
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": wizard,
            "view_mode": "form",
            "target": "new",
            "context": {f"default_{name}": value for name, value in defaults.items()},
        }

    @api.model
    def _show_warning(self, message, **params):
        """Return the action that shows a warning until it is closed, over the record as it is now."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
                **params,
            },
        }

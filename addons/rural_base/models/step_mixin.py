from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_list


class RuralStepMixin(models.AbstractModel):
    """A record that people take from state to state by buttons: who may, from where, and never alone.

    A concrete model has a selection field `state`, or names another one. A schedule acts as the system user, for
    whom the checks of persons do not hold; nobody can log in as that user.
    """

    _name = "rural.step.mixin"
    _description = "Record with steps"
    _step_field = "state"
    #: leaves the fields that are declared readonly to the steps; a model of another app has buttons of its own
    _guards_readonly = True

    def write(self, vals):
        """Write what people enter; what is declared readonly only the steps write, as the superuser.

        :raises UserError: naming such a field
        """
        if self._guards_readonly and not self.env.su:
            self.check_access("write")
            for name in (vals.keys() & self._step_names()) - set(models.MAGIC_COLUMNS):
                label = self._fields[name]._description_string(self.env)
                raise UserError(self.env._("“%s” is written by the buttons only, step by step.", label))
        return super().write(vals)

    @api.model
    def _step_names(self) -> set[str]:
        """Return the names of the fields that the steps write, or that follow from the rest."""
        return {name for name, field in self._fields.items() if field.readonly and field.store}

    @api.model
    def _without_steps(self, vals) -> dict:
        """Return what a person may begin a record with, so that nobody begins in the middle."""
        step_names = self._step_names()
        return {name: value for name, value in vals.items() if name not in step_names}

    @api.model
    def _is_system(self) -> bool:
        """Tell whether a schedule acts and not a person."""
        return self.env.uid == api.SUPERUSER_ID

    @api.model
    def _check_group(self, *groups):
        """Refuse who is in none of the groups, given by XML id, whatever the screen showed.

        :raises AccessError: with what is needed
        """
        if self._is_system() or any(self.env.user.has_group(group) for group in groups):
            return
        needed = self.env["res.groups"].sudo().union(*map(self.env.ref, groups))
        raise AccessError(
            self.env._(
                "%(user)s may not do this: it takes the role %(groups)s.",
                user=self.env.user.name,
                groups=format_list(self.env, needed.mapped("name"), style="or"),
            )
        )

    @api.model
    def _ask(self, wizard, title, **defaults):
        """Return the action that asks for what a step needs: a wizard in a dialog, with values of its fields."""
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

    def _check_state(self, *states):
        """Refuse records in another state.

        :raises UserError: naming the first one
        """
        self.check_access("read")
        labels = dict(self._fields[self._step_field]._description_selection(self.env))
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

    def _check_another_person(self, *names):
        """Refuse who has done an earlier step of the record: the users in the named fields (maker and checker).

        :raises UserError: naming the first record
        """
        if self._is_system():
            return
        for record in self.sudo():
            if self.env.user in self.env["res.users"].union(*(record[name] for name in names)):
                raise UserError(
                    self.env._(
                        "%(user)s has worked on %(record)s before. Somebody else must take this step.",
                        user=self.env.user.name,
                        record=record.display_name,
                    )
                )

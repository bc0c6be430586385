from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from .step_mixin import CHATTER


class RuralEditorMixin(models.AbstractModel):
    """A record that keeps for ever who has edited it, so that a later step can be left to somebody else.

    A model whose lines are edited by themselves calls `_add_editor` for them too.
    """

    _name = "rural.editor.mixin"
    _description = "Record that keeps its editors"

    editor_ids = fields.Many2many(
        "res.users", string="Edited By", readonly=True, copy=False, help="Everybody whose hand is in it."
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Begin the list of editors with whoever creates the record; nobody says who they are."""
        if not self.env.su:
            vals_list = [{name: value for name, value in vals.items() if name != "editor_ids"} for vals in vals_list]
        context = {key: value for key, value in self.env.context.items() if key != "default_editor_ids"}
        beginning = self.with_context(context)  # pylint: disable=context-overridden
        records = super(RuralEditorMixin, beginning).create(vals_list).with_env(self.env)
        records._add_editor()
        return records

    def write(self, vals):
        """Write, and add the user to the editors; a step, which works as the superuser, is no edit.

        :raises UserError: for whoever writes the editors themselves
        """
        if "editor_ids" in vals and not self.env.su:
            raise UserError(self.env._("Who has edited a record is kept by itself, and nobody changes it."))
        result = super().write(vals)
        if not self.env.su and vals.keys() - CHATTER - self._not_edited():
            self._add_editor()
        return result

    @api.model
    def _not_edited(self) -> set[str]:
        """Hook: return fields that change by themselves, and make nobody an editor."""
        return {"editor_ids", "message_main_attachment_id"}

    def _add_editor(self):
        """Add the user to the editors of these records, also of those that are never changed otherwise."""
        if self.env.uid == api.SUPERUSER_ID:
            return
        for record in self.sudo().exists():
            if self.env.user not in record.editor_ids:
                # Below the model's own write, which may refuse a change of what has been decided.
                kept = super(RuralEditorMixin, record)
                kept.write({"editor_ids": [Command.link(self.env.uid)]})

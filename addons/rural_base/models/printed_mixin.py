from odoo import models


class RuralPrintedMixin(models.AbstractModel):
    """A record that is printed in Chinese, whatever the reader's language."""

    _name = "rural.printed.mixin"
    _description = "Record that is printed in Chinese"

    def _printed_label(self, name) -> str:
        """Return what a selection field says, as the Chinese translation has it."""
        self.ensure_one()
        chinese = self.with_context(lang="zh_CN")
        return dict(self._fields[name]._description_selection(chinese.env)).get(self[name], "")

    def _printed_state(self) -> str:
        """Return the state in Chinese."""
        return self._printed_label("state")

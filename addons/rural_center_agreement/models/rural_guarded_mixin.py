from odoo import api, models
from odoo.exceptions import UserError


class RuralGuardedMixin(models.AbstractModel):
    """A record with steps whose outcome nobody writes by hand.

    `_draft_fields` names what people write as long as `_is_draft` says so.
    """

    _name = "rural.guarded.mixin"
    _description = "Record whose steps are guarded"
    _inherit = ["rural.step.mixin"]

    _draft_fields: frozenset[str] = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        """Let nobody begin in the middle: what the steps write, and what follows from the rest, is left out."""
        if not self.env.su:
            vals_list = [self._without_steps(vals) for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        """Refuse by hand what was agreed already.

        :raises UserError: for it
        """
        if not self.env.su and self._draft_fields & vals.keys():
            self.check_access("write")
            self._check_draft()
        return super().write(vals)

    def _check_draft(self):
        for record in self:
            if not record._is_draft():
                raise UserError(self.env._("%s is no longer a draft: what was agreed stays.", record.display_name))

    def _is_draft(self) -> bool:
        """Hook: tell whether people may still change what was not agreed yet."""
        return True

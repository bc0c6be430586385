from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _load_profiles(self):
        """The kinds of file that the user may load, and whose loads the user reads; for record rules."""
        self.ensure_one()
        profiles = self.env["rural.load.profile"]
        values = [value for value, _label in self.env["rural.load.run"]._fields["profile"].selection]
        if self.has_group("base.group_system"):
            return values
        return [value for value in values if self.has_group(profiles._for(value)._group)]

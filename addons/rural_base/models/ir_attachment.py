from odoo import api, models
from odoo.exceptions import UserError

#: What changes nothing of a paper.
HARMLESS = {"access_token", "description", "thumbnail"}


class IrAttachment(models.Model):
    """The papers on which something was decided stay as they were (DP-01)."""

    _inherit = "ir.attachment"

    def write(self, vals):
        """Write, but leave the files of what has been decided as they are, and those of fields to their records.

        :raises UserError: naming the record or the file
        """
        if not vals.keys() <= HARMLESS:
            self._check_not_decided_by()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided_by(self):
        self._check_not_decided_by()

    def _check_not_decided_by(self):
        if self.env.uid == api.SUPERUSER_ID:
            return
        models_with_papers = self.env.registry.descendants(["rural.papers.mixin"], "_inherit")
        for file in self.sudo():
            if file.res_field and (file.res_model or "").startswith("rural.") and not self.env.su:
                raise UserError(self.env._("%s stands in a field of its record. Change it there.", file.name))
            if file.res_model in models_with_papers and not file.res_field:
                self.env[file.res_model].sudo().browse(file.res_id).exists()._check_files_open()

import base64

from odoo import api, fields, models


class RuralLoadWizard(models.TransientModel):
    _name = "rural.load.wizard"
    _description = "Load a File"

    profile = fields.Selection(
        selection=lambda self: self.env["rural.load.run"]._fields["profile"]._description_selection(self.env),
        required=True,
    )
    content = fields.Binary("File", required=True, attachment=False)
    file_name = fields.Char()
    column_list = fields.Char("Columns", compute="_compute_column_list")

    @api.depends("profile")
    def _compute_column_list(self):
        for wizard in self:
            columns = self.env["rural.load.profile"]._for(wizard.profile)._columns if wizard.profile else ()
            wizard.column_list = ", ".join(column.heading for column in columns)

    def action_load(self):
        """Load the chosen file and show what came of it."""
        self.ensure_one()
        run = self.env["rural.load.run"]._create_for_file(self.profile, self.file_name, base64.b64decode(self.content))
        return run.action_start()

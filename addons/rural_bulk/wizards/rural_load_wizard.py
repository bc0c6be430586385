from odoo import api, fields, models
from odoo.exceptions import UserError

#: Bytes of the biggest file that is taken; nginx and the browser have to let it pass too.
MOST_BYTES = 512 << 20


class RuralLoadWizard(models.TransientModel):
    _name = "rural.load.wizard"
    _description = "Load a File"

    profile = fields.Selection(selection="_select_profile", string="Kind of File", required=True)
    format_id = fields.Many2one(
        "rural.load.format",
        "File Format",
        domain="[('profile', '=', profile)]",
        help="Empty: the platform's own headings, or the form whose headings the file has.",
    )
    content = fields.Binary("File")
    file_name = fields.Char()
    most_bytes = fields.Integer(default=MOST_BYTES, readonly=True)
    only_tries = fields.Boolean(help="The dialog tries a file format on a file; loading the file is another step.")
    column_list = fields.Char("Columns", compute="_compute_column_list")

    @api.model
    def _select_profile(self):
        return self.env["rural.load.run"]._fields["profile"]._description_selection(self.env)

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Offer the kinds of file that the user may load."""
        result = super().fields_get(allfields, attributes)
        if not self.env.su and "selection" in result.get("profile", {}):
            profiles = self.env.user._load_profiles()
            result["profile"]["selection"] = [item for item in result["profile"]["selection"] if item[0] in profiles]
        return result

    @api.depends("profile", "format_id")
    def _compute_column_list(self):
        for wizard in self:
            columns = self.env["rural.load.profile"]._for(wizard.profile)._columns if wizard.profile else ()
            if wizard.format_id:
                columns = wizard.format_id._adapt(columns)
            wizard.column_list = ", ".join(" / ".join(column.headings) for column in columns)

    @api.onchange("profile")
    def _onchange_profile(self):
        if self.format_id.profile != self.profile:
            self.format_id = False

    def action_load(self):
        """Load the chosen file and show what came of it.

        :raises UserError: in a dialog that only tries
        """
        if self.only_tries:
            raise UserError(self.env._("This dialog only tries the file: press “Try”. Loading is another step."))
        run = self._create_run()
        run.action_start()
        return self._show(run)

    def action_try(self):
        """Check and count the rows of the chosen file, enter nothing, and show what would come of it."""
        run = self._create_run()
        run.action_try()
        return self._show(run)

    def _show(self, run):
        """Show a load by itself, so that the way back does not lead through every load before it."""
        return run._get_records_action(target="main")

    def _create_run(self):
        self.ensure_one()
        attachment = self._file()
        if not attachment:
            raise UserError(self.env._("Choose a file first."))
        name = self.file_name or attachment.name
        return self.env["rural.load.run"]._create_for_attachment(
            self.profile, name, attachment, format_id=self.format_id.id
        )

    def _file(self):
        """The attachment that holds the content."""
        domain = [("res_model", "=", self._name), ("res_field", "=", "content"), ("res_id", "=", self.id)]
        return self.env["ir.attachment"].sudo().search(domain)

    def _keep_file(self, name, content):
        """Keep a file that has been uploaded, in place of one before.

        :param str name: as the person has it
        :param bytes content: its bytes
        """
        self.ensure_one()
        self.check_access("write")
        self._file().unlink()
        self.env["ir.attachment"].sudo().create(
            {
                "name": name,
                "raw": content,
                "mimetype": self.env["rural.load.run"]._mimetype(name),
                "res_model": self._name,
                "res_field": "content",
                "res_id": self.id,
            }
        )

from odoo import api, fields, models
from odoo.exceptions import UserError

#: Bytes of the biggest file that is taken; nginx and the browser have to let it pass too.
MOST_BYTES = 512 << 20


class RuralLoadWizard(models.TransientModel):
    _name = "rural.load.wizard"
    _description = "Load a File"

    profile = fields.Selection(
        selection=lambda self: self.env["rural.load.run"]._fields["profile"]._description_selection(self.env),
        required=True,
    )
    content = fields.Binary("File")
    file_name = fields.Char()
    most_bytes = fields.Integer(default=MOST_BYTES, readonly=True)
    column_list = fields.Char("Columns", compute="_compute_column_list")

    @api.depends("profile")
    def _compute_column_list(self):
        for wizard in self:
            columns = self.env["rural.load.profile"]._for(wizard.profile)._columns if wizard.profile else ()
            wizard.column_list = ", ".join(column.heading for column in columns)

    def action_load(self):
        """Load the chosen file and show what came of it."""
        self.ensure_one()
        attachment = self._file()
        if not attachment:
            raise UserError(self.env._("Choose a file first."))
        name = self.file_name or attachment.name
        return self.env["rural.load.run"]._create_for_attachment(self.profile, name, attachment).action_start()

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

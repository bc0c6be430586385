from odoo import api, fields, models
from odoo.exceptions import UserError


class RuralFilesMixin(models.AbstractModel):
    """A record with files: whoever sees the record sees them.

    A file uploaded before the record was saved belongs to it from then on; nobody can take a file of another record,
    or one that somebody else has uploaded.
    """

    _name = "rural.files.mixin"
    _inherit = ["rural.papers.mixin"]
    _description = "Record with files"
    #: states in which files are taken away or replaced; in the others they are only added; None: no such rule
    _open_file_states: tuple[str, ...] | None = None

    attachment_ids = fields.Many2many("ir.attachment", string="Files", copy=False, bypass_search_access=True)

    @api.model_create_multi
    def create(self, vals_list):
        """Take over what was uploaded for the records."""
        records = super().create(vals_list)
        records._keep_files()
        return records

    def write(self, vals):
        """Take over what was uploaded for the records.

        :raises UserError: for a file of another record, or when one is taken away on which something was decided
        """
        before = {record: record.sudo().attachment_ids for record in self} if "attachment_ids" in vals else {}
        result = super().write(vals)
        for record, files in before.items():
            if files - record.sudo().attachment_ids:
                record._check_files_open()
        if "attachment_ids" in vals:
            self._keep_files()
        return result

    def _decided_by_papers(self):
        if self._open_file_states is None:
            return super()._decided_by_papers()
        return self.filtered(lambda record: record[record._step_field] not in self._open_file_states)

    def _keep_files(self):
        for record in self:
            for file in record.attachment_ids.sudo():
                if (file.res_model, file.res_id) == (record._name, record.id):
                    continue
                own = file.create_uid == self.env.user and not file.res_id and not file.res_field
                if not (own or self.env.su):
                    raise UserError(self.env._("%s belongs to another record. Upload it again.", file.name))
                if own:
                    file.write({"res_model": record._name, "res_id": record.id})

import hashlib
import tempfile
from contextlib import contextmanager, nullcontext
from pathlib import Path

from odoo import api, models
from odoo.exceptions import UserError

#: Nothing is declared as text, or left to be guessed: Odoo would keep all the words once more, for searching.
MIMETYPES = {
    "csv": "application/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
UNKNOWN_MIMETYPE = "application/x-unknown"


class RuralLoadRun(models.Model):
    """The file of a load."""

    _inherit = "rural.load.run"

    @api.model
    def _create_for_file(self, profile, file_name, content):
        """A new load of a file.

        :param str profile: which kind of rows it holds ("orders", …)
        :param str file_name: its name, with .csv or .xlsx
        :param bytes content: its bytes
        """
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .create({"name": file_name, "raw": content, "mimetype": self._mimetype(file_name)})
        )
        return self._create_for_attachment(profile, file_name, attachment)

    @api.model
    def _create_for_attachment(self, profile, file_name, attachment):
        """A new load of a file that is there already, and is the load's from now on."""
        self.env["rural.load.profile"]._for(profile)._check_may_load()
        run = self.sudo().create({"profile": profile, "file_name": file_name, "attachment_id": attachment.id})
        attachment.write(
            {
                "name": file_name,
                "mimetype": self._mimetype(file_name),
                "res_model": self._name,
                "res_field": False,
                "res_id": run.id,
            }
        )
        with run._file_path() as path, open(path, "rb") as stream:
            run.file_hash = hashlib.file_digest(stream, "sha256").hexdigest()
        return run.sudo(False)

    @api.model
    def _mimetype(self, file_name):
        return MIMETYPES.get(file_name.lower().rpartition(".")[2], UNKNOWN_MIMETYPE)

    def _file_path(self):
        """Context of a path where the bytes of the file lie."""
        attachment = self.attachment_id.sudo()
        if not attachment:
            raise UserError(self.env._("The file of this load has been deleted."))
        if attachment.store_fname:
            return nullcontext(Path(attachment._full_path(attachment.store_fname)))
        return _temporary_file(attachment.raw or b"")


@contextmanager
def _temporary_file(content):
    """Context of a path with the given bytes, for attachments that are kept in the database."""
    with tempfile.NamedTemporaryFile() as stream:
        stream.write(content)
        stream.flush()
        yield Path(stream.name)

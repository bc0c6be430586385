from werkzeug.exceptions import BadRequest

from odoo import http
from odoo.http import request

from ..wizards.rural_load_wizard import MOST_BYTES

#: What a form says around the file.
FORM_BYTES = 1 << 16


class Upload(http.Controller):
    @http.route(
        "/rural_bulk/upload/<model('rural.load.wizard'):wizard>",
        type="http",
        auth="user",
        methods=["POST"],
        max_content_length=MOST_BYTES + FORM_BYTES,
    )
    def upload(self, wizard, ufile=None):
        """Take in the file of a wizard, as big as it may be.

        What the web client itself does with files, base64 in JSON, ends at 128 MiB and fills the memory.
        """
        if not ufile:
            raise BadRequest
        wizard._keep_file(ufile.filename, ufile.read())
        return request.make_json_response({})

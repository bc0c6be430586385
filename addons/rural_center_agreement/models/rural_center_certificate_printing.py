import base64
import io

import qrcode

from odoo import models

from .rural_center_agreement_printing import KIND_LABELS

#: Of each square of the code.
DOTS = 10


class RuralCenterCertificate(models.Model):
    _inherit = "rural.center.certificate"

    def _printed_kind(self) -> str:
        return KIND_LABELS[self.kind]

    def _printed_qr(self) -> str:
        """Return the QR code of the public page as the address of a picture."""
        picture = io.BytesIO()
        qrcode.make(self.public_url, box_size=DOTS).save(picture, "PNG")
        return f"data:image/png;base64,{base64.b64encode(picture.getvalue()).decode()}"

    def _printed_file_name(self) -> str:
        return f"授权书-{self.number}"

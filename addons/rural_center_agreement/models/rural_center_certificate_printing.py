import base64

from odoo import models

from .rural_center_agreement_printing import KIND_LABELS

QR_PIXELS = 300


class RuralCenterCertificate(models.Model):
    _inherit = "rural.center.certificate"

    def _printed_kind(self) -> str:
        return KIND_LABELS[self.kind]

    def _printed_qr(self) -> str:
        """Return the QR code of the public page as the address of a picture."""
        picture = self.env["ir.actions.report"].barcode(
            "QR", self.public_url, width=QR_PIXELS, height=QR_PIXELS, barLevel="M"
        )
        return f"data:image/png;base64,{base64.b64encode(picture).decode()}"

    def _printed_file_name(self) -> str:
        return f"授权书-{self.number}"

from odoo import api, models
from odoo.fields import Domain
from odoo.tools.sql import escape_psql

#: Stages of agreements whose center the public is told of.
PUBLIC_STAGES = ("published", "trained", "active", "ended")


class RuralCenterCertificate(models.Model):
    """What anybody may know of a certificate."""

    _inherit = "rural.center.certificate"

    @api.model
    def _notice_domain(self, region="") -> Domain:
        """Return the certificates under public notice: those that hold or will hold, of a region by its name."""
        domain = Domain("agreement_id.stage", "in", PUBLIC_STAGES) & Domain("state", "in", ("valid", "upcoming"))
        if not region:
            return domain
        regions = self.env["rural.region"].sudo()
        meant = regions._recognise(region) or regions.search([("name", "ilike", escape_psql(region))])
        return domain & (
            Domain("region_id", "child_of", meant.ids) | Domain("center_name", "ilike", escape_psql(region))
        )

    def _public_values(self) -> dict:
        """Return what the public pages show; nothing else of the record leaves the house."""
        self.ensure_one()
        center = self.center_id
        suspended = self.state == "valid" and center.state == "suspended"
        agreement = self.agreement_id
        labels = dict(center._fields["kind"]._description_selection(self.env))
        return {
            "number": self.number,
            "center": self.center_name,
            "holder": self.holder_name,
            "kind": labels[self.kind],
            "region": self.region_id.display_name,
            "valid_from": self.valid_from,
            "valid_to": self.valid_to,
            "issued_on": self.issued_on,
            "state": "suspended" if suspended else self.state,
            "revoked_from": self.revoked_from,
            "revoke_reason": self.revoke_reason,
            "published_on": agreement.published_on,
            "working": agreement.stage == "active" and self.state == "valid" and not suspended,
            "company": self.company_id,
            "path": f"/centers/certificate/{self.token}",
        }

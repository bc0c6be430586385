from odoo import models
from odoo.fields import Domain


class RuralStation(models.Model):
    """What the partner of a station sees of deposit and training, and only of the own ones (ST-11)."""

    _inherit = "rural.station"

    def _portal_deposit(self):
        """Return the deposit that the present partner has lodged for the station, to be shown."""
        self.ensure_one()
        deposits = self.env["rural.deposit"].sudo()
        domain = [("station_id", "=", self.id), ("partner_id", "=", self.sudo().partner_id.id)]
        return deposits.search(domain, order="id desc", limit=1)

    def _portal_training_results(self):
        """Return the confirmed results of the station's present partner, to be shown, the latest first."""
        self.ensure_one()
        partner = self.sudo().partner_id
        results = self.env["rural.training.result"].sudo()
        domain = Domain("session_state", "=", "confirmed") & Domain("audience", "=", "station")
        return results.search(domain & self._portal_results_of(partner), order="held_at desc")

    def _portal_results_of(self, partner):
        """Return the domain of a partner's results: as the applicant, or at the station under the own name."""
        domain = Domain("partner_id", "=", partner.id)
        fields = self.env["rural.training.result"]._fields
        if "application_id" in fields:
            domain |= Domain("application_id.partner_id", "=", partner.id)
        if "station_id" in fields:
            domain |= Domain("station_id", "=", self.id) & Domain("person", "=", partner.name)
        return domain

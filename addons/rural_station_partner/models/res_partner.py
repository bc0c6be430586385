from odoo import models
from odoo.exceptions import UserError


class ResPartner(models.Model):
    """A station partner: who it is, and the way to the portal (ST-09, ST-11)."""

    _inherit = "res.partner"

    def _rural_station_identity(self, company):
        """Return the last agreement or application of the person in a company that knows the identity number."""
        self.ensure_one()
        domain = [("partner_id", "=", self.id), ("company_id", "=", company.id), ("id_masked", "!=", False)]
        models_with_identity = ("rural.station.agreement", "rural.station.application")
        for name in models_with_identity:
            if known := self.env[name].sudo().search(domain, order="id desc", limit=1):
                return known
        return self.env[models_with_identity[0]]

    def _rural_invite_station(self, station):
        """Invite the partner of a station to the portal by mail, unless there is an account already.

        :raises UserError: if the e-mail address is missing or belongs to somebody else's account
        """
        self.ensure_one()
        if self.user_ids:
            return
        wizard = (
            self.env["portal.wizard"]
            .with_company(station.company_id)
            .create(
                {
                    "partner_ids": [(6, 0, self.ids)],
                    "welcome_message": self.env._(
                        "Your station %s is open. Here you write its ledger and its daily reports.", station.name
                    ),
                }
            )
        )
        if wizard.user_ids.email_state == "exist":
            raise UserError(
                self.env._(
                    "%(partner)s cannot get a portal account: somebody else logs in with %(email)s. Enter another "
                    "e-mail address.",
                    partner=self.name,
                    email=self.email,
                )
            )
        wizard.user_ids.action_grant_access()

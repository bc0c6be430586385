from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class RuralStation(models.Model):
    """The agreement under which a station is run, and its deposit (ST-01)."""

    _inherit = "rural.station"

    agreement_ids = fields.One2many("rural.station.agreement", "station_id", "Agreements", readonly=True)
    application_ids = fields.One2many("rural.station.application", "station_id", "Applications", readonly=True)
    agreement_id = fields.Many2one(
        "rural.station.agreement",
        compute="_compute_agreement_id",
        search="_search_agreement_id",
        compute_sudo=True,
        help="The one that is not ended.",
    )
    deposit_id = fields.Many2one(
        "rural.deposit",
        compute="_compute_agreement_id",
        compute_sudo=True,
        help="Of the agreement that is not ended, or of the last one.",
    )

    @api.depends("agreement_ids.state", "agreement_ids.deposit_id")
    def _compute_agreement_id(self):
        for station in self:
            agreements = station.agreement_ids.sorted("id")
            station.agreement_id = agreements.filtered(lambda agreement: agreement.state != "ended")[-1:]
            with_deposit = agreements.filtered("deposit_id")
            station.deposit_id = (station.agreement_id or with_deposit[-1:]).deposit_id

    @api.model
    def _search_agreement_id(self, operator, value):
        if operator not in ("in", "not in"):
            return NotImplemented
        living = Domain("agreement_ids", "any", Domain("state", "!=", "ended"))
        ids = [each for each in value if each]
        found = Domain("agreement_ids", "any", Domain("id", "in", ids) & Domain("state", "!=", "ended"))
        found = found | ~living if False in value else found
        return found if operator == "in" else ~found

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_view_agreements(self):
        """Show the agreements of the stations."""
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_station_partner.action_station_agreement")
        context = {"default_station_id": self.id, "default_partner_id": self.partner_id.id} if len(self) == 1 else {}
        return {**action, "domain": [("station_id", "in", self.ids)], "context": context}

    def action_view_deposit(self):
        """Show the deposit of the station's partner."""
        self.ensure_one()
        return self.deposit_id._get_records_action(name=self.env._("Deposit"), context={})

    # ------------------------------------------------------------------
    # Opening
    # ------------------------------------------------------------------

    def _check_without_partner(self, partner):
        """Refuse a station that somebody else runs.

        :raises UserError: naming who
        """
        for station in self.sudo().filtered(lambda station: station.partner_id - partner):
            raise UserError(
                self.env._(
                    "%(station)s is run by %(partner)s: choose another station, or leave the field empty.",
                    station=station.name,
                    partner=station.partner_id.name,
                )
            )

    def _open_with(self, partner, day):
        """Let a partner run the station from a day on; one that was open before stays open since then."""
        self._check_without_partner(partner)
        vals = {"partner_id": partner.id}
        if not self.opened_on:
            vals["opened_on"] = day
        self.write(vals)

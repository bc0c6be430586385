from odoo import api, fields, models
from odoo.exceptions import UserError


class RuralDeposit(models.Model):
    """The deposit of a station's partner: opened by the agreement (DP-01)."""

    _inherit = "rural.deposit"

    station_id = fields.Many2one(
        "rural.station",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    station_agreement_ids = fields.One2many("rural.station.agreement", "deposit_id", "Agreements of the Station")

    @api.model
    def _check_may_begin(self, vals_list):
        """Open a station's deposit from its agreement only (DP-01)."""
        if any(vals.get("station_id") for vals in vals_list):
            raise UserError(
                self.env._("The deposit of a station is opened by its agreement: choose “Ask for Deposit” there.")
            )
        return super()._check_may_begin(vals_list)

    def _is_relied_on(self):
        return bool(self.station_id) or super()._is_relied_on()

    def _refund_blockers(self):
        """Let a station's deposit go back once its agreement has ended (DP-04)."""
        blockers = super()._refund_blockers()
        blockers += [
            self.env._("%s has not ended.", agreement.display_name)
            for agreement in self.station_agreement_ids
            if agreement.state != "ended"
        ]
        return blockers

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.rural_base import china_time

STATION = [("station", "Village Station")]


class RuralPenaltyViolation(models.Model):
    _inherit = "rural.penalty.violation"

    party_kind = fields.Selection(selection_add=STATION, ondelete={"station": "cascade"})
    never_again = fields.Boolean(help="Who leaves for it is put on the blacklist of station partners (ST-09).")

    @api.model
    def _party_actions(self):
        return {**super()._party_actions(), "station": ("warning", "deduction", "termination")}


class RuralPenaltyCase(models.Model):
    """A violation by a station's partner: a warning, a deduction, or clearing out, in grave cases for ever (ST-09)."""

    _inherit = "rural.penalty.case"

    party_kind = fields.Selection(selection_add=STATION, ondelete={"station": "cascade"})
    station_id = fields.Many2one("rural.station", index="btree_not_null", ondelete="restrict", tracking=True)
    withheld = fields.Monetary(
        "Withheld of the Deposit", tracking=True, help="A part or all of it, when the station is cleared out (ST-09)."
    )
    never_again = fields.Boolean(
        compute="_compute_never_again", store=True, readonly=False, precompute=True, tracking=True,
        help="Whoever leaves for it is put on the blacklist of station partners (ST-09).",
    )  # fmt: skip
    station_exit_id = fields.Many2one("rural.station.exit", "Exit of the Station", readonly=True, copy=False)
    blacklist_id = fields.Many2one("rural.station.blacklist", "On the Blacklist", readonly=True, copy=False)

    _withheld_positive = models.Constraint("CHECK (withheld >= 0)", "What is withheld is not below zero.")

    @api.depends("violation_id")
    def _compute_never_again(self):
        for case in self:
            case.never_again = case.violation_id.never_again

    # ------------------------------------------------------------------
    # The party
    # ------------------------------------------------------------------

    @api.model
    def _party_fields(self):
        return {**super()._party_fields(), "station": "station_id"}

    def _party_partner(self):
        """Return who ran the station at the time: a later partner does not answer for it."""
        if self.party_kind != "station":
            return super()._party_partner()
        kept = self.partner_id if self.state != "draft" else self.partner_id.browse()
        return kept or self.station_id.partner_id

    def _party_deposit(self):
        return self.station_id.deposit_id if self.party_kind == "station" else super()._party_deposit()

    @api.model
    def _domain_of_deposit(self, deposit):
        domain = super()._domain_of_deposit(deposit)
        if not deposit.station_id:
            return domain
        return domain | Domain([("station_id", "=", deposit.station_id.id), ("partner_id", "=", deposit.partner_id.id)])

    def _printed_party(self):
        if self.party_kind != "station":
            return super()._printed_party()
        return f"{self._printed_you()}运营的{self.station_id.name}（{self.station_id.code}）"

    # ------------------------------------------------------------------
    # Decision
    # ------------------------------------------------------------------

    def _clears_out(self) -> bool:
        return self.party_kind == "station" and self.action == "termination"

    def _check_measure(self, action, amount, suspension_days):
        result = super()._check_measure(action, amount, suspension_days)
        if self.party_kind == "station" and action == "termination":
            lodged = self.deposit_id.balance
            if self.currency_id.compare_amounts(self.withheld, lodged) > 0:
                raise UserError(self.env._("%s are lodged: no more can be withheld.", self.currency_id.format(lodged)))
        return result

    def _measure_text(self):
        text = super()._measure_text()
        if self._clears_out() and self.withheld:
            text = self.env._(
                "%(measure)s, with %(amount)s of the deposit withheld", measure=text, amount=self._amount(self.withheld)
            )
        if self._clears_out() and self.never_again:
            text = self.env._("%s, and never again", text)
        return text

    def _printed_measure(self):
        text = super()._printed_measure()
        if self._clears_out() and self.withheld:
            text += f"，扣除保证金 {self.withheld:,.2f} 元"
        if self._clears_out() and self.never_again:
            text += "，永久终止合作"
        return text

    # ------------------------------------------------------------------
    # Effect
    # ------------------------------------------------------------------

    def _take_effect_termination(self):
        """Clear the station out with this day, and put its partner on the blacklist where it is grave (ST-09, ST-10).

        An exit on its way becomes this one; a partner who has left already is put on the blacklist all the same.
        """
        if self.party_kind != "station":
            super()._take_effect_termination()
            return
        on_its_way = self.station_id.exit_ids.filtered(lambda leaving: leaving.state in ("requested", "running"))
        if self.station_id.partner_id == self.partner_id and (on_its_way or self.station_id.state != "ended"):
            vals = {
                "kind": "dishonest",
                "reason": self._effect_reason(),
                "last_day": china_time.today(),
                "withheld": self.withheld,
                "requested_by_id": self.recorded_by_id.id,
                "case_id": self.id,
            }
            self.station_exit_id = self.env["rural.station.exit"]._begin_decided(self.station_id, vals)
        if self.never_again:
            blacklist = self.env["rural.station.blacklist"]
            self.blacklist_id = blacklist._add(self.partner_id, None, self._effect_reason(), source=self)

    def _effect(self):
        return super()._effect() or self.station_exit_id or self.blacklist_id

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.rural_base import china_time
from odoo.addons.rural_base.percent import percent

from ...rules import may_agree
from ..rural_merchant_rate import KINDS


class RuralMerchant(models.Model):
    """What was agreed with a merchant: rates by kind, each with its versions (MA-02, MA-03)."""

    _inherit = "rural.merchant"

    rate_ids = fields.One2many("rural.merchant.rate", "merchant_id", "Agreed Rates", readonly=True)
    rebate_rate = fields.Float(
        "Rebate Today",
        digits=(16, 6),
        compute="_compute_rates",
        compute_sudo=True,
        help="Agreed, or else the standard of its type.",
    )
    bank_fee_rate = fields.Float("Bank-Card Fee Today", digits=(16, 6), compute="_compute_rates", compute_sudo=True)
    rate_request_ids = fields.One2many("rural.merchant.rate.request", "merchant_id", "Requested Rates")
    open_rate_request_count = fields.Integer(
        "Rates to Decide", compute="_compute_open_rate_request_count", compute_sudo=True
    )

    @api.depends("rate_ids.rate", "rate_ids.valid_from", "rate_ids.valid_to", "type_id")
    def _compute_rates(self):
        today = china_time.today()
        for merchant in self:
            for kind, _label in KINDS:
                merchant[f"{kind}_rate"] = merchant._rate_on(kind, today)

    @api.depends("rate_request_ids.state")
    def _compute_open_rate_request_count(self):
        for merchant in self:
            merchant.open_rate_request_count = len(
                merchant.rate_request_ids.filtered(lambda request: request.state == "requested")
            )

    def _rate_on(self, kind, day) -> float:
        """Return the rate that applies on a day: the agreed one, or the standard where none was agreed yet."""
        self.ensure_one()
        agreed = self.rate_ids.filtered(
            lambda version: (
                version.kind == kind and version.valid_from <= day and (not version.valid_to or version.valid_to >= day)
            )
        )
        if agreed or not self.type_id:
            return agreed.rate
        return self.env["rural.merchant.type.rate"].sudo()._version_on(day, type_id=self.type_id)[kind]

    def _agree_standard_rates(self):
        """Let the standard rates of its type apply from the first day of the contract, as far as none are agreed."""
        Rate = self.env["rural.merchant.rate"]
        for merchant in self:
            day = merchant.contract_from
            standard = self.env["rural.merchant.type.rate"]._standard_on(merchant.type_id, day)
            for kind, _label in KINDS:
                if not Rate._agreed_on(merchant, kind, day):
                    Rate._agree_from(merchant, kind, standard[kind], standard[kind], day)

    @api.constrains("type_id")
    def _check_rates_of_new_type(self):
        """A contract keeps rates that the right level has agreed, also by the standard of another type (MA-03)."""
        signed = self.filtered("signed_on")
        signed._check_rates_decided()
        signed._check_rates_of_type(china_time.today())

    def _check_rates_decided(self):
        """Refuse to sign while a rate waits for somebody."""
        for merchant in self.sudo():
            merchant._refuse_missing(
                [
                    self.env._("the decision on %s", request.display_name)
                    for request in merchant.rate_request_ids
                    if request.state == "requested"
                ]
            )

    def _check_rates_of_type(self, day):
        """Refuse agreed rates for which the type takes a higher level than has agreed them (MA-03, MA-04).

        :param date day: rates that apply on it or later count, by every standard from the first of these days to today
        :raises ValidationError: naming the first such rate
        """
        Level = self.env["rural.merchant.level"]
        for merchant in self.sudo():
            for version in merchant.rate_ids.filtered(lambda version: not version.valid_to or version.valid_to >= day):
                first = max(version.valid_from, day)
                standard = self.env["rural.merchant.type.rate"]._strictest(
                    merchant.type_id, version.kind, version.rate, first, merchant.company_id
                )
                had, needed = (
                    Level._needed(version.kind, version.rate, rate, first, merchant.company_id)
                    for rate in (version.standard_rate, standard[version.kind])
                )
                if not may_agree(Level._final(had), Level._final(needed)):
                    raise ValidationError(
                        self.env._(
                            "%(rate)s was agreed by another standard. For %(type)s, %(standard)s, it takes: "
                            "%(level)s. Ask for a rate anew.",
                            rate=version.display_name,
                            type=merchant.type_id.name,
                            standard=percent(standard[version.kind]),
                            level=dict(Level._selection())[needed],
                        )
                    )

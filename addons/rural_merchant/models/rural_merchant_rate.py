from odoo import api, fields, models

from odoo.addons.rural_base.percent import percent

#: Kinds of rates, each with the number by which its versions are told apart.
KINDS = [("rebate", "Prepaid-Card Rebate"), ("bank_fee", "Bank-Card Fee")]
KIND_KEYS = {"rebate": 1, "bank_fee": 2}


class RuralMerchantRate(models.Model):
    """A rate that was agreed with a merchant, from a day on (MA-03, MA-04, MA-09).

    Versions come from requests that whoever may agree them has agreed, and from signing at the standard rate.
    Nobody writes them by hand.
    """

    _name = "rural.merchant.rate"
    _description = "Agreed Rate of a Merchant"
    _inherit = "rural.dated.mixin"
    _order = "merchant_id, kind desc, valid_from desc"
    _dated_key = ("merchant_id", "kind_key")

    merchant_id = fields.Many2one("rural.merchant", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="merchant_id.company_id", store=True, index=True, precompute=True)
    kind = fields.Selection(KINDS, required=True)
    kind_key = fields.Integer(compute="_compute_kind_key", store=True, precompute=True, required=True)
    rate = fields.Float(digits=(16, 6), required=True, aggregator=None)
    standard_rate = fields.Float(digits=(16, 6), required=True, aggregator=None)

    _share = models.Constraint("CHECK (rate >= 0 AND rate < 1)", "A rate lies between 0 and 100%.")

    @api.depends("kind")
    def _compute_kind_key(self):
        for version in self:
            version.kind_key = KIND_KEYS.get(version.kind, 0)

    @api.depends("merchant_id.name", "kind", "rate", "valid_from")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for version in self:
            version.display_name = self.env._(
                "%(merchant)s: %(kind)s %(rate)s (from %(day)s)",
                merchant=version.merchant_id.name,
                kind=labels.get(version.kind),
                rate=percent(version.rate),
                day=version.valid_from,
            )

    @api.model
    def _agreed_on(self, merchant, kind, day):
        """Return the version of a merchant's rate that applies on that day, or an empty record."""
        return self._version_on(day, merchant_id=merchant, kind_key=KIND_KEYS[kind])

    @api.model
    def _agree_from(self, merchant, kind, rate, standard_rate, day):
        """Let a rate apply from that day on, in place of whatever would apply then; return its version.

        :param Decimal rate: the agreed share
        """
        versions = self.sudo().search(
            [("merchant_id", "=", merchant.id), ("kind", "=", kind), ("valid_from", ">=", day)], order="valid_from"
        )
        present = self.sudo()._agreed_on(merchant, kind, day)
        vals = {"rate": rate, "standard_rate": standard_rate}
        if present and present.valid_from < day:
            return present._change_from(day, **vals)
        if present:
            present.write(vals)
            return present
        later = versions[:1]
        return self.sudo().create(
            {
                **vals,
                "merchant_id": merchant.id,
                "kind": kind,
                "valid_from": day,
                "valid_to": fields.Date.subtract(later.valid_from, days=1) if later else False,
            }
        )

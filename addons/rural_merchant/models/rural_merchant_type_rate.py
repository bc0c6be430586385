from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from odoo.addons.rural_base import china_time
from odoo.addons.rural_base.fields import Share
from odoo.addons.rural_base.models.version_mixin import STATES
from odoo.addons.rural_base.percent import percent

from ..rules import LEVELS


class RuralMerchantTypeRate(models.Model):
    """The standard rates of a type of merchants, from a day on (MA-02).

    By them it is judged who may agree a rate (MA-03): what has applied stays, and a change of the past takes a reason
    and a second person.
    """

    _name = "rural.merchant.type.rate"
    _description = "Standard Rates of a Type"
    _inherit = "rural.version.mixin"
    _order = "type_id, valid_from desc"
    _dated_key = ("type_id",)
    _version_fields = ("rebate", "bank_fee")
    _ends_open = True
    _decider_groups = ("rural_merchant.group_operations_director",)

    type_id = fields.Many2one("rural.merchant.type", required=True, index=True, ondelete="cascade")
    rebate = Share("Prepaid-Card Rebate", digits=(16, 6), bounds="[)", required=True, aggregator=None)
    bank_fee = Share("Bank-Card Fee", digits=(16, 6), bounds="[)", required=True, aggregator=None)
    state = fields.Selection(selection_add=STATES)

    _shares = models.Constraint(
        "CHECK (rebate >= 0 AND rebate < 1 AND bank_fee >= 0 AND bank_fee < 1)",
        "Rates lie between 0 and 100%.",
    )

    @api.depends("type_id.name", "rebate", "bank_fee", "valid_from")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "%(type)s: rebate %(rebate)s, bank-card fee %(fee)s (from %(day)s)",
                type=version.type_id.name,
                rebate=percent(version.rebate),
                fee=percent(version.bank_fee),
                day=version.valid_from,
            )

    def _version_text(self, name):
        return percent(self[name])

    @api.model
    def _standard_on(self, merchant_type, day):
        """Return the version of a type's standard rates that applies on that day.

        :raises UserError: if there is none
        """
        version = self._version_on(day, type_id=merchant_type)
        if not version:
            raise UserError(
                self.env._(
                    "%(type)s has no standard rates on %(day)s. Add them under Configuration.",
                    type=merchant_type.name,
                    day=format_date(self.env, day),
                )
            )
        return version

    @api.model
    def _strictest(self, merchant_type, kind, rate, day, company):
        """Return the standard by which a rate takes the highest level, of all that held from its first day to today.

        So a first day before the standard was raised does not lower the level (MA-03, MA-04).

        :param str kind: rebate or bank_fee
        :raises UserError: if there was none on its first day
        """
        Level = self.env["rural.merchant.level"]
        first = self._standard_on(merchant_type, day)
        last = max(day, china_time.today())
        held = self.search(
            [
                ("type_id", "=", merchant_type.id),
                ("state", "=", "confirmed"),
                ("valid_from", ">", day),
                ("valid_from", "<=", last),
            ],
            order="valid_from",
        )
        return max(
            first | held,
            key=lambda standard: LEVELS.index(Level._final(Level._needed(kind, rate, standard[kind], day, company))),
        )

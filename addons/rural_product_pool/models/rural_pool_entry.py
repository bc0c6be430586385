from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from odoo.addons.rural_base.fields import Share
from odoo.addons.rural_base.models.version_mixin import STATES
from odoo.addons.rural_base.percent import percent


class RuralPoolEntry(models.Model):
    """A product in the pool at one rate: each change of rate is a new entry (SC-08).

    An entry that reaches into days that are over, and each correction of one, takes a reason and an operations manager
    as the second person. What orders of closed months were settled by is corrected in the same way: the difference is
    an adjustment of the earliest open month (SC-13).
    """

    _name = "rural.pool.entry"
    _description = "Product Pool Entry"
    _kept_in_house = frozenset({"change_text", "decision_reason", "reason"})
    _inherit = ["rural.version.mixin", "mail.thread"]
    _order = "product_id, valid_from desc, id"
    _rec_names_search = ["product_id"]
    _check_company_auto = True
    _dated_key = ("product_id",)
    _version_fields = ("supplier_id", "fee_rate", "incentive_rate")
    _decider_groups = ("rural_base.group_operations_manager",)

    product_id = fields.Many2one(
        "rural.product",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
    )
    supplier_id = fields.Many2one(
        "res.partner",
        compute="_compute_supplier_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
        check_company=True,
        help="Who bears the fee. Taken from the product, and kept when the product changes hands.",
    )
    company_id = fields.Many2one(related="product_id.company_id", store=True, index=True, precompute=True)

    # rates
    fee_rate = Share(
        "Service Fee Rate",
        digits=(16, 6),
        required=True,
        tracking=True,
        help="Share of a line's amount less refund that the center earns, in percent: 5 means 5%.",
    )
    incentive_rate = Share(
        "Year-End Incentive Rate",
        digits=(16, 6),
        tracking=True,
        help="Extra share for the year-end reward of a center, in percent: 5 means 5%.",
    )

    # validity
    valid_from = fields.Date(tracking=True)
    valid_to = fields.Date(tracking=True)
    state = fields.Selection(selection_add=STATES, tracking=True)

    _fee_rate_is_share = models.Constraint(
        "CHECK (fee_rate BETWEEN 0 AND 1)",
        "A service fee rate lies between 0% and 100%.",
    )
    _incentive_rate_is_share = models.Constraint(
        "CHECK (incentive_rate BETWEEN 0 AND 1)",
        "A year-end incentive rate lies between 0% and 100%.",
    )

    @api.depends("product_id", "valid_from", "valid_to")
    def _compute_display_name(self):
        for entry in self:
            days = f"{entry.valid_from or ''} – {entry.valid_to or ''}".strip()
            entry.display_name = f"{entry.product_id.display_name or ''} ({days})"

    @api.depends("product_id")
    def _compute_supplier_id(self):
        for entry in self:
            entry.supplier_id = entry.product_id.supplier_id

    def _version_text(self, name):
        return percent(self[name]) if name != "supplier_id" else super()._version_text(name)

    def _check_may_write(self, vals):
        """Keep what orders have been judged by (SC-08)."""
        for entry in self.filtered(lambda entry: entry._changed_by(vals)):
            last_day = entry._last_order_day()
            if last_day and entry._takes_from(vals, last_day):
                raise UserError(entry._judged_message(last_day))
        return super()._check_may_write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_judged(self):
        """Keep what orders have been judged by (SC-08)."""
        for entry in () if self.env.su else self:
            if last_day := entry._last_order_day():
                raise UserError(entry._judged_message(last_day))

    def action_change_rate(self):
        """Ask for the new rates and their first day.

        :raises AccessError: without the role
        """
        self.ensure_one()
        self._check_group("rural_base.group_operations")
        self._check_state("confirmed")
        return self._ask("rural.pool.entry.change", self.env._("Change Rate"), entry_id=self.id)

    def _takes_from(self, vals, last_day):
        if self._changed_by(vals) != ["valid_to"]:
            return True
        last_valid_day = fields.Date.to_date(vals["valid_to"])
        return bool(last_valid_day) and last_valid_day < last_day

    def _judged_message(self, last_day):
        return self.env._(
            "%(entry)s: orders placed until %(day)s have been judged by it. Make a new version from a later "
            "day on, or choose “Correct”, which takes a reason and a second person (SC-08).",
            entry=self.display_name,
            day=format_date(self.env, last_day),
        )

    def _last_order_day(self):
        """Hook: return the day in China of the last order that was judged by the entry, None where there is none."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

STATES = [("requested", "Waits for a Second Person"), ("confirmed", "Counts"), ("refused", "Refused")]


class RuralProfitEntryMixin(models.AbstractModel):
    """What somebody enters by hand and a merchant's profit follows from: costs, credits, fees paid directly.

    What raises a profit counts once a second person has confirmed it, who is not the head of recruiting: the head's
    own bonus is made of these profits (MA-23, MA-27). What counts stays as it is; another entry puts it right.
    """

    _name = "rural.profit.entry.mixin"
    _inherit = ["rural.month.mixin", "rural.request.mixin"]
    _description = "Entry That a Merchant's Profit Follows From"
    _check_company_auto = True
    _decider_groups = (
        "rural_merchant.group_operations_director",
        "rural_base.group_settlement_manager",
    )
    _rejected_state = "refused"

    company_id = fields.Many2one("res.company")
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        STATES, compute="_compute_state", store=True, precompute=True, required=True, copy=False, index=True
    )

    @api.depends(lambda self: self._raises_profit_depends())
    def _compute_state(self):
        for entry in self:
            waits = entry._raises_profit() and not self._is_system()
            entry.state = "requested" if waits else "confirmed"

    @api.model
    def _raises_profit_depends(self) -> tuple[str, ...]:
        """Hook: return the fields that `_raises_profit` reads."""
        return ()

    def _raises_profit(self) -> bool:
        """Hook: tell whether the entry raises the merchant's profit."""
        raise NotImplementedError

    def _is_final(self) -> bool:
        """Hook: tell whether the entry counts and therefore stays as it is."""
        return self.state != "requested"

    def write(self, vals):
        """Let whoever changes what waits be the one who asks for it."""
        result = super().write(vals)
        if not self.env.su and vals:
            self.sudo().write({"requested_by_id": self.env.uid, "requested_at": fields.Datetime.now()})
        return result

    def _check_may_write(self, vals):
        result = super()._check_may_write(vals)
        self._refuse_final()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_final(self):
        if not self.env.su:
            self._refuse_final()

    def _refuse_final(self):
        for entry in self:
            if entry._is_final():
                raise UserError(
                    self.env._(
                        "%(entry)s (%(month)s) is “%(state)s” and stays as it is. Put it right by another entry.",
                        entry=entry.display_name,
                        month=format_date(self.env, entry.month, date_format="yyyy-MM"),
                        state=entry._step_labels()[entry.state],
                    )
                )

    def action_confirm(self):
        """Let the entries count, as a second person."""
        self._decide("confirmed")

    @api.model
    def _reason_steps(self):
        steps = super()._reason_steps()
        steps["reject"] |= {
            "title": self.env._("Refuse Entries"),
            "button": self.env._("Refuse"),
            "help": self.env._("They do not count in the merchants' profit (MA-23)."),
            "placeholder": self.env._("Why?"),
        }
        return steps

    def _reject(self, reason):
        result = super()._reject(reason)
        # The same may be entered again at once.
        self.flush_recordset(["state"])
        return result

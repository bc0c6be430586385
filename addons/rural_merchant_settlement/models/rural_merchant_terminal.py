from datetime import timedelta

from odoo import api, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools.misc import format_date

from odoo.addons.rural_base import china_time

#: Models whose records belong to a terminal at its merchant.
USES = ("rural.card.transaction", "rural.terminal.fee", "rural.merchant.cost")


class RuralMerchantTerminal(models.Model):
    """A terminal keeps its place and its days once transactions, fees or costs belong to it."""

    _name = "rural.merchant.terminal"
    _inherit = ["rural.merchant.terminal", "rural.transaction.facts.mixin"]
    _transaction_facts = frozenset({"merchant_id", "number", "installed_on", "removed_on"})

    @api.constrains("installed_on", "removed_on")
    def _check_transactions(self):
        """No card transaction lies outside of the stay (MA-24)."""
        for terminal in self.sudo():
            outside = Domain("time", "<", china_time.day_start(terminal.installed_on))
            if terminal.removed_on:
                outside |= Domain("time", ">=", china_time.day_start(terminal.removed_on + timedelta(days=1)))
            transaction = self.env["rural.card.transaction"].sudo().search(
                Domain("terminal_id", "=", terminal.id) & outside, order="time desc", limit=1
            )  # fmt: skip
            if transaction:
                raise ValidationError(
                    self.env._(
                        "%(terminal)s has the card transaction %(number)s of %(day)s: it stood there on that day.",
                        terminal=terminal.display_name,
                        number=transaction.number,
                        day=format_date(self.env, china_time.to_china(transaction.time).date()),
                    )
                )

    @api.constrains("installed_on")
    def _check_fees(self):
        """No fee lies before the stay (MA-23)."""
        for terminal in self.sudo():
            fee = self.env["rural.terminal.fee"].sudo().search(
                [("terminal_id", "=", terminal.id), ("month", "<", terminal.installed_on.replace(day=1))], limit=1
            )  # fmt: skip
            if fee:
                raise ValidationError(
                    self.env._(
                        "%(terminal)s has the fee of %(month)s: it stood there in that month.",
                        terminal=terminal.display_name,
                        month=format_date(self.env, fee.month, date_format="yyyy-MM"),
                    )
                )

    def _refuse_used(self):
        result = super()._refuse_used()
        for model in USES:
            used = self.env[model].sudo().search([("terminal_id", "in", self.ids)], limit=1).terminal_id
            if used:
                raise UserError(
                    self.env._(
                        "%s has card transactions, fees or costs and stays as it was. Remove it instead.",
                        used.display_name,
                    )
                )
        return result

from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.tools import format_list
from odoo.tools.misc import formatLang

from odoo.addons.rural_base.china_time import month_of


class RuralStatementPrepare(models.TransientModel):
    """Make the draft statements of a month, or of all months that have something to settle."""

    _name = "rural.statement.prepare"
    _description = "Prepare Statements"

    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    all_months = fields.Boolean(help="Every month that has something to settle.")
    month = fields.Date(
        default=lambda self: month_of(fields.Datetime.now()) - relativedelta(months=1),
        help="Any day of the month; last month by default.",
    )

    def action_prepare(self):
        """Make the drafts and show them."""
        self.ensure_one()
        Statement = self.env["rural.statement"]
        Statement._check_group("rural_base.group_settlement_officer")
        if self.company_id not in self.env.companies:
            raise AccessError(self.env._("Choose a company that you work in now."))
        months = None if self.all_months or not self.month else [self.month.replace(day=1)]
        Statement._prepare_drafts(self.company_id, months)
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_settlement.action_statement")
        domain = [("company_id", "=", self.company_id.id), ("state", "=", "draft")]
        if months:
            domain.append(("month", "in", months))
        action |= {"domain": domain, "context": {}}
        return self._say_what_stays_open(months[0], action) if months else action

    def _say_what_stays_open(self, month, action):
        """Return the action, with a word before it where earlier months have something to settle (SC-13)."""
        left_open = self.env["rural.statement"]._open_before(self.company_id, month)
        if not left_open:
            return action
        currency = self.company_id.currency_id
        amounts = [
            f"{earlier:%Y-%m} {formatLang(self.env, fee, currency_obj=currency)}" for earlier, fee in left_open.items()
        ]
        message = self.env._(
            "Earlier months still have something to settle, such as adjustments, and are not prepared by this: %s. "
            "Prepare them as well, or all months.",
            format_list(self.env, amounts),
        )
        return self.env["rural.statement"]._show_warning(message, next=action)

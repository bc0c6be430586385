from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.misc import formatLang


class RuralDepositComparison(models.Model):
    """The deposits beside the books: the liability account by partner always equals the balances (DP-03)."""

    _name = "rural.deposit.comparison"
    _description = "Deposits and Accounting Compared"
    _auto = False
    _order = "agrees, company_id, partner_id"
    _rec_name = "partner_id"
    _depends = {
        "rural.deposit": ["company_id", "partner_id", "balance"],
        "account.move.line": ["company_id", "partner_id", "account_id", "balance", "parent_state"],
        "res.company": ["rural_deposit_account_id"],
    }

    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one("res.partner", "Party", readonly=True)
    account_id = fields.Many2one("account.account", "Deposit Account", readonly=True)
    deposit_count = fields.Integer("Deposits", readonly=True)
    balance = fields.Monetary("Balance of Deposits", readonly=True)
    liability = fields.Monetary("Liability in the Books", readonly=True)
    difference = fields.Monetary(readonly=True)
    agrees = fields.Boolean(readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            WITH lodged AS (
                SELECT company_id, partner_id, count(*) AS deposit_count, sum(balance) AS balance
                  FROM rural_deposit
                 GROUP BY company_id, partner_id
            ), booked AS (
                SELECT company.id AS company_id, item.partner_id, -sum(item.balance) AS liability
                  FROM res_company company
                  JOIN account_move_line item
                    ON item.company_id = company.id
                   AND item.account_id = company.rural_deposit_account_id
                   AND item.parent_state = 'posted'
                 GROUP BY company.id, item.partner_id
            )
            SELECT compared.*,
                   row_number() OVER (ORDER BY company_id, partner_id) AS id,
                   balance - liability AS difference,
                   balance = liability AS agrees
              FROM (
                SELECT COALESCE(lodged.company_id, booked.company_id) AS company_id,
                       COALESCE(lodged.partner_id, booked.partner_id) AS partner_id,
                       company.rural_deposit_account_id AS account_id,
                       COALESCE(lodged.deposit_count, 0) AS deposit_count,
                       COALESCE(lodged.balance, 0) AS balance,
                       COALESCE(booked.liability, 0) AS liability
                  FROM lodged
                  FULL JOIN booked
                    ON booked.company_id = lodged.company_id AND booked.partner_id = lodged.partner_id
                  JOIN res_company company ON company.id = COALESCE(lodged.company_id, booked.company_id)
              ) compared
            """
        )

    def action_compare(self):
        """Compare now: name the differences, or say that there are none."""
        companies = self.env.companies
        if differences := self._differences(companies):
            message, kind = "\n".join(differences), "danger"
        else:
            message, kind = self._agreement(companies), "success"
        again = {"type": "ir.actions.client", "tag": "soft_reload"}
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"message": message, "type": kind, "sticky": kind == "danger", "next": again},
        }

    def action_view_deposits(self):
        """Show the deposits of the party."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_deposit.action_deposit")
        domain = [("company_id", "=", self.company_id.id), ("partner_id", "=", self.partner_id.id)]
        return {**action, "domain": domain, "context": {"active_test": False}}

    def action_view_items(self):
        """Show the journal items of the party on the liability account."""
        self.ensure_one()
        domain = [
            ("company_id", "=", self.company_id.id),
            ("account_id", "=", self.account_id.id),
            ("partner_id", "=", self.partner_id.id),
            ("parent_state", "=", "posted"),
        ]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Journal Items"),
            "res_model": "account.move.line",
            "view_mode": "list,form",
            "domain": domain,
            "context": {"create": False},
        }

    @api.model
    def _differences(self, companies) -> list[str]:
        """Return a sentence for each party whose deposits and books differ, in the reader's language."""
        rows = self._compared([("company_id", "in", companies.ids), ("agrees", "=", False)])
        return [row._difference_sentence() for row in rows]

    @api.model
    def _agreement(self, companies) -> str:
        rows = self._compared([("company_id", "in", companies.ids)])
        return self.env._(
            "The books agree with the deposits of all %(count)s parties, %(total)s in all.",
            count=len(rows),
            total=formatLang(self.env, sum(rows.mapped("balance")), currency_obj=self.env.company.currency_id),
        )

    @api.model
    def _compared(self, domain):
        # It may have changed since it was last read.
        self.invalidate_model()
        return self.search(domain)

    def _difference_sentence(self) -> str:
        nobody = self.env._("entries without a partner")
        return self.env._(
            "%(company)s, %(party)s: deposits %(balance)s, books %(liability)s, difference %(difference)s.",
            company=self.company_id.name,
            party=self.partner_id.display_name or nobody,
            balance=self._amount(self.balance),
            liability=self._amount(self.liability),
            difference=self._amount(self.difference),
        )

    def _amount(self, value) -> str:
        return formatLang(self.env, value, currency_obj=self.currency_id)

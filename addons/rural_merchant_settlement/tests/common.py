from datetime import date

from odoo.addons.rural_account.tests.common import BooksCase
from odoo.addons.rural_merchant.tests.common import MerchantCase

COLUMNS = "交易流水号,交易时间,商户编号,终端号,卡类型,交易类型,金额"


class TransactionCase(MerchantCase):
    """Merchants, and whoever settles with them, in a company of their own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls._new_user("test_accountant", "account.group_account_user")

    @classmethod
    def _load(cls, *rows, profile="transactions", columns=COLUMNS, user=None):
        """Load rows of a file of card transactions as the settlement officer."""
        return super()._load(*rows, profile=profile, columns=columns, user=user or cls.officer)


class StatementCase(BooksCase, TransactionCase):
    """A merchant with two terminals, its transactions, and a company with Chinese books."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.merchant = cls._installed(code="SH1", number="T1")
        cls._terminal(cls.merchant, "T2")
        cls.Statement = cls.env["rural.merchant.statement"]

    def _prepare(self, until=date(2023, 6, 30), merchants=None):
        """Prepare by the dialog, as people do; `merchants` are all that are to be prepared."""
        values = {"company_id": self.company.id, "month": until, "merchant_ids": merchants and merchants.ids}
        self.env["rural.merchant.statement.prepare"].with_user(self.officer).create(values).action_prepare()
        domain = [("company_id", "=", self.company.id), ("state", "=", "draft"), ("month", "<=", until)]
        return self.Statement.with_user(self.officer).search(domain)

    def _statement(self, month):
        return self.Statement.search(
            [("merchant_id", "=", self.merchant.id), ("month", "=", month), ("state", "!=", "cancelled")]
        )

    def _figures(self, statement):
        names = ("sales", "rebate", "bank_fee", "terminal_fee", "net_amount")
        return tuple(round(statement[name], 2) for name in names)

    def _close(self, until):
        """Take everything up to a month through preparation and confirmation."""
        drafts = self._prepare(until)
        self.assertFalse(drafts.with_user(self.manager)._confirm())
        return drafts

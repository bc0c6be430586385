from collections.abc import Callable

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from odoo.addons.rural_base import china_time
from odoo.addons.rural_base.languages import create_in_all_languages


class ResCompany(models.Model):
    _inherit = "res.company"

    def _check_rural_books(self):
        """Refuse to post where the books are not ready.

        :raises UserError: saying what is missing: a chart of accounts, or books in CNY
        """
        self.ensure_one()
        if not self.sudo().root_id.chart_template:
            raise UserError(
                self.env._(
                    "%s has no chart of accounts yet. Choose one under Invoicing > Configuration > Settings.",
                    self.name,
                )
            )
        if self.currency_id.name != "CNY":
            raise UserError(
                self.env._(
                    "All amounts are in CNY, but %(company)s keeps its books in %(currency)s.",
                    company=self.name,
                    currency=self.currency_id.name,
                )
            )

    @api.model
    def _rural_kept_accounts(self) -> dict[str, tuple[str, ...]]:
        """Hook: return fields of accounts that documents keep, each with the fields of an entry that name such."""
        return {}

    def _rural_entry_day(self, day, journal):
        """Return the day of an entry that is asked for on that day: a later one where the books are locked."""
        self.ensure_one()
        company = self.sudo()
        locks = company._get_violated_lock_dates(day, False, journal)
        if not locks:
            return day
        move = self.env["account.move"].sudo().with_company(company)
        entry = move.new({"move_type": "entry", "journal_id": journal.id})
        return entry._get_accounting_date(day, False, lock_dates=locks)

    def _rural_check_entry_day(self, day, first, document, journal=None):
        """Refuse an accounting date before what is entered has come about, or ahead of today (SC-14, DP-03).

        Where the books are locked, the entry falls later all the same, also ahead of today: see `_rural_entry_day`.

        :param date day: the accounting date that is asked for
        :param date first: the last day of the document's period; for a reversal, the day of its entry; None: any day
        :param str document: what is entered, for the message
        :param journal: of the entry, where a lock of the books may move it
        :raises UserError: naming the days that are possible
        """
        day = fields.Date.to_date(day)
        last = max(china_time.today(), first or day.min)
        entry_day = self._rural_entry_day(day, journal) if journal else day
        if (first or entry_day) <= entry_day and day <= last:
            return
        days = {"document": document, "day": format_date(self.env, day), "last": format_date(self.env, last)}
        if first:
            raise UserError(
                self.env._(
                    "%(document)s cannot be entered on %(day)s. Choose an accounting date from %(first)s to %(last)s: "
                    "not before its period is over or its entry was made, and not ahead of today.",
                    first=format_date(self.env, first),
                    **days,
                )
            )
        raise UserError(
            self.env._(
                "%(document)s cannot be entered on %(day)s, ahead of today. Choose an accounting date until %(last)s.",
                **days,
            )
        )

    def _rural_reversal_day(self, day, first, document, journal=None):
        """Return the accounting date of a reversal: the one that was chosen, else today or the first possible day.

        :param date day: the accounting date that was chosen, or None
        :param date first: of the entry that is reversed
        :raises UserError: for a day before the entry or ahead of today
        """
        day = fields.Date.to_date(day) or max(china_time.today(), first)
        self._rural_check_entry_day(day, first, document, journal)
        return day

    def _rural_journal(self, field: str, code: str, name: Callable):
        """Return the general journal that a field of the company names; made on first use.

        :param code: of the journal, short
        :param name: gives the journal's name in the language of an environment
        """
        self.ensure_one()
        company = self.sudo()
        if not company[field]:
            Journal = self.env["account.journal"].sudo().with_company(self)
            domain = [*Journal._check_company_domain(self), ("code", "=", code)]
            values = {"code": code, "type": "general", "company_id": self.id, "show_on_dashboard": False}
            company[field] = Journal.search(domain, limit=1) or create_in_all_languages(Journal, name, values)
        return company[field]

    def _rural_own_account(self, field: str, start: str, account_type: str, name: Callable, **values):
        """Return the account that a field of the company names; made on first use, for this purpose alone.

        :param start: the first code that is tried
        :param name: gives the account's name in the language of an environment
        """
        self.ensure_one()
        company = self.sudo()
        if not company[field]:
            Account = self.env["account.account"].sudo().with_company(self)
            values = {"code": Account._search_new_account_code(start), "account_type": account_type, **values}
            company[field] = create_in_all_languages(Account, name, values)
        return company[field]

    def _rural_chart_account(self, field: str, *codes: str):
        """Return the account that a field of the company names, by default the first of the chart under a code.

        The codes stand for the charts: that of large companies, that of small ones. The field's own domain says
        which types of accounts fit.

        :raises UserError: when the chart has none of them and none is set
        """
        self.ensure_one()
        company = self.sudo()
        if not company[field]:
            Account = self.env["account.account"].sudo().with_company(self)
            fitting = [*Account._check_company_domain(self), *self._fields[field].domain]
            candidates = (
                Account.search([*fitting, ("code", "=like", f"{code}%")], order="code", limit=1) for code in codes
            )
            company[field] = next(filter(None, candidates), Account)
        if not company[field]:
            raise UserError(
                self.env._(
                    "%(company)s has no account %(code)s. Choose another one in the settings: %(setting)s.",
                    company=self.name,
                    code=codes[0],
                    setting=self._fields[field]._description_string(self.env),
                )
            )
        return company[field]

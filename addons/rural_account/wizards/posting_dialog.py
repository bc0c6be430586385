from lxml.builder import E

from odoo import api, fields, models
from odoo.tools.misc import format_date


class RuralPostingDialog(models.AbstractModel):
    """What dialogs share that show what will be posted and ask for the accounting date (SC-14, DP-03).

    A concrete dialog shows its sums, and says what is posted, in which journal.
    """

    _name = "rural.posting.dialog"
    _description = "Dialog that posts documents"

    company_id = fields.Many2one("res.company", compute="_compute_company_id", store=True, precompute=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date("Accounting Date")
    lock_note = fields.Char(compute="_compute_lock_note")

    def _compute_company_id(self):
        for dialog in self:
            dialog.company_id = dialog._documents().company_id[:1] or self.env.company

    @api.depends("date")
    def _compute_lock_note(self):
        """Say on which day the entries fall where the books are locked."""
        for dialog in self:
            company, day = dialog.company_id.sudo(), dialog.date or dialog._day_without_date()
            locks = day and company._get_violated_lock_dates(day, False, self.env["account.journal"])
            dialog.lock_note = bool(locks) and self.env._(
                "The books are locked: %(locks)s. What would fall before is entered on %(day)s.",
                locks=company._format_lock_dates(locks),
                day=format_date(self.env, company._rural_entry_day(day, dialog._entry_journal())),
            )

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Let every dialog say where its entries fall, below what it asks."""
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "form":
            note = E.div(E.field(name="lock_note"), {"class": "alert alert-warning", "role": "status"})
            note.set("invisible", "not lock_note")
            arch.find("./group").addnext(note)
        return arch, view

    def _documents(self):
        """Hook: return what is posted, documents of a company."""
        raise NotImplementedError

    def _entry_journal(self):
        """Hook: return the journal of the entries."""
        raise NotImplementedError

    def _day_without_date(self):
        """Return the first day of an entry where no accounting date is chosen: the end of the earliest period."""
        documents = self._documents()
        if not isinstance(documents, self.env.registry["rural.period.document"]):
            return None
        return min((document._period_end() for document in documents), default=None)

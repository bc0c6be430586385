from odoo import api, models
from odoo.exceptions import UserError

from ..workbook import write_csv, write_workbook


class RuralExport(models.AbstractModel):
    """Tables for other systems, as CSV (UTF-8) or XLSX; amounts in yuan, in a CSV with their two decimals.

    An addon adds a table by extending :meth:`_exports`.
    """

    _name = "rural.export"
    _description = "Export of Tables"

    @api.model
    def _exports(self):
        """The tables: name → method(company, run) that returns (headings, iterable of rows)."""
        return {}

    @api.model
    def _export(self, name, ending, company, run=None):
        """A table as a file.

        :param str name: one of :meth:`_exports`
        :param str ending: "csv" or "xlsx"
        :param company: whose figures
        :param run: for a table of the rows of a load, that load; see the table when not given
        :return: (bytes, number of rows)
        """
        headings, rows = self._exports()[name](company, run)
        rows = list(rows)
        if ending == "xlsx":
            return write_workbook(headings, rows), len(rows)
        if ending != "csv":
            raise UserError(self.env._("Only .csv and .xlsx files can be written, not “%s”.", ending))
        return write_csv(headings, rows), len(rows)

    @api.model
    def _check_run(self, run, profile):
        """Refuse a load of another kind of files.

        :raises UserError: with the number of the load
        """
        if run and not (run.exists() and run.profile == profile):
            label = dict(run._fields["profile"]._description_selection(self.env))[profile]
            raise UserError(
                self.env._("There is no load of “%(kind)s” with number %(number)s.", kind=label, number=run.id)
            )

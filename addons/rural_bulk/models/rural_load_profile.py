from odoo import api, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL

from ..columns import Number, RowError
from ..readers import open_rows
from .rural_load_staging import STAGING

OUTCOMES = ("new", "updated", "unchanged", "duplicate", "rejected")


class RuralLoadProfile(models.AbstractModel):
    """How files of one kind are loaded: which columns, which key, how rows become records.

    A domain inherits this model under a name of its own, `rural.load.profile.<profile>`, and gives
    the class attributes. Small domains implement :meth:`_merge_row`; those with millions of
    rows override :meth:`_merge` with set-based SQL over the staging table.
    """

    _name = "rural.load.profile"
    _inherit = "rural.load.staging"
    _description = "Data Load Profile"

    #: who may load such files
    _group = "rural_base.group_operations"

    @api.model
    def _for(self, profile):
        """The model of a profile."""
        return self.env[f"rural.load.profile.{profile}"]

    def _check_may_load(self):
        if not self.env.su and not self.env.user.has_group(self._group):
            raise AccessError(self.env._("You may not load files of this kind."))

    @api.model
    def _load_file(self, run, path):
        """Stage, check and merge a file.

        :return: values for the run: the counts of each outcome, which add up to its rows
        :raise FileError: the file as a whole cannot be read
        """
        run.flush_recordset()
        with open_rows(path, run.file_name) as (headings, rows, has_formulas):
            ignored = self._stage(run, headings, rows)
        self._reject_repeated_keys()
        with self.env["rural.order.facts.mixin"]._order_facts_together():
            warnings = self._merge(run)
        self.env["rural.load.ledger"]._enter(run, self._key_text())
        self._record_issues(run, warnings)
        return {
            **self._counts(),
            "warning_count": len(warnings),
            "ignored_columns": ", ".join(ignored) or False,
            "has_formulas": has_formulas,
        }

    # ------------------------------------------------------------------
    # Merging row by row, for small domains
    # ------------------------------------------------------------------

    def _merge(self, run):
        """Turn the good rows of the staging table into records.

        Sets `outcome` and `record_id` of rows that are not new, and rejects those it cannot take.

        :return: list of warnings, dict(row_number, column, message)
        """
        rows = self._staged_values()
        merging = self.with_context(rural_load_warnings=[])
        merging._before_rows([values for _row_number, values in rows])
        for row_number, values in rows:
            merging._merge_one(row_number, values)
        return merging.env.context["rural_load_warnings"]

    def _staged_values(self):
        """The good rows: (row number, values by column name)."""
        # Odoo's cursor gives numbers as floats; as text they stay exact.
        columns = [
            SQL("%s::text" if isinstance(column.kind, Number) else "%s", SQL.identifier(column.name))
            for column in self._columns
        ]
        self.env.cr.execute(
            SQL(
                "SELECT row_number, %s FROM %s WHERE outcome = 'new' ORDER BY row_number",
                SQL(", ").join(columns),
                STAGING,
            )
        )
        return [
            (
                row_number,
                {
                    column.name: column.kind.value(cell) if cell is not None else None
                    for column, cell in zip(self._columns, cells, strict=True)
                },
            )
            for row_number, *cells in self.env.cr.fetchall()
        ]

    def _merge_one(self, row_number, values):
        """Merge a row in a savepoint; an error rejects this row alone."""
        warnings = self.env.context["rural_load_warnings"]
        before = len(warnings)
        try:
            with self.env.cr.savepoint():
                record, outcome = self._merge_row(values)
        except (RowError, UserError, ValidationError) as error:
            del warnings[before:]
            heading, reason = getattr(error, "heading", None), getattr(error, "reason", "invalid")
            self._reject(row_number, heading, reason, str(error))
            return
        for warning in warnings[before:]:
            warning["row_number"] = row_number
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET outcome = %s, record_id = %s WHERE row_number = %s",
                STAGING,
                outcome,
                record.id,
                row_number,
            )
        )

    def _before_rows(self, rows):
        """Look up, once for the whole file, what :meth:`_merge_row` will need.

        :param list rows: the values of all good rows
        """

    def _merge_row(self, values):
        """Create or update the record of one row.

        :param dict values: by column name; numbers are Decimal, moments naive UTC
        :return: (record, "new" | "updated" | "unchanged")
        :raise RowError: the row cannot be taken; so do UserError and ValidationError
        """
        raise NotImplementedError

    def _write_if_changed(self, record, vals):
        """Write the values that differ; "updated" or "unchanged"."""
        changed = {
            name: value
            for name, value in vals.items()
            if record._fields[name].convert_to_write(record[name], record) != value
        }
        if not changed:
            return "unchanged"
        record.write(changed)
        return "updated"

    def _warn(self, message, column=None):
        """Report something about the present row that does not reject it."""
        self.env.context["rural_load_warnings"].append({"message": message, "column": column})

    # ------------------------------------------------------------------
    # The account of the load
    # ------------------------------------------------------------------

    def _record_issues(self, run, warnings):
        """Keep the rejected rows and the warnings, each with the key of its row."""
        self.env.cr.execute(
            SQL(
                """SELECT row_number, %s AS record_key, fault_column AS column, fault_reason AS reason,
                          fault_message AS message, outcome
                     FROM %s WHERE outcome = 'rejected' OR row_number = ANY(%s) ORDER BY row_number""",
                self._key_text(),
                STAGING,
                [warning["row_number"] for warning in warnings],
            )
        )
        staged = self.env.cr.dictfetchall()
        keys = {row["row_number"]: row["record_key"] for row in staged}
        rejected = [row for row in staged if row["outcome"] == "rejected"]
        self.env["rural.load.issue"].sudo().create(
            [
                {"run_id": run.id, "kind": row.pop("outcome"), **row}  # “rejected” is both
                for row in rejected
            ]
            + [
                {"run_id": run.id, "kind": "warning", "record_key": keys[warning["row_number"]], **warning}
                for warning in warnings
            ]
        )

    def _counts(self):
        """How many rows had each outcome, and how many rows there are."""
        self.env.cr.execute(SQL("SELECT outcome, count(*) FROM %s GROUP BY outcome", STAGING))
        counts = dict(self.env.cr.fetchall())
        return {
            "row_count": sum(counts.values()),
            **{f"{outcome}_count": counts.get(outcome, 0) for outcome in OUTCOMES},
        }

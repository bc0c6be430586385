import csv
import io

from odoo import api, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL

from odoo.addons.rural_base.china_time import to_utc

from ..columns import Moment, RowError
from ..readers import CopyStream, open_rows
from .rural_load_row import OUTCOMES
from .rural_load_staging import STAGING


class RuralLoadProfile(models.AbstractModel):
    """How files of one kind are loaded: which columns, which key, how rows become records.

    A domain inherits this model under a name of its own, `rural.load.profile.<profile>`, and gives
    the class attributes. Small domains implement :meth:`_merge_row`; those with millions of
    rows override :meth:`_merge` with set-based SQL over the staging table.
    """

    _name = "rural.load.profile"
    _inherit = "rural.load.staging"
    _description = "Data Load Profile"

    #: model of the records
    _target = None
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
            positions, ignored = self._positions(headings)
            self._create_staging()
            staged = self._staging_batches(run, rows, positions, len(headings))
            self.env.cr.copy_expert(
                "COPY rural_load_staging FROM STDIN (FORMAT csv)", CopyStream(staged), 1 << 18
            )
        self._analyze_staging()
        self._reject_repeated_keys()
        self._record_duplicates(run)
        with self.env["rural.order.facts.mixin"]._order_facts_together():
            warnings = self._merge(run)
        self._record_issues(run, warnings)
        return {
            **self._counts(run, len(warnings)),
            "ignored_columns": ", ".join(ignored) or False,
            "has_formulas": has_formulas,
        }

    # ------------------------------------------------------------------
    # Merging row by row, for small domains
    # ------------------------------------------------------------------

    def _merge(self, run):
        """Turn the good rows of the staging table into records.

        Writes a `rural.load.row` for each of them; rows that it cannot take get a `fault_…`.

        :return: list of warnings, dict(row_number, column, message)
        """
        rows = self._staged_values()
        merging = self.with_context(rural_load_warnings=[], rural_load_run=run)
        merging._before_rows([values for _row_number, values in rows])
        results = [merging._merge_one(row_number, values) for row_number, values in rows]
        self._record_rows(run, [result for result in results if result])
        return merging.env.context["rural_load_warnings"]

    def _staged_values(self):
        names = [column.name for column in self._columns]
        self.env.cr.execute(
            SQL(
                "SELECT row_number, %s FROM %s WHERE fault_reason IS NULL"
                " AND is_duplicate IS NOT TRUE ORDER BY row_number",
                SQL(", ").join(SQL.identifier(name) for name in names),
                STAGING,
            )
        )
        moments = [column.name for column in self._columns if isinstance(column.kind, Moment)]
        rows = []
        for row_number, *values in self.env.cr.fetchall():
            values = dict(zip(names, values, strict=True))
            for name in moments:
                values[name] = values[name] and to_utc(values[name])
            rows.append((row_number, values))
        return rows

    def _merge_one(self, row_number, values):
        """Merge a row in a savepoint; an error rejects this row alone."""
        warnings = self.env.context["rural_load_warnings"]
        before = len(warnings)
        try:
            with self.env.cr.savepoint():
                record, outcome = self._merge_row(values)
        except RowError as error:
            self._reject(row_number, error.heading, error.reason, error.message)
        except (UserError, ValidationError) as error:
            self._reject(row_number, None, "invalid", str(error))
        else:
            for warning in warnings[before:]:
                warning["row_number"] = row_number
            return row_number, record.id, outcome
        del warnings[before:]
        return None

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

    def _reject(self, row_number, heading, reason, message):
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET fault_column = %s, fault_reason = %s, fault_message = %s"
                " WHERE row_number = %s",
                STAGING,
                heading,
                reason,
                message,
                row_number,
            )
        )

    def _record_rows(self, run, rows):
        """Write down what became of rows.

        :param rows: list of (row_number, record id, outcome)
        """
        text = io.StringIO()
        csv.writer(text).writerows((run.id, *row) for row in rows)
        text.seek(0)
        self.env.cr.copy_expert(
            "COPY rural_load_row (run_id, row_number, record_id, outcome) FROM STDIN (FORMAT csv)",
            text,
        )

    # ------------------------------------------------------------------
    # The account of the load
    # ------------------------------------------------------------------

    def _record_issues(self, run, warnings):
        """Keep the rejected rows and the warnings, each with the key of its row."""
        rows = [warning["row_number"] for warning in warnings]
        self.env.cr.execute(
            SQL(
                """SELECT row_number, %s, fault_column, fault_reason, fault_message
                     FROM %s WHERE fault_reason IS NOT NULL OR row_number = ANY(%s)
                 ORDER BY row_number""",
                self._key_text(),
                STAGING,
                rows,
            )
        )
        staged = self.env.cr.fetchall()
        keys = {row[0]: row[1] for row in staged}
        self.env["rural.load.issue"]._record(
            run,
            [
                {
                    "kind": "rejected",
                    "row_number": row_number,
                    "record_key": record_key,
                    "column": column,
                    "reason": reason,
                    "message": message,
                }
                for row_number, record_key, column, reason, message in staged
                if reason
            ]
            + [
                {"kind": "warning", "record_key": keys[warning["row_number"]], **warning}
                for warning in warnings
            ],
        )

    def _record_duplicates(self, run):
        self.env.cr.execute(
            SQL(
                """INSERT INTO rural_load_row (run_id, row_number, record_key, outcome)
                   SELECT %s, row_number, %s, 'duplicate' FROM %s WHERE is_duplicate""",
                run.id,
                self._key_text(),
                STAGING,
            )
        )

    def _counts(self, run, warning_count):
        self.env.cr.execute(
            SQL(
                "SELECT outcome, count(*) FROM rural_load_row WHERE run_id = %s GROUP BY outcome",
                run.id,
            )
        )
        outcomes = dict(self.env.cr.fetchall())
        self.env.cr.execute(
            SQL("SELECT count(*), count(fault_reason) FROM %s", STAGING)
        )
        row_count, rejected_count = self.env.cr.fetchone()
        return {
            **{f"{outcome}_count": outcomes.get(outcome, 0) for outcome in OUTCOMES},
            "row_count": row_count,
            "rejected_count": rejected_count,
            "warning_count": warning_count,
        }

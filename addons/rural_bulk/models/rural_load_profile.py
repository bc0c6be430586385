import textwrap
from contextlib import ExitStack, contextmanager, suppress

from odoo import api, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, split_every

from odoo.addons.rural_base.models.mail_thread import UNTRACKED

from ..columns import Choice, Number, RowError
from ..readers import FileError, Headings, open_rows
from ..sql import STAGING

#: What a merge row by row carries along, in the context.
LOOKUP, WARNINGS = "rural_load_lookup", "rural_load_warnings"
#: Characters of the headings that have not been read, and of the last line, that a load shows.
SHOWN_CHARACTERS = 500
#: Rows that are merged in one savepoint.
TOGETHER = 500
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
    #: whether the file holds what staff do not read of each other's: it stays with who has loaded it
    _is_file_private = False
    #: domain of the records that count once a second person has confirmed them; None: all count at once
    _waiting_domain = None

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

        :return: values for the run, with the counts of each outcome, which add up to its rows; values of its issues
        :raise FileError: the file as a whole cannot be read
        """
        self.env.flush_all()
        with self._open(run, path) as file:
            ignored, faulty_count, note_count = self._stage(run, file)
        if faulty_count + self._reject_rows():
            self._drop_values_of_rejected()
        with self._merging(run):
            warnings = self._merge(run)
        self.env["rural.load.ledger"]._enter(run, self._key_text())
        counts = self._counts()
        issues = self._issue_vals(warnings, file.sheets) if counts["rejected_count"] or warnings else []
        return {
            **counts,
            "warning_count": len(warnings),
            "waiting_count": len(self._waiting_records(run)),
            "ignored_columns": textwrap.shorten(", ".join(ignored), SHOWN_CHARACTERS, placeholder=" …") or False,
            "format_id": run.format_id.id,
            "has_formulas": file.has_formulas,
            "hidden_count": file.hidden_count,
            "unended_line": file.unended_line[:SHOWN_CHARACTERS] or False,
            "note_count": file.rows_above + note_count,
            "sheet_names": len(file.sheets) > 1 and ", ".join(name for name, _before in file.sheets),
            "unread_sheets": ", ".join(file.unread_sheets) or False,
        }, issues

    def _waiting_records(self, run):
        """The records of a load that wait for a second person."""
        records = self.env[self._target]
        if self._waiting_domain is None:
            return records
        self.env.flush_all()
        rows = self.env["rural.load.ledger"]._rows(run)
        ids = [record_id for [record_id] in self.env.execute_query(SQL("SELECT record_id FROM %s AS entered", rows))]
        return records.search(self._waiting_domain & Domain("id", "in", ids))

    @contextmanager
    def _open(self, run, path):
        """Open the file of a run; when its headings are not the profile's own, by the form that has them.

        :return: context of an :class:`~odoo.addons.rural_bulk.readers.OpenFile`
        """
        with ExitStack() as stack:
            forms = run.format_id or self.env["rural.load.format"]._for_run(run)
            if run.format_id or not forms:
                yield self._open_as(stack, run, path, run.format_id)[0]
                return
            for form in (forms.browse(), *forms):
                with suppress(FileError):
                    file, is_complete = self._open_as(stack, run, path, form)
                    if is_complete:
                        if form:
                            run.sudo().format_id = form
                        break
                stack.close()
            else:
                file, _is_complete = self._open_as(stack, run, path, forms.browse())
            yield file

    def _open_as(self, stack, run, path, form):
        """Open the file of a run in a form, or as it is without one; (the open file, whether it has all columns)."""
        columns = form._adapt(self._columns) if form else self._columns
        headings = Headings(tuple(column.headings for column in columns))
        file = stack.enter_context(open_rows(path, run.file_name, headings, form.encoding or None))
        return file, headings.are_all_in(file.headings)

    @contextmanager
    def _merging(self, run):
        """Hook: surround the merge of a file; extend it to do at its end what follows from all that changed."""
        yield

    # ------------------------------------------------------------------
    # Merging row by row, for small domains
    # ------------------------------------------------------------------

    def _merge(self, run):
        """Turn the good rows of the staging table into records.

        Sets `outcome` and `record_id` of rows that are not new, and rejects those it cannot take.

        :return: list of warnings, dict(row_number, column, message)
        """
        warnings = []
        merging = self.with_company(run.company_id).with_context(
            tracking_disable=UNTRACKED, **{LOOKUP: {"company": run.company_id, "run": run}, WARNINGS: warnings}
        )
        rows = merging._staged_values()
        merging._before_rows([values for _row_number, values in rows])
        for batch in split_every(TOGETHER, rows):
            merging._merge_batch(batch)
        return warnings

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

    def _merge_batch(self, batch):
        """Merge rows in one savepoint; after an error each half by itself, down to the row at fault."""
        warnings = self.env.context[WARNINGS]
        before = len(warnings)
        try:
            with self.env.cr.savepoint():
                self._keep_outcomes(self._merge_together(batch))
        except (RowError, UserError, ValidationError) as error:
            del warnings[before:]
            if len(batch) == 1:
                heading, reason = getattr(error, "heading", None), getattr(error, "reason", "invalid")
                self._reject(batch[0][0], heading, reason, str(error))
                return
            middle = len(batch) // 2
            self._merge_batch(batch[:middle])
            self._merge_batch(batch[middle:])

    def _merge_together(self, batch):
        """Merge rows, the new records of which are made together.

        :return: list of (row number, id of the record, outcome)
        """
        warnings = self.env.context[WARNINGS]
        merged = []
        for row_number, values in batch:
            before = len(warnings)
            merged.append((row_number, *self._merge_row(values)))
            for warning in warnings[before:]:
                warning["row_number"] = row_number
        created = iter(
            self._target_records().create([record for _number, record, _outcome in merged if isinstance(record, dict)])
        )
        return [
            (row_number, (next(created) if isinstance(record, dict) else record).id, outcome)
            for row_number, record, outcome in merged
        ]

    def _target_records(self):
        """The model in which new records are made."""
        return self.env[self._target]

    def _keep_outcomes(self, merged):
        """Write down in the staging table what became of rows."""
        self.env.cr.execute(
            SQL(
                """UPDATE %s AS staging SET outcome = merged.outcome, record_id = merged.record_id
                     FROM unnest(%s, %s, %s) AS merged (row_number, record_id, outcome)
                    WHERE merged.row_number = staging.row_number""",
                STAGING,
                *(list(column) for column in zip(*merged, strict=True)),
            )
        )

    @property
    def _lookup(self):
        """What :meth:`_before_rows` has looked up, by name, and the `run` of the load with its `company`."""
        return self.env.context[LOOKUP]

    def _before_rows(self, rows):
        """Look up into `_lookup`, once for the whole file, what :meth:`_merge_row` will need.

        :param list rows: the values of all good rows
        """

    def _merge_row(self, values):
        """Create or update the record of one row.

        Called once more for a row whose neighbour was at fault, after all that was done is undone.

        :param dict values: by column name; numbers are Decimal, moments naive UTC
        :return: (record, "new" | "updated" | "unchanged"); values instead of a new record have it made together
            with those of other rows, which is much faster
        :raise RowError: the row cannot be taken; so do UserError and ValidationError
        """
        raise NotImplementedError

    def _write_if_changed(self, record, vals):
        """Write the values that differ; "updated" or "unchanged".

        :raise RowError: saying which columns may not change, and why
        """
        changed = {
            name: value
            for name, value in vals.items()
            if record._fields[name].convert_to_write(record[name], record) != value
        }
        if not changed:
            return "unchanged"
        with self._changing([column.heading for column in self._columns if column.name in changed]):
            record.write(changed)
        return "updated"

    @contextmanager
    def _changing(self, headings):
        """Context in which columns of a known record change; what is refused names them.

        :raise RowError: instead of the errors within
        """
        try:
            yield
        except (UserError, ValidationError) as error:
            if not headings:
                raise
            message = self.env._("changing %(columns)s: %(fault)s", columns=", ".join(headings), fault=str(error))
            raise RowError(headings[0], "invalid", message) from error

    def _warn(self, message, column=None, row_number=None):
        """Report something about a row, within :meth:`_merge_row` the present one, that does not reject it."""
        self.env.context[WARNINGS].append({"message": message, "column": column, "row_number": row_number})

    # ------------------------------------------------------------------
    # The account of the load
    # ------------------------------------------------------------------

    def _word_of_value(self) -> dict:
        """Return the word that files have for each value of the columns that hold one of a few words."""
        choices = [column.kind.choices for column in self._columns if isinstance(column.kind, Choice)]
        return {value: word for words in choices for word, value in words.items()}

    def _issue_vals(self, warnings, sheets):
        """The values of issues: the rejected rows and the warnings, each with the key of its row."""
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
        issues = [{"kind": row.pop("outcome"), **row} for row in staged if row["outcome"] == "rejected"] + [
            {"kind": "warning", "record_key": keys[warning["row_number"]], **warning} for warning in warnings
        ]
        if len(sheets) > 1:
            for issue in issues:
                name, before = next(sheet for sheet in reversed(sheets) if sheet[1] < issue["row_number"])
                issue["sheet"] = f"{name}!{issue['row_number'] - before}"
        return issues

    def _counts(self):
        """How many rows had each outcome, and how many rows there are."""
        self.env.cr.execute(SQL("SELECT outcome, count(*) FROM %s GROUP BY outcome", STAGING))
        counts = dict(self.env.cr.fetchall())
        return {
            "row_count": sum(counts.values()),
            **{f"{outcome}_count": counts.get(outcome, 0) for outcome in OUTCOMES},
        }

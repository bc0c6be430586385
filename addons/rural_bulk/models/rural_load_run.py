import hashlib
import itertools
import logging
import tempfile
from contextlib import contextmanager, nullcontext
from pathlib import Path

import psycopg2.errors

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.tools import SQL, clean_context, file_open

from odoo.addons.queue_job.exception import RetryableJobError

from ..readers import FileError

_logger = logging.getLogger(__name__)

#: Files up to this size (bytes) are loaded at once; bigger ones by a job.
AT_ONCE_BYTES = 2_000_000
#: Nothing is declared as text, or left to be guessed: Odoo would keep all the words once more, for searching.
MIMETYPES = {
    "csv": "application/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
#: Rejected rows that the command line names.
NAMED_ROWS = 20
UNKNOWN_MIMETYPE = "application/x-unknown"


class LoadBusyError(UserError):
    """Another load of the same kind is under way."""


class TrialEnd(Exception):
    """What a trial has done is undone; the arguments are its values for the run and its issues."""


class RuralLoadRun(models.Model):
    """A load of a file: the file, what became of its rows, and who did it."""

    _name = "rural.load.run"
    _description = "Data Load"
    _order = "id desc"

    profile = fields.Selection([], required=True, readonly=True, index=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, default=lambda self: self.env.company)
    user_id = fields.Many2one("res.users", "Loaded By", readonly=True, default=lambda self: self.env.user)
    state = fields.Selection(
        [
            ("draft", "Not Started"),
            ("queued", "In Progress"),
            ("tried", "Tried"),
            ("done", "Done"),
            ("failed", "Failed"),
        ],
        default="draft",
        required=True,
        readonly=True,
    )
    is_trial = fields.Boolean(
        readonly=True, help="The file is only tried: checked and counted, and nothing is entered."
    )
    error = fields.Text(readonly=True)
    job_error = fields.Char(compute="_compute_job_error", help="Why the job of a load in progress has stopped.")
    finished_at = fields.Datetime(readonly=True)

    # the file
    attachment_id = fields.Many2one("ir.attachment", "File", readonly=True, ondelete="set null")
    file_name = fields.Char(required=True, readonly=True)
    file_hash = fields.Char("SHA-256", readonly=True, index=True)
    same_file_id = fields.Many2one("rural.load.run", "Loaded Before As", compute="_compute_same_file_id")
    ignored_columns = fields.Char(readonly=True)
    has_formulas = fields.Boolean(readonly=True)
    format_id = fields.Many2one(
        "rural.load.format", "File Format", readonly=True, help="The headings and words of another program's export."
    )
    note_count = fields.Integer(
        "Lines Around", readonly=True, help="Titles, notes and repeated headings around the rows, which are no rows."
    )
    hidden_count = fields.Integer("Hidden Rows", readonly=True)
    unended_line = fields.Char(
        "Last Line without End",
        readonly=True,
        help="The file may be cut off there, as by a download that broke off: its other lines have an end.",
    )
    sheet_names = fields.Char("Sheets Read", readonly=True, help="Named when there are several.")
    unread_sheets = fields.Char("Sheets Not Read", readonly=True)

    # the counts: the five outcomes add up to the rows of the file (SC-15)
    row_count = fields.Integer("Rows", readonly=True)
    new_count = fields.Integer("New", readonly=True)
    updated_count = fields.Integer("Updated", readonly=True)
    unchanged_count = fields.Integer("Unchanged", readonly=True)
    duplicate_count = fields.Integer("Duplicates", readonly=True)
    rejected_count = fields.Integer("Rejected", readonly=True)
    warning_count = fields.Integer("Warnings", readonly=True)
    waiting_count = fields.Integer(
        "To Be Confirmed", readonly=True, help="What counts only once a second person has confirmed it."
    )
    rows_read = fields.Integer("Rows Read So Far", compute="_compute_rows_read")
    issue_ids = fields.One2many("rural.load.issue", "run_id", "Issues", readonly=True)

    _counts_add_up = models.Constraint(
        "CHECK (row_count = new_count + updated_count + unchanged_count + duplicate_count + rejected_count)",
        "The outcomes of a load must add up to the rows of its file.",
    )

    @api.depends("file_name", "profile")
    def _compute_display_name(self):
        for run in self:
            run.display_name = f"{run.file_name} (#{run.id})" if run.id else run.file_name

    @api.depends("file_hash", "profile", "company_id")
    def _compute_same_file_id(self):
        for run in self:
            run.same_file_id = run.file_hash and self._same_file(
                run.profile, run.file_hash, run.company_id, before=run.id
            )

    def _compute_job_error(self):
        jobs = self.env["queue.job"].sudo()
        for run in self:
            job = run.state == "queued" and jobs.search(
                [("identity_key", "=", run._job_key())], limit=1, order="id desc"
            )
            run.job_error = job and job.state == "failed" and (job.exc_message or job.exc_name)

    def _compute_rows_read(self):
        self.env.cr.execute(SQL("SELECT run_id, rows_read FROM rural_load_progress WHERE run_id = ANY(%s)", self.ids))
        progress = dict(self.env.cr.fetchall())
        for run in self:
            run.rows_read = run.row_count or progress.get(run.id, 0)

    @api.model
    def _same_file(self, profile, file_hash, company, before=None):
        """The newest finished load of the very same file, or an empty recordset."""
        domain = [
            ("profile", "=", profile),
            ("file_hash", "=", file_hash),
            ("company_id", "=", company.id),
            ("state", "=", "done"),
        ]
        if before:
            domain.append(("id", "<", before))
        return self.search(domain, limit=1)

    # ------------------------------------------------------------------
    # The file
    # ------------------------------------------------------------------

    @api.model
    def _create_for_file(self, profile, file_name, content, **vals):
        """A new load of a file.

        :param str profile: which kind of rows it holds ("orders", …)
        :param str file_name: its name, with .csv or .xlsx
        :param bytes content: its bytes
        :param vals: what else is known of the load: `is_trial`, `format_id`
        """
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .create({"name": file_name, "raw": content, "mimetype": self._mimetype(file_name)})
        )
        return self._create_for_attachment(profile, file_name, attachment, **vals)

    @api.model
    def _create_for_attachment(self, profile, file_name, attachment, **vals):
        """A new load of a file that is there already, and is the load's from now on."""
        self.env["rural.load.profile"]._for(profile)._check_may_load()
        vals |= {"profile": profile, "file_name": file_name, "attachment_id": attachment.id}
        # The company is one of the user's: `env.company` refuses another one. Nothing else comes from the client.
        vals |= {"company_id": self.env.company.id, "user_id": self.env.uid}
        run = self.sudo().with_context(clean_context(self.env.context)).create(vals)  # pylint: disable=context-overridden
        # Without a record it belongs to, a file is read by who has brought it in.
        is_private = self.env["rural.load.profile"]._for(profile)._is_file_private
        attachment.write(
            {
                "name": file_name,
                "mimetype": self._mimetype(file_name),
                "res_model": not is_private and self._name,
                "res_field": False,
                "res_id": not is_private and run.id,
            }
        )
        with run._file_path() as path, open(path, "rb") as stream:
            run.file_hash = hashlib.file_digest(stream, "sha256").hexdigest()
        return self.browse(run.id)

    @api.model
    def _mimetype(self, file_name):
        return MIMETYPES.get(file_name.lower().rpartition(".")[2], UNKNOWN_MIMETYPE)

    def _file_path(self):
        """Context of a path where the bytes of the file lie."""
        attachment = self.attachment_id.sudo()
        if not attachment:
            raise UserError(self.env._("The file of this load has been deleted."))
        if attachment.store_fname:
            return nullcontext(Path(attachment._full_path(attachment.store_fname)))
        return _temporary_file(attachment.raw or b"")

    # ------------------------------------------------------------------
    # Loading
    # ------------------------------------------------------------------

    @api.model
    def _load(self, profile, file_name, content, **vals):
        """Load a file now.

        :param vals: what else is known of the load: `is_trial` to enter nothing, `format_id`
        :return: the finished load; its state tells whether the file could be read
        """
        run = self._create_for_file(profile, file_name, content, **vals)
        run._execute()
        return run

    @api.model
    def _load_addon_file(self, profile, path):
        """Load a file that an addon brings along, unless it has been loaded; for demo data.

        :param str path: as `file_open` takes it, `my_addon/demo/orders.csv`
        """
        with file_open(path, "rb") as stream:
            content = stream.read()
        if not self._same_file(profile, hashlib.sha256(content).hexdigest(), self.env.company):
            self.with_context(lang=self.env.user.lang)._load(profile, Path(path).name, content)

    def action_start(self):
        """Load a small file at once and a big one as a job."""
        self._start(is_trial=False)

    def action_try(self):
        """Check and count the rows of the file as a load would, and enter nothing."""
        self._start(is_trial=True)

    def _start(self, is_trial):
        self.ensure_one()
        if self.state not in ("draft", "tried"):
            raise UserError(self.env._("This load has been started already."))
        self.env["rural.load.profile"]._for(self.profile)._check_may_load()
        self.sudo().is_trial = is_trial
        if self.attachment_id.sudo().file_size <= AT_ONCE_BYTES:
            self._execute()
        else:
            self._enqueue()

    def action_retry(self):
        """Queue a big file again whose job was lost or failed."""
        self.ensure_one()
        if self.state != "queued":
            raise UserError(self.env._("Only a load in progress can be queued again."))
        self._enqueue()

    def _enqueue(self):
        self.env["rural.load.profile"]._for(self.profile)._check_may_load()
        self.sudo().state = "queued"
        self.with_delay(description=self.display_name, identity_key=self._job_key())._execute_job()

    def _job_key(self):
        return f"rural_load_{self.id}"

    def _execute_job(self):
        """The job of a big file: can be run again at any time without harm (SC-15)."""
        self.ensure_one()
        if self.state != "queued":
            return
        try:
            self._execute()
        except (ConcurrencyError, LoadBusyError) as error:
            raise RetryableJobError(str(error), seconds=30, ignore_retry=True) from error

    def _execute(self):
        """Read, check and merge the file in one transaction: all of it, or nothing at all. A trial leaves nothing."""
        self.ensure_one()
        profile = self.env["rural.load.profile"]._for(self.profile)
        profile._check_may_load()
        self._take_turn()
        run = self.sudo()
        run.issue_ids.unlink()
        try:
            vals, issues = self._load_or_try(profile)
        except FileError as error:
            run.write(
                {
                    "state": "failed",
                    "error": self.env._(error.args[0]),
                    "finished_at": fields.Datetime.now(),
                }
            )
            return
        except psycopg2.errors.UniqueViolation as error:
            # Somebody else's transaction has just brought in the same rows.
            raise ConcurrencyError(self.env._("Another load has touched the same rows.")) from error
        self.env["rural.load.issue"].sudo().create([{"run_id": run.id, **issue} for issue in issues])
        state = "tried" if run.is_trial else "done"
        run.write({**vals, "state": state, "error": False, "finished_at": fields.Datetime.now()})
        _logger.info("Load %s of %s, %s: %s", self.id, self.profile, state, vals)

    def _load_or_try(self, profile):
        """Load the file, and undo that when it is only tried; (values for the run, values of issues)."""
        run = self.sudo()
        try:
            with self.env.cr.savepoint(), self._file_path() as path:
                vals, issues = profile._load_file(run, path)
                if run.is_trial:
                    raise TrialEnd(vals, issues)
        except TrialEnd as trial:
            vals, issues = trial.args
        return vals, issues

    def _take_turn(self):
        """Loads of one kind go one after the other."""
        key = f"rural.load.run/{self.profile}/{self.company_id.id}"
        self.env.cr.execute(SQL("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", key))
        if not self.env.cr.fetchone()[0]:
            raise LoadBusyError(self.env._("Another file of this kind is being loaded. Try again in a minute."))
        # One that has ended since this transaction began has it begin anew, for it would not see those rows.
        self.env["rural.lock"].sudo()._acquire(key)

    def _publish_progress(self, rows_read):
        """Show to other sessions, while the load's own transaction goes on, how far it is."""
        with self.env.registry.cursor() as cr:
            cr.execute(
                SQL(
                    "INSERT INTO rural_load_progress (run_id, rows_read) VALUES (%s, %s)"
                    " ON CONFLICT (run_id) DO UPDATE SET rows_read = EXCLUDED.rows_read",
                    self.id,
                    rows_read,
                )
            )

    # ------------------------------------------------------------------
    # Looking at the result
    # ------------------------------------------------------------------

    def _summary(self):
        """The load's account as plain values, for the command line."""
        self.ensure_one()
        counts = ("row", "new", "updated", "unchanged", "duplicate", "rejected", "warning")
        trial = {"dry_run": True} if self.is_trial else {}
        return (
            {"run": self.id, "profile": self.profile, "file": self.file_name, **trial}
            | {
                f"{count}s" if count in ("row", "duplicate", "warning") else count: self[f"{count}_count"]
                for count in counts
            }
            | self._remarks()
        )

    def _remarks(self) -> dict:
        """What the screen says besides the counts, as far as there is something: plain values for the command line."""
        rejected = self.issue_ids.filtered(lambda issue: issue.kind == "rejected")
        remarks = {
            "to_confirm": self.waiting_count,
            "hidden_rows": self.hidden_count,
            "last_line_without_end": self.unended_line,
            "ignored_columns": self.ignored_columns,
            "unread_sheets": self.unread_sheets,
            "formulas": self.has_formulas,
            "first_rejected": [
                {"row": issue.row_number, "column": issue.column or "", "message": issue.message}
                for issue in rejected[:NAMED_ROWS]
            ],
        }
        return {name: value for name, value in remarks.items() if value}

    def _rejected_rows(self):
        """The rejected rows as they stand in the file.

        :return: (headings, list of (cells, column at fault, message))
        """
        self.ensure_one()
        issues = self.issue_ids.filtered(lambda issue: issue.kind == "rejected")
        by_row = {issue.row_number: issue for issue in issues}
        profile = self.env["rural.load.profile"]._for(self.profile)
        with self._file_path() as path, profile._open(self, path) as file:
            rows = itertools.chain.from_iterable(zip(batch.numbers, batch.rows, strict=True) for batch in file.batches)
            return file.headings, [
                (cells, by_row[row_number].column or "", by_row[row_number].message)
                for row_number, cells in rows
                if row_number in by_row
            ]

    @api.model
    def _fault_headings(self):
        """What stands over the two columns that downloaded rejected rows have beside their own."""
        return self.env._("Column at Fault"), self.env._("What is wrong")

    def action_view_waiting(self):
        """Show what waits for a second person."""
        self.ensure_one()
        waiting = self.env["rural.load.profile"]._for(self.profile)._waiting_records(self)
        return waiting._get_records_action(name=self.env._("To Be Confirmed"))

    def action_view_rejected(self):
        """List the rejected rows."""
        return self._issues_action("rejected", self.env._("Rejected Rows"))

    def action_view_warnings(self):
        """List the warnings."""
        return self._issues_action("warning", self.env._("Warnings"))

    def _issues_action(self, kind, name):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "rural.load.issue",
            "view_mode": "list",
            "domain": [("run_id", "=", self.id), ("kind", "=", kind)],
        }

    def action_download_rejected(self):
        """Download the rejected rows as XLSX, with what is wrong beside each."""
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": f"/rural_bulk/rejected/{self.id}", "target": "download"}


@contextmanager
def _temporary_file(content):
    """Context of a path with the given bytes, for attachments that are kept in the database."""
    with tempfile.NamedTemporaryFile() as stream:
        stream.write(content)
        stream.flush()
        yield Path(stream.name)

from pathlib import Path

from odoo import models
from odoo.exceptions import UserError


class RuralCommand(models.AbstractModel):
    _inherit = "rural.command"

    def _add_commands(self, subparsers):
        result = super()._add_commands(subparsers)
        profiles = [value for value, _label in self.env["rural.load.run"]._fields["profile"].selection]
        load = subparsers.add_parser("load", help="load a file of rows")
        load.add_argument("profile", choices=profiles)
        load.add_argument("file", type=Path, help="a .csv or .xlsx file")
        load.add_argument("--dry-run", action="store_true", help="check and count the rows, and enter nothing")
        load.add_argument("--format", help="name of the file format, when its headings do not tell it")
        load.set_defaults(run=self._run_load)
        if kinds := self._confirming():
            confirm = subparsers.add_parser(
                "confirm", help="confirm what files have brought, as the manager that --user names"
            )
            confirm.add_argument("what", choices=tuple(kinds))
            self._add_confirm_arguments(confirm)
            confirm.set_defaults(run=self._run_confirm)
        export = subparsers.add_parser("export", help="write a table to a .csv or .xlsx file")
        export.add_argument("table", choices=list(self.env["rural.export"]._exports()))
        export.add_argument("--out", type=Path, required=True, help="the file to write")
        export.add_argument("--run", dest="load", type=int, help="number of the load, for a table of its rows")
        export.set_defaults(run=self._run_export)
        return result

    def _run_confirm(self, arguments):
        """Confirm all that waits of one kind, as a person who did not load it (SC-04, SC-08)."""
        if self.env.su:
            raise UserError(
                self.env._("Name the manager who confirms by --user: what came with a file takes a second person.")
            )
        return self._confirming()[arguments.what](arguments)

    def _confirming(self) -> dict:
        """Hook: return what of a file waits for a second person: its word → the method that confirms it.

        The method takes the arguments, confirms all that waits in the rights of the user, and returns what `run` of
        a command returns.
        """
        return {}

    def _add_confirm_arguments(self, parser):
        """Hook: add arguments of `confirm`."""

    def _run_load(self, arguments):
        """Load a file; (counts of each outcome, 1 when a row was rejected else 0)."""
        try:
            content = arguments.file.read_bytes()
        except OSError as error:
            raise UserError(
                self.env._(
                    "%(file)s cannot be read: %(reason)s.",
                    file=arguments.file,
                    reason=error.strerror,
                )
            ) from error
        form = self.env["rural.load.format"]
        if arguments.format:
            form = form.search([("profile", "=", arguments.profile), ("name", "=", arguments.format)], limit=1)
            if not form:
                raise UserError(self.env._("There is no file format “%s” for such files.", arguments.format))
        run = self.env["rural.load.run"]._load(
            arguments.profile, arguments.file.name, content, is_trial=arguments.dry_run, format_id=form.id
        )
        if run.state == "failed":
            raise UserError(run.error)
        return run._summary(), 1 if run.rejected_count else 0

    def _run_export(self, arguments):
        """Write a table to a file; (its name and number of rows, 0)."""
        run = self.env["rural.load.run"].browse(arguments.load or [])
        content, row_count = self.env["rural.export"]._export(
            arguments.table, arguments.out.suffix.lower().lstrip("."), self.env.company, run
        )
        try:
            arguments.out.write_bytes(content)
        except OSError as error:
            raise UserError(
                self.env._(
                    "%(file)s cannot be written: %(reason)s.",
                    file=arguments.out,
                    reason=error.strerror,
                )
            ) from error
        return {"table": arguments.table, "file": str(arguments.out), "rows": row_count}, 0

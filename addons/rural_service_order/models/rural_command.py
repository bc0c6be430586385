from pathlib import Path

from odoo import models
from odoo.exceptions import UserError


class RuralCommand(models.AbstractModel):
    _inherit = "rural.command"

    def _add_commands(self, subparsers):
        result = super()._add_commands(subparsers)
        export = subparsers.add_parser("export", help="write a table to a .csv or .xlsx file")
        export.add_argument("table", choices=list(self.env["rural.export"]._exports()))
        export.add_argument("--out", type=Path, required=True, help="the file to write")
        export.add_argument("--run", dest="load", type=int, help="number of the load, for `rows`")
        export.set_defaults(run=self._run_export)
        return result

    def _run_export(self, arguments):
        """Write a table to a file; (its name and number of rows, 0)."""
        run = self.env["rural.load.run"].browse(arguments.load or [])
        if run and not (run.exists() and run.profile == "orders"):
            raise UserError(self.env._("There is no load of orders with number %s.", run.id))
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

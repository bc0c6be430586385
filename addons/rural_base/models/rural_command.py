import argparse

from odoo import api, models
from odoo.exceptions import UserError


class ArgumentParser(argparse.ArgumentParser):
    """Parser that reports a wrong argument as an error instead of ending the process."""

    def error(self, message):
        """Raise the usage and what is wrong."""
        explained = f"{self.format_usage()}{self.prog}: {message}"
        raise UserError(explained)


class RuralCommand(models.AbstractModel):
    """What the command line `rural` can do in this database.

    An addon adds its own by extending this model:

        def _add_commands(self, subparsers):
            super()._add_commands(subparsers)
            parser = subparsers.add_parser("load", help="…")
            parser.add_argument("file")
            parser.set_defaults(run=self._run_load)

    `run` takes the parsed arguments and returns the result, a dictionary that JSON can hold, and the exit
    code: 0, or 1 when something was rejected. An exception is exit code 2 and undoes everything.
    """

    _name = "rural.command"
    _description = "Command line of the suite"

    @api.model
    def _add_commands(self, subparsers):
        """Hook: add parsers of sub-commands."""
        parser = subparsers.add_parser("about", help="say which of the suite's addons are installed")
        parser.set_defaults(run=self._run_about)

    @api.model
    def _parser(self) -> argparse.ArgumentParser:
        """Return the parser of everything after the options that name database, language and user."""
        parser = ArgumentParser(prog="rural", description="Commands for schedules and integration.")
        subparsers = parser.add_subparsers(
            title="commands", metavar="COMMAND", required=True, parser_class=ArgumentParser
        )
        self._add_commands(subparsers)
        return parser

    @api.model
    def _execute(self, arguments: list[str]) -> tuple[dict, int]:
        """Run one command and return its result and exit code.

        :raises UserError: if the arguments are not understood
        """
        parsed = self._parser().parse_args(arguments)
        return parsed.run(parsed)

    @api.model
    def _run_about(self, arguments) -> tuple[dict, int]:
        modules = self.env["ir.module.module"].search(
            [("name", "=like", "rural\\_%"), ("state", "=", "installed")], order="name"
        )
        versions = {module.name: module.installed_version for module in modules}
        return {"database": self.env.cr.dbname, "addons": versions}, 0

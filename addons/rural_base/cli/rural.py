"""Odoo's command `rural`: what the suite can do without a screen, for schedules and integration."""

import argparse
import json
import logging
import sys
from contextlib import contextmanager
from functools import partial
from inspect import cleandoc

import psycopg2

import odoo.sql_db
from odoo.api import SUPERUSER_ID, Environment
from odoo.cli.command import Command
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY, retrying
from odoo.tools import config, sql

_logger = logging.getLogger(__name__)

ERROR = 2
CHINA = "Asia/Shanghai"
BUSY = "Others were changing the same records all the while. Nothing has been changed: run the command again."


class Rural(Command):
    """Load, settle and export for a rural commerce operator"""

    name = "rural"
    epilog = """
        The result is one JSON document on standard output; the log goes to standard error.
        Exit code 0: done. 1: done, but something was rejected. 2: an error, and nothing was changed.
    """

    def run(self, args):
        """Run one command and end the process with its exit code."""
        sys.exit(self.main(args))

    def main(self, arguments: list[str]) -> int:
        """Run one command, print its result and return the exit code; begin anew when others were in the way."""
        try:
            options, rest = self._options(arguments)
            with self._environment(options) as env:
                # Begin anew, as requests do, when somebody else has changed the same records meanwhile.
                result, code = retrying(partial(env["rural.command"]._execute, rest), env)
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY as error:
            result, code = {"error": BUSY}, ERROR
            _logger.warning("%s %s", BUSY, error)
        except Exception as error:  # whatever it is, the caller gets JSON and a code
            result, code = {"error": str(error).strip() or type(error).__name__}, ERROR
            self._report(error, result["error"])
        print(json.dumps(result, ensure_ascii=False, indent=2, default=str))
        return code

    def _options(self, arguments: list[str]) -> tuple[argparse.Namespace, list[str]]:
        """Return the options that this file understands, and the rest for the database's parser."""
        parser = argparse.ArgumentParser(
            prog=self.prog,
            usage="%(prog)s COMMAND ... -d DATABASE [options]",
            description=cleandoc(self.__doc__),
            epilog=cleandoc(self.epilog),
            formatter_class=argparse.RawDescriptionHelpFormatter,
            add_help=False,
            allow_abbrev=False,
            exit_on_error=False,
        )
        parser.add_argument("-d", "--database", help="name of the database")
        parser.add_argument("-c", "--config", help="Odoo's configuration file")
        parser.add_argument("--lang", help="language of messages and headings (default: the user's)")
        parser.add_argument("--user", metavar="LOGIN", help="act as this user, with that user's rights")
        options, rest = parser.parse_known_args(arguments)
        settings = ["--no-http"]
        settings += ["-c", options.config] if options.config else []
        settings += ["-d", options.database] if options.database else []
        config.parse_config(settings, setup_logging=True)
        databases = config["db_name"]
        if len(databases) != 1:
            if {"-h", "--help"} & set(rest):
                print(parser.format_help())
                sys.exit()
            raise UserError("Name one database: rural COMMAND … -d DATABASE")
        options.database = databases[0]
        return options, rest

    @contextmanager
    def _environment(self, options: argparse.Namespace):
        """Give an environment whose work is kept if all goes well, and undone otherwise."""
        self._check_database(options.database)
        with Registry(options.database).cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, {})
            env = env(user=self._user(env, options.user))
            env = env(context=self._context(env, options.lang))
            yield env
            env.flush_all()

    @staticmethod
    def _context(env, language: str | None) -> dict:
        if language and language not in dict(env["res.lang"].get_installed()):
            raise UserError(f"Language {language} is not installed in database {env.cr.dbname}.")
        own = dict(env["res.users"].context_get())
        return {**own, "lang": language or own["lang"], "tz": CHINA}

    @staticmethod
    def _user(env, login: str | None):
        if not login:
            return env.user
        user = env["res.users"].search([("login", "=", login)])
        if not user:
            raise UserError(f"There is no user with the login {login}.")
        return user

    @staticmethod
    def _check_database(name: str):
        """Refuse, before Odoo touches it, a database that is not there or not of the suite."""
        try:
            with odoo.sql_db.db_connect(name).cursor() as cr:
                if not sql.table_exists(cr, "rural_clause"):
                    raise UserError(f"Database {name} does not have the addon rural_base installed.")
        except psycopg2.OperationalError as error:
            raise UserError(f"Database {name} cannot be opened: {error}".strip()) from error

    @staticmethod
    def _report(error: Exception, message: str):
        if isinstance(error, UserError | argparse.ArgumentError):
            print(message, file=sys.stderr)
        else:
            _logger.error("The command failed: %s", message, exc_info=error)

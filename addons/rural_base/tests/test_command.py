import io
import json
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from unittest.mock import patch

from odoo.cli.command import find_command
from odoo.exceptions import UserError
from odoo.tests import BaseCase, TransactionCase, get_db_name, new_test_user, tagged
from odoo.tools import config, mute_logger


@tagged("post_install", "-at_install")
class TestParser(TransactionCase):
    """What the parser in the database understands."""

    def test_result_and_code(self):
        result, code = self.env["rural.command"]._execute(["about"])
        self.assertEqual(code, 0)
        self.assertEqual(result["addons"]["rural_base"], "19.0.1.0.0")
        self.assertEqual(result["database"], self.env.cr.dbname)

    def test_what_is_not_understood_is_an_error(self):
        for arguments in ([], ["fly"], ["about", "--loud"]):
            with self.subTest(arguments=arguments), self.assertRaisesRegex(UserError, "usage: rural"):
                self.env["rural.command"]._execute(arguments)


@tagged("post_install", "-at_install")
class TestProgram(TransactionCase):
    """What the program makes of results and errors."""

    def setUp(self):
        super().setUp()
        self.registry_enter_test_mode()

    def run_program(self, *arguments, execute=None):
        """Run the program in this transaction; `execute` stands for what the database would do."""
        output, self.messages = io.StringIO(), io.StringIO()
        commands = self.registry["rural.command"]
        with (
            patch.object(config, "parse_config"),
            patch.dict(config.options, db_name=[self.env.cr.dbname]),
            patch.object(commands, "_execute", execute or commands._execute),
            redirect_stdout(output),
            redirect_stderr(self.messages),
        ):
            code = find_command("rural")().main(list(arguments))
        return json.loads(output.getvalue()), code

    def test_rejections_are_exit_code_1(self):
        result, code = self.run_program("load", execute=lambda commands, rest: ({"rejected": 3}, 1))
        self.assertEqual((result, code), ({"rejected": 3}, 1))

    def test_an_error_is_exit_code_2_said_twice_and_undone(self):
        message = "This is not a file."

        def fail(commands, rest):
            commands.env["rural.macro.region"].create({"name": "半途而废"})
            commands.env.flush_all()
            raise UserError(message)

        result, code = self.run_program("load", execute=fail)
        self.assertEqual((result, code), ({"error": message}, 2))
        self.assertIn(message, self.messages.getvalue())
        self.assertFalse(self.env["rural.macro.region"].search_count([("name", "=", "半途而废")]))

    def interrupted(self, times):
        """Stand for a command whose transaction others come before, so many times."""
        self.tries = 0

        def run(commands, rest):
            self.tries += 1
            commands.env["rural.macro.region"].create({"name": f"第{self.tries}次"})
            if self.tries <= times:
                commands.env.cr.execute(
                    "DO $$ BEGIN RAISE EXCEPTION 'late' USING ERRCODE = 'serialization_failure'; END $$"
                )
            return {"try": self.tries}, 0

        return run

    @patch("odoo.service.model.time.sleep")
    @mute_logger("odoo.sql_db")
    def test_a_command_begins_anew_when_another_transaction_came_before(self, _sleep):
        self.assertEqual(self.run_program("load", execute=self.interrupted(2)), ({"try": 3}, 0))
        made = self.env["rural.macro.region"].search([("name", "=like", "第_次")])
        self.assertEqual(made.mapped("name"), ["第3次"], "what was begun is undone")

    @patch("odoo.service.model.time.sleep")
    @mute_logger("odoo.sql_db", "odoo.cli.rural")
    def test_a_command_that_always_comes_late_says_so(self, _sleep):
        result, code = self.run_program("load", execute=self.interrupted(99))
        self.assertEqual(code, 2)
        self.assertIn("run the command again", result["error"])

    def test_options_are_taken_wherever_they_stand(self):
        seen = []

        def see(commands, rest):
            seen.append((rest, commands.env.user.login, commands.env.lang))
            return {}, 0

        login = new_test_user(self.env, "test_operations", "rural_base.group_operations").login
        language = self.env["res.lang"].get_installed()[0][0]
        self.run_program("load", "--user", login, "orders", "x.csv", f"--lang={language}", "--out", "y", execute=see)
        self.assertEqual(seen, [(["load", "orders", "x.csv", "--out", "y"], login, language)])

    def test_unknown_user_and_language_are_errors(self):
        for option, message in (("--user=nobody", "nobody"), ("--lang=xx_XX", "xx_XX")):
            with self.subTest(option=option):
                result, code = self.run_program("about", option)
                self.assertEqual(code, 2)
                self.assertIn(message, result["error"])


@tagged("post_install", "-at_install")
class TestProcess(BaseCase):
    """The program as a schedule starts it."""

    def run_process(self, *arguments):
        command = [sys.executable, "-m", "odoo", f"--addons-path={','.join(config['addons_path'])}", "rural"]
        return subprocess.run([*command, *arguments], capture_output=True, text=True, check=False, timeout=120)

    def test_result_on_standard_output(self):
        done = self.run_process("about", "-d", get_db_name())
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("rural_base", json.loads(done.stdout)["addons"])

    def test_unknown_database_is_a_clear_error(self):
        done = self.run_process("about", "-d", "no-such-database")
        self.assertEqual(done.returncode, 2)
        self.assertIn("no-such-database cannot be opened", json.loads(done.stdout)["error"])
        self.assertNotIn("Traceback", done.stderr)

    def test_database_without_the_suite_is_left_alone(self):
        done = self.run_process("about", "-d", "postgres")
        self.assertEqual(done.returncode, 2)
        self.assertIn("rural_base", json.loads(done.stdout)["error"])
        self.assertNotIn("CREATE TABLE", done.stderr)

    def test_help_without_a_database(self):
        done = self.run_process("--help")
        self.assertEqual(done.returncode, 0)
        self.assertIn("-d DATABASE", done.stdout)

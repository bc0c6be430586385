import base64
import itertools

from psycopg2.errors import UniqueViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import TransactionCase, new_test_user, tagged

from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.tests.common import trap_jobs
from odoo.addons.rural_bulk import readers, workbook_reader
from odoo.addons.rural_bulk.columns import Code, Column, Number, RowError, Text
from odoo.addons.rural_bulk.models import rural_load_run, rural_load_staging
from odoo.addons.rural_bulk.models.rural_load_run import LoadBusyError

from .common import workbook_bytes

GOOD = "编码,名称,数量\nA1,甲,1\nA2,乙,2\n"


class BankRows:
    """What a domain gives for its profile; here over a small model that is always there: banks."""

    _columns = (
        Column("code", "编码", Code(), reason="key"),
        Column("name", "名称", Text()),
        Column("amount", "数量", Number(2), required=False, reason="number"),
    )
    _key = ("code",)
    _target = "res.bank"

    def _merge_row(self, values):
        if values["amount"] and values["amount"] < 0:
            raise RowError("数量", "amount", "negative")
        banks = self.env["res.bank"].sudo()
        bank = banks.search([("bic", "=", values["code"])]) or banks.create({"name": "?", "bic": values["code"]})
        if values["name"] == "注意":
            self._warn("look at it", column="名称")
        if values["amount"] == 13:
            raise UserError(values["name"])
        outcome = self._write_if_changed(bank, {"name": values["name"]})
        return bank, "new" if outcome == "updated" and values["code"].startswith("A") else outcome


@tagged("post_install", "-at_install")
class TestLoadRun(TransactionCase):
    """A load from the file to its account: every row ends as exactly one outcome (SC-15)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operations = new_test_user(cls.env, "b_operations", "base.group_user,rural_base.group_operations")
        cls.officer = new_test_user(cls.env, "b_officer", "base.group_user,rural_base.group_settlement_officer")
        cls.nobody = new_test_user(cls.env, "b_nobody", "base.group_user")

    def setUp(self):
        super().setUp()
        profile = self.env.registry["rural.load.profile"]
        for name in ("_columns", "_key", "_target", "_merge_row"):
            self.patch(profile, name, getattr(BankRows, name))
        self.patch(profile, "_for", lambda records, _profile: records)
        selection = self.env["rural.load.run"]._fields["profile"]
        self.patch(selection, "selection", [*selection.selection, ("banks", "Banks")])
        self.patch(selection, "_selection", dict(selection.selection))

    def run_of(self, text, user=None, name="banks.csv"):
        runs = self.env["rural.load.run"].with_user(user or self.operations)
        return runs._load("banks", name, text.encode()).sudo()

    def draft(self, text=GOOD, user=None):
        runs = self.env["rural.load.run"].with_user(user or self.operations)
        return runs._create_for_file("banks", "banks.csv", text.encode())

    def counts(self, run):
        names = ("new", "updated", "unchanged", "duplicate", "rejected", "warning")
        return {name: run[f"{name}_count"] for name in names if run[f"{name}_count"]}

    # What becomes of the rows -----------------------------------------

    def test_each_outcome(self):
        self.env["res.bank"].create([{"name": "丙", "bic": "B3"}, {"name": "旧", "bic": "B4"}])
        run = self.run_of(GOOD + "a1,甲,1\nB3,丙,\nB4,新,\nB5,丁,-1\n,戊,1\n")
        counts = {"new": 2, "duplicate": 1, "unchanged": 1, "updated": 1, "rejected": 2}
        self.assertEqual((self.counts(run), run.row_count, run.state), (counts, 7, "done"))
        self.assertEqual(run.issue_ids.mapped("row_number"), [7, 8])
        self.assertEqual(run.issue_ids.mapped("reason"), ["amount", "key"])
        self.assertEqual(run.issue_ids.mapped("record_key"), ["B5", ""])

    def test_sc15_numbers_of_a_repeated_row_compare_by_value(self):
        run = self.run_of(GOOD + "A1,甲,1.00\nA2,乙,2.01\n")
        self.assertEqual(self.counts(run), {"new": 1, "duplicate": 1, "rejected": 2})
        self.assertEqual(run.issue_ids.mapped("record_key"), ["A2", "A2"])

    def test_error_of_a_row_undoes_that_row_alone(self):
        run = self.run_of("编码,名称,数量\nA1,注意,13\nA2,注意,1\n")
        self.assertEqual(self.counts(run), {"new": 1, "rejected": 1, "warning": 1})
        self.assertFalse(self.env["res.bank"].search([("bic", "=", "A1")]))
        warning = run.issue_ids.filtered(lambda issue: issue.kind == "warning")
        self.assertEqual((warning.row_number, warning.record_key, warning.column), (3, "A2", "名称"))

    def test_rejected_rows_are_given_back_as_they_were(self):
        run = self.run_of("备注,编码,名称,数量\n一, a9 ,甲,-1\n二,A2,乙,2\n")
        headings, rows = run._rejected_rows()
        self.assertEqual(headings, ["备注", "编码", "名称", "数量"])
        self.assertEqual(rows, [(["一", " a9 ", "甲", "-1"], "数量", "negative")])
        self.assertEqual(run.ignored_columns, "备注")

    def test_quote_that_is_never_closed_fails_the_file_as_a_whole(self):
        self.patch(readers, "BATCH_BYTES", 1)
        run = self.run_of(GOOD + 'A3,"丙,3\n' + "A4,丁,4\n" * 3)
        self.assertEqual((run.state, run.row_count), ("failed", 0))
        self.assertIn("proper CSV", run.error)
        self.assertFalse(self.env["res.bank"].search([("bic", "=", "A1")]))

    def test_sc15_file_that_may_be_cut_off_in_its_last_cell_is_loaded_and_the_row_is_shown(self):
        run = self.run_of(GOOD + "A3,丙,5")
        self.assertEqual((run.state, self.counts(run)), ("done", {"new": 3}))
        self.assertEqual(run.unended_line, "A3,丙,5")
        self.assertEqual(run._summary()["last_line_without_end"], "A3,丙,5")
        self.assertFalse(self.run_of(GOOD + "A3,丙,50\r\n").unended_line)

    def test_sc15_file_that_is_cut_off_within_quotes_leaves_nothing(self):
        run = self.run_of(GOOD + 'A3,丙,"5')
        self.assertEqual((run.state, run.row_count), ("failed", 0))
        self.assertIn("line 4: a text in quotes is not closed", run.error)

    def test_sc15_workbook_that_ends_in_the_middle_leaves_nothing(self):
        receive, count = workbook_reader._Process.receive_rows, itertools.count(1)

        def receive_some(process):
            if next(count) == 3:
                process._popen.kill()
            return receive(process)

        self.patch(workbook_reader._Process, "receive_rows", receive_some)
        rows = [[f"A{number}", "甲", 1] for number in range(5000)]
        content = workbook_bytes([["编码", "名称", "数量"], *rows])
        run = self.env["rural.load.run"].with_user(self.operations)._load("banks", "banks.xlsx", content).sudo()
        self.assertEqual((run.state, run.row_count, run.issue_ids.ids), ("failed", 0, []))
        self.assertIn("Export it as .csv", run.error)
        self.assertFalse(self.env["res.bank"].search([("bic", "=like", "A%")]))
        self.assertFalse(self.ledger_of(run))

    def test_sc15_load_broken_off_while_it_enters_leaves_nothing(self):
        merge_row, profile = BankRows._merge_row, self.env.registry["rural.load.profile"]

        def merge_some(records, values):
            if values["code"] == "A3":
                raise RuntimeError("the power fails")
            return merge_row(records, values)

        self.patch(profile, "_merge_row", merge_some)
        draft = self.draft(GOOD + "A3,丙,3\n")
        with self.assertRaises(RuntimeError), self.env.cr.savepoint():
            draft.action_start()
        self.env.invalidate_all()
        self.assertEqual((draft.state, draft.row_count), ("draft", 0))
        self.assertFalse(self.env["res.bank"].search([("bic", "=like", "A%")]))
        self.assertFalse(self.ledger_of(draft))
        self.patch(profile, "_merge_row", merge_row)
        draft.action_start()
        self.assertEqual((draft.state, self.counts(draft.sudo())), ("done", {"new": 3}))

    def ledger_of(self, run):
        self.env.cr.execute("SELECT FROM rural_load_ledger WHERE run_id = %s", [run.id])
        return self.env.cr.rowcount

    def test_other_separators_are_told(self):
        for separator in (";", "\t", " \t", "|"):
            self.assertIn("not separated by commas", self.run_of(GOOD.replace(",", separator)).error, repr(separator))
        self.assertIn("lacks the columns", self.run_of("名称\n").error, "one heading is not several")

    def test_corrected_rows_may_keep_what_was_said_beside_them(self):
        fault, message = self.env["rural.load.run"]._fault_headings()
        run = self.run_of(f"编码,名称,数量,{fault},{message}\nA1,甲,1,数量,negative\n")
        self.assertEqual((self.counts(run), run.ignored_columns), ({"new": 1}, False))

    def test_progress_is_published_from_time_to_time(self):
        published = []
        self.patch(readers, "BATCH_BYTES", 1)
        self.patch(readers, "HEADING_ROWS", 1)
        self.patch(rural_load_staging, "PROGRESS_ROWS", 3)
        self.patch(self.env.registry["rural.load.run"], "_publish_progress", lambda _run, rows: published.append(rows))
        self.run_of("编码,名称,数量\n" + "".join(f"A{number},甲,1\n" for number in range(10)))
        self.assertEqual(published, [3, 6, 9])

    # The run ----------------------------------------------------------

    def test_same_file_is_told(self):
        first, other, again = self.run_of(GOOD), self.run_of(GOOD + "A3,丙,3\n"), self.run_of(GOOD)
        self.assertFalse(first.same_file_id or other.same_file_id)
        self.assertEqual(again.same_file_id, first)
        self.assertEqual(self.counts(again), {"unchanged": 2})

    def test_same_file_of_another_company_is_another(self):
        company = self.env["res.company"].create({"name": "另一家运营商"})
        run = self.run_of(GOOD)
        runs = self.env["rural.load.run"]
        self.assertEqual(runs._same_file("banks", run.file_hash, run.company_id), run)
        self.assertFalse(runs._same_file("banks", run.file_hash, company))

    def test_failed_load_says_why_and_leaves_nothing(self):
        run = self.run_of("名称,数量\n甲,1\n")
        self.assertEqual((run.state, run.row_count), ("failed", 0))
        self.assertIn("编码", run.error)
        self.assertTrue(run.finished_at)
        self.assertFalse(run.same_file_id or self.run_of("名称,数量\n甲,1\n").same_file_id)

    def test_failed_load_speaks_the_language_of_its_user(self):
        if "zh_CN" not in dict(self.env["res.lang"].get_installed()):
            self.skipTest("Chinese is not installed")
        runs = self.env["rural.load.run"].with_user(self.operations).with_context(lang="zh_CN")
        self.assertEqual(runs._load("banks", "banks.csv", b"").error, "文件为空。")
        run = runs._load("banks", "banks.csv", "编码,名称,数量\n,甲,x\n".encode())
        self.assertEqual(run.issue_ids.message, "编码：未填写; 数量：“x”不是最多 2 位小数的数字")

    def test_file_in_the_database_is_read_too(self):
        self.env["ir.config_parameter"].sudo().set_param("ir_attachment.location", "db")
        self.assertEqual(self.counts(self.run_of(GOOD)), {"new": 2})

    def test_deleted_file_is_told(self):
        run = self.draft()
        run.sudo().attachment_id.unlink()
        with self.assertRaisesRegex(UserError, "has been deleted"):
            run._execute()

    # At once or by a job ----------------------------------------------

    def test_wizard_loads_a_small_file_at_once(self):
        wizard = self.env["rural.load.wizard"].with_user(self.operations)
        wizard = wizard.create({"profile": "banks", "file_name": "b.csv", "content": base64.b64encode(GOOD.encode())})
        self.assertEqual(wizard.column_list, "编码, 名称, 数量")
        action = wizard.action_load()
        self.assertEqual(action["target"], "main", "loads do not stack on the way back")
        run = self.env["rural.load.run"].browse(action["res_id"])
        self.assertEqual((run.state, run.user_id, run.new_count), ("done", self.operations, 2))
        with self.assertRaisesRegex(UserError, "started already"):
            run.with_user(self.operations).action_start()

    def test_big_file_is_loaded_by_a_job(self):
        self.patch(rural_load_run, "AT_ONCE_BYTES", 10)
        run = self.draft()
        with trap_jobs() as trap:
            run.action_start()
            trap.assert_jobs_count(1)
            trap.assert_enqueued_job(run._execute_job)
            self.assertEqual(run.state, "queued")
            trap.perform_enqueued_jobs()
        self.assertEqual((run.state, run.new_count), ("done", 2))

    def test_job_run_again_does_nothing(self):
        run = self.draft()
        run.sudo().state = "queued"
        run._execute_job()
        finished_at = run.finished_at
        run._execute_job()
        self.assertEqual((run.state, run.finished_at, run.row_count), ("done", finished_at, 2))

    def test_stopped_job_is_told_and_queued_again(self):
        run = self.draft()
        with self.assertRaisesRegex(UserError, "load in progress"):
            run.action_retry()
        run.sudo().state = "queued"
        run._enqueue()
        job = self.env["queue.job"].search([("identity_key", "=", run._job_key())])
        self.assertFalse(run.job_error)
        job.write({"state": "failed", "exc_message": "no space left"})
        run.invalidate_recordset()
        self.assertEqual(run.with_user(self.operations).job_error, "no space left")
        run.action_retry()
        run.invalidate_recordset()
        self.assertFalse(run.job_error)

    def test_queue_again(self):
        run = self.draft()
        run.sudo().state = "queued"
        with trap_jobs() as trap:
            run.action_retry()
            trap.assert_jobs_count(1, only=run._execute_job)

    def test_job_waits_while_another_load_of_its_kind_is_under_way(self):
        def busy(_run):
            raise LoadBusyError("busy")

        run = self.draft()
        run.sudo().state = "queued"
        self.patch(self.env.registry["rural.load.run"], "_take_turn", busy)
        with self.assertRaises(RetryableJobError):
            run._execute_job()

    def test_job_waits_when_another_transaction_brought_in_the_same_rows(self):
        def collide(_profile, _run, _path):
            raise UniqueViolation("same rows")

        run = self.draft()
        run.sudo().state = "queued"
        self.patch(self.env.registry["rural.load.profile"], "_load_file", collide)
        with self.assertRaises(RetryableJobError):
            run._execute_job()

    # Access -----------------------------------------------------------

    def test_only_who_may_load_files_of_the_kind(self):
        for user in (self.officer, self.nobody):
            with self.assertRaises(AccessError):
                self.draft(user=user)
        run = self.draft()
        with self.assertRaises(AccessError):
            run.with_user(self.officer)._execute()

    def test_loads_are_read_by_who_may_load_and_written_by_nobody(self):
        run = self.run_of(GOOD + ",x,\n")
        colleague = new_test_user(self.env, "b_colleague", "base.group_user,rural_base.group_operations")
        administrator = new_test_user(self.env, "b_system", "base.group_system,rural_base.group_operations")
        for user in (self.operations, colleague, administrator):
            self.assertTrue(run.with_user(user).read(["state"]))
            self.assertTrue(run.issue_ids.with_user(user).read(["message"]))
            for change in (lambda records: records.write({"file_name": "x"}), lambda records: records.unlink()):
                with self.assertRaises(AccessError):
                    change(run.with_user(user))
        for user in (self.officer, self.nobody):  # the officer loads files of other kinds
            for records, name in ((run, "state"), (run.issue_ids, "message"), (run.attachment_id, "raw")):
                records.invalidate_recordset()
                with self.assertRaises(AccessError, msg=(user.login, records)):
                    records.with_user(user).read([name])
            self.assertFalse(self.env["rural.load.ledger"].with_user(self.officer).search([("run_id", "=", run.id)]))

    def test_load_is_read_by_who_has_loaded_it_and_lost_the_role_since(self):
        run = self.run_of(GOOD)
        self.operations.group_ids = [
            Command.unlink(self.env.ref("rural_base.group_operations").id),
            Command.link(self.env.ref("rural_base.group_settlement_officer").id),
        ]
        self.assertTrue(run.with_user(self.operations).read(["state"]))
        self.assertTrue(run.attachment_id.with_user(self.operations).raw)

    def test_dialog_offers_the_kinds_that_the_user_may_load(self):
        wizards = self.env["rural.load.wizard"]
        kinds = [
            dict(wizards.with_user(user).fields_get(["profile"])["profile"]["selection"])
            for user in (self.operations, self.officer)
        ]
        self.assertEqual(["banks" in kind for kind in kinds], [True, False])

    def test_nothing_of_a_load_comes_from_the_client_but_the_file(self):
        other = self.env["res.company"].create({"name": "另一家运营商"})
        runs = self.env["rural.load.run"].with_user(self.operations)
        run = runs.with_context(
            default_company_id=other.id, default_user_id=self.officer.id, default_state="done", default_new_count=7
        )._create_for_file("banks", "banks.csv", GOOD.encode())
        self.assertEqual((run.company_id, run.user_id, run.state), (self.env.company, self.operations, "draft"))
        self.assertEqual(run.new_count, 0)
        with self.assertRaises(AccessError):
            runs.with_context(allowed_company_ids=other.ids)._create_for_file("banks", "banks.csv", GOOD.encode())

    # Trials -----------------------------------------------------------

    def test_trial_counts_and_enters_nothing(self):
        text = GOOD + "B3,丙,1\nB4,注意,1\n,戊,1\n"
        before = self.env["res.bank"].search_count([])
        run = self.draft(text)
        run.action_try()
        counts = {"new": 2, "updated": 2, "rejected": 1, "warning": 1}
        self.assertEqual((run.state, self.counts(run)), ("tried", counts))
        self.assertEqual(run.issue_ids.mapped("row_number"), [5, 6] if run.issue_ids[0].row_number == 5 else [6, 5])
        self.assertEqual(self.env["res.bank"].search_count([]), before)
        self.assertFalse(self.env["rural.load.ledger"].search([("run_id", "=", run.id)]))
        self.assertFalse(self.run_of(text).same_file_id)

    def test_tried_file_is_loaded_with_the_same_result(self):
        run = self.draft(GOOD + ",戊,1\n")
        run.action_try()
        tried = self.counts(run)
        run.action_start()
        self.assertEqual((run.state, self.counts(run), len(run.issue_ids)), ("done", tried, 1))
        self.assertEqual(self.env["res.bank"].search_count([("bic", "in", ("A1", "A2"))]), 2)

    def test_trial_of_a_big_file_is_a_job(self):
        self.patch(rural_load_run, "AT_ONCE_BYTES", 10)
        run = self.draft()
        with trap_jobs() as trap:
            run.action_try()
            trap.perform_enqueued_jobs()
        self.assertEqual((run.state, self.counts(run)), ("tried", {"new": 2}))
        self.assertFalse(self.env["res.bank"].search([("bic", "=", "A1")]))

    def test_trial_of_a_file_that_cannot_be_read_says_why(self):
        run = self.draft("名称,数量\n甲,1\n")
        run.action_try()
        self.assertEqual(run.state, "failed")
        self.assertIn("编码", run.error)

    def test_dialog_tries_a_file(self):
        wizard = self.env["rural.load.wizard"].with_user(self.operations)
        wizard = wizard.create({"profile": "banks", "file_name": "b.csv", "content": base64.b64encode(GOOD.encode())})
        run = self.env["rural.load.run"].browse(wizard.action_try()["res_id"])
        self.assertEqual((run.state, run._summary()["dry_run"]), ("tried", True))

    # File formats -----------------------------------------------------

    def new_format(self, **vals):
        return self.env["rural.load.format"].create(
            {
                "name": "工会平台",
                "profile": "banks",
                "heading_ids": [
                    Command.create({"column": "编码", "heading": "联行号"}),
                    Command.create({"column": "名称", "heading": "行名"}),
                ],
                **vals,
            }
        )

    def test_file_of_another_platform_is_read_by_its_format(self):
        text = "行名,联行号,数量\n甲,A1,1\n,A2,1\n"
        self.assertEqual(self.run_of(text).state, "failed")
        form = self.new_format()
        run = self.run_of(text)
        self.assertEqual((run.format_id, self.counts(run)), (form, {"new": 1, "rejected": 1}))
        self.assertEqual(run.issue_ids.column, "行名")
        self.assertEqual(self.counts(self.run_of(GOOD)), {"unchanged": 1, "new": 1})
        self.assertFalse(self.run_of("名称,数量\n甲,1\n").format_id)
        headings, rows = run._rejected_rows()
        self.assertEqual((headings, rows[0][0]), (["行名", "联行号", "数量"], ["", "A2", "1"]))

    def test_format_that_is_chosen_says_the_encoding(self):
        form = self.new_format(encoding="big5", heading_ids=False)
        content = (
            "编码,名称,数量\nA1,丙,1\n".replace("编码", "編碼")
            .replace("名称", "名稱")
            .replace("数量", "數量")
            .encode("big5")
        )
        form.heading_ids = [
            Command.create({"column": column, "heading": heading})
            for column, heading in (("编码", "編碼"), ("名称", "名稱"), ("数量", "數量"))
        ]
        run = self.env["rural.load.run"].with_user(self.operations)
        run = run._load("banks", "banks.csv", content, format_id=form.id)
        self.assertEqual((run.state, self.counts(run)), ("done", {"new": 1}))

    def test_format_names_columns_and_words_that_there_are(self):
        with self.assertRaisesRegex(ValidationError, "is no column"):
            self.new_format(heading_ids=[Command.create({"column": "商品", "heading": "货品"})])
        with self.assertRaisesRegex(ValidationError, "is no word"):
            self.new_format(
                name="另一个平台", word_ids=[Command.create({"column": "编码", "word": "a", "meaning": "b"})]
            )

    def test_format_is_set_up_by_administrators_only(self):
        form = self.new_format()
        self.assertTrue(form.with_user(self.operations).read(["name"]))
        with self.assertRaises(AccessError):
            form.with_user(self.operations).name = "x"
        action = form.action_try()
        self.assertEqual(action["context"]["default_format_id"], form.id)
        dialog = self.env["rural.load.wizard"].with_user(self.operations).with_context(**action["context"])
        dialog = dialog.create({"file_name": "b.csv", "content": base64.b64encode(GOOD.encode())})
        loads = self.env["rural.load.run"].search_count([])
        with self.assertRaisesRegex(UserError, "only tries"):
            dialog.action_load()
        self.assertEqual(self.env["rural.load.run"].search_count([]), loads)

    # Command line -----------------------------------------------------

    def test_summary_for_the_command_line(self):
        run = self.run_of(GOOD + "A3,丙,-1\n")
        self.assertEqual(
            run._summary(),
            {
                "run": run.id,
                "profile": "banks",
                "file": "banks.csv",
                "rows": 3,
                "new": 2,
                "updated": 0,
                "unchanged": 0,
                "duplicates": 0,
                "rejected": 1,
                "warnings": 0,
                "first_rejected": [{"row": 4, "column": "数量", "message": "negative"}],
            },
        )

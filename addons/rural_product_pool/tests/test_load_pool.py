import re
from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools.misc import format_date

from .common import PoolCase

HEADINGS = "商品编码,商品名称,供应商编码,供应商名称,服务费率,年终激励费率,生效日期,失效日期"
ROWS = [
    "SP900001,利川红茶,GYS90001,利川红茶合作社,0.0248,0.0154,2021-12-01,2023-12-31",
    "SP900002,房县黑木耳,GYS90002,房县合作社,0.0892,,2021-12-01,2022-09-12",
    " sp９00002 ,房县黑木耳,GYS90002,房县合作社,0.1042,0.01,2022-09-13,",
]


@tagged("post_install", "-at_install")
class TestLoadPool(PoolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # of days to come: what reaches into the past waits for a second person
        cls.startClassPatcher(freeze_time("2021-11-15 04:00:00"))

    def load(self, rows, user=None):
        return self.load_as(user or self.operations, "pool", "\r\n".join([HEADINGS, *rows]))

    def entry(self, code, day):
        product = self.env["rural.product"].search([("code", "=", code)])
        return self.env["rural.pool.entry"]._version_on(day, product_id=product)

    def last_day_of_2022(self):
        return format_date(self.env, date(2022, 12, 31))

    def test_sc08_rows_become_entries(self):
        self.assertEqual(self.counts(self.load(ROWS)), {"new": 3})
        first, last = self.entry("SP900002", date(2022, 9, 12)), self.entry("SP900002", date(2030, 1, 1))
        self.assertEqual((first.fee_rate, last.fee_rate), (0.0892, 0.1042))
        self.assertEqual((first.incentive_rate, last.incentive_rate), (0, 0.01))
        self.assertEqual((first.valid_to, last.valid_to), (date(2022, 9, 12), False))
        self.assertEqual(first.supplier_id.supplier_code, "GYS90002")
        self.assertEqual(first.company_id, self.company)
        self.assertEqual(self.entry("SP900001", date(2022, 1, 1)).product_id, self.product)

    def test_sc15_the_same_file_again_changes_nothing(self):
        self.load(ROWS)
        self.assertEqual(self.counts(self.load(ROWS)), {"unchanged": 3})

    def test_sc15_a_corrected_file_changes_what_differs(self):
        self.load(ROWS)
        run = self.load([ROWS[0].replace("0.0248", "0.03"), *ROWS[1:]])
        self.assertEqual(self.counts(run), {"updated": 1, "unchanged": 2})
        self.assertEqual(self.entry("SP900001", date(2022, 1, 1)).fee_rate, 0.03)

    def test_sc08_a_file_makes_room_for_a_new_version_whatever_its_order(self):
        self.load(ROWS[:1])
        shortened = ROWS[0].replace("2023-12-31", "2022-06-30")
        new = ROWS[0].replace("0.0248", "0.05").replace("2021-12-01", "2022-07-01")
        self.assertEqual(self.counts(self.load([new, shortened])), {"new": 1, "updated": 1})

    def test_sc08_a_new_version_of_days_to_come_ends_the_known_one(self):
        self.load(ROWS[2:])
        new = ROWS[2].replace("0.1042", "0.07").replace("2022-09-13", "2023-01-01")
        run = self.load([new])
        self.assertEqual(self.counts(run), {"new": 1, "warning": 1})
        self.assertEqual((run.issue_ids.row_number, run.issue_ids.column), (2, "生效日期"))
        self.assertIn(f"(2022-09-13 –) ends on {self.last_day_of_2022()}", run.issue_ids.message)
        before, after = self.entry("SP900002", date(2022, 12, 31)), self.entry("SP900002", date(2023, 1, 1))
        self.assertEqual((before.fee_rate, before.valid_to), (0.1042, date(2022, 12, 31)))
        self.assertEqual((after.fee_rate, after.valid_to, after.state), (0.07, False, "confirmed"))
        self.assertEqual(self.counts(self.load([new])), {"unchanged": 1})

    def test_sc08_a_file_that_says_otherwise_of_the_known_version_ends_nothing(self):
        self.load(ROWS[2:])
        new = ROWS[2].replace("0.1042", "0.07").replace("2022-09-13", "2023-01-01")
        for rows in ([ROWS[2], new], [new + "2023-06-30"]):
            run = self.load(rows)
            self.assertEqual(run.rejected_count, 1, rows)
            self.assertEqual((run.issue_ids.column, run.warning_count), ("生效日期", 0), "it goes on, or goes on after")
        self.assertFalse(self.entry("SP900002", date(2023, 1, 1)).valid_to)

    def test_sc08_what_a_version_of_the_past_will_end_is_said_by_its_load_and_its_text(self):
        self.load(ROWS[2:])
        with freeze_time("2023-02-01 04:00:00"):
            run = self.load([ROWS[2].replace("0.1042", "0.07").replace("2022-09-13", "2023-01-01")])
            self.assertEqual(self.counts(run), {"new": 1, "warning": 1})
            ending = f"(2022-09-13 –) ends on {self.last_day_of_2022()}."
            self.assertRegex(run.issue_ids.message, r"once it is confirmed: .*" + re.escape(ending))
            waiting = self.env["rural.pool.entry"].search(
                [("product_id.code", "=", "SP900002"), ("state", "=", "requested")]
            )
            self.assertIn(ending, waiting.change_text)
        self.assertFalse(self.entry("SP900002", date(2023, 1, 1)).valid_to, "it waits")

    def test_sc08_an_overlap_rejects_its_row_alone(self):
        run = self.load([ROWS[0], ROWS[0].replace("2021-12-01", "2022-07-01"), ROWS[1]])
        self.assertEqual(self.counts(run), {"new": 2, "rejected": 1})
        self.assertEqual((run.issue_ids.row_number, run.issue_ids.column), (3, "生效日期"))
        self.assertIn("SP900001", run.issue_ids.message)

    def test_sc08_one_fault_among_many_rows_rejects_its_row_alone(self):
        row = ROWS[0].replace("利川红茶,", "红茶,")
        many = [row.replace("SP900001", f"SP91{number:04d}").replace("GYS90001", "GYS90003") for number in range(40)]
        faulty = many[7].replace("2021-12-01", "2022-07-01")
        other_name = many[30].replace("红茶,", "绿茶,").replace("2021-12-01,2023-12-31", "2024-01-01,")
        run = self.load([*many, faulty, other_name])
        self.assertEqual(self.counts(run), {"new": 41, "rejected": 1, "warning": 1})
        rejected, warning = run.issue_ids.sorted("kind")
        self.assertEqual((rejected.row_number, rejected.record_key), (42, "SP910007 / 2022-07-01"))
        self.assertEqual((warning.row_number, warning.column), (43, "商品名称"))
        self.assertEqual(self.entry("SP910039", date(2022, 1, 1)).product_id.name, "红茶")

    def test_other_names_of_known_ones_are_warnings(self):
        run = self.load([ROWS[0].replace("利川红茶,", "利川红,").replace("利川红茶合作社", "红茶社")])
        self.assertEqual(self.counts(run), {"new": 1, "warning": 2})
        self.assertEqual(self.product.name, "利川红茶")
        self.assertEqual(self.supplier.name, "利川红茶合作社")
        self.assertEqual(set(run.issue_ids.mapped("column")), {"商品名称", "供应商名称"})

    def test_faults_name_their_column(self):
        row = ROWS[1]
        for fault, column in (
            (row.replace("0.0892", "5"), "服务费率"),
            (row.replace("0.0892", "-0.1"), "服务费率"),
            (row.replace("0.0892", "五"), "服务费率"),
            (row.replace("2021-12-01", "2021-12-32"), "生效日期"),
            (row.replace("2022-09-12", "2021-11-30"), "失效日期"),
            (row.replace("SP900002", " "), "商品编码"),
        ):
            with self.subTest(fault=fault):
                run = self.load([fault])
                self.assertEqual(self.counts(run), {"rejected": 1})
                self.assertEqual(run.issue_ids.column, column)
        self.assertFalse(self.env["rural.product"].search([("code", "=", "SP900002")]))

    def test_another_company_has_products_of_its_own(self):
        self.load(ROWS)
        other = self.env["res.company"].create({"name": "另一家运营商"})
        user = self._new_user("pool_other", "rural_base.group_operations", other)
        run = self.load(ROWS, user)
        self.assertEqual(self.counts(run.sudo()), {"new": 3})
        self.assertEqual(run.sudo().company_id, other)

    def test_sc15_codes_that_lost_their_zeros_are_no_new_products_or_suppliers(self):
        self.product.copy({"code": "0042", "name": "建始玉米"})
        self.supplier.copy({"supplier_code": "0077"})
        products, suppliers = (self.env[name].search_count([]) for name in ("rural.product", "res.partner"))
        run = self.load([ROWS[1].replace("SP900002", "42"), ROWS[1].replace("GYS90002", "77")])
        self.assertEqual(self.counts(run), {"rejected": 2})
        first, second = run.issue_ids.sorted("row_number")
        self.assertEqual((first.column, second.column), ("商品编码", "供应商编码"))
        self.assertIn("“0042”", first.message)
        self.assertIn("“0077”", second.message)
        self.assertEqual(self.env["rural.product"].search_count([]), products)
        self.assertEqual(self.env["res.partner"].search_count([]), suppliers)

    def test_sc15_codes_known_with_and_without_zeros_are_both_taken(self):
        for code in ("0042", "42"):
            self.product.copy({"code": code, "name": "房县黑木耳"})
        run = self.load([ROWS[1].replace("SP900002", code) for code in ("0042", "42")])
        self.assertEqual(self.counts(run) | {"warning": 0}, {"new": 2, "warning": 0})

    def test_sc15_two_rows_that_differ_by_zeros_only_are_both_asked_about(self):
        run = self.load([ROWS[0], ROWS[1].replace("SP900002", "0042"), ROWS[1].replace("SP900002", "42")])
        self.assertEqual(self.counts(run), {"new": 1, "rejected": 2})

    def test_sc15_the_versions_of_one_code_with_zeros_are_all_taken(self):
        run = self.load([row.replace("SP900002", "0042").replace("sp９00002", "0042") for row in ROWS[1:]])
        self.assertEqual(self.counts(run), {"new": 2})
        self.assertEqual(self.counts(self.load([ROWS[1].replace("SP900002", "0042")])), {"unchanged": 1})

    def test_sc08_what_the_command_line_loads_of_the_past_waits_for_a_second_person_too(self):
        director = self._new_user("pool_director", "rural_base.group_operations_manager")
        env = self.env(context={**self.env.context, "allowed_company_ids": self.company.ids})
        past = ROWS[0].replace("2021-12-01", "2021-11-01")
        content = "\r\n".join([HEADINGS, past, ROWS[1]]).encode()
        run = env["rural.load.run"]._load("pool", "pool.csv", content)
        self.assertEqual(self.counts(run), {"new": 2})
        self.assertFalse(self.entry("SP900001", date(2022, 1, 1)), "it waits")
        self.assertTrue(self.entry("SP900002", date(2022, 1, 1)), "days to come need nobody")
        with self.assertRaisesRegex(UserError, "--user"):
            env["rural.command"]._execute(["confirm", "pool"])
        command = self.as_user(self.env["rural.command"], director)
        self.assertEqual(command._execute(["confirm", "pool"]), ({"confirmed": 1}, 0))
        self.assertEqual(self.entry("SP900001", date(2022, 1, 1)).fee_rate, 0.0248)
        self.assertEqual(self.counts(env["rural.load.run"]._load("pool", "pool.csv", content)), {"unchanged": 2})

    def test_sc08_a_file_of_the_command_line_does_not_change_what_has_begun_to_apply(self):
        self.load(ROWS[:1])
        env = self.env(context={**self.env.context, "allowed_company_ids": self.company.ids})
        with freeze_time("2022-02-01 04:00:00"):
            for changed in (ROWS[0].replace("0.0248", "0.9"), ROWS[0].replace("2023-12-31", "2022-01-15")):
                content = "\r\n".join([HEADINGS, changed]).encode()
                run = env["rural.load.run"]._load("pool", "pool.csv", content)
                self.assertEqual(self.counts(run), {"rejected": 1})
        self.assertEqual(self.entry("SP900001", date(2023, 12, 31)).fee_rate, 0.0248)

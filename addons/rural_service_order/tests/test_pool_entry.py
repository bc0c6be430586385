from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL

from .common import OrderCase

HEADINGS = "商品编码,商品名称,供应商编码,供应商名称,服务费率,年终激励费率,生效日期,失效日期"
ROW = "OSP1,苹果,OGYS1,供应商OGYS1,0.05,0,2022-02-01,2022-11-30"


@tagged("post_install", "-at_install")
class TestPoolEntry(OrderCase):
    """SC-08: a change of rate is a new version; what orders were judged by stays."""

    def setUp(self):
        super().setUp()
        self.apple_line = self.line_of()  # placed on 10 March
        self.entry = self.pool_entry.with_user(self.operations)

    def refused(self, user):
        """The changes that are refused to somebody."""
        entry = self.pool_entry.with_user(user)
        supplier = self.apples.supplier_id.copy({"supplier_code": "OGYS9"})
        changes = [
            {"fee_rate": 0.06},
            {"incentive_rate": 0.01},
            {"supplier_id": supplier.id},
            {"valid_from": "2022-01-01"},
            {"valid_to": "2022-03-09"},
            {"valid_to": "2022-03-10"},
            {"valid_to": False},
            {"valid_from": "2022-02-01", "fee_rate": 0.05, "valid_to": "2022-11-30"},
        ]
        refused = []
        for number, vals in enumerate(changes):
            try:
                with self.cr.savepoint():
                    entry.write(vals)
            except UserError:
                refused.append(number)
        return refused

    def test_sc08_what_orders_were_judged_by_stays(self):
        self.assertEqual(self.refused(self.operations), [0, 1, 2, 3, 4])
        with self.assertRaisesRegex(UserError, "SC-08"):
            self.entry.unlink()
        self.assertEqual(self.apple_line.fee_rate, 0.05)

    def test_sc08_a_manager_corrects_what_has_not_been_settled(self):
        self.assertEqual(self.refused(self.director), [])

    def test_sc08_nobody_changes_what_has_been_settled(self):
        self.patch(self.registry["rural.order.line"], "_open_condition", lambda lines: SQL("FALSE"))
        self.assertEqual(self.refused(self.director), [0, 1, 2, 3, 4])
        with self.assertRaisesRegex(UserError, "settled"):
            self.entry.with_user(self.director).unlink()

    def test_sc08_an_entry_without_orders_is_corrected(self):
        entry = self._new_product("OSP3", "桃", "OGYS3", 0.10).pool_entry_ids.with_user(self.operations)
        entry.write({"fee_rate": 0.2, "valid_to": "2022-02-01"})
        entry.unlink()

    def test_sc08_a_new_version_begins_after_the_last_order(self):
        change = self.env["rural.pool.rate.change"].with_user(self.operations)
        vals = {"entry_id": self.entry.id, "fee_rate": 0.06}
        with self.assertRaisesRegex(UserError, "SC-08"), self.cr.savepoint():
            change.create({**vals, "first_day": "2022-03-10"}).action_apply()
        change.create({**vals, "first_day": "2022-03-11"}).action_apply()
        self.assertEqual(self.pool_entry.valid_to, date(2022, 3, 10))

    def test_sc08_a_file_changes_the_rate_by_a_row_of_its_own(self):
        shortened = ROW.replace("2022-11-30", "2022-03-31")
        for rows, expected in (
            ([ROW.replace("0.05", "0.06")], {"rejected": 1}),
            ([ROW.replace("2022-11-30", "2022-03-09"), ROW.replace("2022-02-01", "2022-03-10")], {"rejected": 2}),
            ([shortened, ROW.replace("2022-02-01", "2022-04-01").replace("0.05", "0.06")], {"updated": 1, "new": 1}),
        ):
            with self.subTest(rows=rows):
                run = self.load_as(self.operations, "pool", "\n".join([HEADINGS, *rows]))
                self.assertEqual(self.counts(run), expected)
        self.assertEqual(self.apple_line.fee_rate, 0.05)

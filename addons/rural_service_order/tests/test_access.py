from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import OrderCase, csv_text


@tagged("post_install", "-at_install")
class TestAccess(OrderCase):
    """Who may read, load, accept, and who may not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].create({"name": "另一家运营商"})
        cls.stranger = cls._new_user("o_stranger", "rural_base.group_settlement_manager", cls.other)
        cls.nobody = cls._new_user("o_nobody", "base.group_user")

    def setUp(self):
        super().setUp()
        self.code_slip = self.line_of(服务码="FW421222O")

    def as_user(self, records, user):
        return records.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)

    def test_roles_of_the_company_read_lines(self):
        for user in (self.operations, self.officer, self.manager):
            self.assertTrue(self.as_user(self.code_slip, user).explanation)

    def test_nobody_else_reads_lines(self):
        for user in (self.stranger, self.nobody):
            with self.assertRaises(AccessError):
                self.as_user(self.code_slip, user).read(["fee"])
        self.assertFalse(self.as_user(self.code_slip, self.stranger).search([("id", "=", self.code_slip.id)]))

    def test_nobody_writes_lines(self):
        for user in (self.operations, self.officer, self.manager, self.stranger):
            line = self.as_user(self.code_slip, user)
            with self.assertRaises(AccessError):
                line.write({"fee": 100})
            with self.assertRaises(AccessError):
                line.unlink()
            with self.assertRaises(AccessError):
                line.create({"order_number": "X"})

    def test_officer_and_manager_load_orders(self):
        for user in (self.officer, self.manager):
            self.assertEqual(self.run_of(self.row(), user=user).state, "done")

    def test_others_do_not_load_orders(self):
        for user in (self.operations, self.nobody):
            runs = self.as_user(self.env["rural.load.run"], user)
            with self.assertRaises(AccessError):
                runs._load("orders", "orders.csv", csv_text([self.row()]).encode())

    def test_officer_does_not_load_centers(self):
        runs = self.as_user(self.env["rural.load.run"], self.officer)
        for profile in ("centers", "pool", "reports"):
            with self.assertRaises(AccessError):
                runs._load(profile, f"{profile}.csv", b"a,b\n")

    def test_stranger_loads_into_their_own_company(self):
        row = self.row()
        runs = self.as_user(self.env["rural.load.run"], self.stranger)
        run = runs._load("orders", "orders.csv", csv_text([row]).encode())
        self.assertEqual(run.company_id, self.other)
        line = self.env["rural.order.line"].sudo().search([("order_number", "=", row["订单编号"])])
        self.assertEqual((line.company_id, line.outcome), (self.other, "unknown_code"))
        self.assertEqual(line.purchaser_id.company_id, self.other)

    def test_stranger_sees_no_loads(self):
        run = self.code_slip.run_id
        self.assertFalse(self.as_user(run, self.stranger).search([("id", "=", run.id)]))
        with self.assertRaises(AccessError):
            self.as_user(run, self.stranger).read(["file_name"])

    def test_ledger_is_seen_by_whoever_sees_the_load(self):
        ledger = self.env["rural.load.ledger"].search([("run_id", "=", self.code_slip.run_id.id)])
        self.assertTrue(self.as_user(ledger, self.officer).read(["block"]))
        self.assertFalse(self.as_user(ledger, self.stranger).search([("id", "in", ledger.ids)]))

    def test_nobody_edits_a_load(self):
        for user in (self.operations, self.officer, self.manager):
            with self.assertRaises(AccessError):
                self.as_user(self.code_slip.run_id, user).write({"rejected_count": 0})

    def test_only_settlement_asks_for_acceptance(self):
        vals = {
            "line_id": self.code_slip.id,
            "center_id": self.county_center.id,
            "fee_rate": 0.05,
            "reason": "笔误",
        }
        for user in (self.operations, self.nobody, self.stranger):
            with self.assertRaises(AccessError):
                self.as_user(self.env["rural.line.acceptance"], user).create(vals)
        acceptance = self.as_user(self.env["rural.line.acceptance"], self.officer).create(vals)
        self.assertTrue(self.as_user(acceptance, self.operations).read(["reason"]))
        with self.assertRaises(AccessError):
            self.as_user(acceptance, self.stranger).action_confirm()
        with self.assertRaises(UserError):
            self.as_user(acceptance, self.operations).action_confirm()

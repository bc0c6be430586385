from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user

from .common import DepositCase

MODELS = ("rural.deposit", "rural.deposit.movement", "rural.deposit.comparison")


class TestAccess(DepositCase):
    """Who may and who may not; other companies; guessed numbers."""

    def setUp(self):
        super().setUp()
        self.movement = self.done("collect", 20_000)

    def test_dp01_staff_opens_deposits(self):
        vals = {"partner_id": self.tongcheng.id, "purpose_id": self.purpose.id, "kind_id": self.deposit.kind_id.id}
        for user in (self.operations, self.officer, self.director):
            self.assertTrue(self.env["rural.deposit"].with_user(user).create(vals))
        with self.assertRaises(AccessError):
            self.env["rural.deposit"].with_user(self.accountant).create(vals)

    def test_dp01_everybody_of_the_house_reads_what_they_need(self):
        for user in (self.operations, self.officer, self.director, self.accountant):
            deposit = self.deposit.with_user(user)
            self.assertTrue(deposit.explanation and deposit.purpose_id.name and deposit.kind_id.due_today)
            self.assertTrue(deposit.movement_ids.explanation)

    def test_dp03_auditor_reads_and_changes_nothing(self):
        auditor = self._new_user("d_auditor", "account.group_account_readonly")
        self.assertEqual(self.deposit.with_user(auditor).balance, 20_000)
        for attempt in (
            lambda: self.deposit.with_user(auditor).write({"subject": "x"}),
            lambda: self.movement.with_user(auditor).write({"reason": "x"}),
            lambda: self.movement.with_user(auditor)._cancel("x"),
        ):
            with self.assertRaises(UserError):
                attempt()

    def test_dp01_figures_are_never_written_by_hand(self):
        for user in (self.operations, self.director):
            with self.assertRaises(UserError):
                self.deposit.with_user(user).write({"balance": 5})
            with self.assertRaises(UserError):
                self.deposit.with_user(user).write({"state": "closed"})
            with self.assertRaises(UserError):
                self.deposit.with_user(user).write({"closed_on": "2022-01-01"})
        self.assertEqual(self.deposit.balance, 20_000)

    def test_dp01_employee_without_a_role_sees_nothing(self):
        employee = self._new_user("d_employee", "base.group_user")
        for name in MODELS:
            with self.assertRaises(AccessError):
                self.env[name].with_user(employee).search([])

    def test_dp01_portal_user_sees_nothing(self):
        portal = new_test_user(self.env, "d_portal", "base.group_portal", partner_id=self.lichuan.id)
        for record in (self.deposit, self.movement, self.purpose):
            with self.assertRaises(AccessError):
                record.with_user(portal).read(["create_date"])
        for step in (
            lambda: self.movement.with_user(portal)._cancel("x"),
            self.movement.with_user(portal).action_request,
        ):
            with self.assertRaises(AccessError):
                step()

    def test_dp01_who_asks_for_no_movements_opens_none(self):
        """The buttons ask for the role before they show anything (DP-01, DP-04)."""
        employee = self._new_user("d_employee", "base.group_user")
        auditor = self._new_user("d_auditor", "account.group_account_readonly")
        portal = new_test_user(self.env, "d_portal", "base.group_portal", partner_id=self.lichuan.id)
        self.request("deduct", 5)
        for user in (employee, auditor, portal):
            deposit = self.deposit.with_user(user)
            for action in ("collect", "top_up", "deduct", "set_off", "refund"):
                with self.subTest(user=user.login, action=action), self.assertRaises(AccessError):
                    getattr(deposit, f"action_{action}")()
            with self.subTest(user=user.login, action="refuse"), self.assertRaises(AccessError):
                self.movement.with_user(user).action_reject()

    def test_dp01_other_company_sees_nothing_whatever_number_it_guesses(self):
        other = self._new_company("别家运营商")
        groups = "rural_base.group_operations_manager,rural_base.group_settlement_manager,account.group_account_user"
        stranger = self._new_user("d_stranger", groups, other)
        waiting = self.request("collect", 5)
        env = self.env(user=stranger, context={"allowed_company_ids": other.ids})
        for name in MODELS:
            self.assertFalse(env[name].search([]))
        deposit, movement = env["rural.deposit"].browse(self.deposit.id), env[waiting._name].browse(waiting.id)
        for attempt in (
            lambda: deposit.read(["balance"]),
            lambda: deposit.write({"subject": "x"}),
            lambda: movement.read(["amount"]),
            movement.action_approve,
            lambda: movement._reject("x"),
            lambda: movement._cancel("x"),
            lambda: movement.create({"deposit_id": deposit.id, "kind": "refund", "amount": 5, "reason": "x"}),
        ):
            with self.assertRaises(AccessError):
                attempt()
        with self.assertRaises(AccessError):
            env[waiting._name].browse(self.approve(waiting).id)._post()

    def test_dp01_purposes_are_set_by_a_manager(self):
        self.env["rural.deposit.purpose"].with_user(self.director).create({"name": "展位押金", "code": "booth"})
        with self.assertRaises(AccessError):
            self.env["rural.deposit.purpose"].with_user(self.operations).create({"name": "x", "code": "x"})

    def test_dp01_tiles_of_the_home_screen_count_for_each(self):
        for user in (self.operations, self.director, self.accountant):
            tiles = self.env["rural.home.tile"].with_user(user).search([("model_name", "like", "rural.deposit")])
            self.assertTrue(tiles)
            tiles.read(["name", "count"])

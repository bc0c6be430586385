from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import MerchantCase


@tagged("post_install", "-at_install")
class TestTerminals(MerchantCase):
    def test_ma08_a_terminal_moves_on_and_keeps_its_history(self):
        first, second = self._installed("甲", "T1"), self._signed("乙")
        with self.assertRaisesRegex(ValidationError, "Remove it there first"), self.env.cr.savepoint():
            self._terminal(second, "T1", date(2023, 6, 10))
        first.terminal_ids._remove(date(2023, 6, 10), "搬迁")
        self._terminal(second, "T1", date(2023, 6, 10))
        stays = self.env["rural.merchant.terminal"].search([("number", "=", "T1")], order="installed_on")
        self.assertEqual(
            [(stay.merchant_id, stay.installed_on, stay.removed_on) for stay in stays],
            [(first, date(2023, 5, 1), date(2023, 6, 10)), (second, date(2023, 6, 10), False)],
        )
        self.assertEqual((first.terminal_count, second.terminal_count), (0, 1))

    def test_ma08_no_terminal_before_the_contract(self):
        with self.assertRaisesRegex(ValidationError, "no contract yet"), self.env.cr.savepoint():
            self._terminal(self._lead(), "T1")
        with self.assertRaisesRegex(ValidationError, "begins on"):
            self._terminal(self._signed(), "T1", date(2023, 4, 30))

    def test_ma08_the_head_removes_and_a_recruiter_does_not(self):
        merchant = self._installed()
        terminal = merchant.terminal_ids
        with self.assertRaises(AccessError):
            self.env["rural.terminal.removal"].with_user(self.recruiter).create(
                {"terminal_ids": terminal.ids, "day": date(2023, 6, 1), "kind": "ended", "reason": "x"}
            )
        with self.assertRaisesRegex(UserError, "by the buttons only"):
            terminal.with_user(self.recruiter).removed_on = date(2023, 6, 1)
        wizard = self.env["rural.terminal.removal"].with_user(self.head).create(
            {"terminal_ids": terminal.ids, "day": date(2023, 6, 1), "kind": "ended", "reason": "退机"}
        )  # fmt: skip
        wizard.action_remove()
        self.assertEqual((terminal.removed_on, terminal.removal_reason), (date(2023, 6, 1), "退机"))

    def test_ma25_a_removal_says_what_became_of_the_terminal(self):
        merchant = self._installed()
        moved, ended = merchant.terminal_ids, self._terminal(merchant, "T2")
        self.env["rural.terminal.removal"].with_user(self.head).create(
            {"terminal_ids": moved.ids, "day": date(2023, 6, 1), "kind": "moved", "reason": "搬店"}
        ).action_remove()
        self.assertEqual((moved.removal_kind, merchant.stage), ("moved", "installed"))
        merchant.with_user(self.head)._drop(date(2023, 6, 20), "关店")
        self.assertEqual(ended.removal_kind, "ended")
        with self.assertRaisesRegex(UserError, "by the buttons only"):
            moved.with_user(self.head).removal_kind = "ended"

    def test_ma23_what_pay_follows_from_is_the_heads_once_a_terminal_stands(self):
        terminal, other = self._installed().terminal_ids, self._signed("乙")
        for vals in (
            {"installed_on": date(2023, 8, 15)}, {"monthly_fee": 0.01}, {"merchant_id": other.id}, {"number": "T8"},
        ):  # fmt: skip
            with self.assertRaisesRegex(UserError, "the head of recruiting changes"):
                terminal.with_user(self.recruiter).write(vals)
        self.assertFalse(terminal.with_user(self.recruiter).is_stay_open)
        self.assertTrue(terminal.with_user(self.head).is_stay_open)
        terminal.with_user(self.head).write({"installed_on": date(2023, 5, 2), "monthly_fee": 60, "number": "T8"})
        self.assertEqual((terminal.installed_on, terminal.monthly_fee), (date(2023, 5, 2), 60))

    def test_ma23_a_deferral_takes_a_leader_who_has_not_asked(self):
        merchant = self._installed()
        vals = {
            "merchant_id": merchant.id, "date_from": date(2023, 6, 1), "date_to": date(2023, 8, 1), "reason": "有潜力",
        }  # fmt: skip
        deferral = self.env["rural.terminal.deferral"].with_user(self.director).create(vals)
        deferral.action_request()
        with self.assertRaises(UserError):
            deferral.with_user(self.director).action_approve()
        with self.assertRaises(AccessError):
            deferral.with_user(self.head).action_approve()
        deferral.with_user(self.gm).action_approve()
        self.assertEqual((deferral.state, deferral.date_to), ("approved", date(2023, 8, 31)))
        with self.assertRaises(UserError):
            deferral.with_user(self.gm).write({"date_to": date(2024, 1, 1)})

    def test_ma23_a_recruiter_asks_for_the_own_merchants_only(self):
        merchant = self._installed()
        deferral = self.env["rural.terminal.deferral"].with_user(self.recruiter).create(
            {"merchant_id": merchant.id, "date_from": date(2023, 6, 1), "date_to": date(2023, 6, 1), "reason": "有潜力"}
        )  # fmt: skip
        with self.assertRaises(AccessError):
            deferral.with_user(self.other_recruiter).action_request()
        deferral.with_user(self.head).action_request()
        self.assertEqual((deferral.state, deferral.requested_by_id), ("requested", self.head))

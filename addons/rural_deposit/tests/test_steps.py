from odoo.exceptions import AccessError, UserError
from odoo.tests import Form

from .common import DepositCase


class TestSteps(DepositCase):
    """DP-01: requested, approved by a second person, posted by an accountant, each by name."""

    def test_dp01_movement_goes_its_way(self):
        movement = self.request("collect", 20_000)
        self.assertEqual((movement.state, movement.requested_by_id), ("requested", self.operations))
        self.assertEqual(self.deposit.balance, 0)
        self.approve(movement)
        self.assertEqual((movement.state, movement.decided_by_id), ("approved", self.director))
        self.assertEqual(self.deposit.balance, 0)
        self.post(movement)
        self.assertEqual((movement.state, movement.posted_by_id), ("posted", self.accountant))
        self.assertEqual((movement.balance_before, movement.effect, self.deposit.balance), (0, 20_000, 20_000))

    def test_dp01_movement_is_entered_on_the_form(self):
        action = self.deposit.with_user(self.operations).action_collect()
        model = self.env[action["res_model"]].with_user(self.operations).with_context(**action["context"])
        form = Form(model)
        self.assertEqual(form.amount, 20_000, "What is to be paid is proposed")
        form.reason = "首次缴纳"
        form.document = "回单 8801"
        movement = form.save()
        movement.action_request()
        self.assertEqual((movement.state, movement.clause_id.code), ("requested", "DP-01"))

    def test_dp01_nobody_approves_what_they_requested(self):
        movement = self.request("collect", 100, user=self.director)
        with self.assertRaisesRegex(UserError, "Somebody else must take this step"):
            movement.with_user(self.director).action_approve()

    def test_dp01_nobody_posts_what_they_approved(self):
        groups = "rural_base.group_operations_manager,account.group_account_user"
        both = self._new_user("d_approver", groups)
        movement = self.request("collect", 100)
        self.assertTrue(movement.with_user(both).can_decide)
        self.assertFalse(movement.with_user(self.operations).can_decide)
        movement.with_user(both).action_approve()
        with self.assertRaisesRegex(UserError, "Somebody else"):
            movement.with_user(both)._post()
        self.post(movement)

    def test_dp01_nobody_approves_what_they_entered_for_another(self):
        draft = self.Movement.with_user(self.director).create(
            {"deposit_id": self.deposit.id, "kind": "collect", "amount": 5, "reason": "试验", "document": "1"}
        )
        draft.with_user(self.operations).action_request()
        with self.assertRaisesRegex(UserError, "Somebody else must take this step"):
            draft.with_user(self.director).action_approve()

    def test_dp03_nobody_posts_what_they_requested(self):
        both = self._new_user("d_both", "rural_base.group_operations,account.group_account_user")
        movement = self.approve(self.request("collect", 100, user=both))
        with self.assertRaisesRegex(UserError, "Somebody else must take this step"):
            movement.with_user(both)._post()
        self.assertEqual(self.post(movement).state, "posted")

    def test_dp01_steps_in_their_order(self):
        movement = self.request("collect", 100)
        with self.assertRaisesRegex(UserError, "Requested.*possible for “Approved” only"):
            self.post(movement)
        self.approve(movement)
        with self.assertRaisesRegex(UserError, "possible for “Requested” only"):
            self.approve(movement)
        self.post(movement)
        with self.assertRaisesRegex(UserError, "possible for “Approved” only"):
            self.post(movement)
        with self.assertRaisesRegex(UserError, "possible for “Draft” only"):
            movement.with_user(self.operations).action_request()

    def test_dp01_document_is_needed_to_approve(self):
        movement = self.request("collect", 100, document=False)
        with self.assertRaisesRegex(UserError, "has no document"):
            self.approve(movement)
        movement.with_user(self.operations).document = "回单 17"
        self.assertEqual(self.approve(movement).state, "approved")

    def draft(self, kind, amount, **vals):
        values = {"deposit_id": self.deposit.id, "kind": kind, "amount": amount, "reason": "试验", **vals}
        return self.Movement.with_user(self.operations).create(values)

    def test_dp01_whoever_asks_is_told_that_the_document_is_missing(self):
        movement = self.draft("collect", 100)
        message = movement.action_request()["params"]["message"]
        self.assertIn("no document yet", message)
        movement.document = "回单 17"
        self.assertFalse(movement.notice)

    def test_dp02_who_asks_and_who_approves_reads_what_a_deduction_cuts(self):
        self.done("collect", 19_500)
        movement = self.draft("deduct", 20_000, document="决定 8")
        message = movement.action_request()["params"]["message"]
        for words in ("19,500.00 is taken from the balance", "500.00 becomes a receivable", self.lichuan.name):
            self.assertIn(words, message.replace("¥\xa0", "").replace("¥ ", ""))
        self.assertEqual(movement.with_user(self.director).notice, movement.notice)
        self.assertIn("500.00", movement.with_user(self.director).explanation)
        self.post(self.approve(movement))
        self.assertEqual((movement.balance_amount, movement.receivable_amount), (19_500, 500))
        self.assertFalse(movement.notice)

    def test_dp01_posting_is_offered_to_whoever_may_post(self):
        movement = self.request("collect", 100, user=self.accountant)
        self.approve(movement)
        self.assertFalse(movement.with_user(self.accountant).can_post)
        other = self._new_user("d_accountant_2", "account.group_account_user")
        self.assertTrue(movement.with_user(other).can_post)
        self.assertIn(movement, self.Movement.with_user(other).search([("can_post", "=", True)]))
        self.assertNotIn(movement, self.Movement.with_user(self.accountant).search([("can_post", "=", True)]))

    def test_dp01_file_is_a_document(self):
        movement = self.request("collect", 100, document=False)
        file = self.env["ir.attachment"].with_user(self.operations).create({"name": "回单.txt", "raw": b"20000"})
        movement.with_user(self.operations).attachment_ids = file
        self.assertEqual((file.res_model, file.res_id), (movement._name, movement.id))
        self.assertEqual(movement.with_user(self.director).attachment_ids.raw, b"20000")
        self.approve(movement)

    def test_dp01_what_it_was_approved_by_stays(self):
        file = self.env["ir.attachment"].with_user(self.operations).create({"name": "回单.txt", "raw": b"1"})
        movement = self.request("collect", 100, attachment_ids=[(4, file.id)])
        self.approve(movement)
        mine = movement.with_user(self.operations)
        changes = (
            lambda: mine.write({"document": "另一张"}),
            lambda: mine.write({"attachment_ids": [(3, file.id)]}),
            lambda: mine.write({"attachment_ids": [(5,)]}),
            lambda: file.write({"raw": b"2"}),
            lambda: file.sudo().write({"name": "x"}),
            file.unlink,
        )
        for number, change in enumerate(changes):
            refused = self.assertRaisesRegex(UserError, "stay as they were")
            with self.subTest(number), refused, self.cr.savepoint():
                change()
            self.env.invalidate_all()
        another = self.env["ir.attachment"].with_user(self.operations).create({"name": "补充.txt", "raw": b"3"})
        mine.write({"attachment_ids": [(4, another.id)]})
        self.assertEqual(movement.attachment_ids, file + another)

    def test_dp01_record_that_asks_for_it_is_a_document(self):
        movement = self.request("deduct", 100, document=False, source=self.lichuan, clause="SC-17")
        self.assertEqual((movement.source_model, movement.source_id), ("res.partner", self.lichuan.id))
        self.assertEqual(self.approve(movement).clause_id.code, "SC-17")

    def test_dp01_file_of_another_record_is_not_taken(self):
        movement = self.request("collect", 100, document=False)
        letter = self.env["ir.attachment"].create(
            {"name": "a.txt", "raw": b"1", "res_model": "res.partner", "res_id": self.lichuan.id}
        )
        with self.assertRaisesRegex(UserError, "belongs to another record"):
            movement.with_user(self.operations).attachment_ids = letter

    def test_dp01_refused_with_a_reason(self):
        movement = self.request("deduct", 100)
        with self.assertRaisesRegex(UserError, "Say why"):
            movement.with_user(self.director)._reject(" ")
        action = movement.with_user(self.director).action_reject()
        wizard = self.env[action["res_model"]].with_user(self.director).with_context(**action["context"])
        wizard.create({"reason": "依据不足"}).action_apply()
        self.assertEqual(
            (movement.state, movement.decision_reason, movement.decided_by_id.login),
            ("refused", "依据不足", "d_director"),
        )
        self.assertIn("依据不足", str(movement.message_ids.mapped("body")))

    def test_dp01_request_is_taken_back(self):
        movement = self.approve(self.request("collect", 100))
        action = movement.with_user(self.operations).action_cancel()
        wizard = self.env[action["res_model"]].with_user(self.operations).with_context(**action["context"])
        wizard.create({"reason": "重复"}).action_apply()
        self.assertEqual((movement.state, self.deposit.balance), ("cancelled", 0))
        self.assertEqual((movement.cancel_reason, movement.cancelled_by_id), ("重复", self.operations))

    def test_dp01_amount_is_more_than_nothing(self):
        for amount in (0, -5):
            with self.assertRaisesRegex(UserError, "more than 0"):
                self.request("collect", amount)

    def test_dp01_reason_is_needed(self):
        with self.assertRaisesRegex(UserError, "has no reason"):
            self.request("collect", 100, reason=" ")

    def test_dp01_each_step_leaves_a_line(self):
        movement = self.done("collect", 20_000)
        said = " ".join(self.deposit.message_ids.mapped("body"))
        for expected in ("Requested", "Approved", "Posted", movement.name, "20,000.00"):
            self.assertIn(expected, said)

    def test_dp01_movement_is_kept(self):
        movement = self.request("collect", 100)
        with self.assertRaisesRegex(UserError, "kept for ever"):
            movement.unlink()
        for vals in ({"amount": 5}, {"state": "posted"}, {"requested_by_id": self.director.id}):
            with self.assertRaisesRegex(UserError, "goes on by its buttons|written by the buttons only"):
                movement.with_user(self.operations).write(vals)
        self.done("collect", 50)
        self.post(self.approve(movement))
        with self.assertRaisesRegex(UserError, "is “Posted”; this is possible for"):
            movement.with_user(self.operations).document = "另一张"

    def test_dp01_draft_cannot_be_made_up_as_posted(self):
        draft = self.Movement.with_user(self.operations).create(
            {
                "deposit_id": self.deposit.id, "kind": "collect", "amount": 5, "reason": "试验",
                "state": "posted", "balance_amount": 5, "requested_by_id": self.director.id,
            }
        )  # fmt: skip
        self.assertEqual((draft.state, draft.balance_amount, draft.requested_by_id.id), ("draft", 0, False))
        with self.assertRaisesRegex(UserError, "written by the buttons only"):
            draft.state = "approved"
        draft.unlink()

    def test_dp01_draft_is_not_made_up_by_keys_of_the_context(self):
        """A client may send any default: what the steps write takes none."""
        keys = {"default_state": "posted", "default_decided_by_id": self.director.id, "default_balance_amount": 5}
        draft = (
            self.Movement.with_user(self.operations)
            .with_context(**keys)
            .create({"deposit_id": self.deposit.id, "kind": "collect", "amount": 5, "reason": "试验"})
        )
        self.assertEqual((draft.state, draft.decided_by_id.id, draft.balance_amount), ("draft", False, 0))

    def test_dp01_nobody_refuses_what_they_requested(self):
        movement = self.request("collect", 100, user=self.director)
        with self.assertRaisesRegex(UserError, "Somebody else must take this step"):
            movement.with_user(self.director)._reject("不再需要")
        self.assertFalse(movement.with_user(self.director).can_decide)

    def test_dp01_roles(self):
        movement = self.request("collect", 100)
        for user in (self.operations, self.officer, self.accountant):
            with self.assertRaises(AccessError):
                movement.with_user(user).action_approve()
        self.approve(movement)
        for user in (self.operations, self.officer, self.director):
            with self.assertRaises(AccessError):
                movement.with_user(user)._post()
            with self.assertRaises(AccessError):
                movement.with_user(user).action_post_selected()
        self.post(movement)
        for user in (self.operations, self.director):
            with self.assertRaises(AccessError):
                movement.with_user(user)._cancel("试验")

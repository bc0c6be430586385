from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CenterCase


@tagged("post_install", "-at_install")
class TestPayeeChange(CenterCase):
    """SC-06, SC-14: who is paid for a center changes by one person's request and a manager's approval."""

    def setUp(self):
        super().setUp()
        self.payee = self.env["res.partner"].create({"name": "通城电商有限公司", "company_id": self.company.id})

    def ask(self, user=None, **vals):
        changes = self.as_user(self.env["rural.payee.change"], user or self.operations)
        return changes.create(
            {"center_id": self.center.id, "partner_id": self.payee.id, "reason": "承办公司更名", **vals}
        )

    def test_sc14_a_manager_approves_what_somebody_else_asked_for(self):
        change, before = self.ask(), self.center.partner_id
        self.assertEqual((change.state, self.center.partner_id), ("requested", before))
        self.as_user(change, self.director).action_approve()
        self.assertEqual((change.state, change.former_partner_id), ("approved", before))
        self.assertEqual(self.center.partner_id, self.payee)

    def test_sc14_nobody_approves_alone(self):
        change = self.ask(self.director)
        with self.assertRaisesRegex(UserError, "Somebody else"):
            self.as_user(change, self.director).action_approve()
        with self.assertRaises(AccessError):
            self.as_user(change, self.operations).action_approve()
        for user in (self.operations, self.director):
            with self.subTest(user=user.login), self.assertRaisesRegex(AccessError, "Change Payee"):
                self.as_user(self.center, user).partner_id = self.payee

    def test_sc14_a_request_begins_at_its_beginning_and_stays(self):
        change = self.ask(state="approved", decided_by_id=self.director.id, former_partner_id=self.payee.id)
        self.assertEqual((change.state, change.decided_by_id.id), ("requested", False))
        self.assertEqual(change.former_partner_id, self.center.partner_id)
        with self.assertRaises(UserError):
            self.as_user(change, self.director).partner_id = self.director.partner_id
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.ask()

    def test_sc14_a_rejection_says_why_and_the_payee_stays(self):
        change, before = self.ask(), self.center.partner_id
        with self.assertRaises(UserError):
            self.as_user(change, self.director)._reject(" ")
        self.as_user(change, self.director)._reject("没有证明材料")
        self.assertEqual((change.state, self.center.partner_id), ("rejected", before))

    def test_sc20_whose_center_it_is_follows_from_its_payee(self):
        other = {"commercial_partner_id": self.payee.id, "region_code": "110000"}
        for name, value in other.items():
            with self.subTest(field=name), self.assertRaises(AccessError):
                self.as_user(self.center, self.operations).write({name: value})

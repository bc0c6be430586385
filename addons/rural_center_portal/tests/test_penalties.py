from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError

from .belongings import Belongings
from .common import PortalCase


class TestPenalties(Belongings, PortalCase):
    def setUp(self):
        super().setUp()
        self.case = self._case()
        self.mine = self.as_portal(self.case, "own")

    def test_sc17_the_center_appeals_once(self):
        self.mine._appeal_as_center("当日系统故障")
        self.assertEqual((self.case.state, self.case.appeal_reason), ("appealed", "当日系统故障"))
        self.assertEqual(self.case.appealed_by_id, self.users["own"])
        with self.assertRaises(UserError):
            self.mine._appeal_as_center("再申诉")

    def test_sc17_the_center_accepts(self):
        self.mine._accept()
        self.assertEqual(self.case.state, "final")

    def test_sc17_not_after_its_days(self):
        self.case.sudo().appeal_deadline = fields.Datetime.now() - timedelta(minutes=1)
        with self.assertRaisesRegex(UserError, "until"):
            self.mine._appeal_as_center("晚了")

    def test_sc17_an_appeal_says_something_and_not_too_much(self):
        for text in ("", "  ", None, "长" * 2001):
            with self.assertRaises(UserError):
                self.mine._appeal_as_center(text)

    def test_sc20_nobody_else_appeals_or_accepts(self):
        for who in ("province", "sibling", "other_province", "nobody"):
            theirs = self.as_portal(self.case, who)
            for step in (theirs._accept, lambda theirs=theirs: theirs._appeal_as_center("代为申诉")):
                with self.assertRaises(AccessError):
                    step()
        self.assertEqual(self.case.state, "decided")

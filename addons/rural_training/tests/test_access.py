from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import TrainingCase

MODELS = ("rural.training.course", "rural.training.session", "rural.training.result")


@tagged("post_install", "-at_install")
class TestAccess(TrainingCase):
    """Operations staff of the company, and nobody else."""

    def test_others_keep_no_training(self):
        with self.assertRaises(AccessError):
            self.env["rural.training.session"].with_user(self.officer).search([])

    def test_another_company_sees_nothing(self):
        self.train()
        other = self.env["res.company"].create({"name": "别家运营商"})
        stranger = self._new_user("t_stranger", "rural_base.group_operations_manager", other)
        env = self.env(user=stranger, context={"allowed_company_ids": other.ids})
        for name in MODELS:
            with self.subTest(model=name):
                self.assertTrue(self.env[name].search([("company_id", "=", self.company.id)]))
                self.assertFalse(env[name].search([("company_id", "=", self.company.id)]))

    def test_a_visitor_of_the_portal_reads_nothing_of_others(self):
        self.train()
        guest = new_test_user(self.env, "t_guest", "base.group_portal")
        for name in MODELS[:2]:
            with self.subTest(model=name), self.assertRaises(AccessError):
                self.env[name].with_user(guest).search([])
        results = self.env["rural.training.result"].with_user(guest)
        self.assertFalse(results.has_access("read") and results.search([]))

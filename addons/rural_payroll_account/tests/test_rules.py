from odoo.tests import BaseCase

from odoo.addons.rural_base.tests.common import run_examples
from odoo.addons.rural_payroll_account import rules


class TestRules(BaseCase):
    def test_examples(self):
        run_examples(self, rules)

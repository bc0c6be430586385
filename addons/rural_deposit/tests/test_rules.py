from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.rural_base.tests.common import run_examples
from odoo.addons.rural_deposit import rules

yuan = st.decimals(min_value=0, max_value=10**9, places=2)


class TestRules(BaseCase):
    def test_dp02_examples_in_the_docstrings(self):
        run_examples(self, rules)

    def test_dp02_deduction_is_cut_and_nothing_is_lost(self):
        @given(yuan, yuan)
        def check(amount, balance):
            taken, beyond = rules.split_deduction(amount, balance)
            self.assertEqual(taken + beyond, amount)
            self.assertGreaterEqual(balance - taken, 0)
            self.assertGreaterEqual(beyond, 0)
            self.assertTrue(beyond == 0 or taken == balance)

        check()

    def test_sc07_what_is_topped_up_reaches_the_due_amount(self):
        @given(yuan, yuan)
        def check(due, balance):
            missing = rules.shortfall(due, balance)
            self.assertEqual(max(due, balance), balance + missing)
            self.assertGreaterEqual(missing, Decimal(0))

        check()

import doctest

from odoo.tests import BaseCase

from .. import rules


class TestRules(BaseCase):
    def test_ma41_examples_in_the_rules_hold(self):
        self.assertEqual(doctest.testmod(rules).failed, 0)

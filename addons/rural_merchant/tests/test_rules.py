import doctest

from odoo.tests import BaseCase, tagged

from .. import rules


@tagged("post_install", "-at_install")
class TestRules(BaseCase):
    def test_ma_examples_of_the_rule_book(self):
        result = doctest.testmod(rules)
        self.assertEqual(result.failed, 0)
        self.assertGreater(result.attempted, 10)

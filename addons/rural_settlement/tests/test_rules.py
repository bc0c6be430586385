import doctest
import unittest

from odoo.tests import BaseCase

from odoo.addons.rural_settlement import rules


class TestRules(BaseCase):
    def test_sc13_examples_in_the_docstrings_of_the_rules(self):
        result = unittest.TestResult()
        doctest.DocTestSuite(rules).run(result)
        self.assertTrue(result.testsRun)
        self.assertEqual([str(failure) for _test, failure in result.failures + result.errors], [])

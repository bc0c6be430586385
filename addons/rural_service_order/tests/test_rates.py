import doctest
import unittest

from odoo.tests import BaseCase

from odoo.addons.rural_service_order import rates


class TestRates(BaseCase):
    def test_examples_in_the_docstrings_of_the_rates(self):
        result = unittest.TestResult()
        doctest.DocTestSuite(rates).run(result)
        self.assertTrue(result.testsRun)
        self.assertEqual([str(failure) for _test, failure in result.failures + result.errors], [])

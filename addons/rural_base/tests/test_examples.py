from odoo.tests import BaseCase, tagged

from odoo.addons.rural_base import amounts, china_time, codes, deadlines, file_types, percent

from .common import run_examples


@tagged("standard", "at_install")
class TestExamples(BaseCase):
    def test_examples_in_the_docstrings(self):
        run_examples(self, amounts, china_time, codes, deadlines, file_types, percent)

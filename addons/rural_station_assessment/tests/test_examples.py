from odoo.tests import BaseCase, tagged

from odoo.addons.rural_base.tests.common import run_examples
from odoo.addons.rural_station_assessment import photos


@tagged("standard", "at_install")
class TestExamples(BaseCase):
    def test_examples_in_the_docstrings(self):
        run_examples(self, photos)

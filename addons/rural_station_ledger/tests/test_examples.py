from odoo.tests import BaseCase, tagged

from odoo.addons.rural_base.tests.common import run_examples
from odoo.addons.rural_station_ledger import rules
from odoo.addons.rural_station_ledger.models import rural_load_profile_station_reports
from odoo.addons.rural_station_ledger.models.report import handing_in


@tagged("standard", "at_install")
class TestExamples(BaseCase):
    def test_examples_in_the_docstrings(self):
        run_examples(self, rules, rural_load_profile_station_reports, handing_in)

from psycopg2 import IntegrityError

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CenterCase


@tagged("post_install", "-at_install")
class TestPurchaser(CenterCase):
    def test_a_purchaser_is_found_by_code_and_name(self):
        self.assertEqual(self.purchaser.display_name, "CG900001 武昌区总工会")
        nameless = self.purchaser.create({"code": " ｃｇ 900002"})
        self.assertEqual(nameless.display_name, "CG900002")
        for text in ("CG900001", "武昌区"):
            self.assertIn(self.purchaser.id, dict(self.purchaser.name_search(text)))

    def test_a_code_is_unique_in_its_company(self):
        other = self.env["res.company"].create({"name": "另一家运营商"})
        self.purchaser.create({"code": "CG900001", "company_id": other.id})
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.purchaser.create({"code": "CG900001"})

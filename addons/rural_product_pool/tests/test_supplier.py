from ast import literal_eval

from psycopg2 import IntegrityError

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PoolCase


@tagged("post_install", "-at_install")
class TestSupplier(PoolCase):
    def by_code(self, pairs):
        return self.env["rural.product"]._suppliers_by_code(pairs, self.company)

    def test_missing_suppliers_are_created_and_known_ones_kept(self):
        ids = self.by_code({"GYS90001": "另一个名字", "GYS90002": "房县合作社"})
        self.assertEqual(ids["GYS90001"], self.supplier.id)
        self.assertEqual(self.supplier.name, "利川红茶合作社")
        created = self.env["res.partner"].browse(ids["GYS90002"])
        self.assertEqual((created.name, created.company_id), ("房县合作社", self.company))
        self.assertEqual(self.by_code({"GYS90002": ""}), {"GYS90002": created.id})

    def test_an_archived_supplier_is_known(self):
        self.supplier.active = False
        self.assertEqual(self.by_code({"GYS90001": ""}), {"GYS90001": self.supplier.id})

    def test_a_company_has_its_own_suppliers_before_shared_ones(self):
        shared = self.supplier.create({"name": "共用供应商", "supplier_code": "GYS90003"})
        self.assertEqual(self.by_code({"GYS90003": ""}), {"GYS90003": shared.id})
        own = shared.copy({"supplier_code": "GYS90003", "company_id": self.company.id})
        self.assertEqual(self.by_code({"GYS90003": ""}), {"GYS90003": own.id})
        other = self.env["res.company"].create({"name": "另一家运营商"})
        ids = self.env["rural.product"]._suppliers_by_code({"GYS90001": "红茶"}, other)
        self.assertNotEqual(ids["GYS90001"], self.supplier.id)

    def test_a_supplier_code_is_clean_and_unique_in_the_company(self):
        supplier = self.supplier.copy({"supplier_code": " ｇys 90009"})
        self.assertEqual(supplier.supplier_code, "GYS90009")
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.supplier.copy({"supplier_code": "GYS90009"})

    def test_a_supplier_code_that_is_set_is_found(self):
        without = self.supplier.copy({"supplier_code": ""})
        both = self.supplier + without
        for condition, expected in (
            (("supplier_code", "!=", False), self.supplier),
            (("supplier_code", "!=", ""), self.supplier),
            (("supplier_code", "not in", [False]), self.supplier),
            (("supplier_code", "=", False), without),
            (("supplier_code", "=", ""), without),
            (("supplier_code", "in", ["GYS90001", False]), both),
            (("supplier_code", "!=", "GYS90001"), without),
        ):
            with self.subTest(condition=condition):
                self.assertEqual(both.search([("id", "in", both.ids), condition]), expected)
                self.assertEqual(both.filtered_domain([condition]), expected)
        domain = self.env["ir.actions.act_window"]._for_xml_id("rural_product_pool.action_res_partner_supplier")[
            "domain"
        ]
        self.assertEqual(both.search([("id", "in", both.ids), *literal_eval(domain)]), self.supplier)

    def test_operations_creates_suppliers_through_a_load_only(self):
        products = self.env["rural.product"].with_user(self.operations)
        ids = products._suppliers_by_code({"GYS90010": "新供应商"}, self.company)
        self.assertTrue(self.env["res.partner"].browse(ids["GYS90010"]).exists())

    def test_the_products_of_a_supplier_are_one_click_away(self):
        action = self.supplier.with_user(self.officer).action_view_rural_products()
        self.assertEqual(self.env["rural.product"].search(action["domain"]), self.product)
        self.assertEqual(self.supplier.rural_product_count, 1)

    def merge(self, kept, *others):
        merging = self.env["base.partner.merge.automatic.wizard"].create({})
        merging._merge([kept.id, *(other.id for other in others)], kept, extra_checks=False)

    def test_merged_suppliers_keep_their_products_and_files_find_both_codes(self):
        other = self.supplier.copy({"name": "利川红茶社", "supplier_code": "GYS90002"})
        product = self.product.copy({"code": "SP900002", "supplier_id": other.id})
        self.merge(self.supplier, other)
        self.assertFalse(other.exists())
        self.assertEqual((product.supplier_id, self.supplier.supplier_code), (self.supplier, "GYS90001"))
        self.assertEqual(self.supplier.supplier_code_ids.mapped("code"), ["GYS90002"])
        both = self.by_code({"GYS90001": "", "GYS90002": ""})
        self.assertEqual(set(both.values()), {self.supplier.id})

    def test_a_contact_without_a_code_takes_that_of_the_merged_supplier(self):
        contact = self.supplier.create({"name": "利川红茶合作社", "company_id": self.supplier.company_id.id})
        self.merge(contact, self.supplier)
        self.assertEqual(contact.supplier_code, "GYS90001")
        self.assertEqual(self.product.supplier_id, contact)
        self.assertFalse(contact.supplier_code_ids)

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import OrderCase


@tagged("post_install", "-at_install")
class TestReferences(OrderCase):
    """What order lines point to is not deleted, though the database has no foreign keys for it."""

    def setUp(self):
        super().setUp()
        self.order_line = self.line_of()

    def test_referenced_records_are_kept(self):
        line = self.order_line
        for record in (line.purchaser_id, line.product_id, line.supplier_id, line.region_id, line.run_id):
            with self.subTest(record._name), self.assertRaisesRegex(UserError, "cannot be deleted"):
                record.unlink()

    def test_company_and_center_are_kept(self):
        with self.assertRaises(UserError):
            self.company.unlink()
        with self.assertRaises(UserError):
            self.county_center.unlink()

    def test_sc10_a_region_that_is_used_is_not_archived(self):
        region = self.as_user(self.county_center.region_id, self.director)
        for used in (region, region.parent_id):
            with self.subTest(used.name), self.assertRaisesRegex(UserError, "stands on it"), self.cr.savepoint():
                used.active = False

    def test_message_names_the_line(self):
        with self.assertRaisesRegex(UserError, self.order_line.order_number):
            self.order_line.purchaser_id.unlink()

    def test_unreferenced_records_can_be_deleted(self):
        self.env["rural.purchaser"].create({"code": "OCG99"}).unlink()
        self.env["res.partner"].create({"name": "无人引用"}).unlink()
        self.env["rural.product"].create(
            {"code": "OSP99", "name": "无人引用", "supplier_id": self.order_line.supplier_id.id}
        ).unlink()

    def test_sc15_code_of_what_lines_point_to_stays(self):
        line = self.line_of()
        for record, name in (
            (line.product_id, "code"),
            (line.purchaser_id, "code"),
            (line.supplier_id, "supplier_code"),
        ):
            with self.assertRaisesRegex(UserError, "stays as it is"), self.cr.savepoint():
                record.write({name: "ANDERS1"})
            self.env.invalidate_all()
            record.write({name: f" {record[name].lower()} "})
        unused = self.env["rural.product"].create(
            {"code": "OSP7", "name": "桃", "supplier_id": line.supplier_id.id, "company_id": self.company.id}
        )
        unused.code = "OSP70"
        self.assertEqual(unused.code, "OSP70")

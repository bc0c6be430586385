from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import OrderCase


@tagged("post_install", "-at_install")
class TestReview(OrderCase):
    """SC-12: exceptions that somebody has looked at are ticked off with a word, and come back when they change."""

    def setUp(self):
        super().setUp()
        self.rows = [self.row(服务码="FW421222O"), self.row(服务码="FW421222O"), self.row()]
        self.lines = self.lines_of(*self.rows)
        self.exceptions = self.lines[:2]

    def waiting(self):
        domain = [("needs_review", "=", True), ("company_id", "=", self.company.id)]
        return self.env["rural.order.line"].search(domain)

    def tick_off(self, lines, note="供应商已停业", user=None):
        action = lines.with_user(user or self.officer).action_review()
        reviews = self.env[action["res_model"]].with_user(user or self.officer)
        return reviews.create({"note": note, "line_ids": action["context"]["default_line_ids"]})

    def test_sc12_many_exceptions_are_ticked_off_at_once(self):
        self.assertEqual(self.waiting(), self.exceptions)
        review = self.tick_off(self.lines)
        self.assertEqual(review.line_ids, self.exceptions)
        self.assertEqual((review.line_count, review.company_id), (2, self.company))
        self.assertEqual((review.create_uid, review.note), (self.officer, "供应商已停业"))
        self.assertFalse(self.waiting())
        self.assertEqual(self.exceptions.mapped("outcome"), ["unknown_code"] * 2, "they stay as they are")

    def test_sc12_the_dialog_shows_how_many(self):
        action = self.exceptions.with_user(self.officer).action_review()
        view = self.env.ref("rural_service_order.view_line_review_form_new")
        form = Form(self.env["rural.line.review"].with_user(self.officer).with_context(**action["context"]), view)
        self.assertEqual(form.line_count, 2)
        form.note = "不再处理"
        form.save()
        self.assertFalse(self.waiting())

    def test_sc12_an_exception_comes_back_when_a_file_changes_it(self):
        review = self.tick_off(self.exceptions)
        self.run_of(self.rows[0] | {"退款金额": "10.00"}, self.rows[1])
        self.exceptions.invalidate_recordset()
        self.assertEqual(self.waiting(), self.exceptions[0])
        self.assertEqual(self.exceptions.review_ids, review, "what was said before is kept")

    def test_sc12_an_exception_comes_back_when_its_judgement_changes(self):
        line = self.line_of(商品编码="OSP9", 商品名称="梨")
        self.assertEqual(line.outcome, "not_in_pool")
        self.tick_off(line)
        suspension = self.env["rural.center.suspension"].create(
            {"center_id": self.county_center.id, "valid_from": "2022-03-01", "reason": "整改"}
        )
        line.invalidate_recordset()
        self.assertEqual((line.outcome, line.needs_review), ("center_inactive", True))
        self.tick_off(line)
        suspension.unlink()
        line.invalidate_recordset()
        self.assertTrue(line.needs_review)

    def test_sc12_the_same_file_again_leaves_it_ticked_off(self):
        self.tick_off(self.exceptions)
        self.run_of(*self.rows)
        self.assertFalse(self.waiting())

    def test_sc12_an_exception_can_be_put_back(self):
        self.tick_off(self.exceptions)
        self.exceptions[0].with_user(self.officer).action_review_again()
        self.assertEqual(self.waiting(), self.exceptions[0])

    def test_sc12_a_word_and_an_exception_are_needed(self):
        with self.assertRaisesRegex(UserError, "Say why"):
            self.tick_off(self.exceptions, note="  ")
        with self.assertRaisesRegex(UserError, "nobody has looked at"):
            self.lines[2].with_user(self.officer).action_review()
        with self.assertRaisesRegex(UserError, "not to be looked at"):
            self.env["rural.line.review"].with_user(self.officer).create(
                {"note": "好的", "line_ids": [(6, 0, self.lines.ids)]}
            )

    def test_sc12_who_may_tick_off(self):
        with self.assertRaises(AccessError):
            self.exceptions.with_user(self.operations).action_review()
        with self.assertRaises(AccessError):
            self.exceptions.with_user(self.operations).action_review_again()
        review = self.tick_off(self.exceptions)
        self.assertTrue(review.with_user(self.operations).note)
        with self.assertRaises(AccessError):
            review.note = "别的"
        with self.assertRaises(AccessError):
            review.unlink()

    def test_sc12_lines_of_another_company_are_not_ticked_off(self):
        other = self.env["res.company"].create({"name": "另一家运营商"})
        stranger = self._new_user("o_stranger", "rural_base.group_settlement_manager", other)
        reviews = self.env["rural.line.review"].with_user(stranger).with_context(allowed_company_ids=other.ids)
        with self.assertRaises(AccessError):
            reviews.create({"note": "好的", "line_ids": [(6, 0, self.exceptions.ids)]})
        self.tick_off(self.exceptions)
        self.assertFalse(reviews.search([]))

    def test_sc12_the_tile_counts_what_its_list_shows(self):
        tile = self.env.ref("rural_service_order.home_tile_exceptions").with_user(self.officer)
        before = tile.count
        self.tick_off(self.exceptions)
        tile.invalidate_recordset()
        self.assertEqual(tile.count, before - 2)
        listed = self.env["rural.order.line"].with_user(self.officer).search(tile.action_open()["domain"])
        self.assertEqual(len(listed), tile.count)
        action = self.env.ref("rural_service_order.action_order_line_exceptions")
        self.assertIn("search_default_to_review", action.context, "the menu shows what is left, and can show the rest")

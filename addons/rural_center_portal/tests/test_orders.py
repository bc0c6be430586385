from odoo.fields import Domain

from .common import PortalCase


class TestOrders(PortalCase):
    def setUp(self):
        super().setUp()
        self.life()
        self.lines = self.as_portal(self.env["rural.order.line"], "own")

    def found(self, words):
        return set(self.lines.search(self.lines._portal_search_domain(words)).mapped("order_number"))

    def test_sc20_found_by_order_product_and_purchaser(self):
        own = {"OWN1", "OWN2", "OWN3"}
        self.assertEqual(self.found("own1"), {"OWN1"})
        self.assertEqual(self.found("大米"), {"OWN2"})
        self.assertEqual(self.found("TSP2"), {"OWN2"})
        self.assertEqual(self.found("总工会"), own)
        self.assertEqual(self.found("没有"), set())
        for too_short in ("", " ", "O", None):
            self.assertEqual(self.found(too_short), own)

    def test_sc20_a_word_with_signs_of_patterns_is_a_word(self):
        self.assertEqual(self.found("%%"), set())
        self.assertEqual(self.found("__"), set())

    def test_sc20_a_center_cannot_reach_beyond_its_lines_by_a_domain(self):
        every = Domain.OR([("center_id", "=", self.tongcheng.id)] for _ in range(2)) | Domain("id", ">", 0)
        self.assertEqual(set(self.lines.search(every).mapped("order_number")), {"OWN1", "OWN2", "OWN3"})

    def test_sc20_the_list_is_read_from_its_index(self):
        self.env["rural.order.line"].flush_model()
        self.env.cr.execute(
            "SELECT indexdef FROM pg_indexes WHERE tablename = 'rural_order_line' AND indexdef LIKE '%order_time%'"
        )
        self.assertIn("(center_id, order_time) WHERE (center_id IS NOT NULL)", self.env.cr.fetchone()[0])

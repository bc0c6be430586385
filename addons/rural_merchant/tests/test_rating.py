from odoo.tests import Form, tagged

from .common import RATING, MerchantCase


@tagged("post_install", "-at_install")
class TestRating(MerchantCase):
    def test_ma05_stars_compute_as_one_types(self):
        with Form(self.env["rural.merchant"].with_user(self.recruiter)) as form:
            form.name = "新店"
            form.type_id = self.catering
            self.assertFalse(form.merchant_class)
            for name, value in RATING.items():
                form[name] = value
            self.assertEqual(form.star_score, 13.7)
            self.assertEqual(form.merchant_class, "2")
            form.purchase_frequency = "average"
            self.assertEqual(form.star_score, 11.7)
            self.assertEqual(form.merchant_class, "3")

    def test_ma06_class_one_is_large_or_chain_retail(self):
        store = self._lead("华联", type_id=self.retail.id, is_large_or_chain=True, purchase_frequency="rare")
        self.assertEqual(store.merchant_class, "1")
        store.type_id = self.catering
        self.assertEqual(store.merchant_class, "3")

    def test_ma06_twelve_points_is_class_two(self):
        # 2 + 0.3 + 0.7 + 0.2 + 0.4 + 0.4 + 8 = 12.0
        merchant = self._lead(brand=2, decoration="standard", area=150, registered_capital=20, staff_count=40,
                              years_in_business=10, purchase_frequency="high")  # fmt: skip
        self.assertEqual((merchant.star_score, merchant.merchant_class), (12.0, "2"))
        merchant.decoration = "simple"
        self.assertEqual((merchant.star_score, merchant.merchant_class), (11.9, "3"))

    def test_ma05_threshold_is_a_dated_parameter(self):
        merchant = self._lead()
        self.env.ref("rural_merchant.parameter_merchant_second_class_stars_first").value = 14
        merchant.brand = 3
        merchant._compute_star_score()
        self.assertEqual(merchant.merchant_class, "3")

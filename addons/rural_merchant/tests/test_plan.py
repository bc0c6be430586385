from datetime import date

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import MerchantCase


@tagged("post_install", "-at_install")
class TestPlan(MerchantCase):
    """MA-07: progress by class, district, type and person, for the plan and for its phases."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fuyang = cls.district.parent_id
        cls.plan = cls.env["rural.recruiting.plan"].with_user(cls.head).create(
            {
                "name": "阜阳", "region_id": cls.fuyang.id,
                "date_from": date(2023, 4, 20), "date_to": date(2023, 6, 30),
                "phase_ids": [
                    Command.create({"name": "一", "date_from": date(2023, 4, 20), "date_to": date(2023, 5, 31)}),
                    Command.create({"name": "二", "date_from": date(2023, 6, 1), "date_to": date(2023, 6, 30)}),
                ],
            }
        )  # fmt: skip
        cls.first, cls.second = cls.plan.phase_ids.sorted("date_from")

    def _target(self, **vals):
        return self.env["rural.recruiting.target"].with_user(self.head).create({"plan_id": self.plan.id, **vals})

    def test_ma07_progress_by_all_of_these(self):
        self._signed("甲", date(2023, 5, 31))
        self._signed("乙", date(2023, 6, 1), recruiter=self.li)
        self._signed("丙", date(2023, 7, 1))
        self._lead("丁", self.wang)
        targets = [
            (self._target(dimension="class", merchant_class="2", target=3), 2),
            (self._target(dimension="class", merchant_class="1", target=1), 0),
            (self._target(dimension="class", merchant_class="2", target=1, phase_id=self.first.id), 1),
            (self._target(dimension="class", merchant_class="2", target=1, phase_id=self.second.id), 1),
            (self._target(dimension="district", region_id=self.district.id, target=1), 2),
            (self._target(dimension="type", type_id=self.catering.id, target=2), 2),
            (self._target(dimension="type", type_id=self.retail.id, target=2), 0),
            (self._target(dimension="person", employee_id=self.wang.id, target=10), 1),
            (self._target(dimension="person", employee_id=self.li.id, target=10), 1),
        ]
        for target, signed in targets:
            self.assertEqual(target.signed_count, signed, target.display_name)
            self.assertEqual(target.missing_count, max(target.target - signed, 0))
        self.plan.invalidate_recordset()
        self.assertEqual((self.plan.target_count, self.plan.signed_count, self.plan.progress), (4, 2, 50))

    def test_ma07_a_dropped_merchant_counts_no_more(self):
        merchant = self._installed("甲")
        target = self._target(dimension="class", merchant_class="2", target=1)
        self.assertEqual(target.signed_count, 1)
        merchant._drop(date(2023, 6, 1), "关店")
        self.env.flush_all()
        target.invalidate_recordset()
        self.assertEqual(target.signed_count, 0)

    def test_ma07_charts_read_the_same_figures(self):
        self._signed("甲", date(2023, 5, 31))
        target = self._target(dimension="person", employee_id=self.wang.id, target=10)
        row = self.env["rural.recruiting.progress"].with_user(self.head).browse(target.id)
        self.assertEqual((row.subject, row.target, row.signed, row.missing), ("王招商", 10, 1, 9))

    def test_ma07_a_target_says_for_what(self):
        with self.assertRaisesRegex(ValidationError, "“By Person” needs: Recruiter"):
            self._target(dimension="person", target=10)

    def test_ma07_a_phase_lies_within_its_plan(self):
        with self.assertRaises(ValidationError):
            self.first.date_from = date(2023, 4, 1)

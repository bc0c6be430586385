from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import AgreementCase


@tagged("post_install", "-at_install")
class TestApplication(AgreementCase):
    """SC-05 begins with an approved application."""

    def test_sc05_an_approval_draws_up_the_first_agreement(self):
        region = self._region("421223")
        application = self.env["rural.center.application"].create(
            {
                "applicant_name": "崇阳县天城电商有限公司",
                "kind": "city_county",
                "region_id": region.id,
                "email": "chongyang@example.com",
                "state": "submitted",
            }
        )
        application.with_user(self.area).sudo()._approve()
        agreement = application.center_id.agreement_ids
        self.assertEqual((agreement.stage, agreement.year, agreement.region_id), ("draft", 2026, region))
        self.assertEqual((str(agreement.date_from), str(agreement.date_to)), ("2026-03-02", "2026-12-31"))
        self.assertIn("The target of market revenue is not set.", agreement.missing)
        self.assertEqual(agreement.prepared_by_id, self.area)
        agreement.with_user(self.operations).target_purchasers = 30
        self.assertEqual(agreement.prepared_by_id, self.operations, "Who fills it in does not countersign it")

    def test_sc05_a_center_without_an_approved_application_is_not_signed(self):
        center = self._new_center("崇阳县区域服务中心", "421223", approved=False)
        agreement = self._new_agreement(center)
        with self.assertRaisesRegex(UserError, "no approved application"):
            self.step(agreement)
        self.env["rural.center.application"].create(
            {"applicant_name": "-", "kind": "city_county", "region_id": center.region_id.id, "center_id": center.id}
        )
        with self.assertRaisesRegex(UserError, "no approved application"):
            self.step(agreement)

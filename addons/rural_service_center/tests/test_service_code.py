from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CenterCase


@tagged("post_install", "-at_install")
class TestServiceCode(CenterCase):
    def issue(self, center):
        # As the system does on activation: with agreements, people issue a code by their steps only (SC-05).
        center.with_user(self.operations).sudo().action_issue_service_code()
        return center.service_code

    def test_sc06_a_center_gets_its_code_on_activation(self):
        center = self._new_center("崇阳县区域服务中心", self._region("421223"))
        with self.assertRaises(UserError):
            self.issue(center)
        self.authorise(center, "2022-01-01")
        self.assertRegex(self.issue(center), r"^FW421223[A-O]$")

    def test_sc06_a_provincial_center_gets_a_code_of_its_own_kind(self):
        center = self._new_center("省级运营服务中心", self.province)
        self.authorise(center, "2022-01-01")
        self.assertRegex(self.issue(center), r"^FW420000[P-Z]$")

    def test_sc06_a_code_is_issued_once(self):
        self.authorise(self.center, "2022-01-01")
        self.assertEqual(self.issue(self.center), "FW421222X")

    def test_sc06_a_code_by_hand_is_for_a_manager(self):
        center = self._new_center("崇阳县区域服务中心", self._region("421223"))
        centers = self.as_user(center, self.operations)
        vals = {"name": "通山县服务中心", "region_id": self._region("421224").id, "service_code": "FW421224A"}
        for change in (lambda: centers.write({"service_code": "FW421223A"}), lambda: centers.create(vals)):
            with self.assertRaisesRegex(AccessError, "Operations Manager"):
                change()
        centers.with_user(self.director).service_code = "FW421223A"
        self.assertEqual(center.service_code, "FW421223A")

    def test_sc06_a_code_is_permanent(self):
        for code in ("FW421222Y", False):
            with self.subTest(code=code), self.assertRaises(UserError):
                self.center.service_code = code
        self.center.service_code = " fw421222ｘ"
        self.assertEqual(self.center.service_code, "FW421222X")

    def test_sc06_a_center_with_a_code_is_never_deleted(self):
        with self.assertRaises(UserError):
            self.center.unlink()
        without = self._new_center("崇阳县区域服务中心", self._region("421223"))
        without.unlink()
        self.assertFalse(without.exists())

    def test_sc06_a_code_is_not_given_again_after_the_center_has_ended(self):
        first = self._new_center("崇阳县区域服务中心", self._region("421223"))
        self.authorise(first, "2022-01-01", "2022-12-31")
        code = self.issue(first)
        first.active = False
        second = self._new_center("崇阳县第二服务中心", self._region("421223"))
        self.authorise(second, "2023-01-01")
        self.assertNotEqual(self.issue(second), code)
        third = self._new_center("崇阳县第三服务中心", self._region("421223"), override_reason="试点")
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            third.service_code = code

    def test_sc06_a_code_of_another_company_is_taken(self):
        other = self.env["res.company"].create({"name": "另一家运营商"})
        theirs = self.env["rural.service.center"].create(
            {"name": "崇阳县服务中心", "region_id": self._region("421223").id, "company_id": other.id}
        )
        self.authorise(theirs, "2022-01-01")
        theirs.action_issue_service_code()
        ours = self._new_center("崇阳县区域服务中心", self._region("421223"))
        self.authorise(ours, "2022-01-01")
        self.assertNotEqual(self.issue(self.as_user(ours, self.operations).sudo()), theirs.service_code)

    def test_sc06_a_region_that_has_used_up_its_codes_says_so(self):
        region = self._region("421223")
        for letter in "ABCDEFGHIJKLMNO":
            if not self.center.sudo().search_count([("service_code", "=", f"FW421223{letter}")]):
                code = f"FW421223{letter}"
                self._new_center("崇阳县服务中心", region, service_code=code, override_reason="试点")
        center = self._new_center("崇阳县服务中心", region, override_reason="试点")
        self.authorise(center, "2022-01-01")
        with self.assertRaises(UserError):
            self.issue(center)

    def test_sc06_a_copy_has_no_code_and_a_payee_of_its_own(self):
        copy = self.center.copy({"region_id": self._region("421223").id})
        self.assertFalse(copy.service_code)
        self.assertNotEqual(copy.partner_id, self.center.partner_id)

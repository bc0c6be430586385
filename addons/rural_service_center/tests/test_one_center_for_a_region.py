from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import CenterCase


@tagged("post_install", "-at_install")
class TestOneCenterForARegion(CenterCase):
    """SC-04: a second living center of a kind in a region takes an operations manager's written reason."""

    def enter(self, user, **vals):
        centers = self.as_user(self.env["rural.service.center"], user)
        return centers.create({"name": "通城县第二服务中心", "region_id": self.county.id, **vals})

    def test_sc04_a_second_center_entered_by_hand_is_refused_and_the_first_one_named(self):
        with self.assertRaisesRegex(ValidationError, "通城县区域服务中心"):
            self.enter(self.operations)
        with self.assertRaises(ValidationError):
            self.enter(self.director)

    def test_sc04_an_operations_manager_lets_in_a_second_one_and_the_reason_is_kept(self):
        second = self.enter(self.director, override_reason="县域面积大，分南北两片服务")
        self.assertEqual(second.override_by_id, self.director)
        with self.assertRaises(UserError):
            second.override_reason = False
        self.assertTrue(second.override_reason)

    def test_sc04_nobody_else_gives_the_reason(self):
        for user in (self.operations, self.officer):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.enter(user, override_reason="我说可以")
        center = self.as_user(self.center, self.operations)
        with self.assertRaises(AccessError):
            center.override_reason = "我说可以"
        center.override_by_id = self.director
        self.assertFalse(center.override_by_id)

    def test_sc04_other_kind_other_region_and_other_company_are_free(self):
        self._new_center("湖北省运营服务中心", self.province)
        self._new_center("咸宁市区域服务中心", self._region("421200"))
        other = self.env["res.company"].create({"name": "另一家运营商"})
        self.assertTrue(self.enter(self._new_user("center_other_company", "rural_base.group_operations", other)))

    def test_sc04_an_ended_center_leaves_its_region_and_does_not_come_back_beside_another(self):
        with freeze_time("2022-06-01"):
            authorisation = self.authorise(self.center, "2021-01-01", "2021-12-31")
            second = self.enter(self.operations)
            with self.assertRaises(ValidationError):
                authorisation.valid_to = "2022-12-31"
            with self.assertRaises(ValidationError):
                self.authorise(self.center, "2022-05-01")
            second.active = False
            self.authorise(self.center, "2022-05-01")
            with self.assertRaises(ValidationError):
                second.active = True

    def test_sc04_a_center_does_not_move_into_a_region_that_has_one(self):
        center = self._new_center("崇阳县区域服务中心", self._region("421223"))
        with self.assertRaises(ValidationError):
            self.as_user(center, self.operations).region_id = self.county

    def test_sc04_sc06_centers_that_already_work_are_taken_over_by_file_and_say_so(self):
        run = self.load(
            "centers",
            "服务码,中心名称,类型,地区代码,授权开始,授权结束,停用开始,停用结束",
            ["FW421222Y,通城县南片服务中心,市县,421222,2022-01-01,,,"],
        )
        self.assertEqual(self.counts(run), {"new": 1})
        take_over = self.env["rural.center.take.over"].search([("run_id", "=", run.id)])
        self.assertEqual(take_over.occupant_id, self.center)
        confirmed = self.as_user(take_over, self.deputy)
        self.assertEqual(confirmed.action_confirm()["res_model"], "rural.step.reason")
        with self.assertRaisesRegex(UserError, "with a reason"):
            confirmed._decide("confirmed")
        with self.assertRaisesRegex(UserError, "Say why"):
            confirmed._confirm_second(" ")
        confirmed._confirm_second("两个中心此前均已在运营")
        second = take_over.center_id
        self.assertEqual(second.override_reason, "两个中心此前均已在运营")
        self.assertEqual(second.override_by_id, self.deputy)
        self.assertFalse(self.center.override_reason)

    def test_sc04_two_centers_of_one_file_for_one_region_take_a_reason(self):
        rows = [f"FW421223{letter},崇阳县{letter}中心,市县,421223,2022-01-01,,," for letter in "KL"]
        self.load("centers", "服务码,中心名称,类型,地区代码,授权开始,授权结束,停用开始,停用结束", rows)
        waiting = self.env["rural.center.take.over"].search([("region_id.code", "=", "421223")])
        self.assertEqual(waiting[0].twin_ids, waiting[1])
        both = self.as_user(waiting, self.deputy)
        self.assertEqual(both.action_confirm()["res_model"], "rural.step.reason")
        command = self.as_user(self.env["rural.command"], self.deputy)
        answer, code = command._execute(["confirm", "centers"])
        self.assertEqual((answer["confirmed"], len(answer["second_centers"]), code), (0, 2, 1))
        answer, code = command._execute(["confirm", "centers", "--reason", "南北两片"])
        self.assertEqual((answer["confirmed"], code), (2, 0))
        self.assertEqual(waiting.center_id.mapped("override_reason"), ["南北两片"] * 2)

    def test_sc04_one_of_two_that_wait_takes_no_reason_and_the_other_does(self):
        rows = [f"FW421223{letter},崇阳县{letter}中心,市县,421223,2022-01-01,,," for letter in "KL"]
        self.load("centers", "服务码,中心名称,类型,地区代码,授权开始,授权结束,停用开始,停用结束", rows)
        waiting = self.env["rural.center.take.over"].search([("region_id.code", "=", "421223")])
        first, other = self.as_user(waiting, self.deputy)
        first.action_confirm()
        self.assertTrue(first.center_id)
        self.assertEqual(other.action_confirm()["res_model"], "rural.step.reason")

    def test_sc04_no_client_takes_over(self):
        for pretended in (True, "TAKING_OVER", {}):
            centers = self.as_user(self.env["rural.service.center"], self.operations)
            with self.assertRaises(ValidationError):
                centers.with_context(rural_taking_over=pretended).create(
                    {"name": "通城县第二服务中心", "region_id": self.county.id}
                )

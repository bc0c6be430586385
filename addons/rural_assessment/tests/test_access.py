from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from .common import AssessmentCase

MODELS = (
    "rural.assessment", "rural.assessment.line", "rural.reward.line", "rural.penalty.case",
    "rural.satisfaction.round", "rural.satisfaction.invitation",
)  # fmt: skip


class TestAccess(AssessmentCase):
    """Who may read what: roles, other companies, centers on their portal."""

    def setUp(self):
        super().setUp()
        self._load_year()
        self._agree(self.tongcheng)
        self.assessment = self.assess()
        self.cases = self.record("w01") | self.record("w01", center=self.tongcheng)
        for case in self.cases:
            self.hear(case)

    def _portal(self, center, login):
        center.partner_id.company_id = self.company
        return new_test_user(
            self.env, login, "base.group_portal", partner_id=center.partner_id.id, company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )  # fmt: skip

    def test_roles_read_results(self):
        for user in (self.operations, self.officer, self.accountant, self.director):
            line = self.result(self.assessment).with_user(user)
            self.assertTrue(line.explanation and line.center_id.display_name)
            self.assertTrue(line.reward_line_ids.with_user(user).mapped("explanation"))
            self.assertTrue(self.assessment.with_user(user).explanation)
        nobody = self._new_user("a_nobody", "base.group_user")
        for name in MODELS:
            with self.assertRaises(AccessError):
                self.env[name].with_user(nobody).search([])

    def test_who_may_write_the_catalogue(self):
        violation = self.env.ref("rural_assessment.violation_w01")
        violation.with_user(self.director).action = "warning"
        for user in (self.operations, self.officer):
            with self.assertRaises(AccessError):
                violation.with_user(user).action = "termination"

    def test_officer_and_accountant_do_not_record_cases(self):
        for user in (self.officer, self.accountant):
            with self.assertRaises(AccessError):
                self.env["rural.penalty.case"].with_user(user).create(
                    {"center_id": self.lichuan.id, "violation_id": self.cases.violation_id.id, "description": "x"}
                )
            with self.assertRaises(AccessError):
                self.cases[0].with_user(user).action_hear()

    def test_other_company_sees_nothing(self):
        other = self.env["res.company"].create({"name": "别家运营商"})
        groups = "rural_base.group_operations_manager,rural_base.group_settlement_manager,account.group_account_user"
        stranger = self._new_user("a_stranger", groups, other)
        env = self.env(user=stranger, context={"allowed_company_ids": other.ids})
        for name in MODELS:
            self.assertFalse(env[name].search([("company_id", "=", self.company.id)]), name)
        for record in (
            self.assessment,
            self.result(self.assessment),
            self.cases[0],
            self.assessment.reward_line_ids[0],
        ):
            with self.assertRaises(AccessError):
                env[record._name].browse(record.id).read(["company_id"])
        with self.assertRaises(AccessError):
            env["rural.assessment"].browse(self.assessment.id).action_confirm()
        with self.assertRaises(AccessError):
            env["rural.penalty.case"].browse(self.cases[0].id)._decide("warning", 0, 0, "x")

    def test_other_companys_assessment_is_not_prepared(self):
        other = self.env["res.company"].create({"name": "别家运营商"})
        stranger = self._new_user("a_stranger", "rural_base.group_settlement_officer", other)
        with self.assertRaises(AccessError):
            self.env["rural.assessment"].with_user(stranger).with_context(allowed_company_ids=other.ids)._prepare(
                self.company, 2022
            )

    # ------------------------------------------------------------------
    # Portal (SC-20)
    # ------------------------------------------------------------------

    def test_sc20_center_sees_its_own_results_and_cases(self):
        user = self._portal(self.lichuan, "a_lichuan")
        Line, Case = self.env["rural.assessment.line"].with_user(user), self.env["rural.penalty.case"].with_user(user)
        self.assertEqual(Line.search([]).center_id, self.lichuan)
        self.assertEqual(Case.search([]), self.cases[0].with_user(user))
        self.assertEqual(self.env["rural.reward.line"].with_user(user).search([]).center_id, self.lichuan)

    def test_sc20_guessed_ids_of_another_center_are_refused(self):
        user = self._portal(self.lichuan, "a_lichuan")
        foreign = (
            self.result(self.assessment, self.tongcheng),
            self.result(self.assessment, self.tongcheng).reward_line_ids[0],
            self.cases[1],
        )
        for record in foreign:
            with self.assertRaises(AccessError):
                record.with_user(user).read(["center_id"])
        self.decide(self.cases[1])
        for step in ("_accept", "action_accept"):
            with self.assertRaises(AccessError):
                getattr(self.cases[1].with_user(user), step)()
        with self.assertRaises(AccessError):
            self.cases[1].with_user(user)._appeal("越权")

    def test_sc20_center_does_not_see_the_run_the_survey_or_drafts(self):
        draft = self.record("w02")
        user = self._portal(self.lichuan, "a_lichuan")
        for name in ("rural.assessment", "rural.satisfaction.round", "rural.satisfaction.invitation"):
            with self.assertRaises(AccessError):
                self.env[name].with_user(user).search([])
        with self.assertRaises(AccessError):
            draft.with_user(user).read(["description"])
        for vals in ({"satisfaction_entered": 1}, {"reward": 1}):
            with self.assertRaises(AccessError):
                self.result(self.assessment).with_user(user).write(vals)
        with self.assertRaises(AccessError):
            self.cases[0].with_user(user).write({"hearing": "x"})
        with self.assertRaises(AccessError):
            self.cases[0].with_user(user).action_hear()

    def test_sc17_center_appeals_and_accepts_on_its_portal(self):
        user = self._portal(self.lichuan, "a_lichuan")
        case = self.decide(self.cases[0])
        case.with_user(user)._appeal("不服处罚")
        self.assertEqual((case.state, case.appealed_by_id), ("appealed", user))
        other = self._portal(self.tongcheng, "a_tongcheng")
        accepted = self.decide(self.cases[1])
        accepted.with_user(other)._accept()
        self.assertEqual(accepted.state, "final")

    def test_sc20_province_sees_its_children_but_acts_for_none(self):
        province = self.env["rural.service.center"].create(
            {
                "name": "试验省运营服务中心",
                "kind": "province",
                "region_id": self.env["rural.region"].search([("code", "=", "420000")]).id,
            }
        )
        user = self._portal(province, "a_province")
        lines = self.env["rural.assessment.line"].with_user(user)
        self.assertFalse(lines.search([]), "without an authorisation it leads nobody")
        self.env["rural.center.authorisation"].create({"center_id": province.id, "valid_from": "2022-01-01"})
        seen = lines.search([]).center_id
        self.assertEqual(seen.sudo(), self.lichuan | self.tongcheng)
        case = self.decide(self.cases[0])
        self.assertEqual(case.with_user(user).read(["state"])[0]["state"], "decided")
        with self.assertRaises(AccessError):
            case.with_user(user)._appeal("代为申诉")

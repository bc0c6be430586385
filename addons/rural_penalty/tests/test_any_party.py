from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form
from odoo.tools.mail import html2plaintext

from .common import PenaltyCase


class TestAnyParty(PenaltyCase):
    """SC-17 for a party without an addon of its own: the partner is the party, its only deposit is deducted from."""

    def test_sc17_the_partner_is_the_party(self):
        case = self.record()
        self.assertEqual((case.party_kind, case._party(), case.party_name), ("other", self.tenant, self.tenant.name))
        self.assertEqual((case.company_id, case.deposit_id), (self.company, self.held))
        self.assertEqual((case.action, case.amount), ("deduction", 300))
        self.assertIn(self.tenant.name, case.display_name)

    def test_sc17_a_deduction_goes_all_its_way(self):
        case = self.decided()
        with self.assertRaisesRegex(UserError, "Somebody else"):
            case.with_user(self.director)._accept("来函")
        case.with_user(self.deputy)._accept("来函接受")
        self.assertEqual((case.state, case.has_effect), ("final", True))
        self.assertEqual((case.movement_id.deposit_id, case.movement_id.amount), (self.held, 300))
        case.movement_id.with_user(self.deputy).action_approve()
        self.post(case.movement_id)
        self.assertEqual((self.held.balance, case.deducted), (1700, 300))
        self.assertIn("300.00", case.message_ids[0].body)

    def test_sc17_one_appeal_is_answered_by_another_person(self):
        case = self.decided()
        case.with_user(self.operations)._appeal("已及时归还")
        with self.assertRaisesRegex(UserError, "Somebody else"):
            case.with_user(self.director)._decide_appeal("upheld", "维持")
        case.with_user(self.deputy)._decide_appeal("changed", "减轻", "warning")
        self.assertEqual((case.state, case.action, case.has_effect), ("final", "warning", False))
        with self.assertRaisesRegex(UserError, "One appeal is possible"):
            case.with_user(self.operations)._appeal("再次申诉")

    def test_sc17_who_knows_no_suspension_is_not_suspended(self):
        for action in ("suspension", "termination"):
            with self.assertRaisesRegex(ValidationError, "not possible for Another Party"):
                self.violation.copy({"code": action, "action": action, "suspension_days": 5})
        case = self.hear(self.record())
        with self.assertRaisesRegex(UserError, "not possible for Another Party"):
            case.with_user(self.director)._decide("suspension", 0, 10, "理由")
        with self.assertRaisesRegex(UserError, "not possible for Another Party"):
            case.sudo()._take_effect_termination()

    def test_sc17_without_one_deposit_nothing_is_deducted(self):
        case = self.hear(self.record(partner_id=self.tongcheng.id))
        with self.assertRaisesRegex(UserError, "has no deposit"):
            case.with_user(self.director)._decide("deduction", 10, 0, "理由")
        for subject in ("A102", "B207"):
            self._new_deposit(self.tongcheng, subject=subject)
        case.invalidate_recordset(["deposit_id"])
        with self.assertRaisesRegex(UserError, "has no deposit"):
            case.with_user(self.director)._decide("deduction", 10, 0, "理由")

    def test_sc17_a_case_names_its_party_and_keeps_it_once_it_was_heard(self):
        case = self.hear(self.record())
        for vals in ({"partner_id": self.lichuan.id}, {"party_kind": "other"}):
            with self.assertRaisesRegex(UserError, "is “Heard”"):
                case.write(vals)

    def test_sc17_case_is_entered_on_the_form(self):
        Case = self.env["rural.penalty.case"].with_user(self.operations).with_context(default_party_kind="other")
        with Form(Case) as form:
            form.partner_id = self.tenant
            form.violation_id = self.violation
            self.assertEqual((form.action, form.amount), ("deduction", 300))
            form.description = "门卫登记附后"
        self.assertEqual(form.record.state, "draft")

    def test_dp04_an_open_case_keeps_the_deposit(self):
        case = self.record(self.warning)
        self.assertEqual(self.held._refund_blockers(), [f"Penalty case {case.name} is “Recorded”."])
        self.assertEqual(self.deposit._refund_blockers(), [])
        with self.assertRaisesRegex(UserError, case.name):
            self.request("refund", 2000, self.held)
        case.with_user(self.director)._cancel("误登记")
        self.assertEqual(self.held._refund_blockers(), [])

    def test_sc17_the_decision_addresses_a_firm_and_a_person(self):
        case = self.decided()
        text = self._printed(case)
        for expected in ("违规处理决定书", case.name, self.tenant.name, "经查，你单位存在", "扣减保证金 300.00 元"):
            self.assertIn(expected, text)
        self.tenant.is_company = False
        self.assertIn("经查，你存在", self._printed(case))

    def _printed(self, case):
        reports = self.env["ir.actions.report"].with_user(self.operations)
        return html2plaintext(reports._render_qweb_html("rural_penalty.report_penalty_decision", case.ids)[0])

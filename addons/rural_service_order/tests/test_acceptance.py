from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import OrderCase


@tagged("post_install", "-at_install")
class TestAcceptance(OrderCase):
    """SC-12: a person asks to accept a line by hand, with a reason, and a second one confirms."""

    def ask(self, line, user=None, **vals):
        return (
            self.env["rural.line.acceptance"]
            .with_user(user or self.officer)
            .create(
                {
                    "line_id": line.id,
                    "center_id": self.county_center.id,
                    "fee_rate": 0.04,
                    "reason": "采购人书面确认",
                    **vals,
                }
            )
        )

    def test_sc12_confirmed_line_earns_its_fee(self):
        line = self.line_of(服务码="FW421222O")
        acceptance = self.ask(line)
        self.assertEqual((line.outcome, line.fee), ("unknown_code", 0))
        acceptance.with_user(self.manager).action_confirm()
        self.assertEqual((line.outcome, line.fee, line.fee_rate), ("accepted", 4.0, 0.04))
        self.assertEqual((line.center_id, line.clause_id.code), (self.county_center, "SC-12"))
        self.assertEqual(acceptance.requested_by_id, self.officer)
        self.assertEqual(acceptance.decided_by_id, self.manager)
        self.assertEqual(acceptance.reason, "采购人书面确认")

    def test_sc12_each_exception_can_be_accepted(self):
        for cells in ({"服务码": ""}, {"采购单位地区代码": "420106"}, {"商品编码": "OSP9", "商品名称": "梨"}):
            line = self.line_of(**cells)
            self.ask(line).with_user(self.manager).action_confirm()
            self.assertEqual(line.outcome, "accepted")

    def test_sc12_maker_is_not_checker(self):
        acceptance = self.ask(self.line_of(服务码=""), self.manager)
        with self.assertRaisesRegex(UserError, "Somebody else"):
            acceptance.action_confirm()
        with self.assertRaisesRegex(UserError, "Somebody else"):
            acceptance.action_refuse()

    def test_sc12_requester_cannot_be_forged(self):
        acceptance = self.ask(self.line_of(服务码=""), self.manager, requested_by_id=self.officer.id, state="confirmed")
        self.assertEqual((acceptance.requested_by_id, acceptance.state), (self.manager, "requested"))
        with self.assertRaises(UserError):
            acceptance.write({"requested_by_id": self.officer.id})

    def test_sc12_who_decides_does_not_change_what_is_asked(self):
        acceptance = self.ask(self.line_of(服务码=""))
        for change in ({"fee_rate": 0.5}, {"center_id": self.province_center.id}, {"reason": "别的"}):
            with self.assertRaisesRegex(UserError, "who asks for it"):
                acceptance.with_user(self.manager).write(change)
        acceptance.with_user(self.officer).write({"fee_rate": 0.03})

    def test_sc12_only_a_manager_decides(self):
        second = self._new_user("o_officer_2", "rural_base.group_settlement_officer")
        acceptance = self.ask(self.line_of(服务码=""))
        with self.assertRaisesRegex(UserError, "takes the role"):
            acceptance.with_user(second).action_confirm()
        with self.assertRaises(AccessError):
            acceptance.with_user(self.operations).unlink()
        with self.assertRaises(UserError):
            acceptance.with_user(self.operations).write({"reason": "别的"})

    def test_sc12_reason_is_required(self):
        line = self.line_of(服务码="")
        with self.assertRaises(ValidationError):
            self.ask(line, reason="  ")

    def test_sc12_order_not_completed_is_never_accepted(self):
        line = self.line_of(订单状态="待收货", 完成时间="")
        with self.assertRaisesRegex(ValidationError, "cannot be accepted by hand"):
            self.ask(line)
        with self.assertRaisesRegex(UserError, "cannot be accepted by hand"):
            line.action_accept()

    def test_sc12_eligible_line_needs_no_acceptance(self):
        with self.assertRaisesRegex(ValidationError, "cannot be accepted by hand"):
            self.ask(self.line_of())

    def test_sc12_decided_one_is_kept(self):
        acceptance = self.ask(self.line_of(服务码=""))
        acceptance.with_user(self.manager).action_confirm()
        for change in ({"reason": "别的"}, {"fee_rate": 0.5}, {"state": "refused"}):
            with self.assertRaises(UserError):
                acceptance.with_user(self.manager).write(change)
        with self.assertRaisesRegex(UserError, "kept for ever"):
            acceptance.with_user(self.manager).unlink()
        with self.assertRaisesRegex(UserError, "is “Confirmed”"):
            acceptance.with_user(self.manager).action_refuse()

    def test_sc12_state_is_not_typed(self):
        acceptance = self.ask(self.line_of(服务码=""))
        with self.assertRaisesRegex(UserError, "with its buttons"):
            acceptance.with_user(self.manager).write({"state": "confirmed"})
        # not even by a caller who knows how the buttons do it
        with self.assertRaises(UserError):
            acceptance.with_context(rural_deciding=True).write({"state": "confirmed"})

    def test_sc12_refused_line_stays_as_it_is_and_can_be_asked_for_again(self):
        line = self.line_of(服务码="")
        self.ask(line).with_user(self.manager).action_refuse()
        self.assertEqual((line.outcome, line.fee), ("no_code", 0))
        self.ask(line).with_user(self.manager).action_confirm()
        self.assertEqual(line.outcome, "accepted")

    @mute_logger("odoo.sql_db")
    def test_sc12_one_open_request_a_line(self):
        line = self.line_of(服务码="")
        self.ask(line)
        with self.assertRaises(UniqueViolation), self.cr.savepoint():
            self.ask(line)

    @mute_logger("odoo.sql_db")
    def test_sc12_rate_is_a_share(self):
        line = self.line_of(服务码="")
        for rate in (0, 5):
            with self.assertRaises(CheckViolation), self.cr.savepoint():
                self.ask(line, fee_rate=rate)

    def test_sc12_center_of_another_company(self):
        other = self.env["res.company"].create({"name": "另一家运营商"})
        center = self._new_center("崇阳县区域服务中心", "421223", "FW421223T", company=other)
        line = self.line_of(服务码="")
        with self.assertRaises(UserError):
            self.ask(line, center_id=center.id)

    def test_sc15_loading_again_keeps_the_acceptance(self):
        row = self.row(服务码="")
        line = self.lines_of(row)
        self.ask(line).with_user(self.manager).action_confirm()
        self.assertEqual(self.counts(self.run_of(row)), {"unchanged": 1})
        self.assertEqual(self.counts(self.run_of(row | {"退款金额": "50.00"})), {"updated": 1})
        line.invalidate_recordset()
        self.assertEqual((line.outcome, line.fee), ("accepted", 2.0))

    def test_sc12_accepted_line_that_turns_out_not_completed_earns_nothing(self):
        row = self.row(服务码="")
        line = self.lines_of(row)
        self.ask(line).with_user(self.manager).action_confirm()
        self.run_of(row | {"订单状态": "已取消", "完成时间": ""})
        line.invalidate_recordset()
        self.assertEqual((line.outcome, line.fee), ("not_completed", 0))

    def test_sc12_button_opens_a_request_for_the_line(self):
        line = self.line_of(采购单位地区代码="420106")
        context = line.action_accept()["context"]
        self.assertEqual(context["default_line_id"], line.id)
        self.assertEqual(context["default_center_id"], self.county_center.id)
        self.assertEqual(context["default_fee_rate"], 0.05)

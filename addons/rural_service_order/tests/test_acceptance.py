from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
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
        self.assertEqual(acceptance.clause_id.code, "SC-12")
        self.assertIn(f"earns 4% of its amount less refund for {self.county_center.name}", acceptance.explanation)

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
            acceptance.action_reject()
        with self.assertRaisesRegex(UserError, "Somebody else"):
            acceptance._reject("没有依据")

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
            acceptance.with_user(self.manager).action_reject()

    def test_sc12_state_is_not_typed(self):
        acceptance = self.ask(self.line_of(服务码=""))
        with self.assertRaisesRegex(UserError, "by the buttons only"):
            acceptance.with_user(self.manager).write({"state": "confirmed"})
        # not even by a caller who knows how the buttons do it
        with self.assertRaises(UserError):
            acceptance.with_context(rural_deciding=True).write({"state": "confirmed"})

    def test_sc12_refused_line_stays_as_it_is_and_can_be_asked_for_again(self):
        line = self.line_of(服务码="")
        refused = self.ask(line).with_user(self.manager)
        with self.assertRaisesRegex(UserError, "Say why"):
            refused._reject(" ")
        step = refused.action_reject()
        self.assertEqual(refused.state, "requested")
        wizard = self.env[step["res_model"]].with_user(self.manager).with_context(**step["context"])
        wizard.create({"reason": "采购人没有确认"}).action_apply()
        self.assertEqual((refused.state, refused.decision_reason), ("refused", "采购人没有确认"))
        self.assertEqual((line.outcome, line.fee), ("no_code", 0))
        self.ask(line).with_user(self.manager).action_confirm()
        self.assertEqual(line.outcome, "accepted")

    @mute_logger("odoo.sql_db")
    def test_sc12_one_open_request_a_line(self):
        line = self.line_of(服务码="")
        self.ask(line)
        with self.assertRaises(UniqueViolation), self.cr.savepoint():
            self.ask(line)

    def test_sc12_rate_is_a_share(self):
        line = self.line_of(服务码="")
        for rate, said in ((0, "0%"), (1, "100%"), (5, "500%")):
            with (
                self.assertNoLogs("odoo.sql_db", "ERROR"),
                self.assertRaisesRegex(ValidationError, f"in percent: 5 means 5%. {said} is not possible"),
            ):
                self.ask(line, fee_rate=rate)
        acceptance = self.ask(line)
        with self.assertNoLogs("odoo.sql_db", "ERROR"), self.assertRaisesRegex(ValidationError, "5 means 5%"):
            acceptance.write({"fee_rate": 5})
            acceptance.flush_recordset()

    def test_sc12_rate_of_the_pool_is_proposed_and_the_fee_shown(self):
        line = self.line_of(采购单位地区代码="420106")
        self.assertEqual((line.outcome, line.pool_entry_id.fee_rate), ("out_of_region", 0.05))
        request = Form(self.env["rural.line.acceptance"].with_user(self.officer))
        request.line_id, request.center_id, request.reason = line, self.county_center, "采购人书面确认"
        self.assertEqual((request.fee_rate, request.fee), (0.05, 5.0))
        request.fee_rate = 0.000555
        self.assertEqual(request.fee, 0.06)
        acceptance = request.save().with_user(self.manager)
        self.assertEqual(acceptance.fee, 0.06)
        acceptance.action_confirm()
        self.assertEqual(line.fee, acceptance.fee)

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

    def test_sc12_acceptance_holds_for_what_was_looked_at_alone(self):
        self._new_product("OSP2", "梨", "OGYS2", 0.10)
        row = self.row(商品编码="OSP9", 商品名称="李")
        line = self.lines_of(row)
        acceptance = self.ask(line)
        acceptance.with_user(self.manager).action_confirm()
        for change in (
            {"单价": "100000.00", "成交金额": "100000.00"},
            {"服务码": "FW420000T"},
            {"供应商编码": "OGYS8"},
            {"商品编码": "OSP8"},
            {"采购单位编码": "OCG2"},
            {"采购单位地区代码": "420106"},
        ):
            with self.subTest(change):
                self.run_of(row | change)
                line.invalidate_recordset()
                self.assertEqual((line.is_exception, line.fee, line.acceptance_id.id), (True, 0, False))
                self.assertTrue(acceptance.changes)
                self.run_of(row)
                line.invalidate_recordset()
                self.assertEqual((line.outcome, line.fee, line.acceptance_id), ("accepted", 4.0, acceptance))
                self.assertFalse(acceptance.changes)

    def test_sc12_acceptance_holds_at_a_lower_amount(self):
        row = self.row(服务码="")
        line = self.lines_of(row)
        self.ask(line).with_user(self.manager).action_confirm()
        for refund, fee in (("60.00", 1.60), ("40.00", 2.40)):
            self.run_of(row | {"退款金额": refund})
            line.invalidate_recordset()
            self.assertEqual((line.outcome, line.fee), ("accepted", fee))

    def test_sc12_what_has_changed_since_is_not_confirmed(self):
        row = self.row(服务码="FW421222O")
        line = self.lines_of(row)
        acceptance = self.ask(line)
        for change, told in (
            ({"单价": "9000.00", "成交金额": "9000.00"}, "Amount Less Refund: then “¥\xa0100.00”, now “¥\xa09,000.00”"),
            ({"订单状态": "已取消", "完成时间": ""}, "now “Order Not Completed”"),
            ({"服务码": ""}, "Service Code: then “FW421222O”, now “–”"),
        ):
            self.run_of(row | change)
            self.env.invalidate_all()
            with self.assertRaisesRegex(UserError, "has changed since") as refused:
                acceptance.with_user(self.manager).action_confirm()
            self.assertIn(told, str(refused.exception))
        self.assertEqual(acceptance.state, "requested")
        acceptance.with_user(self.manager)._reject("金额已变")
        self.ask(line).with_user(self.manager).action_confirm()
        self.assertEqual(line.outcome, "accepted")

    def test_sc12_lapsed_acceptance_gives_way_to_a_new_one(self):
        row = self.row(服务码="")
        line = self.lines_of(row)
        lapsed = self.ask(line)
        lapsed.with_user(self.manager).action_confirm()
        self.run_of(row | {"单价": "200.00", "成交金额": "200.00"})
        self.env.invalidate_all()
        acceptance = self.ask(line)
        acceptance.with_user(self.manager).action_confirm()
        self.assertEqual((line.fee, line.acceptance_id, lapsed.state), (8.0, acceptance, "withdrawn"))

    def test_sc12_acceptance_is_withdrawn_by_two_persons(self):
        line = self.line_of(服务码="FW421222O")
        acceptance = self.ask(line)
        acceptance.with_user(self.manager).action_confirm()
        second = self._new_user("o_manager_2", "rural_base.group_settlement_manager")
        acceptance.with_user(self.manager)._request_withdrawal("采购人更正说明")
        self.assertEqual((line.outcome, acceptance.can_decide), ("accepted", False))
        with self.assertRaisesRegex(UserError, "Somebody else"):
            acceptance.with_user(self.manager).action_confirm_withdrawal()
        with self.assertRaises(AccessError):
            acceptance.with_user(self.officer).action_confirm_withdrawal()
        acceptance.with_user(second).action_confirm_withdrawal()
        self.assertEqual((line.outcome, line.fee, line.acceptance_id.id), ("unknown_code", 0, False))
        self.assertEqual((acceptance.state, acceptance.withdrawn_by_id), ("withdrawn", second))
        self.ask(line).with_user(self.manager).action_confirm()
        self.assertEqual(line.outcome, "accepted")

    def test_sc12_withdrawal_needs_a_reason_and_can_be_declined(self):
        acceptance = self.ask(self.line_of(服务码=""))
        with self.assertRaisesRegex(UserError, "possible for “Confirmed” only"):
            acceptance._request_withdrawal("更正")
        acceptance.with_user(self.manager).action_confirm()
        with self.assertRaisesRegex(UserError, "Say why"):
            acceptance._request_withdrawal(" ")
        action = acceptance.action_withdraw()
        wizard = self.env[action["res_model"]].with_user(self.officer).with_context(**action["context"])
        wizard.create({"reason": "更正"}).action_apply()
        with self.assertRaisesRegex(UserError, "Say why"):
            acceptance.with_user(self.manager)._keep(" ")
        step = acceptance.with_user(self.manager).action_keep()
        self.assertEqual(acceptance.state, "withdrawal_requested")
        wizard = self.env[step["res_model"]].with_user(self.manager).with_context(**step["context"])
        wizard.create({"reason": "原确认仍有效"}).action_apply()
        self.assertIn("原确认仍有效", acceptance.message_ids[0].body)
        self.assertEqual((acceptance.state, acceptance.line_id.outcome), ("confirmed", "accepted"))

    def test_sc12_explanation_names_asker_decider_and_reason(self):
        line = self.line_of(采购单位地区代码="420106")
        self.ask(line).with_user(self.manager).action_confirm()
        self.assertIn(f"asked by {self.officer.name}, confirmed by {self.manager.name}", line.explanation)
        self.assertIn("采购人书面确认", line.explanation)
        self.assertFalse(line.parameter)

    def test_sc12_lines_are_accepted_one_by_one(self):
        lines = self.lines_of(self.row(服务码=""), self.row(服务码=""))
        with self.assertRaisesRegex(UserError, "one line after the other"):
            lines.action_accept()

    def test_sc12_decided_by_who_works_in_several_companies(self):
        other = self.env["res.company"].create({"name": "另一家运营商"})
        self.manager.company_ids |= other
        line = self.line_of(服务码="FW421222O")
        acceptance = self.ask(line)
        both = acceptance.with_user(self.manager).with_context(allowed_company_ids=[other.id, self.company.id])
        both.action_confirm()
        self.assertEqual((line.outcome, line.fee), ("accepted", 4.0))
        acceptance.with_user(self.officer)._request_withdrawal("更正")
        both.action_confirm_withdrawal()
        self.assertEqual((line.outcome, line.fee), ("unknown_code", 0))

    def test_sc12_withdrawal_is_asked_for_with_a_reason(self):
        acceptance = self.ask(self.line_of(服务码=""))
        acceptance.with_user(self.manager).action_confirm()
        action = acceptance.with_user(self.officer).action_withdraw()
        wizard = self.env[action["res_model"]].with_user(self.officer).with_context(**action["context"])
        wizard.create({"reason": "采购人更正说明"}).action_apply()
        self.assertEqual((acceptance.state, acceptance.withdrawal_reason), ("withdrawal_requested", "采购人更正说明"))
        self.assertTrue(acceptance.with_user(self.manager).can_decide)
        self.assertFalse(acceptance.with_user(self.officer).can_decide)

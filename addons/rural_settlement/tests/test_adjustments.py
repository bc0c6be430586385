from odoo.exceptions import UserError
from odoo.tools import mute_logger

from .common import FEBRUARY, JANUARY, MARCH, SettlementCase


class TestAdjustments(SettlementCase):
    """SC-13: a later change of a closed month is an adjustment of the earliest open one."""

    def test_sc13_refund_after_confirmation_becomes_an_adjustment(self):
        self.load(self.row("A1", 1, "100.00"), self.row("A2", 2, "200.00"))
        january = self.close(JANUARY)
        self.load(self.row("A1", 1, "100.00", refund="30.00"))
        february = self.prepare(FEBRUARY)
        self.assertEqual((january.fee, january.base), (5.00, 100.00), "a closed month is not edited")
        self.assertRecordValues(
            february,
            [{"line_count": 2, "adjustment_count": 1, "base": 170.00, "fee": 8.50, "adjustment_fee": -1.50}],
        )
        self.confirm(february)
        adjustment = february.entry_ids.filtered(lambda entry: entry.kind == "adjustment")
        self.assertRecordValues(
            adjustment,
            [{"base": -30.00, "refund": 30.00, "fee": -1.50, "completion_month": JANUARY, "month": FEBRUARY}],
        )
        self.assertEqual(adjustment.clause_id.code, "SC-13")
        self.assertIn("¥ -1.50", adjustment.explanation.replace("\xa0", " "))

    def test_sc13_late_line_is_an_adjustment(self):
        self.load(self.row("A1", 1))
        self.close(JANUARY)
        self.load(self.row("A9", 1, "60.00"))
        february = self.close(FEBRUARY)
        self.assertRecordValues(
            february.entry_ids,
            [{"kind": "adjustment", "fee": 3.00, "completion_month": JANUARY, "month": FEBRUARY}],
        )

    def test_sc13_change_of_supplier_moves_the_fee_to_the_new_one(self):
        self.load(self.row("A1", 1))
        self.close(JANUARY)
        self.load(self.row("A1", 1, 供应商编码="TGYS2"))
        february = self.close(FEBRUARY)
        by_supplier = {entry.supplier_id.supplier_code: entry.fee for entry in february.entry_ids}
        self.assertEqual(by_supplier, {"TGYS1": -5.00, "TGYS2": 5.00})
        self.assertEqual((february.fee, february.base), (0.00, 0.00))

    def test_sc13_change_of_center_moves_the_fee_to_the_new_one(self):
        self.load(self.row("A1", 1), self.row("B1", 1, center=self.tongcheng))
        self.close(JANUARY)
        self.load(self.row("A1", 1, center=self.tongcheng))
        self.close(FEBRUARY)
        self.assertEqual(self.statement(FEBRUARY).fee, -5.00)
        self.assertEqual(self.statement(FEBRUARY, self.tongcheng).fee, 5.00)

    def test_sc13_new_center_with_an_open_month_takes_it_as_a_plain_fee(self):
        self.load(self.row("A1", 1))
        self.close(JANUARY)
        self.load(self.row("A1", 1, center=self.tongcheng))
        self.prepare()
        gained = self.statement(JANUARY, self.tongcheng)
        self.assertRecordValues(gained, [{"adjustment_count": 0, "fee": 5.00}])
        self.assertEqual(self.statement(FEBRUARY).fee, -5.00)

    def test_sc13_line_that_no_longer_earns_is_taken_back(self):
        self.load(self.row("A1", 1))
        self.close(JANUARY)
        self.load(self.row("A1", 1, 订单状态="已取消", 完成时间=""))
        february = self.close(FEBRUARY)
        self.assertRecordValues(february, [{"line_count": 1, "fee": -5.00, "adjustment_fee": -5.00}])

    def test_sc13_month_of_completion_alone_changes_nothing(self):
        self.load(self.row("A1", 1))
        self.close(JANUARY)
        self.load(self.row("A1", 1, 完成时间="2022-03-15 10:00:00"))
        self.assertEqual(self.dues(), {})

    def test_sc13_change_back_is_settled_back(self):
        self.load(self.row("A1", 1))
        self.close(JANUARY)
        self.load(self.row("A1", 1, 供应商编码="TGYS2"))
        self.close(FEBRUARY)
        self.load(self.row("A1", 1))
        march = self.close(MARCH)
        by_supplier = {entry.supplier_id.supplier_code: entry.fee for entry in march.entry_ids}
        self.assertEqual(by_supplier, {"TGYS1": 5.00, "TGYS2": -5.00})

    def test_sc13_entry_is_final_for_everybody(self):
        self.load(self.row("A1", 1))
        entry = self.close(JANUARY).entry_ids
        for change in (
            lambda: entry.sudo().write({"fee": 6}),
            entry.sudo().unlink,
            lambda: entry.sudo().create({"fee": 6}),
            self.statement(JANUARY).sudo().unlink,
        ):
            with self.assertRaises(UserError):
                change()

    def test_sc13_database_refuses_to_change_an_entry(self):
        self.load(self.row("A1", 1))
        entry = self.close(JANUARY).entry_ids
        for query in (
            "UPDATE rural_fee_entry SET fee = 6 WHERE id = %s",
            "DELETE FROM rural_fee_entry WHERE id = %s",
        ):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaisesRegex(Exception, "is final"),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(query, [entry.id])

    def test_sc13_refund_takes_back_at_the_settled_rate_whatever_has_happened_since(self):
        self.load(self.row("A1", 1, "4650.00"), self.row("A2", 1))
        self.close(JANUARY)
        self.lichuan.authorisation_ids.valid_to = "2022-01-05"
        self.load(self.row("A1", 1, "4650.00", refund="1.00"))
        self.assertEqual((self.line("A1").outcome, self.line("A1").fee), ("eligible", 232.45))
        self.assertEqual(sum(self.dues().values()), -0.05)

    def test_sc13_file_that_changes_what_decided_a_closed_line_is_judged_anew(self):
        self.load(self.row("A1", 1), self.row("A2", 1))
        self.close(JANUARY)
        self.lichuan.authorisation_ids.valid_to = "2022-01-05"
        self.load(self.row("A1", 1, 下单时间="2022-01-04 09:00:00"), self.row("A2", 1, 采购单位编码="TCG9"))
        self.assertEqual((self.line("A1").outcome, self.line("A2").outcome), ("eligible", "center_inactive"))
        self.assertEqual(sum(self.dues().values()), -5.00)

    def _accept(self, order, rate=0.03):
        acceptance = (
            self.env["rural.line.acceptance"]
            .with_user(self.officer)
            .create(
                {"line_id": self.line(order).id, "center_id": self.lichuan.id, "fee_rate": rate, "reason": "跨区协议"}
            )
        )
        acceptance.with_user(self.manager).action_confirm()
        return acceptance

    def test_sc12_withdrawn_acceptance_is_adjusted(self):
        self.load(self.row("A1", 1), self.row("A2", 1, 采购单位地区代码="421222"))
        acceptance = self._accept("A2")
        self.close(JANUARY)
        acceptance.with_user(self.officer)._request_withdrawal("协议无效")
        acceptance.with_user(self.manager).action_confirm_withdrawal()
        self.assertEqual((self.line("A2").outcome, self.line("A2").fee), ("out_of_region", 0))
        february = self.close(FEBRUARY)
        self.assertRecordValues(
            february.entry_ids, [{"kind": "adjustment", "fee": -3.00, "line_id": self.line("A2").id}]
        )

    def test_sc12_fee_accepted_by_hand_explains_itself(self):
        self.load(self.row("A2", 1, 采购单位地区代码="421222"))
        acceptance = self._accept("A2", 0.031234)
        entry = self.close(JANUARY).entry_ids
        self.assertEqual((entry.clause_id.code, entry.acceptance_id), ("SC-12", acceptance))
        self.assertFalse(entry.parameter)
        for said in ("3.1234%", self.officer.name, self.manager.name, "跨区协议"):
            self.assertIn(said, entry.explanation)

    def test_sc13_addition_says_why_it_comes_late(self):
        self.load(
            self.row("A1", 1),
            self.row("A2", 1, 采购单位地区代码="421222"),
            self.row("A3", 1),
        )
        self.close(JANUARY)
        self._accept("A2")
        self.load(self.row("A3", 1, 供应商编码="TGYS2"), self.row("A4", 1))
        entries = self.close(FEBRUARY).entry_ids.filtered(lambda entry: entry.fee > 0)
        said = {entry.line_id.order_number: entry.explanation for entry in entries}
        self.assertIn("accepted by hand after that month was closed", said["A2"])
        self.assertIn("at the cost of 供应商TGYS1 before", said["A3"])
        self.assertIn("came in, or began to earn a fee, after that month was closed", said["A4"])

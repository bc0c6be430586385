from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from .common import OrderCase

SETTINGS = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
CELLS = {
    "下单时间": st.sampled_from(["2022-01-31 23:59:59", "2022-03-10 09:00:00", "2022-12-01 00:00:00", "2022-13-01"]),
    "完成时间": st.sampled_from(["2022-12-05 10:00:00", "2022-12-31 23:59:59", ""]),
    "订单状态": st.sampled_from(["已完成", "已完成", "已完成", "待收货", "已签收"]),
    "采购单位编码": st.sampled_from(["OCG1", "OCG2", "OCG3"]),
    "采购单位类型": st.sampled_from(["预算单位", "非预算单位"]),
    "采购单位地区代码": st.sampled_from(["421222", "421223", "430102", "000000"]),
    "商品编码": st.sampled_from(["OSP1", "OSP9"]),
    "退款金额": st.sampled_from(["0", "12.34", "1000"]),
    "服务码": st.sampled_from(["FW421222T", "fw421222t", "FW420000T", "FW999999Z", ""]),
}
ROW = st.fixed_dictionaries(CELLS)


@tagged("post_install", "-at_install")
class TestInvariants(OrderCase):
    """What holds for every file."""

    @SETTINGS
    @given(st.lists(st.tuples(st.integers(1, 6), ROW), min_size=1, max_size=12))
    def test_sc15_counts_add_up_and_a_second_load_changes_nothing(self, drawn):
        rows = [self.row(订单编号=f"OH{number}", **cells) for number, cells in drawn]
        with self.savepoint():
            run = self.run_of(*rows)
            outcomes = ("new", "updated", "unchanged", "duplicate", "rejected")
            self.assertEqual(run.row_count, len(rows))
            self.assertEqual(sum(run[f"{outcome}_count"] for outcome in outcomes), len(rows))
            again = self.run_of(*rows)
            self.assertEqual((again.new_count, again.updated_count), (0, 0))
            self.assertEqual(again.unchanged_count, run.new_count)
            self.assertEqual(again.rejected_count, run.rejected_count)

    @SETTINGS
    @given(st.lists(ROW, min_size=2, max_size=6))
    def test_sc10_judged_alone_as_judged_in_a_file(self, drawn):
        rows = [self.row(**cells) for cells in drawn]

        def judged(*groups):
            with self.savepoint():
                for group in groups:
                    self.run_of(*group)
                lines = [self.line(row) for row in rows]
                return [(line.outcome, line.center_id.id, line.fee_rate, line.fee) for line in lines]

        self.assertEqual(judged(rows), judged(*([row] for row in rows)))

    @SETTINGS
    @given(ROW, ROW)
    def test_sc15_corrected_line_is_judged_like_a_new_one(self, first, second):
        def judged(*versions):
            row = self.row()
            with self.savepoint():
                for cells in versions:
                    run = self.run_of(row | cells)
                line = self.line(row)
                return run.rejected_count or (line.outcome, line.center_id.id, line.fee_rate, line.fee, line.refund)

        self.assertEqual(judged(first, second), judged(second))

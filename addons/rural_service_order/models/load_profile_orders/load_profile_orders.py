from contextlib import contextmanager

from odoo import models
from odoo.tools import SQL

from odoo.addons.rural_base.china_time import CHINA_OFFSET
from odoo.addons.rural_bulk.columns import Choice, Code, Column, Moment, Number, Text
from odoo.addons.rural_bulk.sql import STAGING, distinct_table, names

from ...eligibility import JUDGED, fee_of, judge

KEY = ("company_id", "order_number", "line_number")
#: Columns of an order line that a file gives; the judgement gives the others.
GIVEN = (
    "order_time", "completion_time", "completion_month", "state", "purchaser_id",
    "purchaser_type", "region_id", "supplier_id", "product_id", "quantity", "unit_price",
    "amount", "refund", "net_amount", "service_code",
)  # fmt: skip
#: Those on which the outcome rests, beside what an acceptance was given for.
DECIDING = (
    "order_time", "state", "purchaser_id", "purchaser_type", "region_id", "product_id", "service_code",
)  # fmt: skip


class OrdersLoadProfile(models.AbstractModel):
    """The platform's export of order lines (SC-10, SC-15): one pass of set-based SQL."""

    _name = "rural.load.profile.orders"
    _inherit = "rural.load.profile"
    _description = "Loading of Platform Orders"

    _target = "rural.order.line"
    _group = "rural_base.group_settlement_officer"
    _key = ("order_number", "line_number")
    _repeated = {
        "purchaser": ("purchaser_code", "purchaser_name", "purchaser_type", "region_code"),
        "product": ("product_code", "product_name", "supplier_code", "supplier_name"),
    }
    _columns = (
        Column("order_number", "订单编号", Code(), reason="key"),
        Column("line_number", "订单行号", Code(), reason="key"),
        Column("quantity", "数量", Number(3), reason="number"),
        Column("unit_price", "单价", Number(6), reason="number"),
        Column("amount", "成交金额", Number(2), reason="number"),
        Column("refund", "退款金额", Number(2), required=False, reason="number"),
        Column(
            "state",
            "订单状态",
            Choice(
                {
                    "待付款": "pending_payment",
                    "待发货": "pending_shipment",
                    "待收货": "pending_receipt",
                    "已完成": "completed",
                    "已取消": "cancelled",
                }
            ),
            reason="state",
        ),
        Column("order_time", "下单时间", Moment(), reason="order time"),
        Column("completion_time", "完成时间", Moment(takes_days=True), required=False, reason="completion time"),
        Column("region_code", "采购单位地区代码", Code(), reason="region"),
        Column("purchaser_code", "采购单位编码", Code(), reason="purchaser"),
        Column("purchaser_name", "采购单位名称", Text(), required=False),
        Column(
            "purchaser_type",
            "采购单位类型",
            Choice({"预算单位": "budget_unit", "非预算单位": "non_budget_unit"}),
            reason="purchaser type",
        ),
        Column("supplier_code", "供应商编码", Code(), reason="supplier"),
        Column("supplier_name", "供应商名称", Text(), required=False),
        Column("product_code", "商品编码", Code(), reason="product"),
        Column("product_name", "商品名称", Text(), required=False),
        Column("service_code", "服务码", Code(), required=False),
    )

    @contextmanager
    def _merging(self, run):
        self.env["rural.order.line"]._lock_settlement(run.company_id)
        with super()._merging(run):
            yield

    def _merge(self, run):
        has_known, warnings = self._match_known(run)
        if has_known:
            self._analyze(STAGING)
        lines = self.env["rural.order.line"]
        if self._reject_lost_zeros(SQL.identifier(lines._table), run.company_id):
            self._drop_values_of_rejected()
        self._create_unknown(run)
        self._insert_new(run)
        if has_known:
            self._update_changed(run)
        self.env.invalidate_all()
        lines._after_judgement(run.company_id)
        return warnings + self._name_warnings(run)

    # ------------------------------------------------------------------
    # Checks across the cells of a row
    # ------------------------------------------------------------------

    def _contradictions(self):
        return [
            (
                SQL("state = 'completed' AND completion_time IS NULL"),
                "完成时间",
                "completion time",
                self.env._("the order is completed, but has no completion time"),
            ),
            (
                SQL("completion_time < order_time"),
                "完成时间",
                "completion time",
                self.env._("the completion time is before the order time"),
            ),
            self._yet_to_come(
                SQL("CASE WHEN state = 'completed' THEN completion_time END"), "完成时间", "completion time"
            ),
            (SQL("quantity <= 0"), "数量", "amount", self.env._("the quantity must be more than 0")),
            (SQL("amount < 0"), "成交金额", "amount", self.env._("the amount must not be negative")),
            (
                SQL("refund < 0 OR refund > amount"),
                "退款金额",
                "amount",
                self.env._("the refund must lie between 0 and the amount"),
            ),
            (
                SQL("quantity * unit_price <> amount AND abs(quantity * unit_price - amount) > 0.01 * quantity + 0.01"),
                "单价",
                "price",
                self.env._("quantity × price does not give the amount"),
            ),
        ]

    def _reject_rows(self):
        return super()._reject_rows() + self._reject_unknown_regions()

    def _reject_unknown_regions(self):
        """Reject the rows that name a region which is none; how many."""
        self.env.cr.execute(
            SQL(
                """
                   SELECT described.row_number, described.region_code
                     FROM %s AS described
                LEFT JOIN rural_region AS region ON region.code = left(described.region_code, 6)
                    WHERE region.id IS NULL OR length(described.region_code) NOT IN (6, 9, 12)
                          OR length(described.region_code) > 6 AND described.region_code ~ '[^0-9]'
                """,
                distinct_table("purchaser"),
            )
        )
        code_of_row = dict(self.env.cr.fetchall())
        if not code_of_row:
            return 0
        regions = self.env["rural.region"]
        messages = {code: regions._unknown_code_message(code) for code in set(code_of_row.values())}
        fault = SQL(
            """(SELECT first_row, '采购单位地区代码' AS heading, 'region' AS reason, message
                  FROM unnest(%s, %s) AS named (first_row, message)) AS fault""",
            list(code_of_row),
            [messages[code] for code in code_of_row.values()],
        )
        return self._set_rejected(fault, SQL("staging.outcome = 'new' AND staging.purchaser_row = fault.first_row"))

    # ------------------------------------------------------------------
    # Merging: new lines in, changed lines over, all others untouched
    # ------------------------------------------------------------------

    def _match_known(self, run):
        """Find the stored line of each row that has one.

        :return: whether there are any; warnings of the rows with an older state than is stored
        """
        self.env.cr.execute(
            SQL(
                """
                WITH matched AS (
                    UPDATE %s AS staging SET outcome = 'unchanged', record_id = line.id
                      FROM rural_order_line AS line
                     WHERE staging.outcome = 'new' AND line.company_id = %s
                       AND line.order_number = staging.order_number
                       AND line.line_number = staging.line_number
                 RETURNING staging.row_number, line.state AS known_state, line.amount AS known_amount,
                           line.refund AS known_refund, staging.state, staging.amount,
                           COALESCE(staging.refund, 0) AS refund
                )
                SELECT count(*), array_agg(ARRAY[row_number::text, known_state, round(known_amount, 2)::text,
                                                 round(known_refund, 2)::text, state, round(amount, 2)::text,
                                                 round(refund, 2)::text] ORDER BY row_number)
                       FILTER (WHERE known_state = 'completed' AND state <> 'completed' OR known_refund > refund)
                  FROM matched
                """,
                STAGING,
                run.company_id.id,
            )
        )
        known_count, older = self.env.cr.fetchone()
        return bool(known_count), [self._older_warning(int(number), *row) for number, *row in older or ()]

    def _older_warning(self, row_number, known_state, known_amount, known_refund, state, amount, refund):
        """The warning of a row that takes back what is known of its line: its file may be older than one before."""
        word_of_value = self._word_of_value()
        column = "订单状态" if known_state == "completed" != state else "退款金额"
        if column == "订单状态":
            message = self.env._(
                "the line is known as “%(known_state)s” (amount %(known_amount)s, refund %(known_refund)s), the row "
                "says “%(state)s” (amount %(amount)s, refund %(refund)s): it is taken as the row says and earns "
                "nothing. If this file is older than one loaded before, load the newest one again",
                known_state=word_of_value[known_state],
                known_amount=known_amount,
                known_refund=known_refund,
                state=word_of_value[state],
                amount=amount,
                refund=refund,
            )
        else:
            message = self.env._(
                "a refund of %(known_refund)s is known, the row says %(refund)s: it is taken as the row says. If this "
                "file is older than one loaded before, load the newest one again",
                known_refund=known_refund,
                refund=refund,
            )
        return {"row_number": row_number, "column": column, "message": message}

    def _judged_rows(self, run, outcome):
        """The rows of an outcome as judged order lines, as a query."""
        return judge(
            SQL(
                """(
                SELECT record_id AS line_id, %(company)s AS company_id, %(run)s AS run_id,
                       order_number, line_number, order_time AS ordered_at,
                       order_time - %(offset)s AS order_time,
                       completion_time - %(offset)s AS completion_time,
                       CASE WHEN state = 'completed'
                            THEN date_trunc('month', completion_time)::date END AS completion_month,
                       state, purchaser_id, purchaser.purchaser_type, region_id, supplier_id, product_id,
                       quantity, unit_price, amount, COALESCE(refund, 0) AS refund,
                       amount - COALESCE(refund, 0) AS net_amount, service_code
                  FROM %(staging)s AS staging
                  JOIN %(purchasers)s AS purchaser ON purchaser.first_row = purchaser_row
                  JOIN %(products)s AS product ON product.first_row = product_row
                 WHERE outcome = %(outcome)s
                )""",
                company=run.company_id.id,
                run=run.id,
                offset=CHINA_OFFSET,
                staging=STAGING,
                purchasers=self._named_purchasers(run.company_id),
                products=self._named_products(run.company_id),
                outcome=outcome,
            ),
            are_new=outcome == "new",
        )

    def _insert_new(self, run):
        """Add the new lines, in the file's order: their neighbours in the indexes follow one another."""
        columns = names(("run_id", *KEY, *GIVEN, *JUDGED))
        self.env.cr.execute(
            SQL(
                "INSERT INTO rural_order_line (id, %s) SELECT line_id, %s FROM (%s) AS judged",
                columns,
                columns,
                self._judged_rows(run, "new"),
            )
        )

    def _update_changed(self, run):
        """Overwrite the stored lines that differ from the file; all others stay untouched."""
        given = ("run_id", *GIVEN)
        self.env.cr.execute(
            SQL(
                """
                WITH updated AS (
                    UPDATE rural_order_line AS line
                       SET (%(given)s, review_id) = ROW(%(judged_given)s, NULL),
                           (%(judgement)s) = (%(kept_or_judged)s)
                      FROM (%(judged)s) AS judged
                     WHERE judged.line_id = line.id
                       AND ROW(%(line_compared)s) IS DISTINCT FROM ROW(%(judged_compared)s)
                 RETURNING line.id
                )
                UPDATE %(staging)s AS staging SET outcome = 'updated'
                  FROM updated WHERE staging.record_id = updated.id
                """,
                given=names(given),
                judged_given=names(given, "judged"),
                judgement=names(JUDGED),
                kept_or_judged=self._kept_or_judged(),
                judged=self._judged_rows(run, "unchanged"),
                line_compared=names(GIVEN, "line"),
                judged_compared=names(GIVEN, "judged"),
                staging=STAGING,
            )
        )

    def _kept_or_judged(self):
        """The judgement of a changed line: a closed one keeps its own, unless what decided it has changed (SC-13).

        Then a refund is settled at the rate of the fee that it takes back, whatever has happened since to
        center, pool and reports. An acceptance is looked at again where its line is another one.
        """
        kept = {name: SQL.identifier("line", name) for name in JUDGED}
        kept["fee"] = fee_of(SQL("judged.net_amount"), SQL("line.fee_rate"))
        return SQL(
            """
            SELECT %(columns)s
              FROM (SELECT ROW(%(line)s) IS NOT DISTINCT FROM ROW(%(judged)s)
                           AND (line.acceptance_id IS NULL
                                OR line.supplier_id = judged.supplier_id AND line.net_amount >= judged.net_amount)
                           AND NOT (%(is_open)s) AS is_kept
                    OFFSET 0 -- a fence: it is looked up once for each line, not for each column
                   ) AS closed
            """,
            columns=SQL(", ").join(
                SQL("CASE WHEN is_kept THEN %s ELSE %s END", value, SQL.identifier("judged", name))
                for name, value in kept.items()
            ),
            line=names(DECIDING, "line"),
            judged=names(DECIDING, "judged"),
            is_open=self.env["rural.order.line"]._open_condition(),
        )

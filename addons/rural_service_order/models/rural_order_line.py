from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.rural_base.china_time import CHINA_OFFSET
from odoo.addons.rural_base.codes import clean_code
from odoo.addons.rural_base.percent import percent
from odoo.addons.rural_bulk.fields import LeanMany2one
from odoo.addons.rural_bulk.sql import names

from ..eligibility import ACCEPTABLE, EARNING, EXCEPTIONS, JUDGED, fee_of, judge, valid_pool_entry

STATES = [
    ("pending_payment", "Waiting for Payment"),
    ("pending_shipment", "Waiting for Shipment"),
    ("pending_receipt", "Waiting for Receipt"),
    ("completed", "Completed"),
    ("cancelled", "Cancelled"),
]
OUTCOMES = [
    ("eligible", "Eligible"),
    ("accepted", "Accepted by Hand"),
    ("not_completed", "Order Not Completed"),
    ("no_code", "No Service Code"),
    ("unknown_code", "Unknown Service Code"),
    ("center_inactive", "Center Not Active"),
    ("out_of_region", "Out of Region"),
    ("not_in_pool", "Not in the Pool"),
]


class RuralOrderLine(models.Model):
    """A line of a platform order, and what it earns for a service center (SC-10).

    Lines come by the million, from files alone: the loader and the judgement write them by
    set-based SQL, nobody writes them by hand. An order is its lines with the same number.
    """

    _name = "rural.order.line"
    _description = "Platform Order Line"
    _inherit = "rural.explanation.mixin"
    _order = "id desc"
    _rec_names_search = ["order_number"]
    _log_access = False

    company_id = LeanMany2one("res.company", required=True, readonly=True)
    run_id = LeanMany2one("rural.load.run", "Last Changed By", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")

    # as the file says; an order keeps what was true when it was placed
    order_number = fields.Char(required=True, readonly=True)
    line_number = fields.Char(required=True, readonly=True)
    order_time = fields.Datetime(required=True, readonly=True)
    completion_time = fields.Datetime(readonly=True)
    completion_month = fields.Date(readonly=True, help="First day of the month, China time.")
    state = fields.Selection(STATES, "Order State", required=True, readonly=True)
    purchaser_id = LeanMany2one("rural.purchaser", required=True, readonly=True)
    purchaser_type = fields.Selection(
        [("budget_unit", "Budget Unit"), ("non_budget_unit", "Non-Budget Unit")],
        required=True,
        readonly=True,
    )
    region_id = LeanMany2one("rural.region", "Purchaser's Region", required=True, readonly=True)
    supplier_id = LeanMany2one("res.partner", "Supplier", required=True, readonly=True)
    product_id = LeanMany2one("rural.product", "Product", required=True, readonly=True)
    quantity = fields.Float(digits=(16, 3), required=True, readonly=True)
    unit_price = fields.Float(digits=(16, 6), min_display_digits=2, required=True, readonly=True, aggregator="avg")
    amount = fields.Monetary(required=True, readonly=True)
    refund = fields.Monetary(required=True, readonly=True)
    net_amount = fields.Monetary("Amount Less Refund", required=True, readonly=True)
    service_code = fields.Char(readonly=True)
    searched_code = fields.Char("Order Number or Service Code, in Full", store=False, search="_search_searched_code")

    # as judged
    outcome = fields.Selection(OUTCOMES, required=True, readonly=True)
    is_exception = fields.Boolean(
        "Exception",
        compute="_compute_is_exception",
        search="_search_is_exception",
        help="The line has a service code and earns nothing all the same: somebody should look at it (SC-12).",
    )
    center_id = LeanMany2one("rural.service.center", "Service Center", readonly=True)
    pool_entry_id = LeanMany2one("rural.pool.entry", "Pool Entry", readonly=True)
    report_id = LeanMany2one("rural.cross.region.report", "Cross-Region Report", readonly=True)
    acceptance_id = LeanMany2one("rural.line.acceptance", "Acceptance by Hand", readonly=True)
    fee_rate = fields.Float(digits=(16, 6), readonly=True, aggregator=None)
    fee = fields.Monetary("Service Fee", required=True, readonly=True)
    acceptance_ids = fields.One2many("rural.line.acceptance", "line_id", "Acceptances")

    # as looked at
    review_id = LeanMany2one(
        "rural.line.review",
        "Looked At",
        readonly=True,
        help="Somebody has looked at the exception as it is now and leaves it so (SC-12).",
    )
    needs_review = fields.Boolean(
        "To Look At", compute="_compute_needs_review", search="_search_needs_review", help="An exception not looked at."
    )
    review_ids = fields.Many2many(
        "rural.line.review",
        "rural_line_review_line_rel",
        "line_id",
        "review_id",
        "Looked At, All Times",
        readonly=True,
    )

    _key = models.UniqueIndex(
        "(company_id, order_number, line_number)",
        "An order line is loaded once: order number and line number must be unique.",
    )
    _by_month = models.Index("(completion_month, center_id)")
    _by_product = models.Index("(product_id)")
    #: few or none: what a load compares a number with that has lost its zeros
    _with_zeros = models.Index("(company_id, order_number) WHERE left(line_number, 1) = '0'")
    _by_code = models.Index("(service_code) WHERE service_code IS NOT NULL")
    # Block ranges: deletions ask whether any line is there, and loads add no more to it than a sequential write.
    _by_reference = models.Index(
        "USING brin (run_id, supplier_id int4_bloom_ops, purchaser_id int4_bloom_ops) WITH (pages_per_range = 64)"
    )
    _exceptions = models.Index(f"(outcome, review_id) WHERE outcome IN {EXCEPTIONS}")

    @api.depends("order_number", "line_number")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.order_number} / {line.line_number}"

    @api.depends("outcome")
    def _compute_is_exception(self):
        for line in self:
            line.is_exception = line.outcome in EXCEPTIONS

    @api.model
    def _search_is_exception(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("outcome", "in" if True in value else "not in", EXCEPTIONS)]

    @api.depends("is_exception", "review_id")
    def _compute_needs_review(self):
        for line in self:
            line.needs_review = line.is_exception and not line.review_id

    @api.model
    def _search_needs_review(self, operator, value):
        if operator != "in":
            return NotImplemented
        needs = Domain("outcome", "in", EXCEPTIONS) & Domain("review_id", "=", False)
        return needs if True in value else ~needs

    @api.model
    def _search_searched_code(self, operator, value):
        """Find whole orders and codes, written as people write them; among millions no index finds their beginnings."""
        if operator != "in":
            return NotImplemented
        codes = [clean_code(code) for code in value if code]
        return Domain("order_number", "in", codes) | Domain("service_code", "in", codes)

    def action_accept(self):
        """Ask why a line that earns nothing shall earn a fee all the same (SC-12)."""
        if len(self) > 1:
            raise UserError(self.env._("Accept one line after the other: each is looked at and needs its own reason."))
        if self.outcome not in ACCEPTABLE:
            raise UserError(
                self.env._(
                    "%(line)s cannot be accepted by hand: it is “%(outcome)s”.",
                    line=self.display_name,
                    outcome=self._outcome_label(),
                )
            )
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_service_order.action_line_acceptance_new")
        return {
            **action,
            "context": {
                "default_line_id": self.id,
                "default_center_id": self.center_id.id,
                "default_fee_rate": self.fee_rate,
            },
        }

    def action_review(self):
        """Ask for the word with which exceptions are ticked off, as many as are chosen (SC-12)."""
        self.env["rural.line.review"].check_access("create")
        lines = self.filtered("needs_review")
        if not lines:
            raise UserError(self.env._("Choose exceptions that nobody has looked at yet."))
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_service_order.action_line_review_new")
        return {**action, "context": {"default_line_ids": [fields.Command.set(lines.ids)]}}

    def action_review_again(self):
        """Put exceptions back that somebody has looked at."""
        self.env["rural.line.review"].check_access("create")
        self.check_access("read")
        self.sudo().filtered("review_id").write({"review_id": False})

    def action_view_order(self):
        """Show all lines of the order."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Order %s", self.order_number),
            "res_model": self._name,
            "view_mode": "list,form",
            "domain": [
                ("order_number", "=", self.order_number),
                ("company_id", "=", self.company_id.id),
            ],
        }

    # ------------------------------------------------------------------
    # Judging
    # ------------------------------------------------------------------

    @api.model
    def _judge_again(self, condition, companies):
        """Judge stored lines again after center, pool or report changed, as far as they are open (SC-10).

        :param SQL condition: which lines, over the alias `line`
        :param companies: those of what changed. Their turn is taken even if no line is seen: the lines may just be
            coming in by a file, which is read with what applied before.
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL("SELECT DISTINCT line.company_id FROM rural_order_line AS line WHERE %s", condition)
        )
        self._lock_settlement(*(companies | companies.browse(company_id for [company_id] in rows)))
        if rows:
            self._judge_stored(SQL("(%s) AND (%s)", condition, self._open_condition()))

    @api.model
    def _judge_stored(self, condition):
        """Judge stored lines again, closed ones too.

        :param SQL condition: which lines, over the alias `line`
        """
        self.env.flush_all()
        facts = SQL(
            """(
            SELECT line.id AS line_id, line.company_id, line.state,
                   line.service_code, line.purchaser_id, line.purchaser_type, line.region_id,
                   line.supplier_id, line.product_id, line.net_amount,
                   line.order_time + %s AS ordered_at
              FROM rural_order_line AS line
             WHERE %s
            )""",
            CHINA_OFFSET,
            condition,
        )
        self.env.cr.execute(
            SQL(
                """
                WITH changed AS (
                    UPDATE rural_order_line AS line SET (%(columns)s, review_id) = ROW(%(judged_columns)s, NULL)
                      FROM (%(judged)s) AS judged
                     WHERE judged.line_id = line.id
                       AND ROW(%(line_columns)s) IS DISTINCT FROM ROW(%(judged_columns)s)
                 RETURNING line.company_id
                )
                SELECT DISTINCT company_id FROM changed
                """,
                columns=names(JUDGED),
                line_columns=names(JUDGED, "line"),
                judged_columns=names(JUDGED, "judged"),
                judged=judge(facts),
            )
        )
        if rows := self.env.cr.fetchall():
            self.invalidate_model()
            self._after_judgement(self.env["res.company"].browse(company_id for [company_id] in rows))

    @api.model
    def _rate_settled_condition(self):
        """Return SQL over the alias `line`: whether it is closed and earns by a rate of the pool."""
        return SQL("line.outcome = 'eligible' AND NOT (%s)", self._open_condition())

    @api.model
    def _correct_closed_rates(self, entry):
        """Judge closed lines of a pool entry that does not apply to them any more by the one that does (SC-08).

        Their rate alone changes, whatever has happened since to center and reports.

        :return: rows of the pool entry that applies now (None: the product was not in the pool), how many lines it
            has got, and what these earned before and earn now
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                WITH changed AS (
                    UPDATE rural_order_line AS line
                       SET (outcome, pool_entry_id, fee_rate, fee) = ROW(
                               CASE WHEN rate.pool_entry_id IS NULL THEN 'not_in_pool' ELSE line.outcome END,
                               rate.pool_entry_id, rate.pool_rate, %(fee)s)
                      FROM (%(rates)s) AS rate
                     WHERE rate.line_id = line.id
                 RETURNING line.company_id, line.pool_entry_id, rate.fee_before, line.fee
                )
                SELECT company_id, pool_entry_id, count(*), sum(fee_before), sum(fee)
                  FROM changed GROUP BY company_id, pool_entry_id ORDER BY company_id, pool_entry_id
                """,
                fee=fee_of(SQL("line.net_amount"), SQL("COALESCE(rate.pool_rate, 0)")),
                rates=self._closed_rates_query(entry),
            )
        )
        if rows:
            self.invalidate_model()
            self._after_judgement(self.env["res.company"].browse(dict.fromkeys(row[0] for row in rows)))
        return [row[1:] for row in rows]

    @api.model
    def _closed_rates_query(self, entry):
        # Lines are judged by the days of order in China, as those of a file are.
        ordered_on = SQL("(line.order_time + %s)::date", CHINA_OFFSET)
        return SQL(
            """
            SELECT line.id AS line_id, line.fee AS fee_before, pool.id AS pool_entry_id, pool.fee_rate AS pool_rate
              FROM rural_order_line AS line
         LEFT JOIN rural_pool_entry AS pool ON %s
             WHERE line.product_id = %s AND line.pool_entry_id = %s AND pool.id IS DISTINCT FROM line.pool_entry_id
                   AND %s
            """,
            valid_pool_entry(SQL("line.product_id"), ordered_on),
            entry.product_id.id,
            entry.id,
            self._rate_settled_condition(),
        )

    @api.model
    def _expected_query(self, company, condition) -> SQL:
        """Return a query of how lines on their way would be judged, were they completed now. Flush before.

        :param SQL condition: which lines, over the alias `line`
        :return: with the columns of `judge`, such as `line_id`, `net_amount`, `outcome`, `center_id` and `fee`
        """
        return judge(
            SQL(
                """(
                SELECT line.id AS line_id, line.company_id, 'completed' AS state,
                       line.service_code, line.purchaser_id, line.purchaser_type, line.region_id,
                       line.supplier_id, line.product_id, line.net_amount, line.order_time + %s AS ordered_at
                  FROM rural_order_line AS line
                 WHERE line.company_id = %s AND %s
                )""",
                CHINA_OFFSET,
                company.id,
                condition,
            )
        )

    @api.model
    def _lock_settlement(self, *companies):
        """Wait for one's turn: loads, judgements and closings of a company go one after the other.

        :param companies: the present one by default
        """
        for company in sorted(companies or self.env.company, key=lambda company: company.id):
            self.env["rural.lock"]._acquire("settlement", company)

    @api.model
    def _open_condition(self):
        """Hook: SQL over the alias `line`: which lines are judged again when facts change.

        The others are closed: they keep their judgement, unless a file changes what decided it.
        """
        return SQL("TRUE")

    @api.model
    def _after_judgement(self, companies):
        """Hook: called once after lines of the companies were loaded or judged again."""

    # ------------------------------------------------------------------
    # Explaining
    # ------------------------------------------------------------------

    def _outcome_label(self):
        return dict(self._fields["outcome"]._description_selection(self.env))[self.outcome]

    def _explanation_depends(self):
        return ("outcome", "fee", "fee_rate", "net_amount", "center_id", "pool_entry_id", "acceptance_id")

    def _explain(self):
        """Why the line earns what it earns, or nothing (SC-10)."""
        self.ensure_one()
        clause = {"accepted": "SC-12", "out_of_region": "SC-11"}.get(self.outcome, "SC-10")
        if self.outcome == "eligible" and self.report_id:
            clause = "SC-11"
        return {
            "clause": clause,
            "parameter": self.pool_entry_id if self.outcome == "eligible" else None,
            "inputs": self._explanation_inputs() | self.acceptance_id._explanation_inputs(),
            "sentence": self._explanation_sentence(),
        }

    def _explanation_inputs(self):
        return {
            self.env._("Order time"): fields.Datetime.context_timestamp(
                self.with_context(tz="Asia/Shanghai"), self.order_time
            ).strftime("%Y-%m-%d %H:%M:%S"),
            self.env._("Purchaser"): f"{self.purchaser_id.display_name}, {self.region_id.display_name}",
            self.env._("Service code"): self.service_code or "–",
            self.env._("Amount less refund"): f"{self.amount:.2f} − {self.refund:.2f} = {self.net_amount:.2f}",
        }

    def _explanation_sentence(self):
        center = self.center_id.display_name or self.service_code
        state = dict(self._fields["state"]._description_selection(self.env))[self.state]
        if self.outcome in EARNING:
            return self.env._(
                "%(center)s earns %(net).2f × %(rate)s = %(fee).2f yuan.",
                center=center,
                net=self.net_amount,
                rate=percent(self.fee_rate),
                fee=self.fee,
            )
        if self.outcome == "unknown_code" and self.env["rural.center.take.over"]._waiting_codes(
            [self.service_code], self.company_id
        ):
            return self.env._(
                "No fee: the center with the service code %s has been loaded, but waits for an operations manager's "
                "confirmation.",
                self.service_code,
            )
        sentences = {
            "not_completed": self.env._("No fee: the order is “%s”, and only completed orders earn one.", state),
            "no_code": self.env._("No fee: the order carries no service code."),
            "unknown_code": self.env._("No fee: no center has the service code %s.", self.service_code),
            "center_inactive": self.env._(
                "No fee: %s was not authorised, or was suspended, when the order was placed.", center
            ),
            "out_of_region": self.env._(
                "No fee: the purchaser is outside the region of %s, and no cross-region report for"
                " it was approved and valid when the order was placed.",
                center,
            ),
            "not_in_pool": self.env._(
                "No fee: %s was not in the product pool when the order was placed.",
                self.product_id.display_name,
            ),
        }
        return sentences[self.outcome]

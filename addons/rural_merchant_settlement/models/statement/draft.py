from collections import defaultdict

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from odoo.addons.rural_base import china_time

from .statement import FIGURES, OFFICER

DUE = SQL.identifier("rural_merchant_due")
#: Rows from which on the planner is told how big a table has become.
MANY = 1000
#: What a transaction month is worth, and what statements have settled of it.
AMOUNTS = ("transaction_count", "sales", "rebate", "bank_fee", "terminal_fee")


#: Figures of a statement, from its lines or from what is due.
TOTALS = SQL(
    """COALESCE(sum(transaction_count) FILTER (WHERE kind <> 'terminal_fee'), 0) AS transaction_count,
       COALESCE(sum(sales) FILTER (WHERE kind = 'prepaid'), 0) AS prepaid_sales,
       COALESCE(sum(sales) FILTER (WHERE kind = 'bank'), 0) AS bank_sales,
       sum(sales) AS sales, sum(rebate) AS rebate, sum(bank_fee) AS bank_fee,
       sum(terminal_fee) AS terminal_fee, sum(net_amount) AS net_amount"""
)


def signed_columns(sign, names):
    """Return the columns, each with a sign, as an SQL list."""
    return SQL(", ").join(SQL("%s%s", SQL(sign), SQL.identifier(name)) for name in names)


class RuralMerchantStatement(models.Model):
    """Drafts: what is due = what the months are worth now − what closed statements have settled of them."""

    _inherit = "rural.merchant.statement"

    @api.model
    def _prepare_drafts(self, company, until, merchants=None):
        """Make the drafts of all open months up to one, and bring those that are there up to date.

        :param date until: any day of the last month
        :return: the drafts of these months
        """
        self._check_group(OFFICER)
        if company not in self.env.companies:
            raise AccessError(self.env._("%s is none of the companies that you work in now.", company.name))
        self.sudo()._refresh(company, until.replace(day=1), merchants.ids if merchants else None)
        domain = [("company_id", "=", company.id), ("state", "=", "draft"), ("month", "<=", until)]
        if merchants:
            domain.append(("merchant_id", "in", merchants.ids))
        return self.search(domain)

    @api.model
    def _refresh(self, company, create_until=None, merchant_ids=None):
        """Bring drafts up to date with transactions and fees: one query for one merchant and for all.

        Whoever does so is a maker of the drafts whose figures change by it.

        :param date create_until: first day of the last month of which missing drafts are made; none when not given
        :param list merchant_ids: only these merchants
        """
        self.env["rural.lock"]._acquire("merchant settlement", company)
        self.env.flush_all()
        self._collect_due(company, merchant_ids)
        if create_until:
            self._create_missing(company, create_until)
        changed_ids = self._replace_lines(company, merchant_ids)
        self.env.invalidate_all()
        self.browse(changed_ids)._add_preparer()

    def _refresh_figures(self):
        for company, statements in self.grouped("company_id").items():
            statements.sudo()._refresh(company, merchant_ids=statements.merchant_id.ids)

    def _after_cancel(self):
        drafts = self.browse()
        for company, statements in self.sudo().grouped("company_id").items():
            merchants, last = statements.merchant_id, max(statements.mapped("month"))
            # Who cancels has not made the figures that are due again.
            self.with_user(SUPERUSER_ID)._refresh(company, last, merchants.ids)
            drafts |= self.search([("merchant_id", "in", merchants.ids), ("state", "=", "draft")])
        return drafts

    @api.model
    def _refresh_drafts(self, company, merchants):
        """Bring the drafts of merchants up to date with their transactions, as far as there are any.

        :param SQL merchants: query of their ids
        """
        drafts = SQL("state = 'draft' AND company_id = %s AND merchant_id IN (%s)", company.id, merchants)
        self.env.cr.execute(SQL("SELECT DISTINCT merchant_id FROM rural_merchant_statement WHERE %s", drafts))
        merchant_ids = [merchant_id for (merchant_id,) in self.env.cr.fetchall()]
        if merchant_ids:
            self._refresh(company, merchant_ids=merchant_ids)

    def _figure_makers(self):
        """Return who loaded the transactions, entered the fees and agreed the rates of drafts, by their ids."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT line.statement_id, maker.user_id
                  FROM rural_merchant_statement_line AS line
                  JOIN rural_merchant_statement AS statement ON statement.id = line.statement_id
             LEFT JOIN LATERAL (SELECT max(confirmed_at) AS at FROM rural_merchant_statement AS earlier
                                 WHERE line.is_adjustment AND earlier.merchant_id = line.merchant_id
                                   AND earlier.month < statement.month AND earlier.state = ANY(%(live)s)
                       ) AS closed ON TRUE
          CROSS JOIN LATERAL (
                       SELECT run.create_uid AS user_id
                         FROM (SELECT DISTINCT run_id FROM rural_card_transaction AS transaction
                                WHERE transaction.merchant_id = line.merchant_id
                                  AND transaction.month = line.month) AS loaded
                         JOIN rural_load_run AS run ON run.id = loaded.run_id
                        WHERE line.kind <> 'terminal_fee'
                          AND (closed.at IS NULL OR COALESCE(run.finished_at, 'infinity') >= closed.at)
                    UNION SELECT unnest(ARRAY[rate.create_uid, request.requested_by_id, request.decided_by_id])
                         FROM rural_merchant_rate AS rate
                    LEFT JOIN rural_merchant_rate_request AS request ON request.version_id = rate.id
                        WHERE rate.id = line.rate_id
                    UNION SELECT unnest(ARRAY[fee.create_uid, fee.write_uid]) FROM rural_terminal_fee AS fee
                        WHERE line.kind = 'terminal_fee' AND fee.merchant_id = line.merchant_id
                          AND fee.month = line.month AND fee.payment_way = 'statement'
                       ) AS maker
                 WHERE line.statement_id = ANY(%(ids)s) AND maker.user_id <> %(system)s
                """,
                live=list(self._live_states),
                ids=self.ids,
                system=SUPERUSER_ID,
            )
        )
        makers = defaultdict(list)
        for statement_id, user_id in rows:
            makers[statement_id].append(user_id)
        return makers

    def _analyze(self, table):
        # After many new rows, so that the planner knows how many; a small sample is enough.
        if self.env.cr.rowcount > MANY:
            self.env.cr.execute("SET LOCAL default_statistics_target = 5")
            self.env.cr.execute(SQL("ANALYZE %s", table))
            self.env.cr.execute("SET LOCAL default_statistics_target TO DEFAULT")

    def _chosen(self, merchant_ids):
        return SQL("TRUE") if merchant_ids is None else SQL("merchant_id = ANY(%s)", merchant_ids)

    def _collect_due(self, company, merchant_ids):
        """Put what is due into a temporary table, with the month of the statement it belongs to.

        The month of its transactions, or the first open one where that is closed already.
        """
        amounts = SQL(", ").join(SQL("sum(%(name)s) AS %(name)s", name=SQL.identifier(name)) for name in AMOUNTS)
        self.env.cr.execute(SQL("DROP TABLE IF EXISTS %s", DUE))
        self.env.cr.execute(
            SQL(
                """
                CREATE TEMPORARY TABLE %(due)s ON COMMIT DROP AS
                SELECT due.*, sales - rebate - bank_fee - terminal_fee AS net_amount,
                       GREATEST(due.month, (closed.month + interval '1 month')::date) AS statement_month
                  FROM (SELECT merchant_id, month, kind, rate_id, max(rate) AS rate, %(amounts)s
                          FROM (%(parts)s) AS part
                      GROUP BY merchant_id, month, kind, rate_id
                        HAVING (sum(transaction_count), sum(sales), sum(rebate), sum(bank_fee), sum(terminal_fee))
                               <> (0, 0, 0, 0, 0)) AS due
             LEFT JOIN (SELECT merchant_id, max(month) AS month FROM rural_merchant_statement
                         WHERE state = ANY(%(live)s) GROUP BY merchant_id) AS closed USING (merchant_id)
                """,
                due=DUE,
                amounts=amounts,
                parts=self._parts(company, merchant_ids),
                live=list(self._live_states),
            )
        )
        self._analyze(DUE)

    def _parts(self, company, merchant_ids):
        """What transactions and fees are worth, and what was settled, with a minus."""
        return SQL(
            """
                SELECT merchant_id, month, card_type AS kind, rate_id, max(rate) AS rate,
                       count(*) AS transaction_count, sum(amount) AS sales, sum(rebate) AS rebate,
                       sum(bank_fee) AS bank_fee, 0::numeric AS terminal_fee
                  FROM rural_card_transaction WHERE company_id = %(company)s AND %(chosen)s
              GROUP BY merchant_id, month, card_type, rate_id
             UNION ALL
                SELECT merchant_id, month, 'terminal_fee', NULL, NULL, 1, 0, 0, 0, amount
                  FROM rural_terminal_fee
                 WHERE company_id = %(company)s AND payment_way = 'statement' AND %(chosen)s
             UNION ALL
                SELECT merchant_id, month, kind, rate_id, rate, %(settled)s
                  FROM rural_merchant_statement_line AS line
                 WHERE company_id = %(company)s AND %(chosen)s
                   AND EXISTS (SELECT FROM rural_merchant_statement AS statement
                                WHERE statement.id = line.statement_id AND statement.state = ANY(%(live)s))
            """,
            company=company.id,
            chosen=self._chosen(merchant_ids),
            settled=signed_columns("-", AMOUNTS),
            live=list(self._live_states),
        )

    def _create_missing(self, company, until):
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO rural_merchant_statement
                       (company_id, merchant_id, month, name, state, prepared_by_id, prepared_at, residual,
                        create_uid, create_date, write_uid, write_date, adjustment_count, %(figures)s)
                SELECT %(company)s, merchant.id, due.statement_month,
                       merchant.code || '-' || to_char(due.statement_month, 'YYYYMM')
                       || COALESCE('-' || (SELECT nullif(count(*), 0) + 1 FROM rural_merchant_statement AS cancelled
                                            WHERE cancelled.merchant_id = due.merchant_id
                                              AND cancelled.month = due.statement_month)::text, ''),
                       'draft', %(user)s, now() AT TIME ZONE 'UTC', 0,
                       %(user)s, now() AT TIME ZONE 'UTC', %(user)s, now() AT TIME ZONE 'UTC',
                       adjustment_count, %(figures)s
                  FROM (SELECT merchant_id, statement_month, %(totals)s,
                               count(*) FILTER (WHERE month < statement_month) AS adjustment_count
                          FROM %(due)s WHERE statement_month <= %(until)s
                      GROUP BY merchant_id, statement_month) AS due
                  JOIN rural_merchant AS merchant ON merchant.id = due.merchant_id
                 WHERE NOT EXISTS (SELECT FROM rural_merchant_statement AS known
                                    WHERE known.merchant_id = due.merchant_id
                                      AND known.month = due.statement_month AND known.state <> 'cancelled')
              ORDER BY due.statement_month, merchant.code
                """,
                company=company.id,
                user=self.env.uid,
                figures=SQL(", ").join(SQL.identifier(name) for name in FIGURES),
                totals=TOTALS,
                due=DUE,
                until=until,
            )
        )
        self._analyze(SQL.identifier(self._table))

    def _replace_lines(self, company, merchant_ids):
        """Write the lines of the drafts anew; a draft of which nothing is left goes.

        :return: ids of the drafts whose figures have changed
        """
        drafts = SQL(
            "(SELECT id, merchant_id, month FROM rural_merchant_statement"
            " WHERE state = 'draft' AND company_id = %s AND %s)",
            company.id,
            self._chosen(merchant_ids),
        )
        self.env.cr.execute(
            SQL(
                "DELETE FROM rural_merchant_statement_line AS line USING %s AS draft"
                " WHERE line.statement_id = draft.id",
                drafts,
            )
        )
        columns = SQL(", ").join(
            SQL.identifier(name) for name in ("merchant_id", "month", "kind", "rate_id", "rate", *AMOUNTS, "net_amount")
        )
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO rural_merchant_statement_line (statement_id, company_id, is_adjustment, %(columns)s)
                SELECT statement_id, %(company)s, month < statement_month, %(columns)s
                  FROM (SELECT due.*, draft.id AS statement_id FROM %(due)s AS due
                          JOIN %(drafts)s AS draft
                            ON draft.merchant_id = due.merchant_id AND draft.month = due.statement_month) AS line
              ORDER BY statement_id, month, kind DESC
                """,
                columns=columns,
                company=company.id,
                due=DUE,
                drafts=drafts,
            )
        )
        self._analyze(SQL.identifier("rural_merchant_statement_line"))
        changed_ids = self._add_up(drafts)
        self.env.cr.execute(
            SQL(
                """DELETE FROM rural_merchant_statement AS statement USING %s AS draft
                    WHERE draft.id = statement.id AND NOT EXISTS (
                          SELECT FROM rural_merchant_statement_line AS line WHERE line.statement_id = draft.id)""",
                drafts,
            )
        )
        return changed_ids

    def _add_up(self, drafts):
        names = (*FIGURES, "adjustment_count")
        self.env.cr.execute(
            SQL(
                """
                UPDATE rural_merchant_statement AS statement SET (%(names)s) = ROW(%(new)s)
                  FROM (SELECT statement_id, %(totals)s, count(*) FILTER (WHERE is_adjustment) AS adjustment_count
                          FROM rural_merchant_statement_line AS line
                          JOIN %(drafts)s AS draft ON draft.id = line.statement_id
                      GROUP BY statement_id) AS total
                 WHERE total.statement_id = statement.id AND ROW(%(old)s) IS DISTINCT FROM ROW(%(new)s)
             RETURNING statement.id
                """,
                names=SQL(", ").join(SQL.identifier(name) for name in names),
                new=SQL(", ").join(SQL.identifier("total", name) for name in names),
                old=SQL(", ").join(SQL.identifier("statement", name) for name in names),
                totals=TOTALS,
                drafts=drafts,
            )
        )
        return [statement_id for (statement_id,) in self.env.cr.fetchall()]

    @api.model
    def _last_over_month(self):
        """Return the first day of the last month that is over, in China."""
        this_month = china_time.today().replace(day=1)
        return fields.Date.subtract(this_month, months=1)

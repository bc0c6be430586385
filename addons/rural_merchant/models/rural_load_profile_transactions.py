from odoo import models
from odoo.tools import SQL

from odoo.addons.rural_bulk.columns import Choice, Code, Column, Moment, Number
from odoo.addons.rural_bulk.models.rural_load_staging import STAGING

RESOLVED = SQL.identifier("rural_transaction_resolved")
#: China local time less UTC. Constant since 1991; a named time zone is looked up for every row.
CHINA_OFFSET = SQL("interval '8 hours'")
#: What a file says of a transaction, with what follows from it.
GIVEN = (
    "time", "month", "merchant_id", "terminal_id", "card_type", "kind", "amount",
    "rate_id", "rate", "rebate", "bank_fee",
)  # fmt: skip


def names(columns, prefix=None):
    """The columns as an SQL list, each with the prefix of a table when one is given."""
    return SQL(", ").join(SQL.identifier(*filter(None, (prefix, name))) for name in columns)


class TransactionsLoadProfile(models.AbstractModel):
    """Files of card transactions (MA-09): one pass of set-based SQL."""

    _name = "rural.load.profile.transactions"
    _inherit = "rural.load.profile"
    _description = "Loading of Card Transactions"

    _target = "rural.card.transaction"
    _group = "rural_base.group_settlement_officer"
    _key = ("number",)
    _columns = (
        Column("number", "交易流水号", Code(), reason="key"),
        Column("local_time", "交易时间", Moment(), reason="time"),
        Column("merchant_code", "商户编号", Code(), reason="merchant"),
        Column("terminal_number", "终端号", Code(), reason="terminal"),
        Column("card_type", "卡类型", Choice({"预付费卡": "prepaid", "银行卡": "bank"}), reason="card type"),
        Column("kind", "交易类型", Choice({"消费": "sale", "撤销": "void", "退货": "return"}), reason="kind"),
        Column("amount", "金额", Number(2), reason="amount"),
    )

    def _merge(self, run):
        transactions = self.env["rural.card.transaction"].with_company(run.company_id)
        transactions._lock_statements()
        self.env.flush_all()
        self._resolve(run)
        self._reject_faults()
        self._match_known(run)
        self._insert_new(run)
        self._update_changed(run)
        self.env.invalidate_all()
        self.env["rural.merchant.statement"].sudo()._refresh(run.company_id, merchant_ids=self._merchant_ids())
        return []

    def _resolve(self, run):
        """Look up, once for all good rows, merchant, terminal and the rate of that time (MA-09).

        A void or a return is negative, whatever its sign in the file.
        """
        self.env.cr.execute(SQL("DROP TABLE IF EXISTS %s", RESOLVED))
        self.env.cr.execute(
            SQL(
                """
                CREATE TEMPORARY TABLE %(resolved)s ON COMMIT DROP AS
                SELECT resolved.*,
                       CASE WHEN card_type = 'prepaid' THEN round(amount * rate, 2) ELSE 0 END AS rebate,
                       CASE WHEN card_type = 'bank' THEN round(amount * rate, 2) ELSE 0 END AS bank_fee
                  FROM (SELECT staging.row_number, staging.number, staging.amount AS written,
                               local_time - %(offset)s AS time, date_trunc('month', local_time)::date AS month,
                               merchant.id AS merchant_id, terminal.id AS terminal_id, staging.card_type, staging.kind,
                               CASE WHEN staging.kind = 'sale' THEN staging.amount
                                    ELSE -abs(staging.amount) END AS amount,
                               rate.id AS rate_id, rate.rate
                          FROM %(staging)s AS staging
                     LEFT JOIN rural_merchant AS merchant
                            ON merchant.code = staging.merchant_code AND merchant.company_id = %(company)s
                     LEFT JOIN rural_merchant_terminal AS terminal
                            ON terminal.number = staging.terminal_number AND terminal.merchant_id = merchant.id
                           AND local_time::date
                               BETWEEN terminal.installed_on AND COALESCE(terminal.removed_on, 'infinity')
                     LEFT JOIN rural_merchant_rate AS rate
                            ON rate.merchant_id = merchant.id
                           AND rate.kind_key = CASE staging.card_type WHEN 'prepaid' THEN 1 ELSE 2 END
                           AND local_time::date BETWEEN rate.valid_from AND COALESCE(rate.valid_to, 'infinity')
                         WHERE staging.outcome = 'new') AS resolved
                """,
                resolved=RESOLVED,
                offset=CHINA_OFFSET,
                staging=STAGING,
                company=run.company_id.id,
            )
        )
        self._analyze(RESOLVED)

    def _faults(self):
        """What rejects a row: (SQL condition, heading, reason, message), in the order of checks."""
        return [
            (
                SQL("written = 0 OR kind = 'sale' AND written < 0"),
                "金额",
                "amount",
                self.env._("a sale has an amount above 0, a void or a return one that is not 0"),
            ),
            (SQL("merchant_id IS NULL"), "商户编号", "merchant", self.env._("no merchant has this number")),
            (
                SQL("terminal_id IS NULL"),
                "终端号",
                "terminal",
                self.env._("this terminal did not stand at the merchant on that day"),
            ),
            (
                SQL("rate_id IS NULL"),
                "交易时间",
                "rate",
                self.env._("no rate was agreed with the merchant for that day"),
            ),
        ]

    def _reject_faults(self):
        faults = self._faults()

        def first(position):
            return SQL(" ").join(SQL("WHEN %s THEN %s", fault[0], fault[position]) for fault in faults)

        self.env.cr.execute(
            SQL(
                """
                UPDATE %(staging)s AS staging
                   SET outcome = 'rejected', record_id = NULL, fault_column = fault.heading,
                       fault_reason = fault.reason, fault_message = fault.message
                  FROM (SELECT row_number, CASE %(heading)s END AS heading, CASE %(reason)s END AS reason,
                               CASE %(message)s END AS message
                          FROM %(resolved)s WHERE %(any)s) AS fault
                 WHERE fault.row_number = staging.row_number
                """,
                staging=STAGING,
                resolved=RESOLVED,
                heading=first(1),
                reason=first(2),
                message=first(3),
                any=SQL(" OR ").join(fault[0] for fault in faults),
            )
        )

    def _match_known(self, run):
        """Find the stored transaction of each row that has one."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE %s AS staging SET outcome = 'unchanged', record_id = known.id
                  FROM rural_card_transaction AS known
                 WHERE staging.outcome = 'new' AND known.company_id = %s AND known.number = staging.number
                """,
                STAGING,
                run.company_id.id,
            )
        )

    def _insert_new(self, run):
        columns = names(("number", *GIVEN))
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO rural_card_transaction (id, company_id, run_id, %(columns)s)
                SELECT staging.record_id, %(company)s, %(run)s, %(resolved_columns)s
                  FROM %(staging)s AS staging JOIN %(resolved)s AS resolved USING (row_number)
                 WHERE staging.outcome = 'new' ORDER BY row_number
                """,
                columns=columns,
                resolved_columns=names(("number", *GIVEN), "resolved"),
                company=run.company_id.id,
                run=run.id,
                staging=STAGING,
                resolved=RESOLVED,
            )
        )

    def _update_changed(self, run):
        """Overwrite the stored transactions that differ from the file; all others stay untouched."""
        self.env.cr.execute(
            SQL(
                """
                WITH updated AS (
                    UPDATE rural_card_transaction AS known
                       SET (run_id, %(columns)s) = ROW(%(run)s, %(resolved_columns)s)
                      FROM %(staging)s AS staging JOIN %(resolved)s AS resolved USING (row_number)
                     WHERE staging.outcome = 'unchanged' AND known.id = staging.record_id
                       AND ROW(%(known_columns)s) IS DISTINCT FROM ROW(%(resolved_columns)s)
                 RETURNING known.id
                )
                UPDATE %(staging)s AS staging SET outcome = 'updated'
                  FROM updated WHERE staging.record_id = updated.id
                """,
                columns=names(GIVEN),
                run=run.id,
                resolved_columns=names(GIVEN, "resolved"),
                known_columns=names(GIVEN, "known"),
                staging=STAGING,
                resolved=RESOLVED,
            )
        )

    def _merchant_ids(self):
        """The merchants whose transactions this file touched; a row that moved on leaves its draft as it was."""
        self.env.cr.execute(SQL("SELECT DISTINCT merchant_id FROM %s WHERE merchant_id IS NOT NULL", RESOLVED))
        return [merchant_id for (merchant_id,) in self.env.cr.fetchall()]

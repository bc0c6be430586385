from odoo import models
from odoo.tools import SQL

from odoo.addons.rural_base import china_time
from odoo.addons.rural_bulk.columns import Choice, Code, Column, Moment, Number
from odoo.addons.rural_bulk.sql import STAGING, names

RESOLVED = SQL.identifier("rural_transaction_resolved")
#: What a file says of a transaction, with what follows from it.
GIVEN = (
    "time", "month", "merchant_id", "terminal_id", "card_type", "kind", "amount",
    "rate_id", "rate", "rebate", "bank_fee",
)  # fmt: skip


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

    def _contradictions(self):
        message = self.env._("a sale has an amount above 0, a void or a return one that is not 0")
        return [(SQL("amount = 0 OR kind = 'sale' AND amount < 0"), "金额", "amount", message)]

    def _merge(self, run):
        self.env["rural.lock"]._acquire("merchant settlement", run.company_id)
        self._match_known(run)
        self._reject_lost_zeros(SQL.identifier(self.env[self._target]._table), run.company_id)
        self._ask_about_used_numbers()
        faults = self._faults()
        self._resolve(run, faults)
        at_fault = SQL("resolved.row_number = staging.row_number AND resolved.fault = fault.number")
        self._reject_faults(faults, at_fault, SQL("%s AS resolved", RESOLVED))
        self._insert_new(run)
        former_merchant_ids, warnings = self._update_changed(run)
        self.env.invalidate_all()
        touched = SQL("SELECT merchant_id FROM %s UNION SELECT unnest(%s::integer[])", RESOLVED, former_merchant_ids)
        self.env["rural.merchant.statement"].sudo()._refresh_drafts(run.company_id, touched)
        return warnings

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

    def _ask_about_used_numbers(self):
        """Reject the rows whose serial number is known of another day or terminal: a person decides what they are.

        A serial number belongs to its day and terminal. The same one there, or at the same second, is a correction;
        far away it may as well be another transaction of an acquirer that counts anew, and takes nothing back.
        """
        message = self.env._(
            "this number belongs to the transaction of %(amount)s at %(time)s, terminal %(terminal)s. If this is "
            "another one, write its day behind the number (%(example)s) and load it again; if it is the same one, "
            "correct its time or terminal",
            amount="{amount}",
            time="{time}",
            terminal="{terminal}",
            example="{example}",
        )
        used = SQL(
            """
            (SELECT again.row_number, %(heading)s AS heading, 'number again' AS reason,
                    replace(replace(replace(replace(%(message)s, '{amount}', known.amount::text),
                            '{time}', to_char(known.time + %(offset)s, 'YYYY-MM-DD HH24:MI:SS')),
                            '{terminal}', terminal.number),
                            '{example}', again.number || to_char(again.local_time, '-YYYYMMDD')) AS message
               FROM %(staging)s AS again
               JOIN rural_card_transaction AS known ON known.id = again.record_id
               JOIN rural_merchant_terminal AS terminal ON terminal.id = known.terminal_id
              WHERE again.outcome = 'unchanged' AND known.time + %(offset)s <> again.local_time
                AND NOT (terminal.number = again.terminal_number
                         AND (known.time + %(offset)s)::date = again.local_time::date)) AS fault
            """,
            heading="交易流水号",
            message=message,
            offset=china_time.CHINA_OFFSET,
            staging=STAGING,
        )
        self._set_rejected(used, SQL("fault.row_number = staging.row_number"))

    def _resolve(self, run, faults):
        """Look up, once for all good rows, merchant, terminal and the rate of that time (MA-09), and what is wrong.

        A void or a return is negative, whatever its sign in the file.
        """
        fault = SQL(" ").join(SQL("WHEN %s THEN %s", fault[0], number) for number, fault in enumerate(faults, start=1))
        self.env.cr.execute(SQL("DROP TABLE IF EXISTS %s", RESOLVED))
        self.env.cr.execute(
            SQL(
                """
                CREATE TEMPORARY TABLE %(resolved)s ON COMMIT DROP AS
                SELECT resolved.*,
                       CASE WHEN card_type = 'prepaid' THEN round(amount * rate, 2) ELSE 0 END AS rebate,
                       CASE WHEN card_type = 'bank' THEN round(amount * rate, 2) ELSE 0 END AS bank_fee,
                       CASE %(fault)s END AS fault
                  FROM (SELECT staging.row_number, staging.record_id, staging.outcome, staging.number,
                               local_time - %(offset)s AS time,
                               date_trunc('month', local_time)::date AS month,
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
                         WHERE staging.outcome IN ('new', 'unchanged')) AS resolved
                """,
                resolved=RESOLVED,
                fault=fault,
                offset=china_time.CHINA_OFFSET,
                staging=STAGING,
                company=run.company_id.id,
            )
        )
        self._analyze(RESOLVED)

    def _faults(self):
        """What rejects a row: (SQL condition, heading, reason, message), in the order of checks."""
        return [
            (SQL("merchant_id IS NULL"), "商户编号", "merchant", self.env._("no merchant has this number")),
            (
                SQL("terminal_id IS NULL"),
                "终端号",
                "terminal",
                self.env._("this terminal did not stand at the merchant on that day"),
            ),
            self._yet_to_come(SQL("time + %s", china_time.CHINA_OFFSET), "交易时间", "time"),
            (
                SQL("rate_id IS NULL"),
                "交易时间",
                "rate",
                self.env._("no rate was agreed with the merchant for that day"),
            ),
        ]

    def _insert_new(self, run):
        columns = names(("number", *GIVEN))
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO rural_card_transaction (id, company_id, run_id, %(columns)s)
                SELECT record_id, %(company)s, %(run)s, %(columns)s
                  FROM %(resolved)s WHERE outcome = 'new' AND fault IS NULL
                """,
                columns=columns,
                company=run.company_id.id,
                run=run.id,
                resolved=RESOLVED,
            )
        )

    def _update_changed(self, run):
        """Overwrite the stored transactions that differ from the file; all others stay untouched.

        :return: ids of the merchants that these transactions had before; warnings of the rows that take back an amount
        """
        self.env.cr.execute(
            SQL(
                """
                WITH updated AS (
                    UPDATE rural_card_transaction AS known
                       SET (run_id, %(columns)s) = ROW(%(run)s, %(resolved_columns)s)
                      FROM %(resolved)s AS resolved
                     WHERE resolved.outcome = 'unchanged' AND resolved.fault IS NULL AND known.id = resolved.record_id
                       AND ROW(%(known_columns)s) IS DISTINCT FROM ROW(%(resolved_columns)s)
                 RETURNING known.id, resolved.row_number, known.kind, known.amount
                ), marked AS (
                    UPDATE %(staging)s AS staging SET outcome = 'updated'
                      FROM updated WHERE staging.record_id = updated.id
                )
                SELECT array_agg(DISTINCT former.merchant_id),
                       array_agg(ARRAY[row_number::text, former.kind, round(former.amount, 2)::text,
                                       updated.kind, round(updated.amount, 2)::text] ORDER BY row_number)
                       FILTER (WHERE sign(former.amount) <> sign(updated.amount)
                               OR abs(former.amount) > abs(updated.amount))
                  FROM rural_card_transaction AS former JOIN updated USING (id) -- as it was when the statement began
                """,
                columns=names(GIVEN),
                run=run.id,
                resolved_columns=names(GIVEN, "resolved"),
                known_columns=names(GIVEN, "known"),
                staging=STAGING,
                resolved=RESOLVED,
            )
        )
        former_merchant_ids, older = self.env.cr.fetchone()
        return former_merchant_ids or [], [self._older_warning(int(number), *row) for number, *row in older or ()]

    def _older_warning(self, row_number, known_kind, known_amount, kind, amount):
        """The warning of a row that takes back an amount or turns its sign: its file may be older than one before."""
        word_of_value = self._word_of_value()
        message = self.env._(
            "the transaction is known as “%(known_kind)s” of %(known_amount)s, the row says “%(kind)s” of %(amount)s: "
            "it is taken as the row says. If this file is older than one loaded before, load the newest one again",
            known_kind=word_of_value[known_kind],
            known_amount=known_amount,
            kind=word_of_value[kind],
            amount=amount,
        )
        return {"row_number": row_number, "column": "金额", "message": message}

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.rural_base import china_time
from odoo.addons.rural_bulk.columns import Choice, Code, Column, Day, Moment, Number, Text
from odoo.addons.rural_bulk.sql import STAGING, names

from .entry.entry import FINISHED, OTHER_FINISHED, OTHER_STATES, STATES_OF
from .entry.judging import TOUCHED_COLUMNS
from .rural_load_profile_station_rows import Check
from .rural_station_service import FILE_WORDS, PARCELS, WITHOUT_AMOUNT

RESOLVED = SQL.identifier("rural_station_entry_resolved")
TOUCHED = SQL.identifier("rural_station_entry_touched")
#: Amounts are rounded half up, once per row (ST-12).
ROUNDED_AMOUNT = SQL("round(staging.amount, 2)")
ROUNDED_CHARGE = SQL("round(COALESCE(staging.charge, 0), 2)")
#: What a judgement gives, and what it looks at beside what every file gives.
JUDGEMENT = ("outcome", "month", "turnover", "counted_charge", "hint")
LOOKED_AT = (
    ("state", SQL("varchar")),
    ("entry_number", SQL("varchar")),
    ("completed_on", SQL("date")),
    ("linked_id", SQL("integer")),
    ("corrects_id", SQL("integer")),
    ("is_replaced", SQL("boolean")),
)
STATE_WORDS = {
    "已登记": "recorded",
    "已下单": "ordered",
    "已到货": "received",
    "已通知": "notified",
    "已交付": "handed_over",
    "已换货": "exchanged",
    "已推荐": "recommended",
    "已洽谈": "negotiated",
    "已上架": "listed",
    "已售出": "sold",
    "已完成": "done",
    "已退货": "returned",
    "已作废": "void",
}


class RuralLoadProfileStationEntries(models.AbstractModel):
    """What the two files of stations' services have in common: one pass of set-based SQL (ST-12, SC-15)."""

    _name = "rural.load.profile.station_entries"
    _inherit = "rural.load.profile.station_rows"
    _description = "Load of Entries of Stations"

    _target = "rural.station.entry"
    _source = None
    #: what a row gives, beside its key
    _given: tuple[str, ...] = ()

    def _merge(self, run):
        entries = self.env["rural.station.entry"]
        entries._lock_entries(run.company_id)
        self._reject_by_checks(run.company_id)
        self._reject_repeated_keys()
        self._resolve(run.company_id)
        self._after_resolve()
        self._keep_touched()
        self._insert_new(run)
        self._update_changed(run)
        self._add_changed_to_touched()
        self._analyze(SQL.identifier(entries._table))
        entries._judge_touched(run.company_id, SQL("SELECT %s FROM %s", names(TOUCHED_COLUMNS), TOUCHED))
        return []

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _wrong_quantity(self):
        return Check(
            SQL("quantity = 0 OR kind IN %s AND quantity <> round(quantity)", PARCELS),
            "数量",
            "quantity",
            self.env._("the quantity is not 0, and parcels are whole ones"),
        )

    def _missing_amount(self):
        condition = SQL("amount IS NULL AND kind NOT IN %s", WITHOUT_AMOUNT)
        return Check(condition, "金额", "amount", self.env._("the amount is missing"))

    def _wrong_taking_back(self):
        return [
            Check(
                SQL("quantity < 0 AND kind IN %s", WITHOUT_AMOUNT),
                "数量",
                "quantity",
                self.env._("nothing of this kind can be taken back"),
            ),
            Check(
                SQL("amount * quantity < 0 OR charge * quantity < 0"),
                "金额",
                "sign",
                self.env._("what is taken back has quantity and amount below 0, anything else above"),
            ),
        ]

    def _missing_courier(self):
        condition = SQL("courier IS NULL AND kind IN %s", PARCELS)
        return Check(condition, "快递单号", "courier", self.env._("a parcel has a courier number"))

    # ------------------------------------------------------------------
    # Merging: new entries in, changed entries over, all others untouched
    # ------------------------------------------------------------------

    def _own_values(self) -> SQL:
        """Hook: return the values that only this file gives, from `staging`."""
        raise NotImplementedError

    def _known_condition(self, company) -> SQL:
        """Hook: return the condition under which `known` is the stored entry of the row `resolved`."""
        raise NotImplementedError

    def _after_resolve(self):
        """Hook: change what the rows, joined with what is known, will enter."""

    def _given_columns(self) -> tuple[str, ...]:
        return ("station_id", "number", "kind", "amount", "charge", "quantity", "item", "courier", *self._given)

    def _resolve(self, company):
        """Look up station and stored entry of each good row."""
        self.env.cr.execute(SQL("DROP TABLE IF EXISTS %s", RESOLVED))
        self.env.cr.execute(
            SQL(
                """
                CREATE TEMPORARY TABLE %(resolved)s ON COMMIT DROP AS
                SELECT resolved.*, known.id AS known_id
                  FROM (SELECT staging.row_number, staging.record_id, station.id AS station_id, staging.number,
                               staging.kind, %(amount)s AS amount, %(charge)s AS charge,
                               staging.quantity, staging.item, staging.courier, %(own)s
                          FROM %(staging)s AS staging
                          JOIN rural_station AS station
                            ON station.code = staging.station_code AND station.company_id = %(company)s
                         WHERE staging.outcome = 'new') AS resolved
             LEFT JOIN rural_station_entry AS known ON %(known)s
                """,
                resolved=RESOLVED,
                amount=ROUNDED_AMOUNT,
                charge=ROUNDED_CHARGE,
                own=self._own_values(),
                staging=STAGING,
                company=company.id,
                known=self._known_condition(company),
            )
        )
        self.env.cr.execute(
            SQL(
                "UPDATE %s AS staging SET outcome = 'unchanged', record_id = resolved.known_id FROM %s AS resolved"
                " WHERE resolved.row_number = staging.row_number AND resolved.known_id IS NOT NULL",
                STAGING,
                RESOLVED,
            )
        )
        self._analyze(RESOLVED)

    def _keep_touched(self):
        """Note on what judgements rest of the entries that the rows may change."""
        self.env.cr.execute(SQL("DROP TABLE IF EXISTS %s", TOUCHED))
        self.env.cr.execute(
            SQL(
                "CREATE TEMPORARY TABLE %s ON COMMIT DROP AS SELECT %s FROM rural_station_entry AS entry"
                " JOIN %s AS resolved ON resolved.known_id = entry.id",
                TOUCHED,
                names(TOUCHED_COLUMNS, "entry"),
                RESOLVED,
            )
        )

    def _add_changed_to_touched(self):
        """Note the same as it is now; what a file leaves as it was has not been touched."""
        self.env.cr.execute(
            SQL(
                "INSERT INTO %s SELECT %s FROM rural_station_entry AS entry JOIN %s AS staging"
                " ON staging.record_id = entry.id AND staging.outcome IN ('new', 'updated')",
                TOUCHED,
                names(TOUCHED_COLUMNS, "entry"),
                STAGING,
            )
        )
        self.env.cr.execute(
            SQL(
                "DELETE FROM %s AS touched USING %s AS staging"
                " WHERE staging.record_id = touched.id AND staging.outcome = 'unchanged'",
                TOUCHED,
                STAGING,
            )
        )

    def _insert_new(self, run):
        """Insert new entries, judged by what is there already: few of them have to be written a second time."""
        new = SQL("SELECT record_id FROM %s WHERE known_id IS NULL", RESOLVED)
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO rural_station_entry (id, company_id, source, run_id, create_uid, create_date, %(columns)s,
                                                 %(judgement)s)
                SELECT record_id, %(company)s, %(source)s, %(run)s, %(user)s, %(now)s, %(resolved_columns)s,
                       %(judged_columns)s
                  FROM %(resolved)s AS resolved JOIN (%(judged)s) AS judged ON judged.id = resolved.record_id
                 ORDER BY resolved.record_id -- all are judged before the first is written
                """,
                columns=names(self._given_columns()),
                judgement=names(JUDGEMENT),
                resolved_columns=names(self._given_columns(), "resolved"),
                judged_columns=names(JUDGEMENT, "judged"),
                judged=self.env["rural.station.entry"]._judged_query(run.company_id, new, self._new_entries(run)),
                company=run.company_id.id,
                source=self._source,
                run=run.id,
                user=self.env.uid,
                now=fields.Datetime.now(),
                resolved=RESOLVED,
            )
        )

    def _new_entries(self, run) -> SQL:
        """Return the new rows with the columns of entries that a judgement looks at."""
        given = self._given_columns()
        missing = [SQL("NULL::%s AS %s", kind, SQL.identifier(name)) for name, kind in LOOKED_AT if name not in given]
        return SQL(
            "(SELECT record_id AS id, %s AS company_id, %s AS source, %s, %s FROM %s)",
            run.company_id.id,
            self._source,
            SQL(", ").join(missing),
            names(given),
            RESOLVED,
        )

    def _update_changed(self, run):
        given = self._given_columns()
        self.env.cr.execute(
            SQL(
                """
                WITH updated AS (
                    UPDATE rural_station_entry AS known
                       SET (run_id, write_uid, write_date, %(columns)s)
                           = ROW(%(run)s, %(user)s, %(now)s, %(resolved_columns)s)
                      FROM %(resolved)s AS resolved
                     WHERE resolved.known_id = known.id
                           AND ROW(%(known_columns)s) IS DISTINCT FROM ROW(%(resolved_columns)s)
                 RETURNING known.id
                )
                UPDATE %(staging)s AS staging SET outcome = 'updated'
                  FROM updated WHERE staging.record_id = updated.id
                """,
                columns=names(given),
                run=run.id,
                user=self.env.uid,
                now=fields.Datetime.now(),
                resolved_columns=names(given, "resolved"),
                known_columns=names(given, "known"),
                resolved=RESOLVED,
                staging=STAGING,
            )
        )


class RuralLoadProfileStationPlatform(models.AbstractModel):
    """The platform's export of stations' services (ST-12)."""

    _name = "rural.load.profile.station_platform"
    _inherit = "rural.load.profile.station_entries"
    _description = "Load of the Platform's Entries of Stations"

    _source = "platform"
    _given = ("time", "day")
    _key = ("number",)
    _columns = (
        Column("number", "交易流水号", Code(), reason="key"),
        Column("station_code", "站点编码", Code(), reason="station"),
        Column("local_time", "业务时间", Moment(), reason="time"),
        Column("kind", "业务类型", Choice(FILE_WORDS), reason="kind"),
        Column("quantity", "数量", Number(4, is_plain=True), reason="quantity"),
        Column("amount", "金额", Number(4, is_plain=True), required=False, reason="amount"),
        Column("charge", "服务费", Number(4, is_plain=True), required=False, reason="charge"),
        Column("courier", "快递单号", Code(), required=False, reason="courier"),
        Column("item", "商品名称", Text(), required=False),
    )

    def _checks(self):
        now = china_time.to_china(fields.Datetime.now())
        return [
            "number",
            "station_code",
            self._unknown_station(),
            "local_time",
            Check(SQL("local_time > %s", now), "业务时间", "time", self.env._("this time is yet to come")),
            "kind",
            "quantity",
            self._wrong_quantity(),
            "amount",
            self._missing_amount(),
            "charge",
            *self._wrong_taking_back(),
            "courier",
            self._missing_courier(),
        ]

    def _own_values(self):
        return SQL(
            "staging.local_time, staging.local_time - %s AS time, staging.local_time::date AS day",
            china_time.CHINA_OFFSET,
        )

    def _known_condition(self, company):
        return SQL("known.company_id = %s AND known.source = 'platform' AND known.number = resolved.number", company.id)


class RuralLoadProfileStationLedger(models.AbstractModel):
    """The stations' own ledgers (ST-12)."""

    _name = "rural.load.profile.station_ledger"
    _inherit = "rural.load.profile.station_entries"
    _description = "Load of Ledgers of Stations"

    _source = "station"
    _given = ("entry_number", "day", "completed_on", "villager", "state")
    _key = ("station_code", "entry_number")
    _columns = (
        Column("station_code", "站点编码", Code(), reason="station"),
        Column("entry_number", "台账编号", Code(), reason="key"),
        Column("day", "登记日期", Day(), reason="day"),
        Column("kind", "业务类型", Choice(FILE_WORDS), reason="kind"),
        Column("quantity", "数量", Number(4, is_plain=True), reason="quantity"),
        Column("amount", "金额", Number(4, is_plain=True), required=False, reason="amount"),
        Column("charge", "服务费", Number(4, is_plain=True), required=False, reason="charge"),
        Column("state", "状态", Choice(STATE_WORDS), reason="state"),
        Column("completed_on", "完成日期", Day(), required=False, reason="completed"),
        Column("number", "交易流水号", Code(), required=False, reason="number"),
        Column("courier", "快递单号", Code(), required=False, reason="courier"),
        Column("villager", "村民", Text(), required=False),
        Column("item", "品名", Text(), required=False),
    )

    #: its file holds names of villagers
    _is_file_private = True

    def _after_resolve(self):
        """Bring no name back that has been deleted after its time (ST-12)."""
        self.env.cr.execute(
            SQL(
                "UPDATE %s AS resolved SET villager = NULL FROM rural_station_entry AS known"
                " WHERE known.id = resolved.known_id AND known.anonymised_on IS NOT NULL",
                RESOLVED,
            )
        )

    def _checks(self):
        checks = self._ledger_checks(self._below_zero())
        checks.insert(checks.index("entry_number") + 1, self._kept_by_hand())
        return checks

    def _entered_checks(self, *, taken_back=False):
        """Return what refuses an entry that a person makes: what rejects a row, and what a person always knows.

        :param bool taken_back: the entry takes another one back
        """
        return [
            *self._ledger_checks(self._wrong_taking_back() if taken_back else self._below_zero()),
            self._missing_courier(),
            Check(
                SQL("completed_on > %s", china_time.today()),
                "完成日期",
                "completed",
                self.env._("this day is yet to come"),
            ),
        ]

    def _kept_by_hand(self):
        return Check(
            SQL(
                "EXISTS (SELECT FROM rural_station_entry AS kept WHERE kept.station_id = station.id"
                " AND kept.source = 'station' AND kept.entry_number = staging.entry_number"
                " AND (kept.run_id IS NULL OR kept.is_replaced))"
            ),
            "台账编号",
            "key",
            self.env._("this entry is kept by hand: it goes on, and is corrected, step by step and by no file"),
        )

    def _below_zero(self):
        return [
            Check(SQL("quantity < 0"), "数量", "quantity", self.env._("a ledger has no quantity below 0")),
            *(
                Check(
                    SQL("%s < 0", SQL.identifier(name)),
                    heading,
                    "sign",
                    self.env._("a ledger has no amount below 0: enter a return by its state"),
                )
                for name, heading in (("amount", "金额"), ("charge", "服务费"))
            ),
        ]

    def _ledger_checks(self, signs):
        return [
            "station_code",
            self._unknown_station(),
            "entry_number",
            "day",
            "kind",
            "quantity",
            self._wrong_quantity(),
            "amount",
            self._missing_amount(),
            "charge",
            *signs,
            "state",
            Check(
                SQL("CASE kind %s ELSE state NOT IN %s END", self._by_kind("NOT IN", STATES_OF), OTHER_STATES),
                "状态",
                "state",
                self.env._("a service of this kind has no such state"),
            ),
            "completed_on",
            Check(
                SQL(
                    "completed_on < day OR completed_on IS NULL AND CASE kind %s ELSE state IN %s END",
                    self._by_kind("IN", FINISHED),
                    OTHER_FINISHED,
                ),
                "完成日期",
                "completed",
                self.env._("what is finished has a day on which it was, not before it was entered"),
            ),
            Check(SQL("day > %s", china_time.today()), "登记日期", "day", self.env._("this day is yet to come")),
            "number",
            "courier",
        ]

    @api.model
    def _read_entry(self, company, values, **options) -> dict:
        """Return the values of an entry that a person makes, by the rules and the rounding of the file (ST-12).

        :param dict values: by the name of the column, as they were typed or as the entry has them
        :param options: of `_entered_checks`
        :raises RowError: the first check that the entry does not pass
        """
        words = self._word_of_value()
        cells = {
            name: words.get(value, value) if name in ("kind", "state") else value for name, value in values.items()
        }
        return self._read_one(
            company,
            cells,
            self._entered_checks(**options),
            {"amount": ROUNDED_AMOUNT, "charge": ROUNDED_CHARGE},
        )

    def _by_kind(self, operator, states_of) -> SQL:
        return SQL(" ").join(
            SQL("WHEN %s THEN state %s %s", kind, SQL(operator), states) for kind, states in states_of.items()
        )

    def _own_values(self):
        return SQL("staging.entry_number, staging.day, staging.completed_on, staging.villager, staging.state")

    def _known_condition(self, company):
        return SQL(
            "known.station_id = resolved.station_id AND known.source = 'station'"
            " AND known.entry_number = resolved.entry_number AND known.company_id = %s",
            company.id,
        )

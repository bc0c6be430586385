from odoo import models
from odoo.tools import SQL

from odoo.addons.rural_base.china_time import CHINA_OFFSET
from odoo.addons.rural_bulk.columns import Choice, Code, Column, Moment, Number, Text
from odoo.addons.rural_bulk.sql import STAGING, names
from odoo.addons.rural_station_ledger.models.rural_load_profile_station_rows import Check

YES_NO = {"是": "true", "否": "false"}
#: Columns of an inspection that a file gives.
GIVEN = (
    "station_id", "inspected_at", "inspector", "longitude", "latitude", "ledger_checked", "archive_checked",
    "problems", "uploaded_at",
)  # fmt: skip


class RuralLoadProfileStationInspections(models.AbstractModel):
    """Inspections that area partners recorded: `inspections.csv` (ST-06)."""

    _name = "rural.load.profile.station_inspections"
    _inherit = "rural.load.profile.station_rows"
    _description = "Load of Inspections of Stations"

    _target = "rural.station.inspection"
    _key = ("number",)
    _columns = (
        Column("number", "巡检编号", Code(), reason="key"),
        Column("local_time", "巡检时间", Moment(), reason="time"),
        Column("station_code", "站点编码", Code(), reason="station"),
        Column("row_longitude", "经度", Number(6), required=False, reason="position"),
        Column("row_latitude", "纬度", Number(6), required=False, reason="position"),
        Column("ledger_checked", "台账检查", Choice(YES_NO), required=False, reason="check"),
        Column("archive_checked", "档案检查", Choice(YES_NO), required=False, reason="check"),
        Column("local_upload", "上传时间", Moment(), reason="uploaded"),
        Column("inspector", "巡检人", Text(), reason="inspector"),
        Column("problems", "发现问题", Text(), required=False),
    )

    def _checks(self):
        position = SQL(
            """(row_longitude IS NULL) <> (row_latitude IS NULL)
               OR NOT (row_longitude BETWEEN 73 AND 136 AND row_latitude BETWEEN 3 AND 54)"""
        )
        early = SQL("local_upload < local_time")
        return [
            "number",
            "local_time",
            "station_code",
            self._unknown_station(),
            "row_longitude",
            Check(position, "经度", "position", self.env._("this is no place in China")),
            "ledger_checked",
            "local_upload",
            Check(early, "上传时间", "uploaded", self.env._("it was uploaded before it was made")),
            "inspector",
        ]

    def _merge(self, run):
        """Take in what is new, and judge what else was inspected on the same days (ST-06)."""
        inspections = self.env["rural.station.inspection"]
        inspections._lock_inspections(run.company_id)
        self._reject_by_checks(run.company_id)
        self._reject_repeated_keys()
        self._match_known(run.company_id)
        self._mark_same_visits(run.company_id)
        self._insert_new(run)
        new = self.env.execute_query(SQL("SELECT record_id FROM %s WHERE outcome = 'new'", STAGING))
        loaded = inspections.browse(inspection for (inspection,) in new)
        loaded._judge()
        loaded._note_loaded_problems()
        return []

    def _given_rows(self, company) -> SQL:
        """Return the good rows as inspections have them: row_number, record_id, number and the given columns."""
        return SQL(
            """(SELECT staging.row_number, staging.record_id, staging.number, station.id AS station_id,
                       staging.local_time - %(offset)s AS inspected_at, staging.inspector,
                       staging.row_longitude::float8 AS longitude, staging.row_latitude::float8 AS latitude,
                       COALESCE(staging.ledger_checked::boolean, FALSE) AS ledger_checked,
                       COALESCE(staging.archive_checked::boolean, FALSE) AS archive_checked, staging.problems,
                       staging.local_upload - %(offset)s AS uploaded_at
                  FROM %(staging)s AS staging
                  JOIN rural_station AS station
                    ON station.code = staging.station_code AND station.company_id = %(company)s
                 WHERE staging.outcome = 'new')""",
            offset=CHINA_OFFSET,
            staging=STAGING,
            company=company.id,
        )

    def _match_known(self, company):
        """Find the inspections that are there already; a number with another content is rejected."""
        self.env.cr.execute(
            SQL(
                """UPDATE %s AS staging SET outcome = 'unchanged', record_id = known.id
                     FROM %s AS given JOIN rural_station_inspection AS known ON known.number = given.number
                    WHERE staging.row_number = given.row_number AND known.company_id = %s
                      AND ROW(%s) IS NOT DISTINCT FROM ROW(%s)""",
                STAGING,
                self._given_rows(company),
                company.id,
                names(GIVEN, "known"),
                names(GIVEN, "given"),
            )
        )
        fault = SQL(
            """(SELECT staging.row_number, '巡检编号' AS heading, 'conflicting key' AS reason, %s AS message
                  FROM %s AS staging JOIN rural_station_inspection AS known ON known.number = staging.number
                 WHERE staging.outcome = 'new' AND known.company_id = %s) AS fault""",
            self.env._("an inspection of this number, with different content, is there already"),
            STAGING,
            company.id,
        )
        self._set_rejected(fault, SQL("fault.row_number = staging.row_number"))

    def _mark_same_visits(self, company):
        """Mark rows that say the same visit again, of the same station, inspector and time, under another number."""
        self.env.cr.execute(
            SQL(
                """UPDATE %s AS staging SET outcome = 'duplicate', record_id = NULL
                     FROM (SELECT given.row_number,
                                  row_number() OVER (PARTITION BY station_id, inspector, inspected_at
                                                     ORDER BY uploaded_at, given.row_number) > 1
                                  OR EXISTS (SELECT FROM rural_station_inspection AS known
                                              WHERE known.station_id = given.station_id
                                                AND known.inspector = given.inspector
                                                AND known.inspected_at = given.inspected_at) AS is_again
                             FROM %s AS given) AS visit
                    WHERE visit.row_number = staging.row_number AND visit.is_again""",
                STAGING,
                self._given_rows(company),
            )
        )

    def _insert_new(self, run):
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO rural_station_inspection
                       (id, number, company_id, run_id, create_uid, create_date, write_uid, write_date, %(given)s)
                SELECT record_id, number, %(company)s, %(run)s, %(user)s, now() AT TIME ZONE 'UTC', %(user)s,
                       now() AT TIME ZONE 'UTC', %(given)s
                  FROM %(rows)s AS given
                """,
                given=names(GIVEN),
                company=run.company_id.id,
                run=run.id,
                user=self.env.uid,
                rows=self._given_rows(run.company_id),
            )
        )

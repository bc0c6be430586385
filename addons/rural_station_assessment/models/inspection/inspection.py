from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.rural_base import china_time
from odoo.addons.rural_bulk.fields import CodeChar

#: Why an inspection does not count, in the order in which the reasons are looked at (ST-06).
REASONS = [
    ("other_inspector", "Not the Area's Partner"),
    ("not_open", "Station Not Open"),
    ("incomplete", "Ledger or Archive Not Checked"),
    ("uploaded_late", "Uploaded Late"),
    ("no_position", "No Position"),
    ("too_far", "Too Far from the Station"),
    ("same_day", "Another One on the Same Day"),
]
EARTH_RADIUS = 6_371_000


class RuralStationInspection(models.Model):
    """A visit of the area partner to a station, as it was recorded there (ST-06).

    What it counts for is judged, not written. One that does not count is kept and flagged; a second person may let it
    count, with a reason.
    """

    _name = "rural.station.inspection"
    _description = "Inspection of a Station"
    _inherit = [
        "rural.step.mixin",
        "rural.explanation.mixin",
        "rural.files.mixin",
        "rural.printed.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "inspected_at desc, id desc"
    _rec_name = "number"
    _rec_names_search = ["number", "inspector"]
    _step_field = "outcome"
    _editable_states = ()
    _deletable_states = ()
    _always_writable = frozenset({"attachment_ids"})
    _open_file_states = ()

    number = CodeChar(required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    station_id = fields.Many2one("rural.station", required=True, readonly=True, ondelete="restrict")
    area_id = fields.Many2one(related="station_id.area_id")
    run_id = fields.Many2one("rural.load.run", "Loaded With", readonly=True, index=True, ondelete="restrict")
    inspected_at = fields.Datetime("Inspected On", required=True, readonly=True)
    uploaded_at = fields.Datetime("Uploaded On", required=True, readonly=True)
    inspector = fields.Char(required=True, readonly=True)
    longitude = fields.Float(digits=(10, 6), readonly=True, aggregator=None)
    latitude = fields.Float(digits=(10, 6), readonly=True, aggregator=None)
    ledger_checked = fields.Boolean(readonly=True)
    archive_checked = fields.Boolean(readonly=True)
    problems = fields.Char("Problems Found", readonly=True)

    # what the telephone recorded
    user_id = fields.Many2one("res.users", "Recorded By", readonly=True, index="btree_not_null")
    accuracy = fields.Integer("Accuracy of the Position", readonly=True, aggregator=None, help="In metres.")
    position_at = fields.Datetime("Position Taken On", readonly=True)
    content_hash = fields.Char(readonly=True, help="The same number with another content is refused.")
    answer_ids = fields.One2many("rural.station.check.answer", "inspection_id", "Checklist", readonly=True)
    problem_ids = fields.One2many("rural.station.problem", "inspection_id", "Problems to Put Right", readonly=True)
    photo_ids = fields.Many2many(
        "ir.attachment", string="Photos", compute="_compute_photo_ids", help="As evidence, of all items."
    )
    photo_count = fields.Integer("Number of Photos", compute="_compute_photo_ids")

    # what it counts for
    month = fields.Date(readonly=True, help="First day of the month in which it was made, in China.")
    distance = fields.Integer("Metres from the Station", readonly=True, aggregator=None)
    reason = fields.Selection(REASONS, "Does Not Count", readonly=True)
    outcome = fields.Selection(
        [("counted", "Counts"), ("not_counted", "Does Not Count"), ("accepted", "Accepted by a Second Person")],
        readonly=True,
        tracking=True,
    )
    accepted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    accepted_at = fields.Datetime("Accepted On", readonly=True, copy=False)
    accept_reason = fields.Text("Why It Counts", readonly=True, copy=False)

    _number_once = models.UniqueIndex("(company_id, number)", "There is an inspection of this number already.")
    _visit_once = models.UniqueIndex(
        "(station_id, inspector, inspected_at)", "This visit of the inspector is recorded already."
    )
    _by_month = models.Index("(company_id, month, station_id)")

    @api.depends("attachment_ids", "answer_ids.attachment_ids")
    def _compute_photo_ids(self):
        for inspection in self:
            seen = inspection.sudo()
            inspection.photo_ids = seen.attachment_ids | seen.answer_ids.attachment_ids
            inspection.photo_count = len(inspection.photo_ids)

    # ------------------------------------------------------------------
    # Judging
    # ------------------------------------------------------------------

    @api.model
    def _lock_inspections(self, company):
        """Let one transaction at a time judge the inspections of a company."""
        self.env["rural.lock"].sudo()._acquire("rural.station.inspection", company)

    def _judge(self):
        """Judge the inspections, and others of the same stations on the same days (ST-06)."""
        if not self:
            return
        self.env.flush_all()
        months = self.env.execute_query(
            SQL(
                """SELECT DISTINCT company_id, date_trunc('month', inspected_at + %s)::date
                     FROM rural_station_inspection WHERE id = ANY(%s)""",
                china_time.CHINA_OFFSET,
                self.ids,
            )
        )
        for company, month in months:
            self._judge_month(self.env["res.company"].browse(company), month)
        self.invalidate_model()

    @api.model
    def _judge_month(self, company, month):
        """Judge the inspections of a month by its distances and days, but those that somebody has accepted."""
        limits = {
            name: self.env["rural.parameter"].sudo()._value_on(f"station_inspection_{name}", month, company).value
            for name in ("upload_days", "distance")
        }
        self.env.cr.execute(
            SQL(
                """
                WITH facts AS (%(facts)s),
                judged AS (
                    SELECT id, distance,
                           COALESCE(reason, CASE WHEN row_number() OVER (
                               PARTITION BY station_id, day, reason IS NULL ORDER BY inspected_at, number) > 1
                               THEN 'same_day' END) AS reason
                      FROM facts
                )
                UPDATE rural_station_inspection AS inspection
                   SET month = %(month)s, distance = round(judged.distance), reason = judged.reason,
                       outcome = CASE WHEN judged.reason IS NULL THEN 'counted'
                                      WHEN inspection.accepted_at IS NOT NULL THEN 'accepted'
                                      ELSE 'not_counted' END
                  FROM judged WHERE judged.id = inspection.id
                """,
                facts=self._facts_query(company, month, **limits),
                month=month,
            )
        )

    @api.model
    def _facts_query(self, company, month, upload_days, distance) -> SQL:
        is_open = self.env["rural.station"]._open_condition(SQL("station"), SQL("place.day"))
        return SQL(
            """
            SELECT inspection.id, inspection.number, inspection.station_id, inspection.inspected_at, place.day,
                   place.distance,
                   CASE WHEN inspection.inspector IS DISTINCT FROM partner.name THEN 'other_inspector'
                        WHEN NOT %(is_open)s THEN 'not_open'
                        WHEN NOT (inspection.ledger_checked AND inspection.archive_checked) THEN 'incomplete'
                        WHEN (inspection.uploaded_at + %(offset)s)::date - place.day > %(upload_days)s
                        THEN 'uploaded_late'
                        WHEN COALESCE(inspection.longitude, 0) = 0 THEN 'no_position'
                        WHEN place.distance > %(most)s THEN 'too_far' END AS reason
              FROM rural_station_inspection AS inspection
              JOIN rural_station AS station ON station.id = inspection.station_id
         LEFT JOIN rural_station_area AS area ON area.id = station.area_id
         LEFT JOIN res_partner AS partner ON partner.id = area.area_partner_id
        CROSS JOIN LATERAL (SELECT (inspection.inspected_at + %(offset)s)::date AS day,
                                   %(distance)s AS distance) AS place
             WHERE inspection.company_id = %(company)s
               AND inspection.inspected_at >= %(start)s AND inspection.inspected_at < %(end)s
            """,
            is_open=is_open,
            offset=china_time.CHINA_OFFSET,
            upload_days=upload_days,
            most=distance,
            distance=self._distance(SQL("inspection"), SQL("station")),
            company=company.id,
            start=china_time.day_start(month),
            end=china_time.day_start(fields.Date.add(month, months=1)),
        )

    @api.model
    def _distance(self, here, there) -> SQL:
        """Return the metres between two places on the globe; NULL where one is not known."""
        return SQL(
            """CASE WHEN COALESCE(%(here)s.longitude, 0) <> 0 AND COALESCE(%(there)s.longitude, 0) <> 0 THEN
               2 * %(radius)s * asin(sqrt(
                   sin(radians(%(there)s.latitude::float8 - %(here)s.latitude::float8) / 2) ^ 2
                   + cos(radians(%(here)s.latitude::float8)) * cos(radians(%(there)s.latitude::float8))
                   * sin(radians(%(there)s.longitude::float8 - %(here)s.longitude::float8) / 2) ^ 2)) END""",
            here=here,
            there=there,
            radius=EARTH_RADIUS,
        )

    @api.model
    def _month_query(self, company, month) -> SQL:
        """Return what was due and what counts in a month: partner_id, area_partner, station_id, code, due, counted.

        Due is the month's number times the share of its days on which the station was open, rounded half up.

        :param date month: its first day
        """
        parameters = self.env["rural.parameter"].sudo()
        last = fields.Date.end_of(month, "month")
        return SQL(
            """
            SELECT partner.id AS partner_id, partner.name AS area_partner, station.id AS station_id, station.code,
                   round(%(number)s * open.days / %(days)s::numeric)::integer AS due, counted.number AS counted
              FROM rural_station AS station
         LEFT JOIN rural_station_area AS area ON area.id = station.area_id
         LEFT JOIN res_partner AS partner ON partner.id = area.area_partner_id
        CROSS JOIN LATERAL (SELECT count(*) AS days
                              FROM generate_series(%(first)s::timestamp, %(last)s, '1 day') AS each (day)
                             WHERE %(is_open)s) AS open
        CROSS JOIN LATERAL (SELECT count(*) AS number FROM rural_station_inspection AS inspection
                             WHERE inspection.station_id = station.id AND inspection.month = %(first)s
                               AND inspection.company_id = %(company)s
                               AND inspection.outcome IN ('counted', 'accepted')) AS counted
             WHERE %(in_month)s
             ORDER BY station.code
            """,
            number=int(parameters._value_on("station_inspection_number", month, company).value),
            days=last.day,
            first=month,
            last=last,
            is_open=self.env["rural.station"]._open_condition(SQL("station"), SQL("each.day::date")),
            company=company.id,
            in_month=self.env["rural.station"]._in_month_condition(company, month),
        )

    # ------------------------------------------------------------------
    # Accepting
    # ------------------------------------------------------------------

    @api.model
    def _reason_steps(self):
        return {
            **super()._reason_steps(),
            "accept": {
                "method": "_accept",
                "title": self.env._("Let Inspections Count"),
                "button": self.env._("Let Them Count"),
                "help": self.env._("They count in the month in which they were made; your reason is kept."),
            },
        }

    def action_accept(self):
        """Ask why inspections count that were flagged."""
        self._check_group("rural_base.group_operations_manager")
        self._check_state("not_counted")
        return self._ask_reason("accept")

    def _accept(self, reason):
        """Let inspections count that were flagged, as somebody who did not load them (ST-06)."""
        reason = self._check_reason(reason)
        self._begin_step(("rural_base.group_operations_manager",), ("not_counted",))
        self.sudo().write(
            {
                "outcome": "accepted",
                "accepted_by_id": self.env.uid,
                "accepted_at": fields.Datetime.now(),
                "accept_reason": reason,
            }
        )

    def _makers(self):
        return super()._makers() | self.sudo().run_id.user_id | self.sudo().user_id

    # ------------------------------------------------------------------
    # Printing
    # ------------------------------------------------------------------

    def _printed_file_name(self) -> str:
        """Return the name of the printed record, without its ending."""
        self.ensure_one()
        return f"巡检记录_{self.station_id.name}_{self.number}"

    def _printed_facts(self) -> list[tuple]:
        """Return what stands above the checklist: rows of two pairs of label and value, in Chinese."""
        self.ensure_one()
        yes = {True: "已检查", False: "未检查"}
        position = f"{self.longitude:.6f}, {self.latitude:.6f}" if self.longitude else "无定位"
        distance = f"{self.distance} 米（定位误差 {self.accuracy} 米）" if self.longitude else ""
        return [
            (("站点", self.station_id.display_name), ("片区", self.area_id.name or "")),
            (("巡检人", self.inspector), ("巡检时间", self._china_time(self.inspected_at))),
            (("位置", position), ("距站点", distance)),
            (("台账", yes[self.ledger_checked]), ("档案", yes[self.archive_checked])),
            (("上传时间", self._china_time(self.uploaded_at)), ("结论", self._printed_outcome())),
        ]

    def _printed_outcome(self) -> str:
        return "：".join(filter(None, (self._printed_label("outcome"), self._printed_label("reason"))))

    def _printed_answers(self) -> list[tuple]:
        """Return subject, item, answer and note of each item, in Chinese."""
        chinese = self.with_context(lang="zh_CN")
        return [
            (
                dict(answer._fields["subject"]._description_selection(answer.env)).get(answer.subject, ""),
                answer.item_id.name,
                dict(answer._fields["answer"]._description_selection(answer.env))[answer.answer],
                answer.note or "",
            )
            for answer in chinese.answer_ids
        ]

    # ------------------------------------------------------------------
    # Explanation
    # ------------------------------------------------------------------

    @api.model
    def _explanation_depends(self):
        return ("outcome", "reason", "distance", "month")

    def _explain(self) -> dict:
        """ST-06: why the inspection counts, or why it does not."""
        self.ensure_one()
        sentences = {
            "other_inspector": self.env._("It does not count: the inspector is not the partner of the area."),
            "not_open": self.env._("It does not count: the station was not open on that day."),
            "incomplete": self.env._("It does not count: ledger and archive were not both checked."),
            "uploaded_late": self.env._("It does not count: it was uploaded too many days later."),
            "no_position": self.env._("It does not count: the record has no position."),
            "too_far": self.env._("It does not count: the inspector stood too far from the station."),
            "same_day": self.env._("It does not count: an earlier inspection of the same day counts."),
        }
        if self.outcome == "accepted":
            sentence = self.env._("It counts: %(user)s has accepted it.", user=self.accepted_by_id.name)
        else:
            sentence = sentences.get(self.reason) or self.env._("It counts.")
        inputs = {
            self.env._("Made on"): self._china_time(self.inspected_at),
            self.env._("Uploaded on"): self._china_time(self.uploaded_at),
        }
        if self.longitude:
            inputs[self.env._("Metres from the station")] = f"{self.distance}"
        return {"clause": "ST-06", "inputs": inputs, "sentence": sentence}

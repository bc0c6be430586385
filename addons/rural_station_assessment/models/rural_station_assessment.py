import base64

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_list
from odoo.tools.image import image_process
from odoo.tools.mimetypes import guess_mimetype

from odoo.addons.rural_base import china_time
from odoo.addons.rural_station.models.rural_station_equipment import CONDITIONS
from odoo.addons.rural_station_ledger.models.rural_station_service import PARCELS

CLERKS = ("rural_base.group_operations",)
MANAGERS = ("rural_base.group_operations_manager",)
GRADES = [("excellent", "Excellent"), ("good", "Good"), ("fair", "Fair"), ("poor", "Poor")]
RESULTS = [("upgrade", "Upgrade"), ("keep", "Keep"), ("rectify", "Rectify"), ("clear_out", "Clear Out")]
#: Equipment that the form names, by the codes of its kinds.
EQUIPMENT = ("computer", "tv", "billboard", "shelves")
PHOTOS = {"image/jpeg", "image/png", "image/webp"}
MOST_BYTES = 10 * 2**20
#: Width and height of a photo on paper, in pixels.
PRINTED_PHOTO = (640, 480)
MOST_PRINTED = 6
#: The day that a result takes.
NEEDED_DAY = {"rectify": "rectify_by", "clear_out": "last_day"}


class RuralStationAssessment(models.Model):
    """The monthly assessment form of a station, as the annex of the county's rules has it (ST-08).

    What the suite knows is filled in; the rest is what the assessor of the service center finds. The bureau's
    assessor signs it on paper, and a second person confirms it: from then on it stays, and its result is carried out.
    """

    _name = "rural.station.assessment"
    _description = "Monthly Assessment of a Station"
    _inherit = [
        "rural.month.mixin", "rural.files.mixin", "rural.step.mixin", "rural.editor.mixin", "rural.printed.mixin",
        "mail.thread", "mail.activity.mixin",
    ]  # fmt: skip
    _order = "month desc, station_id, id"
    _rec_names_search = ["station_id"]
    _editable_states = ("draft",)
    _deletable_states = ("draft",)
    _open_file_states = ("draft",)
    _check_company_auto = True

    # whose
    station_id = fields.Many2one("rural.station", required=True, index=True, ondelete="restrict", tracking=True)
    company_id = fields.Many2one(related="station_id.company_id", store=True, index=True, precompute=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    area_id = fields.Many2one(related="station_id.area_id")
    state = fields.Selection(
        [("draft", "Draft"), ("assessed", "Assessed"), ("signed", "Signed by the Bureau"), ("confirmed", "Confirmed")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        tracking=True,
        group_expand=True,
    )

    # filled in
    address = fields.Char(readonly=True)
    head = fields.Char("Head of the Station", readonly=True)
    phone = fields.Char(readonly=True)
    turnover = fields.Monetary("Turnover of the Month", readonly=True, help="By the latest edition of the ranking.")
    turnover_total = fields.Monetary("Total Turnover", readonly=True, help="Since the first entry, with this month.")
    ranking_id = fields.Many2one("rural.station.ranking", "By the Ranking", readonly=True, ondelete="restrict")
    rank = fields.Integer(readonly=True, aggregator=None)
    parcels_in = fields.Integer("Parcels Received", readonly=True)
    parcels_out = fields.Integer("Parcels Sent", readonly=True)
    villager_trainings = fields.Integer("Trainings Held for Villagers", readonly=True)
    head_trainings = fields.Integer("Trainings of the Head", readonly=True, help="Attended up to the end of the month.")
    agreement_id = fields.Many2one("rural.station.agreement", readonly=True, ondelete="restrict")
    agreement_until = fields.Date("Agreement Ends On", readonly=True)
    inspections_due = fields.Integer(readonly=True)
    inspections_counted = fields.Integer("Inspections That Count", readonly=True)
    to_consider = fields.Text(compute="_compute_to_consider", compute_sudo=True, help="What the result should heed.")

    # found by the assessor
    computer = fields.Selection(CONDITIONS)
    tv = fields.Selection(CONDITIONS, "Television")
    billboard = fields.Selection(CONDITIONS)
    shelves = fields.Selection(CONDITIONS)
    equipment_note = fields.Char("About the Equipment")
    training_note = fields.Char("About the Training")
    contract_note = fields.Char("About the Contract")
    parcel_note = fields.Char("About the Parcels")
    operation = fields.Selection(GRADES, "Operation by the Head", tracking=True)
    operation_note = fields.Char("About the Operation")
    has_violations = fields.Boolean("Violations Found", tracking=True)
    violation_note = fields.Char("About the Violations")
    service = fields.Selection(GRADES, tracking=True)
    service_note = fields.Char("About the Service")
    attachment_ids = fields.Many2many(string="Site Photos")
    result = fields.Selection(RESULTS, tracking=True)
    result_note = fields.Text("Reasons of the Result")
    rectify_by = fields.Date("To Be Put Right By")
    last_day = fields.Date("Last Day Open", help="Of a station that is cleared out.")
    withheld = fields.Monetary("Withheld of the Deposit", help="Of a station that is cleared out (ST-09).")

    # who
    assessed_by_id = fields.Many2one("res.users", "Assessor of the Service Center", readonly=True, copy=False)
    assessed_on = fields.Date(readonly=True, copy=False)
    bureau_assessor = fields.Char("Assessor of the Commerce Bureau", readonly=True, copy=False)
    signed_on = fields.Date("Signed by the Bureau On", readonly=True, copy=False)
    signed_by_id = fields.Many2one("res.users", "Signature Entered By", readonly=True, copy=False)
    scan = fields.Binary("Scan of the Signed Form", readonly=True, copy=False, attachment=True)
    scan_name = fields.Char("Name of the Scan", readonly=True, copy=False)
    confirmed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    confirmed_at = fields.Datetime("Confirmed On", readonly=True, copy=False)
    can_confirm = fields.Boolean(
        compute="_compute_can_confirm", search="_search_can_confirm", help="Whether the reader may confirm it."
    )

    _once_a_month = models.UniqueIndex("(station_id, month)", "There is a form of this station and month already.")

    @api.depends("station_id.name", "month")
    def _compute_display_name(self):
        for form in self:
            form.display_name = f"{form.station_id.name or ''} {form.month_name or ''}".strip()

    @api.depends("state", "assessed_by_id", "signed_by_id", "editor_ids")
    @api.depends_context("uid")
    def _compute_can_confirm(self):
        may = self._is_in_group(*MANAGERS)
        for form in self:
            hands = form._makers() | form.sudo().assessed_by_id | form.sudo().signed_by_id
            form.can_confirm = may and form.state == "signed" and self.env.user not in hands

    @api.model
    def _search_can_confirm(self, operator, value):
        return self._search_offered("can_confirm", [("state", "=", "signed")], operator, value)

    @api.depends("state", "station_id", "month", "turnover", "has_violations")
    @api.depends_context("lang")
    def _compute_to_consider(self):
        for form in self:
            form.to_consider = form.state != "confirmed" and "\n".join(form._to_consider())

    @api.constrains("month")
    def _check_month(self):
        for form in self:
            if form.month >= china_time.today().replace(day=1):
                raise UserError(self.env._("%s is not over yet: it is assessed afterwards.", form.month_name))

    @api.constrains("attachment_ids")
    def _check_photos(self):
        for photo in self.attachment_ids.sudo():
            content = photo.raw or b""
            if len(content) > MOST_BYTES:
                raise UserError(
                    self.env._("%(photo)s is larger than %(most)s MB.", photo=photo.name, most=MOST_BYTES // 2**20)
                )
            if guess_mimetype(content) not in PHOTOS:
                raise UserError(self.env._("%s is no photo. Upload a JPEG, PNG or WebP.", photo.name))

    def _check_may_begin(self, vals_list):
        self._check_group(*CLERKS)
        return super()._check_may_begin(vals_list)

    def _check_may_write(self, vals):
        if {"station_id", "month"} & vals.keys():
            raise UserError(self.env._("A form stays with its station and month. Delete it and prepare another one."))
        return super()._check_may_write(vals)

    @api.model_create_multi
    def create(self, vals_list):
        """Begin forms with what is known of their stations."""
        forms = super().create(vals_list)
        forms._fill_in()
        forms._fill_in_equipment()
        return forms

    # ------------------------------------------------------------------
    # What is known
    # ------------------------------------------------------------------

    @api.model
    def _prepare_month(self, company, month):
        """Prepare the forms of all stations that had a day open in a month, and have none yet (ST-08).

        :param date month: its first day
        :return: the new forms
        """
        self._check_group(*CLERKS)
        condition = self.env["rural.station"]._in_month_condition(company, month)
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """SELECT id FROM rural_station AS station WHERE active AND %s AND NOT EXISTS (
                     SELECT FROM rural_station_assessment AS form WHERE form.station_id = station.id
                                                                        AND form.month = %s) ORDER BY code""",
                condition,
                month,
            )
        )
        return self.create([{"station_id": station, "month": month} for (station,) in rows])

    def _fill_in(self):
        """Bring what the suite knows up to date, in drafts."""
        drafts = self.filtered(lambda form: form.state == "draft").sudo()
        for (company, month), forms in drafts.grouped(lambda form: (form.company_id, form.month)).items():
            known = forms._known(company, month)
            for form in forms:
                vals = known[form.station_id.id]
                form.write(vals)

    def _fill_in_equipment(self):
        for form in self.sudo():
            day = min(fields.Date.end_of(form.month, "month"), form.station_id.closed_on or form.month.max)
            for code in EQUIPMENT:
                form[code] = form[code] or form.station_id._equipment_on(code, day)[:1].condition or "missing"

    @api.model
    def _known(self, company, month) -> dict[int, dict]:
        """Hook: return what the suite knows of the stations of these forms in a month, by their ids (ST-08)."""
        stations = self.station_id
        figures = self._ledger_figures(company, month, stations)
        query = self.env["rural.station.inspection"]._month_query(company, month)
        inspections = {row["station_id"]: row for row in self.env.execute_query_dict(query)}
        trainings = self._head_trainings(month)
        return {
            station.id: {
                "address": station._address(),
                "head": station.partner_id.name or False,
                "phone": station.partner_id.phone or False,
                "inspections_due": inspections.get(station.id, {}).get("due") or 0,
                "inspections_counted": inspections.get(station.id, {}).get("counted") or 0,
                "head_trainings": trainings.get(station.partner_id, 0),
                **self._agreement_vals(station, month),
                **figures[station.id],
            }
            for station in stations
        }

    def _head_trainings(self, month) -> dict:
        """Return how many trainings the partners of the stations have attended up to the end of a month."""
        end = china_time.day_start(fields.Date.add(month, months=1))
        attended = [
            ("partner_id", "in", self.station_id.partner_id.ids),
            ("attended", "=", True),
            ("session_state", "=", "confirmed"),
            ("held_at", "<", end),
        ]
        return dict(self.env["rural.training.result"]._read_group(attended, ["partner_id"], ["__count"]))

    @api.model
    def _agreement_vals(self, station, month) -> dict:
        last = fields.Date.end_of(month, "month")
        agreement = station.agreement_ids.filtered(
            lambda agreement: agreement.state in ("signed", "running", "ended") and agreement.valid_from <= last
        ).sorted("valid_from")[-1:]
        return {"agreement_id": agreement.id, "agreement_until": agreement.ended_on or agreement.valid_to}

    @api.model
    def _ledger_figures(self, company, month, stations) -> dict[int, dict]:
        """Return turnover, parcels and trainings by ids of stations: published months by their latest edition."""
        self.env.flush_all()
        rows = self.env.execute_query_dict(
            SQL(
                """
                WITH lines AS (
                    SELECT line.station_id, line.month, line.turnover, line.rank, line.ranking_id
                      FROM rural_station_ranking_line AS line
                     WHERE line.company_id = %(company)s AND line.state = 'published' AND line.month <= %(month)s
                ),
                months AS (
                    SELECT station_id, month, sum(turnover) AS turnover,
                           sum(quantity) FILTER (WHERE kind = %(received)s) AS parcels_in,
                           sum(quantity) FILTER (WHERE kind = %(sent)s) AS parcels_out,
                           count(*) FILTER (WHERE kind = 'training') AS villager_trainings
                      FROM rural_station_entry
                     WHERE company_id = %(company)s AND outcome = 'counts' AND month <= %(month)s
                           AND station_id = ANY(%(stations)s)
                     GROUP BY station_id, month
                ),
                figures AS (
                    SELECT station_id, month, COALESCE(lines.turnover, months.turnover) AS turnover, rank, ranking_id,
                           parcels_in, parcels_out, villager_trainings
                      FROM lines FULL JOIN months USING (station_id, month)
                )
                SELECT station.id, COALESCE(sum(turnover) FILTER (WHERE month = %(month)s), 0) AS turnover,
                       COALESCE(sum(turnover), 0) AS turnover_total,
                       max(ranking_id) FILTER (WHERE month = %(month)s) AS ranking_id,
                       COALESCE(max(rank) FILTER (WHERE month = %(month)s), 0) AS rank,
                       COALESCE(max(parcels_in) FILTER (WHERE month = %(month)s), 0)::integer AS parcels_in,
                       COALESCE(max(parcels_out) FILTER (WHERE month = %(month)s), 0)::integer AS parcels_out,
                       COALESCE(max(villager_trainings) FILTER (WHERE month = %(month)s), 0) AS villager_trainings
                  FROM rural_station AS station LEFT JOIN figures ON figures.station_id = station.id
                 WHERE station.id = ANY(%(stations)s)
                 GROUP BY station.id
                """,
                company=company.id,
                month=month,
                stations=stations.ids,
                received=PARCELS[0],
                sent=PARCELS[1],
            )
        )
        return {
            row.pop("id"): {**row, "turnover": float(row["turnover"]), "turnover_total": float(row["turnover_total"])}
            for row in rows
        }

    def _to_consider(self) -> list[str]:
        """Hook: say what the result should heed, one sentence each."""
        self.ensure_one()
        sentences = []
        if not self.ranking_id:
            sentences.append(
                self.env._("The ranking of %s is not published: the turnover may change.", self.month_name)
            )
        if self.inspections_counted < self.inspections_due:
            sentences.append(
                self.env._(
                    "%(counted)s of %(due)s inspections count.",
                    counted=self.inspections_counted,
                    due=self.inspections_due,
                )
            )
        proposal = self._proposal()
        if proposal:
            sentences.append(
                self.env._(
                    "Last in three months in a row, to %s: proposed for elimination.", f"{proposal.last_month:%Y-%m}"
                )
            )
        return sentences

    def _proposal(self):
        """Return the open proposal to eliminate the station."""
        proposals = self.env["rural.station.elimination"]
        return proposals.search(
            [("station_id", "=", self.station_id.id), ("state", "in", ("proposed", "requested"))], limit=1
        )

    def _failed_rectification(self):
        """Return the last rectification of the station, if it was in vain."""
        last = self.station_id.rectification_ids.filtered(lambda order: order.state in ("passed", "failed"))
        return last.sorted("checked_on")[-1:].filtered(lambda order: order.state == "failed")

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def action_fill_in(self):
        """Bring what the suite knows up to date."""
        self._check_group(*CLERKS)
        self._check_state("draft")
        self._fill_in()

    def action_assess(self):
        """Close the service center's part of the forms, as its assessor."""
        self._check_group(*CLERKS)
        self.check_access("write")
        self._lock_rows()
        self._check_state("draft")
        self._fill_in()
        for form in self:
            form._check_complete()
        self.sudo().write({"state": "assessed", "assessed_by_id": self.env.uid, "assessed_on": china_time.today()})

    def _check_complete(self):
        """Refuse a form on which something is not filled in.

        :raises UserError: naming all of it
        """
        self.ensure_one()
        needed = [*EQUIPMENT, "operation", "service", "result"]
        if self.result and self.result != "keep":
            needed.append("result_note")
        if self.result in NEEDED_DAY:
            needed.append(NEEDED_DAY[self.result])
        if self.has_violations:
            needed.append("violation_note")
        missing = [self._fields[name]._description_string(self.env) for name in needed if not self[name]]
        if missing:
            raise UserError(
                self.env._(
                    "%(form)s: fill in %(fields)s first.",
                    form=self.display_name,
                    fields=format_list(self.env, missing),
                )
            )
        self._check_result()

    def _check_result(self):
        """Refuse a result whose day is over, or whose grounds are missing (ST-07, ST-10).

        :raises UserError: saying what is needed
        """
        today = china_time.today()
        if self.result == "rectify" and self.rectify_by <= today:
            raise UserError(self.env._("%s: the day by which it is put right lies ahead.", self.display_name))
        if self.result != "clear_out":
            return
        self.env["rural.station.exit"]._check_last_day_open(self.last_day)
        if not (self._proposal() or self._failed_rectification()):
            raise UserError(
                self.env._(
                    "%s was not last three months in a row, and has not failed to put right what it was ordered to: "
                    "choose “Rectify” first (ST-07, ST-10).",
                    self.station_id.name,
                )
            )
        lodged = self.sudo().station_id.deposit_id.balance
        if self.currency_id.compare_amounts(self.withheld, lodged) > 0:
            raise UserError(self.env._("%s are lodged: no more can be withheld.", self.currency_id.format(lodged)))

    def action_sign(self):
        """Ask for the bureau's assessor, the day and the scan of the signed forms."""
        self._check_group(*CLERKS)
        self._check_state("assessed")
        return self._ask("rural.station.assessment.sign", self.env._("Signed by the Bureau"), assessment_ids=self.ids)

    def _sign(self, bureau_assessor, day, scan, scan_name):
        """Enter that the bureau's assessor has signed the forms on paper.

        :param bytes scan: of the signed form, in base64
        :raises UserError: without a name or a scan, or for a day on which it could not be signed
        """
        self._check_group(*CLERKS)
        self.check_access("write")
        self._lock_rows()
        self._check_state("assessed")
        name = (bureau_assessor or "").strip()
        if not name or not scan:
            raise UserError(self.env._("Enter who has signed for the bureau, and the scan of the signed form."))
        if not max(self.mapped("assessed_on")) <= day <= china_time.today():
            raise UserError(self.env._("The bureau signs after the service center, and not later than today."))
        vals = {"bureau_assessor": name, "signed_on": day, "scan": scan, "scan_name": scan_name}
        self.sudo().write({"state": "signed", "signed_by_id": self.env.uid, **vals})

    def action_confirm(self):
        """Confirm the forms as a second person: they stay, and their results are carried out.

        :raises UserError: for whoever had a hand in one, or when what it rests on has changed since
        """
        self._begin_step(MANAGERS, ("signed",), "assessed_by_id", "signed_by_id")
        for form in self:
            form._check_unchanged()
            form._check_result()
        self.sudo().write(
            {"state": "confirmed", "confirmed_by_id": self.env.uid, "confirmed_at": fields.Datetime.now()}
        )
        for form in self.sudo():
            for code in EQUIPMENT:
                form.station_id._enter_condition(code, form[code], form.assessed_on)
            form._carry_out()

    def _check_unchanged(self):
        """Refuse figures that are no longer those of the ledger."""
        form = self.sudo()
        known = form._ledger_figures(form.company_id, form.month, form.station_id)[form.station_id.id]
        if any(form.currency_id.compare_amounts(form[name], known[name]) for name in ("turnover", "turnover_total")):
            raise UserError(
                self.env._(
                    "The turnover of %s has changed since it was assessed. Send it back, so that it is assessed and "
                    "signed by the figures of today.",
                    form.display_name,
                )
            )

    def _carry_out(self):
        """Carry out the result: upgrade the station, order a rectification, or let it leave (ST-09)."""
        self.ensure_one()
        if self.result == "upgrade":
            self.station_id.grade = "model"
        elif self.result == "rectify":
            order = self.env["rural.station.rectification"].create(
                {
                    "station_id": self.station_id.id,
                    "assessment_id": self.id,
                    "what": self.result_note,
                    "due_on": self.rectify_by,
                }
            )
            order.action_order()
        elif self.result == "clear_out":
            self._clear_out()

    def _clear_out(self):
        proposal = self._proposal()
        vals = {
            "kind": "below_standard",
            "reason": self.result_note,
            "last_day": self.last_day,
            "withheld": self.withheld,
            "requested_by_id": self.assessed_by_id.id,
            "assessment_id": self.id,
            "elimination_id": proposal.id,
            "rectification_id": self._failed_rectification().id,
        }
        leaving = self.env["rural.station.exit"]._begin_decided(self.station_id, vals)
        proposal._cleared_out_by(leaving)

    @api.model
    def _reason_steps(self):
        return {
            **super()._reason_steps(),
            "send_back": {
                "method": "_send_back",
                "title": self.env._("Send Back Forms"),
                "button": self.env._("Send Back"),
                "help": self.env._("They become drafts again; the bureau signs anew. Your reason is kept."),
            },
        }

    def action_send_back(self):
        """Ask why forms go back to their assessor."""
        self._check_group(*CLERKS)
        self._check_state("assessed", "signed")
        return self._ask_reason("send_back")

    def _send_back(self, reason):
        """Make drafts of forms that are not confirmed: what was signed on them does not hold any more."""
        reason = self._check_reason(reason)
        self._check_group(*CLERKS)
        self.check_access("write")
        self._lock_rows()
        self._check_state("assessed", "signed")
        emptied = dict.fromkeys(
            ("assessed_by_id", "assessed_on", "bureau_assessor", "signed_on", "signed_by_id", "scan", "scan_name"),
            False,
        )
        for form in self.sudo():
            form.message_post(
                body=self.env._(
                    "Sent back: %(reason)s (assessed by %(assessor)s)", reason=reason, assessor=form.assessed_by_id.name
                ),
                attachments=form._scans(),
            )
            form.editor_ids |= form.assessed_by_id | form.signed_by_id
        self.sudo().write({"state": "draft", **emptied})
        self._fill_in()

    def _scans(self) -> list[tuple[str, bytes]]:
        """Return the scan of the signed form, if there is one, with its name."""
        scans = self.env["ir.attachment"].search(
            [("res_model", "=", self._name), ("res_id", "=", self.id), ("res_field", "=", "scan")]
        )
        return [(self.scan_name or scan.name, scan.raw) for scan in scans]

    # ------------------------------------------------------------------
    # Print
    # ------------------------------------------------------------------

    def action_print(self):
        """Print the forms."""
        report = self.env.ref("rural_station_assessment.action_report_station_assessment")
        return report.report_action(self, config=False)

    def _printed_file_name(self) -> str:
        return f"服务站月度考核表-{self.station_id.code}-{self.month_name}"

    def _printed(self) -> dict[str, str]:
        """Return what stands in the cells of the printed form, in Chinese."""
        self.ensure_one()
        form = self.with_context(lang="zh_CN")
        cells = {
            "training": form._printed_training(),
            "contract": form._printed_contract(),
            "parcels": f"代收 {self.parcels_in} 件，代寄 {self.parcels_out} 件",
            "operation": self._printed_label("operation"),
            "violations": "有" if self.has_violations else "无",
            "service": self._printed_label("service"),
        }
        notes = {
            "training": self.training_note, "contract": self.contract_note, "parcels": self.parcel_note,
            "operation": self.operation_note, "violations": self.violation_note, "service": self.service_note,
        }  # fmt: skip
        cells = {name: "；".join(filter(None, (text, notes[name]))) for name, text in cells.items()}
        cells |= {code: form._printed_equipment(code) for code in EQUIPMENT}
        if self.result == "rectify" and self.rectify_by:
            cells["result"] = f"{self._printed_label('result')}（{self.rectify_by} 前整改到位）"
        else:
            cells["result"] = self._printed_label("result")
        return {name: text or "" for name, text in cells.items()}

    def _printed_equipment(self, code) -> str:
        label = self._printed_label(code)
        day = self.assessed_on or china_time.today()
        quantity = self.sudo().station_id._equipment_on(code, day)[:1].quantity
        return f"{label}（{quantity}）" if self[code] != "missing" and quantity > 1 else label

    def _printed_training(self) -> str:
        return f"站长累计参训 {self.head_trainings} 次，本月组织村民培训 {self.villager_trainings} 次"

    def _printed_contract(self) -> str:
        if not self.agreement_id:
            return "未签订协议"
        is_over = self.agreement_until <= fields.Date.end_of(self.month, "month")
        return f"{self.agreement_id.sudo().name}，有效期至 {self.agreement_until}{'（已到期）' if is_over else ''}"

    def _printed_photos(self) -> list[str]:
        """Return the site photos as they stand on paper: addresses that hold the picture itself."""
        photos = self.sudo().attachment_ids.filtered(lambda file: guess_mimetype(file.raw or b"") in PHOTOS)
        pictures = (
            image_process(photo.raw, size=PRINTED_PHOTO, output_format="JPEG") for photo in photos[:MOST_PRINTED]
        )
        return [f"data:image/jpeg;base64,{base64.b64encode(picture).decode()}" for picture in pictures]

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL

from odoo.addons.rural_base import china_time

#: States of what a station buys or sells for villagers, and of parcels, that are not finished.
UNFINISHED = ("recorded", "ordered", "received", "notified", "recommended", "negotiated", "listed")


class RuralStationExit(models.Model):
    """A station's partner leaves: agreed, as below standard, or as gravely dishonest (ST-10).

    Asked for by one person, decided by another; closed when nothing is open, with the deposit settled (DP-04).
    """

    _name = "rural.station.exit"
    _description = "Exit of a Station"
    _inherit = ["rural.request.mixin", "rural.files.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "last_day desc, id desc"
    _rec_names_search = ["station_id", "partner_id"]
    _check_company_auto = True
    _editable_states = ("requested",)
    _always_writable = frozenset({"attachment_ids"})
    _open_file_states = ("requested",)
    _deletable_states = ("requested",)
    _maker_fields = ("requested_by_id",)
    _decider_groups = ("rural_base.group_operations_manager",)
    _rejected_state = "cancelled"

    station_id = fields.Many2one("rural.station", required=True, index=True, ondelete="restrict", tracking=True)
    company_id = fields.Many2one(related="station_id.company_id", store=True, index=True, precompute=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    area_id = fields.Many2one(related="station_id.area_id")
    partner_id = fields.Many2one(
        "res.partner", "Station Partner", compute="_compute_partner_id", store=True, precompute=True, index=True,
        ondelete="restrict", help="Who ran the station until the last day.",
    )  # fmt: skip
    kind = fields.Selection(
        [
            ("voluntary", "Voluntary"),
            ("below_standard", "Below Standard"),
            ("dishonest", "Gravely Dishonest"),
        ],
        required=True,
        default="voluntary",
        tracking=True,
    )
    reason = fields.Text(required=True, tracking=True)
    last_day = fields.Date("Last Day Open", required=True, default=lambda self: china_time.today(), tracking=True)
    withheld = fields.Monetary(
        "Withheld of the Deposit", tracking=True, help="Deducted once the exit is decided; a second person approves it."
    )
    state = fields.Selection(
        [("requested", "Requested"), ("running", "Being Settled"), ("done", "Done"), ("cancelled", "Cancelled")],
        required=True,
        readonly=True,
        default="requested",
        copy=False,
        tracking=True,
        group_expand=True,
    )
    done_on = fields.Date(readonly=True, copy=False)

    # why
    elimination_id = fields.Many2one("rural.station.elimination", readonly=True, copy=False, ondelete="restrict")
    rectification_id = fields.Many2one(
        "rural.station.rectification", copy=False, ondelete="restrict", domain="[('station_id', '=', station_id)]"
    )
    assessment_id = fields.Many2one("rural.station.assessment", readonly=True, copy=False, ondelete="restrict")
    case_id = fields.Many2one("rural.penalty.case", readonly=True, copy=False, ondelete="restrict")

    # deposit
    deposit_id = fields.Many2one("rural.deposit", readonly=True, copy=False, ondelete="restrict")
    deposit_balance = fields.Monetary(related="deposit_id.balance", string="Lodged", compute_sudo=True)
    deduction_id = fields.Many2one("rural.deposit.movement", readonly=True, copy=False)
    refund_id = fields.Many2one("rural.deposit.movement", readonly=True, copy=False)
    refund_state = fields.Selection(related="refund_id.state", string="State of the Refund")
    open_checks = fields.Text(
        "Still Open",
        compute="_compute_open_checks",
        compute_sudo=True,
        help="What has to be settled before the exit is done and the deposit is refunded (DP-04).",
    )

    _one_a_station = models.UniqueIndex(
        "(station_id) WHERE state IN ('requested', 'running')", "There is an exit of this station already."
    )
    _withheld_positive = models.Constraint("CHECK (withheld >= 0)", "What is withheld is not below zero.")

    @api.depends("station_id")
    def _compute_partner_id(self):
        for leaving in self:
            leaving.partner_id = leaving.partner_id or leaving.station_id.partner_id

    @api.depends("station_id.name")
    def _compute_display_name(self):
        for leaving in self:
            leaving.display_name = self.env._("Exit of %s", leaving.station_id.name or "")

    @api.depends_context("lang")
    @api.depends("state", "last_day", "station_id", "deduction_id.state")
    def _compute_open_checks(self):
        for leaving in self:
            leaving.open_checks = leaving.state == "running" and "\n".join(leaving._open_checks())

    @api.constrains("last_day", "state")
    def _check_last_day(self):
        for leaving in self.filtered(lambda leaving: leaving.state == "requested"):
            leaving._check_last_day_open(leaving.last_day)
            if leaving.station_id.state == "ended":
                raise ValidationError(self.env._("%s has left already.", leaving.station_id.name))

    @api.model
    def _check_last_day_open(self, day):
        """Refuse a last day before yesterday: what a station did on those days counts.

        :raises ValidationError: saying what to enter
        """
        if not day or day < china_time.today() - timedelta(days=1):
            raise ValidationError(
                self.env._(
                    "A station cannot leave in the past: what it did on those days counts. Enter another last day; "
                    "yesterday, if it is to stop at once."
                )
            )

    @api.constrains("kind", "rectification_id", "state")
    def _check_grounds(self):
        """Let a station below standard go after a rectification in vain, or a decided proposal (ST-10)."""
        for leaving in self:
            failed = leaving.rectification_id.state == "failed"
            if leaving.rectification_id and leaving.rectification_id.station_id != leaving.station_id:
                raise ValidationError(self.env._("The rectification is one of another station."))
            if leaving.kind == "below_standard" and not (failed or leaving.elimination_id):
                raise ValidationError(
                    self.env._(
                        "%s has not been ordered to put right what is below standard, or the re-check is not done: a "
                        "station leaves so when it has not put it right (ST-10).",
                        leaving.station_id.name,
                    )
                )

    def _check_may_begin(self, vals_list):
        self._check_group("rural_base.group_operations")
        if any(vals.get("kind") == "dishonest" for vals in vals_list):
            self._refuse_dishonest()
        return super()._check_may_begin(vals_list)

    def _check_may_write(self, vals):
        if vals.get("kind") == "dishonest":
            self._refuse_dishonest()
        return super()._check_may_write(vals)

    def _refuse_dishonest(self):
        raise UserError(
            self.env._(
                "Grave dishonesty is a violation: record a penalty case. Once its termination is final, the exit "
                "begins by itself (ST-10)."
            )
        )

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def action_decide(self):
        """Let the stations leave: agreement and opening end with the last day (second person)."""
        self._decide("running")

    def action_complete(self):
        """Close the exit: nothing is open any more, so what is left of the deposit goes back.

        :raises UserError: naming all that is still open
        """
        self._check_group("rural_base.group_operations")
        self.check_access("write")
        self._lock_rows()
        self._check_state("running")
        for leaving in self:
            if still_open := leaving.sudo()._open_checks():
                raise UserError(
                    self.env._(
                        "%(exit)s cannot be closed yet (DP-04):\n%(open)s",
                        exit=leaving.display_name,
                        open="\n".join(f"– {sentence}" for sentence in still_open),
                    )
                )
        self.sudo().write({"state": "done", "done_on": china_time.today()})
        for leaving in self:
            leaving._give_back()

    def action_cancel(self):
        """Take back what one has asked for oneself, as long as nobody has decided it."""
        self._lock_rows()
        self._check_state("requested")
        self._check_asked_by_user()
        self.sudo().write({"state": "cancelled"})
        self.flush_recordset()

    def _check_may_decide(self, state):
        if state == "running":
            self._check_last_day()
            self._check_grounds()
            for leaving in self.sudo():
                leaving._check_withheld()
        return super()._check_may_decide(state)

    def _check_withheld(self):
        lodged = self.station_id.deposit_id.balance
        if self.currency_id.compare_amounts(self.withheld, lodged) > 0:
            raise UserError(self.env._("%s are lodged: no more can be withheld.", self.currency_id.format(lodged)))

    def _after_decision(self, state):
        if state == "running":
            self._end_work()
        self.flush_recordset(["state"])
        return super()._after_decision(state)

    @api.model
    def _begin_decided(self, station, vals):
        """Let a station leave by what two people have decided elsewhere; return the exit (ST-07, ST-10, SC-17).

        An exit that was asked for, or that is on its way, becomes this one.

        :param vals: kind, reason, last_day, requested_by_id, and what it rests on
        """
        leaving = self.sudo().search(
            [("station_id", "=", station.id), ("state", "in", ("requested", "running"))], limit=1
        )
        decision = {"state": "running", "decided_by_id": self.env.uid, "decided_at": fields.Datetime.now()}
        if leaving.state == "running" and leaving.last_day < vals["last_day"]:
            vals = {**vals, "last_day": leaving.last_day}
        if leaving:
            leaving.write({**vals, **decision})
        else:
            leaving = self.sudo().create({"station_id": station.id, **vals, **decision})
        leaving._end_work()
        return leaving.sudo(self.env.su)

    def _end_work(self):
        """Let opening and agreement end with the last day, and ask for what is withheld of the deposit."""
        for leaving in self.sudo():
            station, agreement = leaving.station_id, leaving.station_id.agreement_id
            leaving.deposit_id = station.deposit_id
            station.closed_on = max(leaving.last_day, station.opened_on or leaving.last_day)
            if agreement.state == "draft":
                agreement.unlink()
            elif agreement:
                agreement._end(leaving.last_day, leaving._end_reason())
            if leaving.withheld and not leaving.deduction_id:
                leaving._withhold()
            station._message_log(
                body=self.env._(
                    "%(station)s leaves; its last day is %(day)s: %(reason)s",
                    station=station.name,
                    day=leaving.last_day,
                    reason=leaving.reason,
                )
            )
            leaving._tell_partner()

    def _withhold(self):
        """Ask for the deduction, in the name of whoever asked for the exit; a second person approves it (ST-09)."""
        asker = self.requested_by_id if self.requested_by_id._is_internal() else self.env.user
        self.deduction_id = (
            self.deposit_id.with_user(asker)
            .sudo()
            ._request(
                "deduct", self.withheld, self._end_reason(), clause="ST-09", document=self.display_name, source=self
            )
        )

    def _tell_partner(self):
        leaving = self.with_context(lang=self.partner_id.lang or self.env.lang)
        leaving.message_post(
            body=leaving.env._(
                "The last day of %(station)s is %(day)s. What is left of the deposit goes back when nothing is open.",
                station=self.station_id.name,
                day=self.last_day,
            ),
            subject=leaving.env._("Exit of %s", self.station_id.name),
            partner_ids=self.partner_id.ids,
            subtype_xmlid="mail.mt_comment",
        )

    # ------------------------------------------------------------------
    # What is open
    # ------------------------------------------------------------------

    def _open_checks(self) -> list[str]:
        """Hook: say what has to be settled before the exit is done, one sentence each (DP-04)."""
        self.ensure_one()
        still_open = []
        if self.last_day >= china_time.today():
            still_open.append(self.env._("The last day open, %s, is not over.", self.last_day))
        return [
            *still_open,
            *self._open_entries(),
            *self._open_cash(),
            *(self.deposit_id._refund_blockers() if self.deposit_id else []),
        ]

    def _open_entries(self) -> list[str]:
        """Name what was begun for villagers and is not finished, and parcels that still lie at the station."""
        groups = self.env["rural.station.entry"]._read_group(
            [
                ("station_id", "=", self.station_id.id),
                ("source", "=", "station"),
                ("kind", "in", ("buying", "selling", "parcel_in", "parcel_out")),
                ("state", "in", UNFINISHED),
                ("outcome", "=", "not_finished"),
            ],
            ["kind"],
            ["__count"],
        )
        labels = {
            "buying": self.env._("orders for villagers"),
            "selling": self.env._("sales for villagers"),
            "parcel_in": self.env._("parcels at the station"),
            "parcel_out": self.env._("parcels to be sent"),
        }
        return [
            self.env._("%(count)s %(what)s are not finished.", count=count, what=labels[kind]) for kind, count in groups
        ]

    def _open_cash(self) -> list[str]:
        """Name the days whose cash has not been counted: what villagers paid on them is not settled."""
        self.env.flush_all()
        [[count]] = self.env.execute_query(
            SQL(
                """
                SELECT count(DISTINCT each.day) FROM rural_station_entry AS entry
                 CROSS JOIN LATERAL (VALUES (entry.paid_on), (entry.paid_back_on)) AS each (day)
                 WHERE entry.station_id = %(station)s AND each.day IS NOT NULL AND NOT EXISTS (
                       SELECT FROM rural_station_cash_count AS counted WHERE counted.station_id = entry.station_id
                              AND counted.day = each.day AND counted.state = 'stands')
                """,
                station=self.station_id.id,
            )
        )
        return [self.env._("The cash of %s days has not been counted.", count)] if count else []

    def _give_back(self):
        """Ask for the refund of what is left of the deposit; it is approved and posted as any other."""
        deposit = self.sudo().deposit_id
        left = deposit.balance - sum(deposit._waiting_refunds().mapped("amount"))
        if deposit and deposit.currency_id.compare_amounts(left, 0) > 0:
            self.sudo().refund_id = deposit._request(
                "refund", left, self.env._("Exit of %s", self.station_id.name), clause="DP-04", source=self
            )

    def _end_reason(self) -> str:
        label = dict(self._fields["kind"]._description_selection(self.env))[self.kind]
        return f"{label}: {self.reason}"

    def action_view_deposit(self):
        """Show the deposit of the partner who leaves."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Deposit"),
            "res_model": "rural.deposit",
            "views": [(False, "form")],
            "res_id": self.deposit_id.id,
        }

    # ------------------------------------------------------------------
    # Portal
    # ------------------------------------------------------------------

    @api.model
    def _ask_as_partner(self, station, last_day, reason):
        """Ask to leave as the partner of a station, on the portal (ST-10); a second person agrees.

        :raises AccessError: for whoever does not run the station
        """
        if station.sudo().partner_id != self.env.user.partner_id:
            raise AccessError(self.env._("This station is not yours."))
        try:
            last_day = fields.Date.to_date(last_day)
        except ValueError:
            last_day = None
        if not last_day:
            raise UserError(self.env._("Enter the last day open."))
        vals = {"station_id": station.id, "last_day": last_day, "reason": self._check_reason(reason)}
        return self.sudo().create({**vals, "requested_by_id": self.env.uid}).sudo(False)

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL

from odoo.addons.rural_base import china_time
from odoo.addons.rural_deposit.models.exit_mixin import EXIT_STATES

#: States of what a station buys or sells for villagers, and of parcels, that are not finished.
UNFINISHED = ("recorded", "ordered", "received", "notified", "recommended", "negotiated", "listed")


class RuralStationExit(models.Model):
    """A station's partner leaves: agreed, as below standard, or as gravely dishonest (ST-10).

    Asked for by one person, decided by another; closed when nothing is open, with the deposit settled (DP-04).
    """

    _name = "rural.station.exit"
    _description = "Exit of a Station"
    _inherit = ["rural.exit.mixin", "rural.files.mixin"]
    _rec_names_search = ["station_id", "partner_id"]
    _check_company_auto = True
    _always_writable = frozenset({"attachment_ids"})
    _open_file_states = ("requested",)
    _maker_fields = ("requested_by_id",)
    _party_field = "station_id"

    station_id = fields.Many2one("rural.station", required=True, index=True, ondelete="restrict", tracking=True)
    company_id = fields.Many2one(related="station_id.company_id", store=True, index=True, precompute=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    area_id = fields.Many2one(related="station_id.area_id")
    partner_id = fields.Many2one(
        "res.partner", "Station Partner", compute="_compute_partner_id", store=True, precompute=True, index=True,
        ondelete="restrict", help="Who ran the station until the last day.",
    )  # fmt: skip
    state = fields.Selection(EXIT_STATES)
    kind = fields.Selection(
        selection_add=[
            ("voluntary", "Voluntary"),
            ("below_standard", "Below Standard"),
            ("dishonest", "Gravely Dishonest"),
        ],
        ondelete={"below_standard": "cascade", "dishonest": "cascade"},
    )
    last_day = fields.Date("Last Day Open", help="Yesterday, if it is to stop at once.")
    withheld = fields.Monetary(
        "Withheld of the Deposit", tracking=True, help="Deducted once the exit is decided; a second person approves it."
    )

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
    deduction_id = fields.Many2one(
        "rural.deposit.movement", "Last Deduction", compute="_compute_deduction_id", compute_sudo=True
    )
    deduction_ids = fields.One2many(
        "rural.deposit.movement", "source_id", "Deductions", readonly=True,
        domain=[("source_model", "=", "rural.station.exit"), ("kind", "=", "deduct")],
    )  # fmt: skip
    withheld_missing = fields.Monetary(
        "Withheld, Not Asked For", compute="_compute_withheld_missing", compute_sudo=True,
        help="A deduction that was refused or cancelled: asked for again, or let go with a reason.",
    )  # fmt: skip
    refund_id = fields.Many2one("rural.deposit.movement", readonly=True, copy=False)
    refund_state = fields.Selection(related="refund_id.state", string="State of the Refund")

    _one_a_station = models.UniqueIndex(
        "(station_id) WHERE state IN ('requested', 'running')", "There is an exit of this station already."
    )
    _withheld_positive = models.Constraint("CHECK (withheld >= 0)", "What is withheld is not below zero.")

    @api.depends("station_id")
    def _compute_partner_id(self):
        for leaving in self:
            leaving.partner_id = leaving.partner_id or leaving.station_id.partner_id

    @api.depends("deduction_ids")
    def _compute_deduction_id(self):
        for leaving in self:
            leaving.deduction_id = leaving.deduction_ids.sorted("id")[-1:]

    @api.depends("state", "withheld", "deduction_ids.state", "deduction_ids.amount")
    def _compute_withheld_missing(self):
        for leaving in self:
            live = leaving.deduction_ids.filtered(lambda deduction: deduction._is_live())
            missing = leaving.withheld - sum(live.mapped("amount")) if leaving.state == "running" else 0
            leaving.withheld_missing = max(missing, 0)

    @api.constrains("station_id", "last_day")
    def _check_last_day(self):
        for leaving in self.filtered(lambda leaving: leaving.state == "requested"):
            leaving._check_last_day_open(leaving.last_day)
            if leaving.station_id.state == "ended":
                raise ValidationError(self.env._("%s has left already.", leaving.station_id.name))

    @api.model
    def _earliest_last_day(self):
        return china_time.today() - timedelta(days=1)

    @api.model
    def _check_last_day_open(self, day):
        """Refuse a last day before yesterday: what a station did on those days counts.

        :raises ValidationError: saying what to enter
        """
        if not day or day < self._earliest_last_day():
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

    def _check_may_decide(self, state):
        if state == "running":
            self._check_grounds()
            for leaving in self.sudo():
                leaving._check_withheld()
        return super()._check_may_decide(state)

    def _check_withheld(self):
        lodged = self.station_id.deposit_id.balance
        if self.currency_id.compare_amounts(self.withheld, lodged) > 0:
            raise UserError(self.env._("%s are lodged: no more can be withheld.", self.currency_id.format(lodged)))

    def _becomes(self, vals):
        """Let any exit on its way become one decided elsewhere: more may be withheld of the deposit."""
        return self.state in self._living_states

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
            leaving._withhold_missing()
            leaving._log_end()
            leaving._tell_partner()

    def _withhold_missing(self):
        """Ask for what is withheld and has not been asked for yet: another decision may withhold more (ST-09).

        In the name of whoever asked for the exit; a second person approves it.
        """
        live = self.deduction_ids.filtered(lambda deduction: deduction._is_live())
        self.withheld = max(self.withheld, sum(live.mapped("amount")))
        missing = self.withheld_missing
        if self.currency_id.is_zero(missing):
            return
        asker = self.requested_by_id if self.requested_by_id._is_internal() else self.env.user
        deposit = self.deposit_id.with_user(asker).sudo()
        deposit._request("deduct", missing, self._end_reason(), clause="ST-09", document=self.display_name, source=self)

    def action_withhold_again(self):
        """Ask again for a deduction that was refused or cancelled (ST-09)."""
        self._check_group("rural_base.group_operations")
        self.check_access("write")
        self._lock_rows()
        self._check_state("running")
        for leaving in self.sudo():
            leaving._withhold_missing()

    def action_let_go(self):
        """Ask why less is withheld than was decided."""
        self._check_group("rural_base.group_operations_manager")
        self._check_state("running")
        return self._ask_reason("let_go")

    @api.model
    def _reason_steps(self):
        return {
            **super()._reason_steps(),
            "let_go": {
                "method": "_let_go",
                "title": self.env._("Withhold Less"),
                "button": self.env._("Withhold Less"),
                "help": self.env._(
                    "What was not deducted goes back with the rest of the deposit; your reason is kept."
                ),
            },
        }

    def _let_go(self, reason):
        """Withhold no more than has been asked for, as somebody who did not ask for the exit."""
        reason = self._check_reason(reason)
        self._begin_step(("rural_base.group_operations_manager",), ("running",))
        for leaving in self.sudo():
            missing = leaving.withheld_missing
            leaving.withheld -= missing
            leaving.message_post(
                body=leaving.env._(
                    "%(amount)s less are withheld: %(reason)s",
                    amount=leaving.currency_id.format(missing),
                    reason=reason,
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

    def _party_deposit(self):
        return self.deposit_id

    def _open_checks(self):
        return [*super()._open_checks(), *self._open_withheld(), *self._open_entries(), *self._open_cash()]

    def _open_withheld(self) -> list[str]:
        """Name what is withheld and was refused or cancelled: nothing of it goes back unnoticed (ST-09)."""
        if self.currency_id.is_zero(self.withheld_missing):
            return []
        return [
            self.env._(
                "%s are withheld, and their deduction was refused or cancelled: ask for it again, or let it go with a "
                "reason.",
                self.currency_id.format(self.withheld_missing),
            )
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
        refund = super()._give_back()
        self.sudo().refund_id = refund
        return refund

    def action_view_deposit(self):
        """Show the deposit of the partner who leaves."""
        self.ensure_one()
        return self.deposit_id._get_records_action(name=self.env._("Deposit"), context={})

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

    def _withdraw_as_partner(self):
        """Take back on the portal what one has asked for, as long as nobody has decided it."""
        self.check_access("read")
        self._check_asked_by_user()
        self._lock_rows()
        self._check_state("requested")
        self.sudo().write({"state": "cancelled"})

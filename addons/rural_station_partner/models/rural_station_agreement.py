from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import formatLang

from odoo.addons.rural_base import china_time
from odoo.addons.rural_base.amounts import capital_amount, cents

#: What an agreement says: all of it is entered while it is a draft.
LIVE_STATES = ("signed", "running")
OPERATIONS = "rural_base.group_operations"


class RuralStationAgreement(models.Model):
    """The agreement between the operator and the partner of a station (ST-01, ST-02).

    Drawn up by one person and countersigned by another one, with the scan of what the partner signed; it runs from
    the day on which the station opens until the partner leaves.
    """

    _name = "rural.station.agreement"
    _description = "Agreement of a Station"
    _kept_in_house = frozenset({"end_reason"})
    _inherit = [
        *("rural.identity.mixin", "rural.step.mixin", "rural.editor.mixin", "rural.printed.mixin"),
        *("mail.thread", "mail.activity.mixin"),
    ]
    _order = "valid_from desc, id desc"
    _rec_names_search = ["name", "station_id", "partner_id"]
    _editable_states = ("draft",)
    _deletable_states = ("draft",)
    _maker_fields = ("prepared_by_id",)
    _check_company_auto = True

    name = fields.Char("Number", required=True, readonly=True, copy=False, default="/", index="trigram")
    company_id = fields.Many2one(related="station_id.company_id", store=True, index=True, precompute=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    application_id = fields.Many2one(
        "rural.station.application", index="btree_not_null", ondelete="restrict", check_company=True, copy=False
    )
    station_id = fields.Many2one("rural.station", required=True, index=True, ondelete="restrict", tracking=True)
    area_id = fields.Many2one(related="station_id.area_id")
    partner_id = fields.Many2one(
        "res.partner", "Station Partner", required=True, index=True, ondelete="restrict", tracking=True,
        check_company=True,
    )  # fmt: skip
    valid_from = fields.Date("First Day", required=True, tracking=True, default=lambda self: china_time.today())
    valid_to = fields.Date(
        "Last Day",
        compute="_compute_valid_to",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        tracking=True,
    )
    state = fields.Selection(
        [("draft", "Draft"), ("signed", "Signed"), ("running", "Running"), ("ended", "Ended")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        tracking=True,
        group_expand=True,
        index=True,
    )

    # signature
    prepared_by_id = fields.Many2one(
        "res.users", "Drawn Up By", readonly=True, copy=False, default=lambda self: self.env.user
    )
    signed_on = fields.Date(copy=False, tracking=True, help="The day on the paper that both sides signed.")
    signed_scan = fields.Binary("Scan of the Signed Agreement", attachment=True, copy=False)
    signed_scan_name = fields.Char(copy=False)
    signed_by_id = fields.Many2one("res.users", "Countersigned By", readonly=True, copy=False)
    can_sign = fields.Boolean(
        compute="_compute_can_sign", search="_search_can_sign", help="Whether the reader may countersign it."
    )
    missing = fields.Text("Missing for the Next Step", compute="_compute_missing", compute_sudo=True)

    # end
    ended_on = fields.Date(readonly=True, copy=False, help="Last day on which the agreement held.")
    end_reason = fields.Char("Reason of the End", readonly=True, copy=False, tracking=True)

    # deposit (DP-01)
    deposit_id = fields.Many2one(
        "rural.deposit", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    deposit_balance = fields.Monetary(related="deposit_id.balance", string="Balance of Deposit", compute_sudo=True)
    deposit_shortfall = fields.Monetary(related="deposit_id.shortfall", string="Missing of Deposit", compute_sudo=True)

    _name_unique = models.UniqueIndex(
        "(company_id, name) WHERE name <> '/'", "There is an agreement with this number already."
    )
    _dates_in_order = models.Constraint("CHECK (valid_from <= valid_to)", "The last day lies before the first one.")
    _one_a_station = models.UniqueIndex(
        "(station_id) WHERE state IN ('draft', 'signed', 'running')",
        "The station has an agreement already that is not ended.",
    )

    @api.depends("valid_from", "station_id")
    def _compute_valid_to(self):
        for agreement in self:
            if not agreement.valid_from:
                continue
            months = self.env["rural.parameter"]._value_on(
                "station_agreement_months", agreement.valid_from, agreement.company_id
            )
            agreement.valid_to = fields.Date.add(agreement.valid_from, months=int(months.value)) - timedelta(days=1)

    @api.depends("name", "station_id.name")
    def _compute_display_name(self):
        for agreement in self:
            agreement.display_name = f"{agreement.name} {agreement.station_id.name or ''}".strip()

    @api.depends("state", "prepared_by_id", "editor_ids")
    @api.depends_context("uid")
    def _compute_can_sign(self):
        for agreement in self:
            may = agreement.state == "draft" and agreement._is_in_group(OPERATIONS)
            agreement.can_sign = may and self.env.user not in agreement._makers()

    @api.model
    def _search_can_sign(self, operator, value):
        return self._search_offered("can_sign", [("state", "=", "draft")], operator, value)

    @api.depends("state", "signed_on", "signed_scan", "valid_to", "deposit_id.shortfall")
    @api.depends_context("lang")
    def _compute_missing(self):
        for agreement in self:
            missing = {"draft": agreement._missing_signature, "signed": agreement._missing_deposit}
            agreement.missing = "\n".join(missing.get(agreement.state, list)())

    def _prepare_begin_vals(self, vals):
        vals = super()._prepare_begin_vals(vals)
        station = self.env["rural.station"].browse(vals.get("station_id"))
        number = (
            self.env["ir.sequence"]
            .sudo()
            .with_company(station.sudo().company_id or self.env.company)
            .next_by_code(self._name, sequence_date=vals.get("valid_from") or china_time.today())
        )
        vals = {**vals, "name": number}
        if application := self.env["rural.station.application"].browse(vals.get("application_id")).sudo():
            vals |= {"id_masked": application.id_masked}
        return vals

    @api.model_create_multi
    def create(self, vals_list):
        """Draw agreements up; who the partner is comes from the application."""
        agreements = super().create(vals_list)
        for agreement in agreements.sudo().filtered(lambda agreement: agreement.application_id.id_hash):
            agreement.id_hash = agreement.application_id.id_hash
        return agreements

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_sign(self):
        """Countersign what the partner has signed: by another person than the one who drew it up."""
        self._begin_step((OPERATIONS,), ("draft",))
        for agreement in self:
            if missing := agreement._missing_signature():
                raise UserError(
                    self.env._(
                        "%(agreement)s cannot be signed yet:\n%(missing)s",
                        agreement=agreement.display_name,
                        missing="\n".join(f"– {sentence}" for sentence in missing),
                    )
                )
        self.sudo().write({"state": "signed", "signed_by_id": self.env.uid})
        for agreement in self:
            agreement._open_deposit()

    def action_request_deposit(self):
        """Ask for what is missing of the deposit, and show the request: a second person approves it (DP-01)."""
        self.ensure_one()
        self._check_group(OPERATIONS)
        self._lock_rows()
        self._check_state(*LIVE_STATES)
        deposit = self._open_deposit()
        if not deposit.shortfall:
            raise UserError(self.env._("The deposit of %s is paid in full.", self.station_id.name))
        return deposit._ask_for_missing(self.env._("Deposit for agreement %s", self.name), source=self)

    def action_view_deposit(self):
        """Show the deposit of the agreement."""
        self.ensure_one()
        return self.deposit_id._get_records_action(name=self.env._("Deposit"), context={})

    def action_start(self):
        """Let agreements run whose station is open already: after a change of partner, or taken over from paper."""
        self._check_group(OPERATIONS)
        self._lock_rows()
        self._check_state("signed")
        for agreement in self.sudo():
            if missing := agreement._missing_deposit():
                raise UserError("\n".join(missing))
            if agreement.application_id.state == "agreed":
                raise UserError(
                    self.env._("%s opens with its application: press “Open Station” there.", agreement.station_id.name)
                )
            day = max(china_time.today(), agreement.valid_from)
            agreement._start(day)
            agreement.station_id._open_with(agreement.partner_id, day)

    # ------------------------------------------------------------------
    # For the application and the exit
    # ------------------------------------------------------------------

    def _start(self, day):
        """Let a signed agreement run; called with the rights of the system."""
        self._check_state("signed")
        self.write({"state": "running"})

    def _end(self, day, reason):
        """End agreements with a last day, for a reason that stays in the house (ST-10).

        The caller has checked that this user may; the deposit is settled by the exit (DP-04).
        """
        reason = self._check_reason(reason)
        self._lock_rows()
        self._check_state(*LIVE_STATES)
        self.sudo().write({"state": "ended", "ended_on": day, "end_reason": reason})

    def _open_deposit(self):
        """Return the deposit of the agreement, opened with the amount that is due on its first day (DP-05)."""
        self.ensure_one()
        agreement = self.sudo()
        if not agreement.deposit_id:
            agreement.deposit_id = self.env["rural.deposit"].sudo().create(agreement._prepare_deposit_vals())
        return agreement.deposit_id.sudo(self.env.su)

    def _prepare_deposit_vals(self):
        return {
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "purpose_id": self.env.ref("rural_deposit.purpose_station").id,
            "station_id": self.station_id.id,
            "subject": self.station_id.display_name,
            "date": min(self.valid_from, china_time.today()),
        }

    # ------------------------------------------------------------------
    # What is missing
    # ------------------------------------------------------------------

    def _missing_signature(self) -> list[str]:
        self.ensure_one()
        needed = {
            "signed_on": self.env._("The day on which the agreement was signed is not entered."),
            "signed_scan": self.env._("The scan of the signed agreement is not attached."),
            "id_masked": self.env._("The identity number of the partner is not entered."),
        }
        missing = [sentence for name, sentence in needed.items() if not self[name]]
        if self.signed_on and self.signed_on > china_time.today():
            missing.append(self.env._("The day of signing lies in the future."))
        if self.valid_to and self.valid_to < china_time.today():
            missing.append(self.env._("The last day of the agreement is over."))
        entry = self.env["rural.station.blacklist"]._find_hash(self.company_id, self.sudo().id_hash)
        if entry:
            missing.append(self.env._("%s is on the blacklist (ST-09).", self.partner_id.name))
        if self.signed_scan and (refusal := self._refusal_of_scan()):
            missing.append(refusal)
        return missing

    def _refusal_of_scan(self) -> str | None:
        if self != self._origin:
            return None  # a form that is still being typed: its file is looked at once it is saved
        file = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [("res_model", "=", self._name), ("res_id", "=", self.id), ("res_field", "=", "signed_scan")], limit=1
            )
        )
        name = self.signed_scan_name or file.name or ""
        content = file.with_context(bin_size=False).raw  # a form asks for sizes of files
        return self.env["rural.document.mixin"]._refusal_of_file(name, content or b"")

    def _missing_deposit(self) -> list[str]:
        self.ensure_one()
        deposit = self.sudo().deposit_id
        if not deposit:
            return [self.env._("The deposit is not asked for.")]
        if deposit.state in ("leaving", "closed"):
            return [self.env._("The deposit %s is being refunded.", deposit.display_name)]
        if not deposit.shortfall:
            return []
        return [
            self.env._(
                "%(missing)s of the deposit of %(due)s is not paid (DP-05).",
                missing=formatLang(self.env, deposit.shortfall, currency_obj=deposit.currency_id),
                due=formatLang(self.env, deposit.due_amount, currency_obj=deposit.currency_id),
            )
        ]

    # ------------------------------------------------------------------
    # Printing
    # ------------------------------------------------------------------

    def _printed_due_deposit(self) -> tuple[str, str]:
        """Return the deposit that is due, in figures and in capital numerals (DP-05)."""
        purpose = self.env.ref("rural_deposit.purpose_station").sudo()
        due = self.sudo().deposit_id.due_amount or purpose._due_on(self.valid_from, company=self.company_id).value
        amount = cents(due)
        return f"{amount:,.2f}", capital_amount(amount)

    def _printed_place(self) -> str:
        station = self.station_id
        return "".join(filter(None, (station.region_id.display_name, station.township, station.village)))

    def _printed_file_name(self) -> str:
        return f"站点合伙人协议-{self.name}"

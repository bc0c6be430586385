from odoo import api, fields, models

LEADERS = ("rural_merchant.group_operations_director", "rural_merchant.group_general_manager")


class RuralTerminalDeferral(models.Model):
    """Leadership lets a merchant go without terminal fees for some months (MA-23)."""

    _name = "rural.terminal.deferral"
    _description = "Deferral of Terminal Fees"
    _inherit = ["mail.thread", "mail.activity.mixin", "rural.request.mixin"]
    _order = "date_from desc, id desc"
    _check_company_auto = True
    _editable_states = ("draft",)
    _deletable_states = ("draft",)
    _decider_groups = LEADERS
    _rejected_state = "refused"

    merchant_id = fields.Many2one("rural.merchant", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="merchant_id.company_id", store=True, index=True, precompute=True)
    date_from = fields.Date("First Month", required=True, help="Its months count as a whole.")
    date_to = fields.Date("Last Month", required=True)
    reason = fields.Text(required=True)
    state = fields.Selection(
        [("draft", "Draft"), ("requested", "Requested"), ("approved", "Approved"), ("refused", "Refused")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        tracking=True,
    )
    may_change = fields.Boolean(related="merchant_id.may_change", related_sudo=False)

    _period_order = models.Constraint("CHECK (date_from <= date_to)", "The last month lies before the first one.")

    @api.depends("merchant_id.name", "date_from", "date_to")
    def _compute_display_name(self):
        for deferral in self:
            months = f"{deferral.date_from or '':%Y-%m} – {deferral.date_to or '':%Y-%m}" if deferral.date_to else ""
            deferral.display_name = f"{deferral.merchant_id.name} {months}".strip()

    @api.model_create_multi
    def create(self, vals_list):
        """Enter deferrals for whole months."""
        return super().create([self._with_whole_months(vals) for vals in vals_list])

    def write(self, vals):
        """Keep deferrals of whole months."""
        return super().write(self._with_whole_months(vals))

    def action_request(self):
        """Ask leadership for the deferral."""
        self._check_group("rural_merchant.group_recruiter")
        self.check_access("write")
        self._check_state("draft")
        self.sudo().write(
            {"state": "requested", "requested_by_id": self.env.uid, "requested_at": fields.Datetime.now()}
        )

    def action_approve(self):
        """Grant the deferral, as a leader who has not asked for it."""
        self._decide("approved")

    @api.model
    def _reason_steps(self):
        steps = super()._reason_steps()
        steps["reject"] |= {
            "title": self.env._("Refuse the Deferral"),
            "button": self.env._("Refuse"),
            "help": self.env._("The merchant's terminals cost their recruiter as without it (MA-23)."),
            "placeholder": self.env._("Why?"),
        }
        return steps

    def _with_whole_months(self, vals):
        first, last = (fields.Date.to_date(vals.get(name)) for name in ("date_from", "date_to"))
        whole = dict(vals)
        if first:
            whole["date_from"] = first.replace(day=1)
        if last:
            whole["date_to"] = fields.Date.end_of(last, "month")
        return whole

from odoo import api, fields, models

LEADERS = ("rural_merchant.group_operations_director", "rural_merchant.group_general_manager")
ENTERED = {"merchant_id", "date_from", "date_to", "reason"}


class RuralTerminalDeferral(models.Model):
    """Leadership lets a merchant go without terminal fees for some months (MA-23)."""

    _name = "rural.terminal.deferral"
    _description = "Deferral of Terminal Fees"
    _inherit = ["mail.thread", "mail.activity.mixin", "rural.step.mixin"]
    _order = "date_from desc, id desc"
    _check_company_auto = True

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
    requested_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_by_id = fields.Many2one("res.users", "Decided By", readonly=True, copy=False)
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
        if not self.env.su:
            vals_list = [{name: value for name, value in vals.items() if name in ENTERED} for vals in vals_list]
        return super().create([self._with_whole_months(vals) for vals in vals_list])

    def write(self, vals):
        """Change drafts, for whole months; all else goes by the buttons."""
        if not self.env.su and ENTERED & vals.keys():
            self._check_state("draft")
        return super().write(self._with_whole_months(vals))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        self._check_state("draft")

    def action_request(self):
        """Ask leadership for the deferral."""
        self._check_group("rural_merchant.group_recruiter")
        self.check_access("write")
        self._check_state("draft")
        self.sudo().write({"state": "requested", "requested_by_id": self.env.uid})

    def action_approve(self):
        """Grant the deferral, as a leader who has not asked for it."""
        self._decide("approved")

    def action_refuse(self):
        """Refuse the deferral."""
        self._decide("refused")

    def _decide(self, state):
        self._check_group(*LEADERS)
        self._check_state("requested")
        self._check_another_person("requested_by_id", "create_uid")
        self.sudo().write({"state": state, "approved_by_id": self.env.uid})

    def _with_whole_months(self, vals):
        first, last = (fields.Date.to_date(vals.get(name)) for name in ("date_from", "date_to"))
        whole = dict(vals)
        if first:
            whole["date_from"] = first.replace(day=1)
        if last:
            whole["date_to"] = fields.Date.end_of(last, "month")
        return whole

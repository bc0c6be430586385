from odoo import api, fields, models
from odoo.exceptions import UserError

PAYROLL = ("payroll.group_payroll_manager",)
ACCOUNTANTS = ("account.group_account_user",)
#: What only the buttons of a batch change.
STEPS = {"state", "closed_by_id", "closed_at", "posted_by_id", "posted_at", "date", "move_id"}


class HrPayslipRun(models.Model):
    """A batch of payslips: prepared and closed by payroll, posted by an accountant who has not worked on it."""

    _name = "hr.payslip.run"
    _inherit = ["hr.payslip.run", "rural.step.mixin"]
    _guards_readonly = False

    state = fields.Selection(selection_add=[("posted", "Posted")], ondelete={"posted": "set close"})
    currency_id = fields.Many2one(related="company_id.currency_id")
    net_amount = fields.Monetary(
        compute="_compute_net_amount", help="What is owed to the employees: the items on the credit side of the entry."
    )
    maker_ids = fields.Many2many("res.users", string="Prepared By", compute="_compute_maker_ids")
    closed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    closed_at = fields.Datetime(readonly=True, copy=False)
    posted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    posted_at = fields.Datetime(readonly=True, copy=False)
    date = fields.Date("Accounting Date", readonly=True, copy=False)
    move_id = fields.Many2one("account.move", "Journal Entry", readonly=True, copy=False, ondelete="restrict")
    move_ids = fields.One2many("account.move", "rural_payslip_run_id", "Journal Entries", readonly=True)
    move_count = fields.Integer(compute="_compute_move_count")

    @api.depends("slip_ids.line_ids.total", "slip_ids.credit_note", "slip_ids.state")
    def _compute_net_amount(self):
        for run in self:
            slips = run.sudo().slip_ids.filtered(lambda slip: slip.state != "cancel")
            run.net_amount = sum((-1 if slip.credit_note else 1) * slip.get_salary_line_total("NET") for slip in slips)

    @api.depends("closed_by_id", "slip_ids")
    def _compute_maker_ids(self):
        for run in self.sudo():
            run.maker_ids = run.create_uid | run.closed_by_id | run.slip_ids.create_uid

    @api.depends("move_ids")
    def _compute_move_count(self):
        for run in self:
            run.move_count = len(run.sudo().move_ids)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Create batches as drafts."""
        if not self.env.su:
            for vals in vals_list:
                if vals.get("state", "draft") != "draft" or vals.keys() & (STEPS - {"state"}):
                    self._refuse_by_hand()
        return super().create(vals_list)

    def write(self, vals):
        """Write; the steps of a batch are taken by its buttons only, and a closed one stays as it is."""
        if not self.env.su and vals.keys() & STEPS:
            self._refuse_by_hand()
        if vals.keys() & {"date_start", "date_end", "company_id", "credit_note", "struct_id", "slip_ids"}:
            self._check_state("draft")
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_if_draft(self):
        self._check_state("draft")

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_confirm_payslips(self):
        """Confirm the payslips of the batch that wait for it."""
        self._check_group(*PAYROLL)
        self._check_state("draft")
        for slip in self.slip_ids.filtered(lambda slip: slip.state == "verify"):
            slip.action_payslip_done()

    def close_payslip_run(self):
        """Close the batch: from now on its payslips are final.

        :raises UserError: naming payslips that are not confirmed, or say something else than what is paid
        """
        self._check_group(*PAYROLL)
        self._check_state("draft")
        for run in self:
            run._check_confirmed()
            run._final_slips()._check_pay()
        self.sudo().write({"closed_by_id": self.env.uid, "closed_at": fields.Datetime.now()})
        result = super(HrPayslipRun, self.sudo()).close_payslip_run()
        self._tell(self.env._("Closed"))
        return result

    def draft_payslip_run(self):
        """Open a closed batch again; a posted one is cancelled by the accountant first."""
        self._check_group(*PAYROLL)
        self._check_state("close")
        self.sudo().write({"closed_by_id": False, "closed_at": False})
        result = super(HrPayslipRun, self.sudo()).draft_payslip_run()
        self._tell(self.env._("Opened again"))
        return result

    def action_view_moves(self):
        """Show the entries of the batch."""
        return self.move_ids._rural_action_view()

    def action_view_payslips(self):
        """Show the payslips of the batch."""
        action = self.env["ir.actions.act_window"]._for_xml_id("payroll.hr_payslip_action")
        return {**action, "domain": [("payslip_run_id", "in", self.ids)], "context": {"create": False}}

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _final_slips(self):
        return self.slip_ids.filtered(lambda slip: slip.state == "done")

    def _check_confirmed(self):
        if not self._final_slips():
            raise UserError(self.env._("%s has no confirmed payslip yet.", self.name))
        open_slips = self.slip_ids.filtered(lambda slip: slip.state not in ("done", "cancel"))
        if open_slips:
            raise UserError(
                self.env._(
                    "Confirm these payslips first, or cancel them: %s", ", ".join(open_slips.mapped("employee_id.name"))
                )
            )

    def _refuse_by_hand(self):
        raise UserError(self.env._("The steps of a payslip batch are taken by its buttons."))

    def _tell(self, text):
        for run in self.sudo():
            run.message_post(body=self.env._("%(step)s by %(person)s", step=text, person=self.env.user.name))

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class RuralStatementDispute(models.Model):
    """A center's objection to a line of its confirmed statement, and the answer (SC-13)."""

    _name = "rural.statement.dispute"
    _description = "Dispute of a Statement"
    _inherit = ["rural.step.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "raised_at desc, id desc"
    _rec_name = "text"
    _check_company_auto = True

    statement_id = fields.Many2one(
        "rural.statement",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("state", "=", "confirmed")],
    )
    company_id = fields.Many2one(related="statement_id.company_id", store=True, index=True)
    center_id = fields.Many2one(related="statement_id.center_id")
    line_id = fields.Many2one(
        "rural.order.line",
        "Order Line",
        ondelete="restrict",
        index="btree_not_null",
        help="The line that the center objects to; empty when it misses one.",
    )
    text = fields.Text("Objection", required=True, tracking=True)
    raised_by_id = fields.Many2one(
        "res.users", "Recorded By", required=True, readonly=True, default=lambda self: self.env.user
    )
    raised_at = fields.Datetime("Received On", required=True, readonly=True, default=fields.Datetime.now)
    answer = fields.Text(tracking=True)
    answered_by_id = fields.Many2one("res.users", readonly=True)
    state = fields.Selection(
        [("open", "Open"), ("accepted", "Accepted"), ("refused", "Refused")],
        required=True,
        readonly=True,
        default="open",
        tracking=True,
        copy=False,
    )

    @api.constrains("statement_id", "line_id")
    def _check_line_of_statement(self):
        for dispute in self:
            entry_lines = dispute.statement_id.entry_ids.line_id
            if dispute.line_id and dispute.line_id not in entry_lines:
                raise ValidationError(
                    self.env._(
                        "%(line)s is not on %(statement)s. Leave the line empty when it is missing there.",
                        line=dispute.line_id.display_name,
                        statement=dispute.statement_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Record objections of centers.

        :raises UserError: when the days to dispute are over
        """
        disputes = super().create([self._without_steps(vals) for vals in vals_list])
        disputes._check_in_time()
        return disputes

    def write(self, vals):
        """Let people write the text and the answer of an open dispute.

        :raises UserError: for anything else
        """
        if not self.env.su:
            if set(vals) & {"state", "statement_id", "raised_by_id", "raised_at", "answered_by_id"}:
                raise UserError(self.env._("Accept or refuse a dispute with its buttons."))
            if any(dispute.state != "open" for dispute in self) and {"text", "answer", "line_id"} & set(vals):
                raise UserError(self.env._("A dispute that was answered is not changed any more."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_kept(self):
        raise UserError(self.env._("A dispute is kept for ever. Refuse it when it is unfounded."))

    def action_accept(self):
        """The center is right: the order has to be corrected, or the statement cancelled."""
        self._answer("accepted")

    def action_refuse(self):
        """The statement is right as it is."""
        self._answer("refused")

    def _answer(self, state):
        self._check_group("rural_base.group_settlement_manager")
        for dispute in self:
            if dispute.state != "open":
                raise UserError(self.env._("This dispute has been answered already."))
            if not (dispute.answer or "").strip():
                raise UserError(self.env._("Write the answer to the center first."))
        self.sudo().write({"state": state, "answered_by_id": self.env.uid})

    def _check_in_time(self):
        for dispute in self:
            statement = dispute.statement_id
            statement._check_state("confirmed")
            if statement.dispute_deadline < dispute.raised_at:
                raise UserError(
                    self.env._(
                        "%(statement)s could be disputed until %(deadline)s. A later correction of the order "
                        "becomes an adjustment.",
                        statement=statement.name,
                        deadline=statement._china_time(statement.dispute_deadline),
                    )
                )
            # An objection ends an agreement that was recorded before.
            statement.sudo().write({"agreed_by_id": False, "agreed_at": False})

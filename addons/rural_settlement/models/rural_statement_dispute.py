from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.misc import format_date

from odoo.addons.rural_base import china_time
from odoo.addons.rural_base.china_time import to_china

#: States of a statement in which an objection that came in time still counts; once posted, as an adjustment.
DISPUTABLE = ("confirmed", "posted", "paid")


class RuralStatementDispute(models.Model):
    """A center's objection to a line of its confirmed statement, and the answer (SC-13)."""

    _name = "rural.statement.dispute"
    _description = "Dispute of a Statement"
    _inherit = ["rural.step.mixin", "rural.files.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "raised_at desc, id desc"
    _rec_name = "text"
    _check_company_auto = True

    _editable_states = ("open",)
    _deletable_states = ()
    _open_file_states = ("open",)

    statement_id = fields.Many2one(
        "rural.statement",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("state", "in", DISPUTABLE)],
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
    received_on = fields.Date(
        required=True,
        default=lambda self: china_time.today(),
        tracking=True,
        help="The day on which the objection reached the operator: it decides whether it came in time.",
    )
    evidence = fields.Text(
        "Paper or Message",
        required=True,
        tracking=True,
        help="What shows the objection and the day on which it came: a letter with its number, an e-mail, a message.",
    )
    raised_by_id = fields.Many2one(
        "res.users", "Recorded By", required=True, readonly=True, default=lambda self: self.env.user
    )
    raised_at = fields.Datetime("Recorded On", required=True, readonly=True, default=fields.Datetime.now)
    answer = fields.Text(tracking=True)
    answered_by_id = fields.Many2one("res.users", readonly=True)
    state = fields.Selection(
        [
            ("open", "Open"),
            ("accepted", "Accepted"),
            ("refused", "Refused"),
            ("closed", "Closed with the Statement"),
        ],
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

    @api.constrains("statement_id", "received_on")
    def _check_in_time(self):
        """SC-13: an objection counts that was received within the days to dispute, whenever it is entered."""
        for dispute in self:
            statement = dispute.statement_id
            statement._check_state(*DISPUTABLE)
            first, last = (to_china(moment).date() for moment in (statement.confirmed_at, statement.dispute_deadline))
            if dispute.received_on > china_time.today() or dispute.received_on < first:
                raise ValidationError(
                    self.env._(
                        "%(statement)s was confirmed on %(day)s: an objection to it is received from then on, and not "
                        "after today.",
                        statement=statement.name,
                        day=format_date(self.env, first),
                    )
                )
            if dispute.received_on > last:
                raise UserError(
                    self.env._(
                        "%(statement)s could be disputed until %(deadline)s. A later correction of the order "
                        "becomes an adjustment.",
                        statement=statement.name,
                        deadline=statement._china_time(statement.dispute_deadline),
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Record objections of centers, which ends an agreement that was recorded before.

        :raises UserError: for one that was received when the days to dispute were over
        """
        statements = self.env["rural.statement"].browse(vals["statement_id"] for vals in vals_list)
        statements._lock_objections()
        disputes = super().create(vals_list)
        disputes._note_on_statements()
        confirmed = disputes.statement_id.filtered(lambda statement: statement.state == "confirmed")
        confirmed._forget_agreement()
        return disputes

    @api.model
    def _prepare_begin_vals(self, vals):
        vals = super()._prepare_begin_vals(vals)
        if self.env.user.share and not vals.get("evidence"):
            vals = {**vals, "evidence": self.env._("Entered by the center itself, on its portal.")}
        return vals

    def _check_may_write(self, vals):
        if "statement_id" in vals:
            raise UserError(self.env._("An objection stays with its statement."))
        return super()._check_may_write(vals)

    def _note_on_statements(self):
        """Leave a trace of objections on their statements."""
        for dispute in self.sudo():
            dispute.statement_id.message_post(
                body=self.env._(
                    "Objection received on %(day)s: %(text)s (%(evidence)s)",
                    day=format_date(self.env, dispute.received_on),
                    text=dispute.text,
                    evidence=dispute.evidence,
                )
            )

    def action_accept(self):
        """The center is right: the order has to be corrected, or the statement cancelled."""
        self._answer("accepted")

    def action_refuse(self):
        """The statement is right as it is."""
        self._answer("refused")

    def _answer(self, state):
        self._check_group("rural_base.group_settlement_manager")
        self._lock_rows()
        self._check_state("open")
        if not all((dispute.answer or "").strip() for dispute in self):
            raise UserError(self.env._("Write the answer to the center first."))
        self.sudo().write({"state": state, "answered_by_id": self.env.uid})
        for dispute in self.sudo():
            dispute.statement_id.message_post(
                body=self.env._(
                    "Objection answered, “%(state)s”: %(answer)s",
                    state=self._step_labels()[state],
                    answer=dispute.answer,
                )
            )

    def _close_with_statement(self):
        """Close what is open: the statement has been cancelled, and its lines are settled anew."""
        disputes = self.filtered(lambda dispute: dispute.state == "open")
        disputes.sudo().write({"state": "closed"})
        disputes.activity_ids.unlink()

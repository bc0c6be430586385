from odoo import fields, models

from odoo.addons.rural_base.china_time import month_of

from .. import rules
from .helpdesk_ticket import READERS


class HelpdeskTicket(models.Model):
    """What a founded complaint costs those responsible, once it is closed (MA-41)."""

    _inherit = "helpdesk.ticket"

    penalty_ids = fields.One2many("rural.complaint.penalty", "ticket_id", "Penalties", readonly=True, groups=READERS)
    penalty_count = fields.Integer(compute="_compute_penalty_count", groups=READERS)
    is_accepted = fields.Boolean(
        "Accepted", readonly=True, copy=False, groups=READERS,
        help="Every answer was accepted at once, and the merchant was satisfied with what was done.",
    )  # fmt: skip

    def _compute_penalty_count(self):
        for ticket in self:
            ticket.penalty_count = len(ticket.penalty_ids)

    def _rounds(self) -> list[rules.Round]:
        """Return the founded rounds, as the rule sees them."""
        ticket = self.sudo()
        rounds = []
        for form in ticket.investigation_ids.filtered(lambda form: form.state == "done" and form.finding == "founded"):
            opinions = ticket.opinion_ids.filtered(lambda opinion, form=form: opinion.round == form.round)
            revisits = ticket.revisit_ids.filtered(lambda revisit, form=form: revisit.round == form.round)
            rounds.append(
                rules.Round(
                    person=form.person_id.id or None,
                    head=form.head_id.id or None,
                    refused_answers=len(opinions.filtered(lambda opinion: opinion.answer == "refused")),
                    dissatisfied="dissatisfied" in revisits.mapped("satisfaction"),
                )
            )
        return rounds

    def _make_penalties(self):
        """Write down who pays, by the amounts of the day on which the complaint closed (MA-41)."""
        self.ensure_one()
        ticket = self.sudo()
        rounds = ticket._rounds()
        ticket.is_accepted = bool(rounds) and all(round_.is_accepted for round_ in rounds)
        if not ticket.process_id.has_penalties:
            return
        penalties = self.env["rural.complaint.penalty"].sudo()
        penalties.create(
            [
                penalties._prepare_vals(ticket, employee, kind, accepted)
                for employee, (kind, accepted) in rules.blamed(rounds).items()
            ]
        )

    def _month_closed(self):
        """Return the first day of the month, in China, in which the complaint was closed."""
        return month_of(self.sudo().closed_date or fields.Datetime.now())

    def action_view_penalties(self):
        """Show what the complaint costs."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_complaint.action_complaint_penalty")
        return {**action, "domain": [("ticket_id", "=", self.id)], "context": {}}

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Command

from odoo.addons.rural_base import china_time

from .complaints import COMPLAINTS


class RuralComplaintDemo(models.AbstractModel):
    """Complaints in every stage, taken there by the real steps (MA-40, MA-41)."""

    _name = "rural.complaint.demo"
    _inherit = "rural.demo.mixin"
    _description = "Demo data of the complaints"

    @api.model
    def _make(self):
        """Make them all, once."""
        demo = self._in_company()._quietly()
        if demo.env["helpdesk.ticket"].search_count([("process_id", "!=", False)], limit=1):
            return
        for story in COMPLAINTS:
            demo._tell(story, demo._partner(story["merchant"]))

    def _partner(self, name):
        return self.env["res.partner"].create(
            {
                "name": name,
                "is_company": True,
                "company_id": self.env.ref("base.main_company").id,
                "country_id": self.env.ref("base.cn").id,
            }
        )

    # ------------------------------------------------------------------
    # A complaint and its steps
    # ------------------------------------------------------------------

    @api.model
    def _tell(self, story, partner, head="rural_complaint.employee_logistics", person=None):
        """Take a complaint and the steps of its story; return it."""
        ticket = self._take(story, partner)
        cast = {
            "head": self.env.ref(head),
            "person": self.env.ref(person or f"rural_complaint.employee_{story.get('person', 'driver')}"),
        }
        for step, *words in story.get("steps", ()):
            getattr(self, f"_{step}")(ticket, cast, *words)
        return ticket

    def _take(self, story, partner):
        days = story["days"]
        return self._as("complaint", self.env["helpdesk.ticket"]).create(
            {
                "process_id": self.env.ref("rural_complaint.process_merchants").id,
                "name": story["name"],
                "description": f"<p>{story['description']}</p>",
                "partner_id": partner.id,
                "partner_name": story["who"],
                "complainant_phone": story["phone"],
                "complaint_kind_id": self.env.ref(f"rural_complaint.kind_{story['kind']}").id,
                "channel_id": self.env.ref(f"helpdesk_mgmt.helpdesk_ticket_channel_{story.get('channel', 'phone')}").id,
                "received_at": fields.Datetime.now() - timedelta(days=days),
            }
        )

    def _recorded(self, ticket, _cast):
        ticket.action_record()

    def _founded(self, ticket, cast, found):
        self._done(ticket, found=found, finding="founded", head_id=cast["head"].id, person_id=cast["person"].id,
                   evidence="签收单、出库记录和通话录音")  # fmt: skip

    def _unfounded(self, ticket, _cast, found, answer):
        self._done(ticket, found=found, finding="unfounded", answer=answer, evidence="监控录像、签收单")

    def _sent(self, ticket, _cast):
        self._form(ticket, "complaint").action_send()

    def _answered(self, ticket, cast, answer, plan):
        self._done(ticket, cast["head"].user_id.login or "complaint", answer=answer, plan=plan,
                   plan_due=china_time.today() + timedelta(days=3))  # fmt: skip

    def _accepted(self, ticket, _cast):
        self._done(ticket, answer="accepted", opinion="同意这个方案")

    def _refused(self, ticket, _cast, why):
        self._done(ticket, answer="refused", opinion=why)

    def _carried_out(self, ticket, cast, what):
        self._done(ticket, cast["head"].user_id.login or "complaint", carried_out=what,
                   completed_at=fields.Datetime.now())  # fmt: skip

    def _satisfied(self, ticket, _cast, how="satisfied", remark="处理及时"):
        self._done(ticket, satisfaction=how, remark=remark, visited_at=fields.Datetime.now())

    def _dissatisfied(self, ticket, _cast, why):
        self._satisfied(ticket, _cast, "dissatisfied", why)

    def _filed(self, ticket, _cast, remark):
        self._done(ticket, "complaint_head", returned_to_head=ticket.finding == "founded", remark=remark)

    def _done(self, ticket, login="complaint", **vals):
        form = self._form(ticket, login)
        form.write(vals)
        form.action_done()

    def _form(self, ticket, login):
        return self._as(login, ticket._open_form())

    @api.model
    def _let_take_part(self, users):
        """Let users be in the team of the merchants' complaints."""
        self.env.ref("rural_complaint.team_merchants").user_ids = [Command.link(user.id) for user in users]

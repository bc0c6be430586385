from datetime import date, datetime

from freezegun import freeze_time

from odoo.addons.rural_base.tests.common import CompanyCase

#: A Thursday; ordinary working days follow.
NOW = "2023-06-08 02:00:00"


class ComplaintCase(CompanyCase):
    """A company with customer service, a responsible head, a person, and a merchant who complains."""

    company_name = "投诉试验运营商"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(NOW))
        cls.officer = cls._new_user("c_officer", "rural_complaint.group_complaint_officer")
        cls.leader = cls._new_user("c_leader", "rural_complaint.group_complaint_head")
        cls.leader2 = cls._new_user("c_leader2", "rural_complaint.group_complaint_head")
        cls.reader = cls._new_user("c_reader", "rural_complaint.group_complaint_reader")
        cls.head_user = cls._new_user("c_head", "base.group_user")
        cls.stranger = cls._new_user("c_stranger", "base.group_user")
        cls.head = cls._new_employee("罗志强", cls.head_user)
        cls.person_ = cls._new_employee("方磊")
        cls.merchant = cls.env["res.partner"].create({"name": "阜阳惠民超市", "email": "huimin@example.com"})
        cls.process = cls.env.ref("rural_complaint.process_merchants")
        cls.goods = cls.env.ref("rural_complaint.kind_goods")
        cls.service = cls.env.ref("rural_complaint.kind_service")
        cls.phone = cls.env.ref("helpdesk_mgmt.helpdesk_ticket_channel_phone")

    @classmethod
    def _new_employee(cls, name, user=None):
        return cls.env["hr.employee"].create(
            {"name": name, "company_id": cls.company.id, "user_id": user.id if user else False}
        )

    # ------------------------------------------------------------------
    # The way of a complaint
    # ------------------------------------------------------------------

    def complaint(self, kind=None, **vals):
        """A complaint that has just been taken, as its officer sees it."""
        return (
            self.env["helpdesk.ticket"]
            .with_user(self.officer)
            .create(
                {
                    "process_id": self.process.id,
                    "name": "送货短少两箱牛奶",
                    "description": "<p>6 月 7 日送货，签收单 20 箱，实收 18 箱。</p>",
                    "partner_id": self.merchant.id,
                    "partner_name": "王经理",
                    "complaint_kind_id": (kind or self.service).id,
                    "channel_id": self.phone.id,
                    **vals,
                }
            )
        )

    def form(self, ticket, user=None):
        """The form to be filled in now, as somebody sees it."""
        return ticket._open_form().with_user(user or self.officer)

    def investigated(self, kind=None, finding="founded", ticket=None, person=None, head=None, **vals):
        ticket = ticket or self.complaint(kind, **vals)
        if ticket.step_form == "record":
            ticket.action_record()
        form = self.form(ticket)
        values = {"found": "核对签收单和仓库出库记录。", "finding": finding}
        if finding == "founded":
            values |= {"head_id": (head or self.head).id, "person_id": (person or self.person_).id}
        else:
            values["answer"] = "经核实，签收单为 18 箱，未发现短少。"
        form.write(values)
        form.action_done()
        return ticket

    def answered(self, ticket):
        slip = self.form(ticket)
        slip.action_send()
        mine = slip.with_user(self.head_user)
        mine.write({"answer": "装车时漏点。", "plan": "补送两箱并道歉。", "plan_due": date(2023, 6, 14)})
        mine.action_done()
        return ticket

    def viewed(self, ticket, answer="accepted"):
        form = self.form(ticket)
        form.write({"answer": answer, "opinion": "当天补送" if answer == "refused" else False})
        form.action_done()
        return ticket

    def carried_out(self, ticket, completed_at=None):
        form = self.form(ticket, self.head_user)
        form.write(
            {"carried_out": "已补送两箱。", "completed_at": completed_at or datetime.now().replace(microsecond=0)}
        )
        form.action_done()
        return ticket

    def revisited(self, ticket, satisfaction="satisfied", **vals):
        form = self.form(ticket)
        form.write(
            {"satisfaction": satisfaction, "remark": "还差一箱" if satisfaction == "dissatisfied" else False, **vals}
        )
        form.action_done()
        return ticket

    def to_revisit(self, kind=None):
        """A founded complaint whose plan has been carried out."""
        return self.carried_out(self.viewed(self.answered(self.investigated(kind))))

    def filed(self, ticket, user=None):
        form = self.form(ticket, user or self.leader)
        form.returned_to_head = True
        form.action_done()
        return ticket

    def penalties(self, ticket):
        """Who pays what for a complaint: name → yuan."""
        return {penalty.employee_id.name: penalty.amount for penalty in ticket.sudo().penalty_ids}

from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from .common import ComplaintCase


class TestProcess(ComplaintCase):
    """MA-40, PC-04: a process is data."""

    def _other_process(self):
        """Five working days; the first person addressed answers; followed up; closed (PC-04)."""
        parameter = self.env["rural.parameter"].create({"code": "pc_complaint_days", "name": "客户投诉答复工作日"})
        self.env["rural.parameter.value"].create({"parameter_id": parameter.id, "value": 5, "valid_from": "2012-01-01"})
        team = self.env["helpdesk.ticket.team"].create({"name": "村网客户投诉", "company_id": False})
        process = self.env["rural.complaint.process"].create(
            {"name": "村网客户投诉", "team_id": team.id, "promise_parameter_id": parameter.id}
        )
        steps = {}
        for sequence, form in enumerate(("record", "slip", "opinion", "filing", "closed")):
            stage = self.env["helpdesk.ticket.stage"].create(
                {"name": f"村网 {form}", "company_id": False, "closed": form == "closed",
                 "team_ids": [Command.set(team.ids)], "sequence": 200 + sequence}
            )  # fmt: skip
            steps[form] = self.env["rural.complaint.step"].create(
                {"process_id": process.id, "sequence": sequence, "stage_id": stage.id, "form": form,
                 "deadline_from": "received" if form == "slip" else "none",
                 "days_parameter_id": parameter.id if form == "slip" else False}
            )  # fmt: skip
        for form, outcome, then in (
            ("record", "recorded", "slip"),
            ("slip", "answered", "opinion"),
            ("opinion", "accepted", "filing"),
            ("opinion", "refused", "slip"),
            ("filing", "filed", "closed"),
        ):
            self.env["rural.complaint.transition"].create(
                {"step_id": steps[form].id, "outcome": outcome, "next_step_id": steps[then].id}
            )
        return process

    def test_pc04_another_process_needs_no_code(self):
        process = self._other_process()
        ticket = self.complaint(process_id=process.id)
        ticket.action_record()
        slip = self.form(ticket)
        slip.write({"head_id": self.head.id, "request": "村民反映包裹丢失"})
        slip.action_send()
        self.assertEqual(str(ticket.step_deadline), "2023-06-15 15:59:59")
        mine = slip.with_user(self.head_user)
        mine.write({"answer": "已找到", "plan": "送上门", "plan_due": "2023-06-09"})
        mine.action_done()
        self.viewed(ticket)
        self.form(ticket, self.leader).action_done()
        self.assertTrue(ticket.closed)
        self.assertFalse(ticket.sudo().penalty_ids)

    def test_pc04_its_days_are_chinese_working_days(self):
        with freeze_time("2023-09-28 03:00:00"):
            ticket = self.complaint(process_id=self._other_process().id)
        self.assertEqual(str(ticket.promise_deadline), "2023-10-11 15:59:59")

    def test_pc04_each_process_shows_its_own_stages(self):
        process = self._other_process()
        self.assertEqual(len(process.team_id._get_applicable_stages()), 5)
        self.assertEqual(len(self.process.team_id._get_applicable_stages()), 8)

    def test_ma40_a_step_leads_where_the_process_says_only(self):
        self.env.ref("rural_complaint.transition_record_recorded").unlink()
        with self.assertRaisesRegex(UserError, "does not say what comes next"):
            self.complaint().action_record()

    def test_ma40_an_outcome_belongs_to_its_form(self):
        step = self.env.ref("rural_complaint.step_record")
        with self.assertRaisesRegex(ValidationError, "does not have this outcome"):
            self.env["rural.complaint.transition"].create(
                {"step_id": step.id, "outcome": "filed", "next_step_id": self.env.ref("rural_complaint.step_closed").id}
            )

    def test_ma40_a_process_begins_with_the_record(self):
        with self.assertRaisesRegex(ValidationError, "the first step is the complaint record"):
            self.env.ref("rural_complaint.step_record").sequence = 99
            self.process._check_steps()

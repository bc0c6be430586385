from odoo import models

#: Printed forms are in Chinese whatever the reader's language.
FINDINGS = {"founded": "属实，投诉成立", "unfounded": "不属实"}
ANSWERS = {"accepted": "同意，按方案执行", "refused": "不同意，退回责任部门负责人"}
SATISFACTIONS = {"very_satisfied": "非常满意", "satisfied": "满意", "dissatisfied": "不满意"}
WAYS = {"phone": "电话", "visit": "上门", "online": "网上问卷"}


class RuralComplaintForm(models.AbstractModel):
    """A form as it is printed: a title, rows, and who signs (MA-40)."""

    _inherit = "rural.complaint.form.mixin"

    _printed_title = ""
    _printed_signatures = ("客服专员", "客服主管")

    def _printed_rows(self) -> list[tuple[str, str]]:
        """Return what the form says: label and text, in Chinese."""
        return []

    def _printed_sheet(self) -> dict:
        """Return a form as the template prints it."""
        self.ensure_one()
        ticket = self.ticket_id.sudo()
        head = [
            ("投诉编号", ticket.number),
            ("投诉商户", ticket.partner_id.name),
            ("投诉事项", ticket.name),
        ]
        if ticket.round > 1:
            head.append(("处理轮次", f"第 {self.round} 轮"))
        end = [("填写人", self.done_by_id.name), ("填写时间", ticket._printed_moment(self.done_at))]
        return {
            "title": self._printed_title,
            "company": self.company_id.name,
            "rows": [(label, text or "") for label, text in (*head, *self._printed_rows(), *end)],
            "signatures": self._printed_signatures,
        }

    def _printed_file_name(self) -> str:
        return f"{self._printed_title}-{self.ticket_id.sudo().number}"


class RuralComplaintInvestigation(models.Model):
    _inherit = "rural.complaint.investigation"

    _printed_title = "商户投诉调查表"

    def _printed_rows(self):
        return [
            ("调查情况", self.found),
            ("证据", self.evidence),
            ("调查结论", FINDINGS.get(self.finding)),
            ("责任部门负责人", self.head_id.sudo().name),
            ("相关责任人", self.person_id.sudo().name),
            ("答复商户意见", self.answer),
        ]


class RuralComplaintSlip(models.Model):
    _inherit = "rural.complaint.slip"

    _printed_title = "客户投诉传递单"
    _printed_signatures = ("客服专员", "责任部门负责人")

    def _printed_rows(self):
        moment = self.ticket_id._printed_moment
        return [
            ("传递单号", self.number),
            ("责任部门负责人", self.head_id.sudo().name),
            ("传递内容", self.request),
            ("传递时间", moment(self.sent_at)),
            ("答复期限", moment(self.deadline)),
            ("答复", self.answer),
            ("解决方案", self.plan),
            ("完成期限", self.ticket_id._printed_day(self.plan_due)),
        ]


class RuralComplaintOpinion(models.Model):
    _inherit = "rural.complaint.opinion"

    _printed_title = "商户意见表"
    _printed_signatures = ("客服专员", "商户（签字）")

    def _printed_rows(self):
        slip = self.slip_id.sudo()
        return [
            ("传递单号", slip.number),
            ("责任部门答复", slip.answer),
            ("解决方案", slip.plan),
            ("沟通对象", self.spoken_with),
            ("商户意见", ANSWERS.get(self.answer)),
            ("意见说明", self.opinion),
        ]


class RuralComplaintExecution(models.Model):
    _inherit = "rural.complaint.execution"

    _printed_title = "方案执行报告"
    _printed_signatures = ("责任部门负责人", "客服专员")

    def _printed_rows(self):
        return [
            ("责任部门负责人", self.head_id.sudo().name),
            ("解决方案", self.slip_id.sudo().plan),
            ("执行情况", self.carried_out),
            ("完成时间", self.ticket_id._printed_moment(self.completed_at)),
        ]


class RuralComplaintRevisit(models.Model):
    _inherit = "rural.complaint.revisit"

    _printed_title = "客户满意度调查表"
    _printed_signatures = ("客服专员", "商户（签字）")

    def _printed_rows(self):
        boxes = "　".join(
            f"{'■' if self.satisfaction == value else '□'}{label}" for value, label in SATISFACTIONS.items()
        )
        return [
            ("回访次数", f"第 {self.sequence} 次"),
            ("回访时间", self.ticket_id._printed_moment(self.visited_at)),
            ("回访方式", WAYS.get(self.way)),
            ("回访对象", self.spoken_with),
            ("满意程度", boxes),
            ("商户意见", self.remark),
        ]


class RuralComplaintFiling(models.Model):
    _inherit = "rural.complaint.filing"

    _printed_title = "投诉归档表"

    def _printed_rows(self):
        return [
            ("调查结论", FINDINGS.get(self.finding)),
            ("满意程度", SATISFACTIONS.get(self.satisfaction)),
            ("已返回责任部门", "是" if self.returned_to_head else "否"),
            ("备注", self.remark),
        ]

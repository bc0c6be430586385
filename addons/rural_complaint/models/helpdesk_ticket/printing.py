from odoo import models
from odoo.tools import html2plaintext

from odoo.addons.rural_base.china_time import to_china

from ..rural_complaint_form import FINDINGS
from ..rural_complaint_step import FORM_MODELS


class HelpdeskTicket(models.Model):
    """What the printed forms of a complaint say, in Chinese (MA-40)."""

    _inherit = "helpdesk.ticket"

    def _printed_moment(self, moment) -> str:
        """Return a moment in China's time."""
        if not moment:
            return ""
        return to_china(moment).strftime("%Y年%m月%d日 %H:%M")

    def _printed_day(self, day) -> str:
        return f"{day:%Y年%m月%d日}" if day else ""

    def _printed_record(self) -> dict:
        """Return the complaint record as the template prints it."""
        self.ensure_one()
        chinese = self.sudo().with_context(lang="zh_CN")
        rows = [
            ("投诉编号", self.number),
            ("投诉商户", self.partner_id.name),
            ("联系人", self.partner_name),
            ("联系电话", self.complainant_phone),
            ("投诉类型", chinese.complaint_kind_id.name),
            ("受理方式", chinese.channel_id.name),
            ("受理时间", self._printed_moment(self.received_at)),
            ("受理人", chinese.received_by_id.name),
            ("投诉事项", self.name),
            ("投诉内容", html2plaintext(self.description or "")),
            ("承诺答复期限", self._printed_moment(self.promise_deadline)),
        ]
        if self.step_form == "closed":
            rows += [
                ("调查结论", FINDINGS.get(self.finding)),
                ("结案时间", self._printed_moment(self.closed_date)),
            ]
        return {
            "title": "商户投诉记录",
            "company": self.company_id.name,
            "rows": [(label, text or "") for label, text in rows],
            "signatures": ("受理人", "客服主管"),
        }

    def _printed_file(self) -> list[dict]:
        """Return every form of the complaint that the reader may see, round by round, in the order of the steps."""
        sheets = [self._printed_record()]
        forms = []
        for model in FORM_MODELS.values():
            if self.env[model].has_access("read"):
                forms += self.env[model].search([("ticket_id", "=", self.id), ("state", "=", "done")])
        forms.sort(key=lambda form: (form.round, form.done_at, form._name, form.id))
        return sheets + [form._printed_sheet() for form in forms]

    def _printed_record_name(self) -> str:
        return f"商户投诉记录-{self.number}"

    def _printed_file_name(self) -> str:
        return f"投诉处理档案-{self.number}"

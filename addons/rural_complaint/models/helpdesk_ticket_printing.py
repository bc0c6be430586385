from datetime import UTC

from odoo import models
from odoo.tools import html2plaintext

from odoo.addons.rural_base.china_time import CHINA

#: Printed forms are in Chinese whatever the reader's language.
FINDINGS = {"founded": "属实，投诉成立", "unfounded": "不属实"}
ANSWERS = {"accepted": "同意，按方案执行", "refused": "不同意，退回责任部门负责人"}
SATISFACTIONS = {"very_satisfied": "非常满意", "satisfied": "满意", "dissatisfied": "不满意"}
WAYS = {"phone": "电话", "visit": "上门", "online": "网上问卷"}


class HelpdeskTicket(models.Model):
    """What the printed forms of a complaint say, in Chinese (MA-40)."""

    _inherit = "helpdesk.ticket"

    def _printed_moment(self, moment) -> str:
        """Return a moment in China's time."""
        if not moment:
            return ""
        return moment.replace(tzinfo=UTC).astimezone(CHINA).strftime("%Y年%m月%d日 %H:%M")

    def _printed_day(self, day) -> str:
        return f"{day:%Y年%m月%d日}" if day else ""

    def _printed_word(self, value) -> str:
        """Return the Chinese word of a choice."""
        words = {**FINDINGS, **ANSWERS, **SATISFACTIONS, **WAYS}
        return words.get(value, "")

    def _printed_kind(self) -> str:
        return self.with_context(lang="zh_CN").complaint_kind_id.name or ""

    def _printed_channel(self) -> str:
        return self.with_context(lang="zh_CN").sudo().channel_id.name or ""

    def _printed_description(self) -> str:
        return html2plaintext(self.description or "")

    def _printed_round(self, form) -> str:
        return f"（第 {form.round} 轮）" if form.ticket_id.round > 1 else ""

    def _printed_forms(self, model) -> models.Model:
        """Return the forms of one kind that have been done, as the reader may see them."""
        forms = self.env[model].search([("ticket_id", "=", self.id)], order="round, id")
        return forms.filtered(lambda form: form.state != "draft")

    def _printed_file_name(self) -> str:
        return f"投诉处理档案-{self.number}"

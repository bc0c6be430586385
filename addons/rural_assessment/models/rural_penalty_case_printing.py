from odoo import models
from odoo.exceptions import UserError

#: Printed forms are in Chinese whatever the reader's language.
PRINTED_ACTIONS = {"warning": "警告", "deduction": "扣减保证金", "suspension": "暂停服务", "termination": "终止合作"}
PRINTED_RESULTS = {"upheld": "维持原决定", "changed": "减轻处理", "revoked": "撤销"}


class RuralPenaltyCase(models.Model):
    """The decision on paper (SC-17)."""

    _inherit = "rural.penalty.case"

    def action_print_decision(self):
        """Print the decisions.

        :raises UserError: where nothing has been decided yet
        """
        for case in self:
            if not case.decided_at:
                raise UserError(self.env._("%s has not been decided yet.", case.display_name))
        return self.env.ref("rural_assessment.action_report_penalty_decision").report_action(self, config=False)

    def _printed_decision(self) -> list[tuple[str, str]]:
        """Return the rows of the printed decision: label and text."""
        self.ensure_one()
        violation = self.violation_id.with_context(lang="zh_CN").name
        rows = [
            ("违规事项", f"{violation}（{self.occurred_on}）"),
            ("事实与证据", self.description),
            ("陈述意见", f"{self.heard_on}　{self.hearing or '经通知未到场，未作陈述'}"),
            ("处理决定", self._printed_measure()),
            ("决定理由", self.decision_reason),
        ]
        if self.appeal_result:
            rows += [("申诉", self.appeal_reason), ("复议结果", PRINTED_RESULTS[self.appeal_result])]
            rows += [("复议答复", self.appeal_answer)]
        return rows

    def _printed_file_name(self) -> str:
        return f"违规处理决定书-{self.name}"

    def _printed_time(self, moment) -> str:
        return self._china_time(moment) if moment else ""

    def _printed_measure(self) -> str:
        """Return the measure as printed forms say it."""
        label = PRINTED_ACTIONS[self.action]
        extra = {"deduction": f" {self.amount:,.2f} 元", "suspension": f" {self.suspension_days} 天"}
        return f"{label}{extra.get(self.action, '')}"

    def _printed_line(self) -> str:
        violation = self.violation_id.with_context(lang="zh_CN").name
        return f"{self.name}　{self.occurred_on}　{violation}　{self._printed_measure()}"

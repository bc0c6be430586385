from decimal import Decimal

from odoo import models

from odoo.addons.rural_base.amounts import capital_amount
from odoo.addons.rural_base.percent import percent

from ..rules import INDICATORS

#: Printed forms are in Chinese whatever the reader's language.
INDICATOR_LABELS = dict(
    zip(INDICATORS, ("市场化业务收入（元）", "区域交易额（元）", "交易采购人数（家）", "采购人满意度"), strict=True)
)
STATE_LABELS = {"draft": "草稿", "reviewed": "已复核", "posted": "已过账", "cancelled": "已取消"}
KIND_LABELS = {"reward": "本年度奖励", "adjustment": "以前年度调整"}


class RuralAssessmentLine(models.Model):
    _inherit = "rural.assessment.line"

    def _printed_indicators(self) -> list[dict]:
        """Return the rows of the indicators: label, target, actual, completion and weight, as printed."""
        self.ensure_one()
        weights = self._printed_weights()
        return [
            {
                "label": label,
                "target": self._printed_value(name, self[f"target_{name}"]),
                "actual": self._printed_value(name, self[name])
                if name != "satisfaction" or self.is_satisfaction_known
                else "未测评",
                "completion": self._percent(self[f"completion_{name}"]),
                "weight": weights.get(name, ""),
            }
            for name, label in INDICATOR_LABELS.items()
        ]

    def _printed_weights(self) -> dict:
        versions = self.assessment_id.parameter_ids
        weights = {
            name: version
            for name in INDICATORS
            for version in versions
            if version.parameter_id.code == f"assessment_weight_{name}"
        }
        total = sum(version.value for version in weights.values())
        return {name: self._percent(version.value / total) for name, version in weights.items()} if total else {}

    def _printed_value(self, name, value) -> str:
        if name == "satisfaction":
            return self._percent(value)
        return f"{value:,}" if name == "purchasers" else f"{value:,.2f}"

    def _printed_groups(self) -> list[dict]:
        """Return the reward lines by kind: label, rows and their totals, in yuan."""
        self.ensure_one()
        groups = []
        for kind, label in KIND_LABELS.items():
            lines = self.reward_line_ids.filtered(lambda line, kind=kind: line.kind == kind)
            if lines:
                rows = [self._printed_row(line) for line in lines]
                totals = {name: sum(row[name] for row in rows) for name in ("base", "reward")}
                groups.append({"label": label, "rows": rows, **totals})
        return groups

    def _printed_row(self, line) -> dict:
        return {
            "supplier": line.supplier_id.name,
            "product": line.product_id.display_name or "（不在商品池，人工认定）",
            "year": line.year,
            "count": line.line_count,
            "rate": line.incentive_rate,
            "percent": percent(line.incentive_rate),
            "coefficient": line.coefficient,
            **{name: Decimal(str(line[name])).quantize(Decimal("0.01")) for name in ("base", "reward")},
        }

    def _printed_state(self) -> str:
        return STATE_LABELS[self.state]

    def _printed_capital_reward(self) -> str:
        """Return the reward in capital numerals, as Chinese documents require (人民币大写)."""
        return capital_amount(Decimal(str(self.reward)).quantize(Decimal("0.01")))

    def _printed_priority(self) -> str:
        return "是，下一年度优先续签" if self.all_met else "否"

    def _printed_cases(self) -> list[str]:
        """Return the final penalties of the year, a line each."""
        return [case._printed_line() for case in self.case_ids.filtered(lambda case: case.state == "final")]

    def _printed_file_name(self) -> str:
        return f"年度考核结果-{self.year}-{self.center_id.service_code or self.center_id.name}"

from decimal import Decimal

from odoo import api, models
from odoo.tools.misc import formatLang

from odoo.addons.rural_base.percent import percent


class RuralBonusLine(models.Model):
    """Every yuan explains itself: the clause, the scheme, the inputs and a sentence, in the reader's language."""

    _inherit = "rural.bonus.line"

    @api.model
    def _explanation_depends(self):
        return ("clause", "inputs", "amount", "period", "scheme_id", "is_correction", "deferred")

    def _explain(self) -> dict:
        inputs = self.inputs or {}
        explain = {
            "MA-22": self._explain_points,
            "MA-23": self._explain_shortfall,
            "MA-24": self._explain_quarter,
            "MA-26": self._explain_quarter,
            "MA-27": self._explain_year,
            "MA-41": self._explain_penalties,
        }[self.clause]
        sentence, shown = explain(inputs) if len(inputs) > 2 or self.clause == "MA-41" else ("", {})
        parts = [self._explain_correction(inputs) if self.is_correction else "", sentence]
        if self.deferred:
            parts.append(self.env._("It is paid with the next year's bonus."))
        sentence = " ".join(filter(None, parts)) or self.env._("Nothing is due any more.")
        return {
            "clause": self.clause,
            "parameter": self.sudo().scheme_id,
            "sentence": sentence,
            "inputs": shown,
        }

    # ------------------------------------------------------------------
    # One for each clause
    # ------------------------------------------------------------------

    def _explain_correction(self, inputs):
        return self.env._(
            "Correction: the period is worth %(worth)s today, %(given)s has been approved before.",
            worth=self._yuan(inputs["worth"]),
            given=self._yuan(inputs["given"]),
        )

    def _explain_points(self, inputs):
        signed = inputs["signed"]
        sentence = self.env._(
            "%(points)s points in the month bring %(amount)s.",
            points=inputs["points"],
            amount=self._yuan(inputs.get("worth", self.amount)),
        )
        if not inputs.get("whole_month", True):
            sentence += " " + self.env._("Not in post for the whole month: nothing is deducted.")
        return sentence, {
            self.env._("Merchants signed, class 1 / 2 / 3"): " / ".join(str(signed[name]) for name in "123"),
            self.env._("Good reviews"): inputs["good_reviews"],
            self.env._("Complaints"): inputs["complaints"],
        }

    def _explain_shortfall(self, inputs):
        sentence = self.env._(
            "%(merchants)s merchants stayed under %(least)s for each terminal, paid no terminal fee and were not "
            "granted a deferral: their recruiter makes up for the rest.",
            merchants=len(inputs["merchant_ids"]),
            least=self._yuan(inputs["least"]),
        )
        return sentence, {
            self.env._("Terminals"): inputs["terminals"],
            self.env._("Their profit"): self._yuan(inputs["profit"]),
        }

    def _explain_quarter(self, inputs):
        sentence = self.env._(
            "Average monthly profit %(average)s a merchant: rate %(first_rate)s, lowered by %(steps)s steps for "
            "removed terminals to %(rate)s; of a profit of %(profit)s it is %(bonus)s.",
            average=self._yuan(inputs["average"]),
            first_rate=self._percent(inputs["first_rate"]),
            steps=inputs["steps"],
            rate=self._percent(inputs["rate"]),
            profit=self._yuan(inputs["profit"]),
            bonus=self._yuan(inputs["bonus"]),
        )
        if inputs.get("holders"):
            sentence += " " + self._explain_transfer(inputs)
        removals = "; ".join(
            self.env._("%(month)s: %(removed)s of %(at_start)s", month=month, removed=removed, at_start=at_start)
            for month, (removed, at_start, _steps) in inputs["removals"].items()
        )
        return sentence, {
            self.env._("Profit of all the merchants"): self._yuan(inputs["total"]),
            self.env._("Merchant-months"): inputs["merchant_months"],
            self.env._("Terminals removed"): removals,
            self.env._("Tenure coefficient"): inputs["coefficient"],
        }

    def _explain_transfer(self, inputs):
        employees = self.env["hr.employee"].sudo()
        told = ", ".join(
            self.env._(
                "%(who)s from day %(day)s", who=employees.browse(entry["employee_id"]).name, day=entry["from_day"]
            )
            for entry in inputs["holders"]
        )
        return self.env._(
            "Transferred (%(holders)s of %(days)s): the days before a transfer are the former one's, the rest is split "
            "in equal parts.",
            holders=told,
            days=inputs["days"],
        )

    def _explain_year(self, inputs):
        sentence = self.env._(
            "Average monthly profit %(average)s a merchant over the year: rate %(rate)s of %(total)s is %(bonus)s, of "
            "which the head gave %(part)s.",
            average=self._yuan(inputs["average"]),
            rate=self._percent(inputs["rate"]),
            total=self._yuan(inputs["total"]),
            bonus=self._yuan(inputs["bonus"]),
            part=self._yuan(inputs["part"]),
        )
        if inputs.get("holders"):
            sentence += " " + self._explain_transfer(inputs)
        return sentence, {
            self.env._("Merchant-months"): inputs["merchant_months"],
            self.env._("Weight"): inputs["weight"],
            self.env._("Months in post"): inputs["months_in_post"],
        }

    def _explain_penalties(self, inputs):
        penalties = self.env["rural.complaint.penalty"].sudo().browse(inputs.get("penalty_ids", [])).exists()
        sentence = self.env._("Penalties for founded complaints: %s.", len(penalties))
        by_ticket = penalties.grouped("ticket_id")
        return sentence, {
            ticket.display_name: " + ".join(self._yuan(-penalty.amount) for penalty in found)
            for ticket, found in by_ticket.items()
        }

    # ------------------------------------------------------------------
    # How values are shown
    # ------------------------------------------------------------------

    def _yuan(self, amount) -> str:
        return formatLang(self.env, float(amount), currency_obj=self.currency_id)

    @api.model
    def _percent(self, rate) -> str:
        return percent(Decimal(rate))

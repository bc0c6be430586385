from decimal import Decimal

from odoo import api, fields, models
from odoo.tools.misc import format_date, formatLang

from odoo.addons.rural_base.percent import percent

from .. import rules

CLAUSES = [
    ("MA-22", "Points of the Month (MA-22)"),
    ("MA-23", "Terminals that Earn Too Little (MA-23)"),
    ("MA-41", "Founded Complaints (MA-41)"),
    ("MA-24", "Quarterly Bonus (MA-24)"),
    ("MA-26", "Quarterly Bonus of Transferred Merchants (MA-26)"),
    ("MA-27", "Managers' Yearly Bonus (MA-27)"),
]


class RuralBonusLine(models.Model):
    """What a person is due by a clause for a period, and how it came about."""

    _name = "rural.bonus.line"
    _description = "Bonus Line"
    _inherit = "rural.explanation.mixin"
    _order = "run_id desc, employee_id, clause, period, id"

    run_id = fields.Many2one("rural.bonus.run", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="run_id.company_id", store=True, index=True, precompute=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(related="run_id.kind", store=True, precompute=True)
    state = fields.Selection(related="run_id.state", store=True, precompute=True)
    employee_id = fields.Many2one("hr.employee", required=True, readonly=True, index=True, ondelete="restrict")
    clause = fields.Selection(CLAUSES, "Due By", required=True, readonly=True)
    period = fields.Date(required=True, readonly=True, index=True, help="First day of the period it is for.")
    period_label = fields.Char("For", compute="_compute_period_label")
    amount = fields.Monetary(required=True, readonly=True)
    scheme_id = fields.Many2one("rural.bonus.scheme", readonly=True, ondelete="restrict")
    inputs = fields.Json(readonly=True)
    points = fields.Float(compute="_compute_points", store=True, digits=(16, 2))
    is_correction = fields.Boolean("Correction", readonly=True)
    corrects_id = fields.Many2one("rural.bonus.line", readonly=True, index="btree_not_null", ondelete="restrict")
    deferred = fields.Boolean(
        "Paid Next Year",
        readonly=True,
        help="Under the months with the company at the year's end: paid with the next year's.",
    )
    previous_amount = fields.Monetary("Last Computation", readonly=True)
    change = fields.Monetary(compute="_compute_change", store=True)
    is_changed = fields.Boolean("Changed", compute="_compute_change", store=True)
    payslip_id = fields.Many2one("hr.payslip", readonly=True, index="btree_not_null", copy=False, ondelete="set null")
    paid_by_run_id = fields.Many2one(
        "rural.bonus.run", "Paid With", readonly=True, index="btree_not_null", copy=False, ondelete="set null",
        help="The run that put it in the payslip: its own, or the next year's when it was deferred.",
    )  # fmt: skip

    @api.depends("kind", "period")
    def _compute_period_label(self):
        for line in self:
            line.period_label = self.env["rural.bonus.computation"]._period_label(line.kind, line.period)

    @api.depends("clause", "inputs", "is_correction")
    def _compute_points(self):
        for line in self:
            counts = line.clause == "MA-22" and not line.is_correction
            line.points = float((line.inputs or {}).get("points", 0)) if counts else 0

    @api.depends("amount", "previous_amount")
    def _compute_change(self):
        for line in self:
            line.change = line.amount - line.previous_amount
            line.is_changed = bool(line.currency_id.compare_amounts(line.amount, line.previous_amount))

    @api.depends("employee_id", "clause", "kind", "period")
    def _compute_display_name(self):
        for line in self:
            label = self.env["rural.bonus.computation"]._period_label(line.kind, line.period) if line.period else ""
            line.display_name = f"{line.employee_id.display_name} {line.clause} {label}"

    def _take_out(self):
        """Take lines out of their payslips, so that they can go into others (MA-28)."""
        runs = self.run_id | self.paid_by_run_id
        self.write({"payslip_id": False, "paid_by_run_id": False})
        runs._update_payslip_state()

    def action_view_sources(self):
        """Show the records that made the line: penalties, or merchants."""
        self.ensure_one()
        inputs = self.inputs or {}
        name, model, ids = self.env._("Merchants"), "rural.merchant", inputs.get("merchant_ids", [])
        if self.clause == "MA-41":
            name, model, ids = self.env._("Penalties"), "rural.complaint.penalty", inputs.get("penalty_ids", [])
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "list,form",
            "domain": [("id", "in", ids)],
            "context": {"create": False},
        }

    def action_view_follow_ups(self):
        """Show the good reviews and complaints that counted for the month."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Follow-ups"),
            "res_model": "rural.merchant.follow.up",
            "view_mode": "list,form",
            "domain": [
                ("employee_id", "=", self.employee_id.id),
                ("date", ">=", self.period),
                ("date", "<=", fields.Date.end_of(self.period, "month")),
                ("kind", "in", ("good_review", "complaint")),
            ],
            "context": {"create": False},
        }

    def _as_json(self) -> dict:
        """Return the line for other programs."""
        return {
            "clause": self.clause,
            "period": self.period_label,
            "amount": f"{self.amount:.2f}",
            "correction": self.is_correction,
            "inputs": self.inputs,
            "explanation": self.explanation,
        }

    # ------------------------------------------------------------------
    # Explanation
    # ------------------------------------------------------------------

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
        if "lapsed" in inputs:
            sentence += " " + self.env._(
                "Not counted is the profit of months in which the recruiter was in no post: %s.",
                self._yuan(inputs["lapsed"]),
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
        """Return through whose hands it went, whose part is not paid and why, and what part this line is."""
        sentences = [self._explain_hands(inputs)]
        if inputs.get("contract_from"):
            sentences.append(
                self.env._(
                    "The days count from the contract, which began on %s.",
                    format_date(self.env, inputs["contract_from"]),
                )
            )
        if Decimal(inputs.get("part", inputs["bonus"])) < 0:
            return " ".join([*sentences, self.env._("A loss stays whole with the first one.")])
        left, by_the_year = self._holder_names(inputs, "left"), self._holder_names(inputs, "by_the_year")
        if left:
            sentences.append(
                self.env._(
                    "Has left, so that the own days are paid to nobody and nothing of the rest is kept: %s.", left
                )
            )
        if by_the_year:
            sentences.append(
                self.env._(
                    "Led recruiters and is paid by the year, so that this part is paid to nobody: %s.", by_the_year
                )
            )
        part = self._part_of_transfer(inputs)
        if part:
            sentences.append(
                self.env._(
                    "%(who)s has %(part)s of %(bonus)s.",
                    who=self.employee_id.sudo().name,
                    part=part,
                    bonus=self._yuan(inputs.get("part", inputs["bonus"])),
                )
            )
        return " ".join(sentences)

    def _explain_hands(self, inputs):
        employees = self.env["hr.employee"].sudo()
        hands = ", ".join(
            self.env._(
                "%(who)s from day %(day)s", who=employees.browse(entry["employee_id"]).name, day=entry["from_day"]
            )
            for entry in inputs["holders"]
        )
        if any(entry["left"] for entry in inputs["holders"][:-1]):
            return self.env._(
                "Transferred (%(holders)s of %(days)s): the days before a transfer are the former one's; the rest is "
                "shared by those who have not left.",
                holders=hands,
                days=inputs["days"],
            )
        return self.env._(
            "Transferred (%(holders)s of %(days)s): the days before a transfer are the former one's; of the rest the "
            "former one keeps half, and the successor has the other half.",
            holders=hands,
            days=inputs["days"],
        )

    def _holder_names(self, inputs, why) -> str:
        ids = [entry["employee_id"] for entry in inputs["holders"] if entry.get(why)]
        return ", ".join(self.env["hr.employee"].sudo().browse(ids).mapped("name"))

    def _part_of_transfer(self, inputs) -> str:
        """Return which part of the days this line is, such as 72/91 + 19/91 × 1/2 (MA-26)."""
        holders, days = inputs["holders"], inputs["days"]
        of_person = [number for number, entry in enumerate(holders) if entry["employee_id"] == self.employee_id.id]
        number = inputs.get("holder", of_person[0] if of_person else None)
        if number is None:
            return ""
        parts = rules.transfer_parts(
            days, [rules.Holder(entry["employee_id"], entry["from_day"] - 1, entry["left"]) for entry in holders]
        )[number]
        return " + ".join(f"{own}/{days}" if part == 1 else f"{own}/{days} × {part}" for own, part in parts)

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
            self.env._("Months with the company"): inputs.get("months_employed", inputs.get("months_in_post")),
        }

    def _explain_penalties(self, inputs):
        penalties = self.env["rural.complaint.penalty"].sudo().browse(inputs.get("penalty_ids", [])).exists()
        sentence = self.env._("Penalties for founded complaints: %s.", len(penalties))
        by_ticket = penalties.grouped("ticket_id")
        return sentence, {
            ticket.display_name: " + ".join(self._yuan(-penalty.amount) for penalty in of_ticket)
            for ticket, of_ticket in by_ticket.items()
        }

    # ------------------------------------------------------------------
    # How values are shown
    # ------------------------------------------------------------------

    def _yuan(self, amount) -> str:
        return formatLang(self.env, float(amount), currency_obj=self.currency_id)

    @api.model
    def _percent(self, rate) -> str:
        return percent(Decimal(rate))

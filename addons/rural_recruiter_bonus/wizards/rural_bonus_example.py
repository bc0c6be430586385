from decimal import Decimal

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools.misc import formatLang

from odoo.addons.rural_base import china_time

from .. import rules

CLAUSES = [
    ("MA-22", "MA-22 Points of a Month"),
    ("MA-24", "MA-24 Share of a Quarter's Profit"),
    ("MA-25", "MA-25 Removed Terminals"),
    ("MA-26", "MA-26 Transfer Within a Quarter"),
]
#: The examples of the rule book: clause, what is given, what comes out.
BOOK = (
    *(
        ("MA-22", {"points": points}, amount)
        for points, amount in (("4.5", "-75"), ("6", "0"), ("8.5", "25"), ("10", "40"), ("12.5", "140"))
    ),
    *(
        ("MA-24", {"average": average}, rate)
        for average, rate in (
            ("50", "0"), ("50.01", "0.01"), ("99.99", "0.01"), ("100", "0.012"), ("299.99", "0.018"),
            ("300", "0.02"), ("900", "0.02"),
        )
    ),
    *(
        ("MA-25", {"removal_rate": rate}, steps)
        for rate, steps in (("0.1", "0"), ("0.199", "0"), ("0.2", "1"), ("0.35", "2"))
    ),
    ("MA-26", {"amount": "910", "days": "91", "transfer_day": "46"}, "680 + 230"),
)  # fmt: skip
GIVEN = ("points", "average", "removal_rate", "amount", "days", "transfer_day")


class RuralBonusExample(models.TransientModel):
    """The rules of recruiters' pay to play with: type what is given, see what comes out and why (MA-22 to MA-26).

    The examples of the rule book stand beside what the scheme makes of them.
    """

    _name = "rural.bonus.example"
    _description = "Rule Book Examples"
    _rec_name = "clause"

    scheme_id = fields.Many2one("rural.bonus.scheme", required=True, default=lambda self: self._default_scheme())
    currency_id = fields.Many2one("res.currency", default=lambda self: self.env.company.currency_id)
    clause = fields.Selection(CLAUSES, required=True, default="MA-22")
    example = fields.Selection("_selection_example", "Example of the Book")

    # what is given
    points = fields.Float(digits=(16, 2), default=4.5)
    average = fields.Monetary("Average Monthly Profit per Merchant", default=100)
    profit = fields.Monetary("Profit of the Quarter", default=30000)
    coefficient = fields.Float("Tenure Coefficient", digits=(16, 6), default=1)
    removal_rate = fields.Float("Share of Terminals Removed in a Month", digits=(16, 6), default=0.35)
    amount = fields.Monetary("Bonus of the Merchant", default=910)
    days = fields.Integer("Days of the Quarter", default=91)
    transfer_day = fields.Integer("Transferred on Day", default=46)

    # what comes out
    answer = fields.Char("Result", compute="_compute_answer")
    explanation = fields.Text(compute="_compute_answer")
    book = fields.Html("The Rule Book's Examples", compute="_compute_book", sanitize=False)

    @api.model
    def _default_scheme(self):
        return self.env["rural.bonus.scheme"]._adopted_on_day(china_time.today(), self.env.company)

    @api.model
    def _selection_example(self):
        return [(str(number), self._example_text(example)) for number, example in enumerate(BOOK)]

    @api.onchange("example")
    def _onchange_example(self):
        if self.example:
            self.clause, given, _expected = BOOK[int(self.example)]
            for name, value in given.items():
                self[name] = int(value) if self._fields[name].type == "integer" else float(value)

    @api.depends("scheme_id", "clause", "profit", "coefficient", *GIVEN)
    def _compute_answer(self):
        for page in self:
            given = {name: Decimal(str(page[name])) for name in GIVEN}
            page.answer, page.explanation = page._answer(page.clause, given)

    @api.depends("scheme_id", "clause")
    @api.depends_context("lang")
    def _compute_book(self):
        headings = (self.env._("Example"), self.env._("By the Book"), self.env._("By This Scheme"), "")
        head = Markup().join(Markup("<th>%s</th>") % heading for heading in headings)
        for page in self:
            rows = Markup().join(page._book_row(example) for example in BOOK if example[0] == page.clause)
            page.book = (
                Markup('<table class="table table-sm"><thead><tr>%s</tr></thead><tbody>%s</tbody></table>')
            ) % (head, rows)

    def _book_row(self, example):
        clause, given, expected = example
        outcome = self._outcome(clause, {name: Decimal(value) for name, value in given.items()})
        same = outcome == [Decimal(part) for part in expected.split(" + ")]
        cells = (
            self._example_text(example),
            self._shown(clause, expected),
            self._shown(clause, outcome),
            "✓" if same else "≠",
        )
        row = Markup().join(Markup("<td>%s</td>") % cell for cell in cells)
        return Markup('<tr class="%s">%s</tr>') % ("" if same else "table-warning", row)

    # ------------------------------------------------------------------
    # Rules
    # ------------------------------------------------------------------

    def _outcome(self, clause, given) -> list[Decimal]:
        """Return what comes out: yuan (MA-22), a rate (MA-24), steps (MA-25), shares of old and new one (MA-26)."""
        scheme = self.scheme_id.sudo()
        if clause == "MA-22":
            return [rules.month_amount(given["points"], scheme._month_terms())]
        if clause == "MA-24":
            return [rules.profit_rate(given["average"], scheme._profit_terms("quarter"))]
        if clause == "MA-25":
            return [Decimal(rules.removal_steps(given["removal_rate"], scheme._removal_terms()))]
        holders = [rules.Holder("old"), rules.Holder("new", self._days_before(given))]
        return rules.transfer_shares(given["amount"], self._all_days(given), holders)

    def _all_days(self, given) -> int:
        return max(int(given["days"]), 1)

    def _days_before(self, given) -> int:
        return min(max(int(given["transfer_day"]) - 1, 0), self._all_days(given))

    def _answer(self, clause, given) -> tuple[str, str]:
        outcome = self._outcome(clause, given)
        explain = {
            "MA-22": self._explain_points,
            "MA-24": self._explain_rate,
            "MA-25": self._explain_removals,
            "MA-26": self._explain_transfer,
        }[clause]
        return self._shown(clause, outcome), explain(given, outcome)

    def _explain_points(self, given, outcome):
        points, terms = given["points"], self.scheme_id.sudo()._month_terms()
        if points < terms.floor:
            return self.env._(
                "%(points)s points are %(missing)s below %(floor)s: %(missing)s × %(deduction)s are deducted.",
                points=self._number(points), missing=self._number(terms.floor - points),
                floor=self._number(terms.floor), deduction=self._yuan(terms.deduction),
            )  # fmt: skip
        return self.env._(
            "%(below)s points above %(floor)s at %(reward)s each, %(above)s points above %(upper)s at "
            "%(reward_above)s each.",
            below=self._number(min(points, terms.upper) - terms.floor), floor=self._number(terms.floor),
            reward=self._yuan(terms.reward), above=self._number(max(points - terms.upper, Decimal(0))),
            upper=self._number(terms.upper),
            reward_above=self._yuan(terms.reward_above),
        )  # fmt: skip

    def _explain_rate(self, given, outcome):
        terms = self.scheme_id.sudo()._profit_terms("quarter")
        if given["average"] <= terms.threshold:
            return self.env._("The average is not above %s: there is no bonus.", self._yuan(terms.threshold))
        profit, coefficient = Decimal(str(self.profit)), Decimal(str(self.coefficient))
        return self.env._(
            "%(first)s above %(threshold)s, and %(step_rate)s more for each full %(step)s, at most %(most)s: %(rate)s. "
            "Of a profit of %(profit)s with a coefficient of %(coefficient)s it is %(bonus)s.",
            first=self._percent(terms.rate), threshold=self._yuan(terms.threshold),
            step_rate=self._percent(terms.rate_step), step=self._yuan(terms.step),
            most=self._percent(terms.rate_max), rate=self._percent(outcome[0]), profit=self._yuan(profit),
            coefficient=self._percent(coefficient),
            bonus=self._yuan(rules.profit_bonus(profit, outcome[0], coefficient)),
        )  # fmt: skip

    def _explain_removals(self, given, outcome):
        terms = self.scheme_id.sudo()._removal_terms()
        if not outcome[0]:
            return self.env._("Under %s of the terminals: the quarter's rate stays.", self._percent(terms.first))
        return self.env._(
            "(%(rate)s − %(base)s) ÷ %(step)s, whole steps only: %(steps)s. The quarter's rate falls by %(lowered)s.",
            rate=self._percent(given["removal_rate"]), base=self._percent(terms.base), step=self._percent(terms.step),
            steps=outcome[0], lowered=self._percent(terms.rate_step * outcome[0]),
        )  # fmt: skip

    def _explain_transfer(self, given, outcome):
        before = rules.to_cents(given["amount"] * self._days_before(given) / self._all_days(given))
        return self.env._(
            "The days before the transfer are %(before)s for the old recruiter; the rest is split in equal parts: "
            "%(old)s for the old one, %(new)s for the new one, who gets a cent that is left over.",
            before=self._yuan(before), old=self._yuan(outcome[0] - before), new=self._yuan(outcome[1]),
        )  # fmt: skip

    # ------------------------------------------------------------------
    # How values are shown
    # ------------------------------------------------------------------

    def _yuan(self, amount) -> str:
        return formatLang(self.env, float(amount), currency_obj=self.currency_id)

    def _number(self, number) -> str:
        return f"{number.normalize():f}"

    def _percent(self, rate) -> str:
        return self.env["rural.bonus.line"]._percent(rate)

    @api.model
    def _example_text(self, example) -> str:
        clause, given, _expected = example
        if clause == "MA-22":
            return self.env._("%s points", given["points"])
        if clause == "MA-24":
            return self.env._("average %s", given["average"])
        if clause == "MA-25":
            return self.env._("%s removed", self._percent(given["removal_rate"]))
        return self.env._("%(amount)s in %(days)s days, transferred on day %(transfer_day)s", **given)

    def _shown(self, clause, outcome) -> str:
        values = [Decimal(part) for part in outcome.split(" + ")] if isinstance(outcome, str) else outcome
        if clause == "MA-24":
            return self._percent(values[0])
        if clause == "MA-25":
            return self.env._("%s steps", int(values[0]))
        return " + ".join(self._yuan(value) for value in values)

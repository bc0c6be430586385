from collections import defaultdict
from datetime import timedelta
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.rural_base import china_time

from .bonus_run import FINAL, OFFICERS


class RuralBonusRun(models.Model):
    """Computing a run: its own period, and corrections of periods that are final already (MA-28)."""

    _inherit = "rural.bonus.run"

    def action_compute(self):
        """Compute the lines, and show what changed since the last computation."""
        self._check_group(*OFFICERS)
        self._check_state("draft")
        for run in self:
            run._compute_lines()
        return True

    def _compute_lines(self):
        self.ensure_one()
        self._lock()
        self._check_state("draft")
        run = self.sudo()
        run._check_begun()
        if run.kind == "year":
            run._propose_shares()
        run.scheme_id = self.env["rural.bonus.scheme"]._adopted_on_day(run.date_from, run.company_id)
        before = run._amounts_before()
        due = run._due_lines()
        run.line_ids.unlink()
        run.line_ids = [Command.create(vals) for vals in run._prepare_lines_vals(due, before)]
        run.older_corrections = run._older_corrections()
        run.computation_count += 1
        run._write_prepared()
        # As the screen shows them: by person.
        run.invalidate_recordset(["line_ids"])

    def _check_begun(self):
        if self.date_from > china_time.today():
            raise UserError(self.env._("%s has not begun yet: there is nothing to compute.", self.name))

    def _lock(self):
        """Let one person at a time compute, approve and pay the bonuses of a company: runs look at each other."""
        for company in self.sudo().company_id:
            self.env["rural.lock"]._acquire("bonuses", company)
        self._lock_rows()

    def _due_lines(self) -> list[dict]:
        """Return the lines of the period and the corrections of earlier ones."""
        computation = self.env["rural.bonus.computation"]
        if self.kind == "year":
            self.pool_figures = computation._pool(self.date_from, self.company_id, self.scheme_id)
            self.pool_amount = float(self.pool_figures["bonus"])
        own = computation._lines(
            self.kind, self.date_from, self.company_id, self.scheme_id, shares=self.share_ids, pool=self.pool_figures
        )
        lines = [{**line, "period": self.date_from, "scheme_id": self.scheme_id.id} for line in own]
        return lines + self._corrections()

    def _prepare_lines_vals(self, due, before) -> list[dict]:
        """Return the values of the lines; beside each stands the amount of the same line before."""
        previous = self._previous_amounts(due, before)
        lines_vals = [
            {**line, "amount": float(line["amount"]), "previous_amount": float(amount)}
            for line, amount in zip(due, previous, strict=True)
        ]
        for (employee_id, clause, period, *_rest), amounts in before.items():
            for amount in filter(None, amounts):
                lines_vals.append(
                    {
                        "employee_id": employee_id,
                        "clause": clause,
                        "period": period,
                        "amount": 0.0,
                        "previous_amount": float(amount),
                        "inputs": {},
                        "scheme_id": self.scheme_id.id,
                    }
                )
        return lines_vals

    def _previous_amounts(self, due, before) -> list:
        """Return what each line came to before, and leave in `before` what no line stands for any more.

        A manager's line is the same one when a successor is named: it is told apart by the person alone (MA-27).
        """
        if not self.computation_count:
            before.clear()
            return [line["amount"] for line in due]
        previous = []
        for line in due:
            key = self._line_key(**line)
            if not before.get(key) and line["clause"] == "MA-27":
                key = next((other for other, amounts in before.items() if amounts and other[:4] == key[:4]), key)
            amounts = before.get(key)
            previous.append(amounts.pop(0) if amounts else Decimal(0))
        return previous

    def _amounts_before(self) -> dict:
        """Return the amounts of the lines, in their order, by what tells lines apart."""
        amounts = defaultdict(list)
        for line in self.line_ids:
            key = self._line_key(line.employee_id.id, line.clause, line.period, line.inputs, line.is_correction)
            amounts[key].append(Decimal(str(line.amount)))
        return amounts

    def _line_key(self, employee_id, clause, period, inputs, is_correction=False, **_rest) -> tuple:
        """Return what tells a line apart: beside person, clause and period through whose hands it went (MA-26)."""
        holders = () if is_correction else (inputs or {}).get("holders", ())
        hands = tuple((holder["employee_id"], holder["from_day"]) for holder in holders)
        return employee_id, clause, period, is_correction, (*hands, inputs["days"]) if hands else hands

    def _amounts(self, lines) -> dict:
        """Return the sums of lines by person, clause and period."""
        sums = defaultdict(Decimal)
        for line in lines:
            sums[line.employee_id.id, line.clause, line.period] += Decimal(str(line.amount))
        return sums

    # ------------------------------------------------------------------
    # Corrections
    # ------------------------------------------------------------------

    def _final_runs_before(self, *condition):
        return self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("kind", "=", self.kind),
                ("state", "in", FINAL),
                ("date_from", "<", self.date_from),
                *condition,
            ],
            order="date_from",
        )

    def _correction_start(self):
        """Return the first day as far back as which a run corrects."""
        return self.date_from - relativedelta(months=self.scheme_id.correction_months)

    def _corrections(self) -> list[dict]:
        """Return what earlier periods are worth today less what has been approved for them."""
        earlier = self._final_runs_before(("date_from", ">=", self._correction_start()))
        return [line for run in earlier for line in self._differences(run)]

    def _older_corrections(self) -> list[dict]:
        """Return what would be corrected, but lies further back: it is shown to the head, and not paid (MA-26)."""
        older = self._final_runs_before(("date_from", "<", self._correction_start()))
        return [
            {
                "employee_id": line["employee_id"],
                "clause": line["clause"],
                "period": self.env["rural.bonus.computation"]._period_label(run.kind, run.date_from),
                "worth": line["inputs"]["worth"],
                "given": line["inputs"]["given"],
            }
            for run in older
            for line in self._differences(run)
        ]

    def _differences(self, earlier) -> list[dict]:
        due = self.env["rural.bonus.computation"]._lines(
            earlier.kind, earlier.date_from, earlier.company_id, earlier.scheme_id, shares=earlier.share_ids
        )
        given_lines = self.env["rural.bonus.line"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("kind", "=", self.kind),
                ("period", "=", earlier.date_from),
                ("run_id", "!=", self.id),
                ("state", "in", FINAL),
            ],
            order="id",
        )
        last = {(line.employee_id.id, line.clause): line for line in given_lines}
        given, worth, inputs = defaultdict(Decimal), defaultdict(Decimal), {}
        for line in given_lines:
            given[line.employee_id.id, line.clause] += Decimal(str(line.amount))
        for line in due:
            key = line["employee_id"], line["clause"]
            worth[key] += line["amount"]
            inputs[key] = line["inputs"]
        return [
            {
                "employee_id": key[0],
                "clause": key[1],
                "period": earlier.date_from,
                "amount": worth[key] - given[key],
                "inputs": {**inputs.get(key, {}), "worth": str(worth[key]), "given": str(given[key])},
                "corrects_id": last[key].id if key in last else False,
                "is_correction": True,
                "scheme_id": earlier.scheme_id.id,
            }
            for key in sorted({*worth, *given})
            if worth[key] != given[key]
        ]

    # ------------------------------------------------------------------
    # Managers
    # ------------------------------------------------------------------

    def _propose_shares(self):
        """Let managers share equally, until the head says otherwise (MA-27).

        Proposed is who is in post at the year's end, and who was transferred within the year, with the successor.
        """
        if self.share_ids:
            return
        posts = self.env["rural.recruiting.post"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("kind", "=", "manager"),
                ("valid_from", "<=", self.date_to),
                "|",
                ("valid_to", "=", False),
                ("valid_to", ">=", self.date_from),
            ],
            order="valid_from, id",
        )
        leavers = self.env["rural.bonus.computation"]._leavers(self.date_to, self.company_id)
        in_post = posts.filtered(lambda post: not post.valid_to or post.valid_to >= self.date_to)
        shares = {}
        for post in posts.filtered(lambda post: post.end_reason == "transfer") - in_post:
            shares.setdefault(post.employee_id, self._successor_vals(post, in_post))
        successors = {vals.get("successor_id") for vals in shares.values()}
        for employee in in_post.employee_id:
            if employee.id not in successors:
                shares[employee] = {}
        self.share_ids = [
            Command.create({"employee_id": employee.id, **vals})
            for employee, vals in shares.items()
            if employee.id not in leavers
        ]

    def _successor_vals(self, post, in_post) -> dict:
        """Return who took over a manager's post on the day after its last, where somebody did."""
        day = post.valid_to + timedelta(days=1)
        successor = in_post.filtered(lambda other: other.valid_from == day and other.employee_id != post.employee_id)
        return {"successor_id": successor[0].employee_id.id, "transferred_on": day} if successor else {}

    def _check_figures(self):
        """Refuse figures that are not those of today any more.

        :raises UserError: naming who would get something else
        """
        run = self.sudo()
        shown, due = run._amounts(run.line_ids), defaultdict(Decimal)
        for line in run._due_lines():
            due[line["employee_id"], line["clause"], line["period"]] += line["amount"]
        changed = {key[0] for key in {*shown, *due} if shown[key] != due[key]}
        if changed:
            names = self.env["hr.employee"].sudo().browse(sorted(changed)).mapped("name")
            raise UserError(
                self.env._(
                    "Since the figures of %(run)s were computed, those of %(names)s have changed. Set it back to draft "
                    "and compute it again.",
                    run=self.display_name,
                    names=", ".join(names),
                )
            )

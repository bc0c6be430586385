from collections import defaultdict
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import SQL

from odoo.addons.rural_base import china_time

from .rural_bonus_run import FINAL

OFFICERS = ("payroll.group_payroll_user",)


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
        run = self.sudo()
        run._check_begun()
        if run.kind == "year":
            run._propose_shares()
        run.scheme_id = self.env["rural.bonus.scheme"]._adopted_on_day(run.date_from, run.company_id)
        before = run._amounts_before()
        found = run._due_lines()
        run.line_ids.unlink()
        run.line_ids = [Command.create(vals) for vals in run._prepare_lines_vals(found, before)]
        run.write(
            {
                "computation_count": run.computation_count + 1,
                "computed_by_id": self.env.uid,
                "computed_at": fields.Datetime.now(),
            }
        )

    def _check_begun(self):
        if self.date_from > china_time.today():
            raise UserError(self.env._("%s has not begun yet: there is nothing to compute.", self.name))

    def _lock(self):
        """Let one person at a time compute and approve the bonuses of a company: runs look at each other."""
        self.env.flush_all()
        self.env.execute_query(
            SQL("SELECT pg_advisory_xact_lock(hashtext('rural.bonus.run'), %s)", self.company_id[:1].id)
        )
        self.invalidate_recordset(["state"])

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

    def _prepare_lines_vals(self, found, before) -> list[dict]:
        """Return the values of the lines; beside each stands the amount of the same line before."""
        again, lines_vals = self.computation_count > 0, []
        for line in found:
            amounts = before[self._line_key(**line)]
            last = amounts.pop(0) if amounts else Decimal(0)
            previous = last if again else line["amount"]
            lines_vals.append({**line, "amount": float(line["amount"]), "previous_amount": float(previous)})
        for (employee_id, clause, period, *_rest), amounts in before.items():
            for previous in filter(None, amounts):
                lines_vals.append(
                    {
                        "employee_id": employee_id,
                        "clause": clause,
                        "period": period,
                        "amount": 0.0,
                        "previous_amount": float(previous),
                        "inputs": {},
                        "scheme_id": self.scheme_id.id,
                    }
                )
        return lines_vals

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
        told = tuple((holder["employee_id"], holder["from_day"]) for holder in holders)
        return employee_id, clause, period, is_correction, told

    def _amounts(self, lines) -> dict:
        """Return the sums of lines by person, clause and period."""
        sums = defaultdict(Decimal)
        for line in lines:
            sums[line.employee_id.id, line.clause, line.period] += Decimal(str(line.amount))
        return sums

    # ------------------------------------------------------------------
    # Corrections
    # ------------------------------------------------------------------

    def _earlier_final_runs(self):
        since = self.date_from - relativedelta(months=self.scheme_id.correction_months)
        return self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("kind", "=", self.kind),
                ("state", "in", FINAL),
                ("date_from", "<", self.date_from),
                ("date_from", ">=", since),
            ],
            order="date_from",
        )

    def _corrections(self) -> list[dict]:
        """Return what earlier periods are worth today less what has been approved for them."""
        lines = []
        for earlier in self._earlier_final_runs():
            due = self.env["rural.bonus.computation"]._lines(
                earlier.kind, earlier.date_from, earlier.company_id, earlier.scheme_id, shares=earlier.share_ids
            )
            lines += self._differences(earlier, due)
        return lines

    def _differences(self, earlier, due) -> list[dict]:
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
        """Let everybody in post as a manager share equally, until the head says otherwise (MA-27)."""
        if self.share_ids:
            return
        posts = self.env["rural.recruiting.post"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("kind", "=", "manager"),
                ("valid_from", "<=", self.date_to),
                "|",
                ("valid_to", "=", False),
                ("valid_to", ">=", self.date_to),
            ]
        )
        leavers = self.env["rural.bonus.computation"]._leavers(self.date_to, self.company_id)
        self.share_ids = [
            Command.create({"employee_id": employee.id}) for employee in posts.employee_id if employee.id not in leavers
        ]

    def _check_figures(self):
        """Refuse figures that are not those of today any more.

        :raises UserError: naming who would get something else
        """
        run = self.sudo()
        shown, found = run._amounts(run.line_ids), defaultdict(Decimal)
        for line in run._due_lines():
            found[line["employee_id"], line["clause"], line["period"]] += line["amount"]
        changed = {key[0] for key in {*shown, *found} if shown[key] != found[key]}
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

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from odoo import api, models
from odoo.tools import SQL


@dataclass
class Stay:
    """Who looks after a merchant from a day on, why, kept after a transfer or not, and paid for it by the quarter."""

    employee_id: int
    since: date
    reason: str
    kept: bool
    is_paid: bool = True


class RuralBonusComputation(models.AbstractModel):
    """Who counts: posts, those who left, service with the company, and who looked after which merchant."""

    _inherit = "rural.bonus.computation"

    @api.model
    def _recruiters(self, first, last, company, employees=None) -> dict:
        """Return the recruiters in post in a period: employee id → in post for the whole of it (MA-22).

        Whoever has no post on record counts as long as he or she looks after merchants.
        """
        found = defaultdict(list)
        posts = self.env["rural.recruiting.post"].search(
            [("company_id", "=", company.id), ("valid_from", "<=", last)], order="valid_from"
        )
        for post in posts.filtered(lambda post: post.kind == "recruiter" and (post.valid_to or last) >= first):
            found[post.employee_id.id].append((post.valid_from, post.valid_to or last))
        recorded = set(self.env["rural.recruiting.post"].search([("company_id", "=", company.id)]).employee_id.ids)
        for employee_id, since, until in self._looking_after(first, last, company):
            if employee_id not in recorded:
                found[employee_id].append((since, until))
        self._end_at_departure(found, first)
        return {
            employee_id: min(start for start, _end in spans) <= first and max(end for _start, end in spans) >= last
            for employee_id, spans in found.items()
            if employees is None or employee_id in employees.ids
        }

    @api.model
    def _end_at_departure(self, spans_by_employee, first):
        """Cut the days in post at the day somebody left the company; who left before the period has none in it."""
        employees = self.env["hr.employee"].with_context(active_test=False).browse(spans_by_employee)
        for employee in employees.filtered("departure_date"):
            left = employee.departure_date
            spans = [(start, min(end, left)) for start, end in spans_by_employee.pop(employee.id)]
            if spans := [(start, end) for start, end in spans if end >= max(start, first)]:
                spans_by_employee[employee.id] = spans

    @api.model
    def _managers(self, first, last, company) -> set:
        """Return who leads recruiters in a period and is not one of them: paid by the year alone (MA-27)."""
        posts = self.env["rural.recruiting.post"].search([("company_id", "=", company.id), ("valid_from", "<=", last)])
        held = posts.filtered(lambda post: (post.valid_to or last) >= first).grouped("kind")
        nobody = self.env["rural.recruiting.post"]
        return set((held.get("manager", nobody).employee_id - held.get("recruiter", nobody).employee_id).ids)

    @api.model
    def _looking_after(self, first, last, company) -> list:
        self.env["rural.merchant.assignment"].flush_model()
        return self.env.execute_query(
            SQL(
                "SELECT employee_id, min(valid_from), max(COALESCE(valid_to, %(last)s))"
                " FROM rural_merchant_assignment WHERE company_id = %(company)s AND valid_from <= %(last)s"
                " AND COALESCE(valid_to, %(last)s) >= %(first)s GROUP BY employee_id",
                first=first,
                last=last,
                company=company.id,
            )
        )

    @api.model
    def _leavers(self, last, company) -> set:
        """Return who left or was dismissed before the last day of a period (MA-26)."""
        posts = self.env["rural.recruiting.post"].search([("company_id", "=", company.id), ("valid_from", "<=", last)])
        ended = posts.filtered(
            lambda post: post.end_reason in ("left", "dismissed") and post.valid_to and post.valid_to < last
        )
        back = posts.filtered(lambda post: (post.valid_to or last) >= last).employee_id
        gone = (
            self.env["hr.employee"]
            .with_context(active_test=False)
            .search([("company_id", "=", company.id), ("departure_date", "!=", False), ("departure_date", "<", last)])
        )
        return set((ended.employee_id - back | gone).ids)

    @api.model
    def _service_begins(self, employee_ids) -> dict:
        """Return since when people have been with the company: their first contract, else their first post (MA-24)."""
        versions = self.env["hr.version"].with_context(active_test=False)
        found = {}
        for model, field, records in (
            ("employee_id", "contract_date_start", versions),
            ("employee_id", "valid_from", self.env["rural.recruiting.post"]),
        ):
            groups = records._read_group(
                [("employee_id", "in", list(employee_ids)), (field, "!=", False)], [model], [f"{field}:min"]
            )
            for employee, day in groups:
                found.setdefault(employee.id, day)
        return found

    @api.model
    def _stays(self, first, last, company, handed_over=False) -> dict:
        """Return who looked after each merchant in a period, in order: merchant id → list of stays (MA-26).

        :param handed_over: with who was transferred on the first day, and so has no day of the period
        """
        self.env["rural.merchant.assignment"].flush_model()
        rows = self.env.execute_query(
            SQL(
                "SELECT merchant_id, employee_id, valid_from, reason, COALESCE(kept_by_transferred, FALSE)"
                " FROM rural_merchant_assignment AS stay WHERE company_id = %(company)s AND valid_from <= %(last)s"
                " AND (COALESCE(valid_to, 'infinity') >= %(first)s OR %(handed_over)s AND valid_to + 1 = %(first)s"
                " AND EXISTS (SELECT FROM rural_merchant_assignment AS following WHERE following.reason = 'transfer'"
                " AND following.merchant_id = stay.merchant_id AND following.valid_from = %(first)s))"
                " ORDER BY merchant_id, valid_from",
                company=company.id,
                last=last,
                first=first,
                handed_over=handed_over,
            )
        )
        stays = defaultdict(list)
        for merchant_id, employee_id, since, reason, kept in rows:
            known = stays[merchant_id]
            if known and known[-1].employee_id == employee_id:
                known[-1].kept |= kept
            else:
                known.append(Stay(employee_id, max(since, first), reason, kept))
        return stays

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from odoo import api, fields, models
from odoo.tools import SQL

ONE_DAY = timedelta(days=1)


@dataclass
class Stay:
    """Who looks after a merchant from a day to a day, why, kept after a transfer or not, and paid by the quarter."""

    employee_id: int
    since: date
    until: date
    reason: str
    kept: bool
    #: whether it begins later, or ends earlier, than the merchant was the recruiter's: there was no post
    begins_late: bool = False
    ends_early: bool = False
    is_paid: bool = True


def is_held(stays, first, last) -> bool:
    """Tell whether a merchant's days from one to another are somebody's, and not lost for want of a post (MA-26)."""
    if any(stay.since <= last and stay.until >= first for stay in stays):
        return True
    before = [stay for stay in stays if stay.until < first]
    after = [stay for stay in stays if stay.since > last]
    return not ((before and before[-1].ends_early) or (after and after[0].begins_late))


class RuralBonusComputation(models.AbstractModel):
    """Who counts: posts, those who left, service with the company, and who looked after which merchant."""

    _inherit = "rural.bonus.computation"

    @api.model
    def _recruiters(self, first, last, company, employees=None) -> dict:
        """Return the recruiters in post in a period: employee id → in post for the whole of it (MA-22).

        Before the first post on record somebody counts as long as he or she looks after merchants.
        """
        spans = {
            employee_id: [span for span in periods if span[0] <= last and span[1] >= first]
            for employee_id, periods in self._recruiter_spans(company, last).items()
        }
        first_posts = self._first_posts(company)
        left = self._departures()
        for employee_id, since, until in self._looking_after(first, last, company):
            until = min(until, first_posts.get(employee_id, date.max) - ONE_DAY, left.get(employee_id, date.max))
            if since <= until and until >= first:
                spans.setdefault(employee_id, []).append((since, until))
        return {
            employee_id: self._covers(periods, first, last)
            for employee_id, periods in spans.items()
            if periods and (employees is None or employee_id in employees.ids)
        }

    @api.model
    def _recruiter_spans(self, company, last) -> dict:
        """Return the days in post as a recruiter until a day: employee → list of (first, last), departures cut off."""
        posts = self.env["rural.recruiting.post"].search(
            [("company_id", "=", company.id), ("kind", "=", "recruiter"), ("valid_from", "<=", last)],
            order="valid_from",
        )
        spans = defaultdict(list)
        for post in posts.with_context(active_test=False):
            until = min(post.valid_to or date.max, post.employee_id.departure_date or date.max)
            if post.valid_from <= until:
                spans[post.employee_id.id].append((post.valid_from, until))
        return spans

    @api.model
    def _departures(self) -> dict:
        """Return on which day people left the company, by employee."""
        employees = self.env["hr.employee"].with_context(active_test=False).search([("departure_date", "!=", False)])
        return {employee.id: employee.departure_date for employee in employees}

    @api.model
    def _first_posts(self, company) -> dict:
        """Return the first day on record in any post, by employee: before it nothing is known of posts."""
        groups = self.env["rural.recruiting.post"]._read_group(
            [("company_id", "=", company.id)], ["employee_id"], ["valid_from:min"]
        )
        return {employee.id: day for employee, day in groups}

    @api.model
    def _covers(self, spans, first, last) -> bool:
        """Tell whether spans cover all days of a period, without a gap."""
        reached = first
        for since, until in sorted(spans):
            if since > reached:
                break
            if until >= last:
                return True
            reached = max(reached, until + ONE_DAY)
        return False

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
    def _leavers(self, last, company, first=None) -> set:
        """Return who left or was dismissed before the last day of a period (MA-26).

        :param date first: of a period; who left within it and came back counts as well
        """
        posts = self.env["rural.recruiting.post"].search([("company_id", "=", company.id), ("valid_from", "<=", last)])
        ended = posts.filtered(
            lambda post: post.end_reason in ("left", "dismissed") and post.valid_to and post.valid_to < last
        )
        back = posts.filtered(lambda post: (post.valid_to or last) >= last).employee_id
        within = ended.filtered(lambda post: first and post.valid_to >= first).employee_id
        gone = (
            self.env["hr.employee"]
            .with_context(active_test=False)
            .search([("company_id", "=", company.id), ("departure_date", "!=", False), ("departure_date", "<", last)])
        )
        return set((ended.employee_id - back | within | gone).ids)

    @api.model
    def _service_begins(self, employee_ids) -> dict:
        """Return since when people have been with the company: their first contract, else their first post (MA-24)."""
        versions = self.env["hr.version"].with_context(active_test=False)
        first_days = {}
        for model, field, records in (
            ("employee_id", "contract_date_start", versions),
            ("employee_id", "valid_from", self.env["rural.recruiting.post"]),
        ):
            groups = records._read_group(
                [("employee_id", "in", list(employee_ids)), (field, "!=", False)], [model], [f"{field}:min"]
            )
            for employee, day in groups:
                first_days.setdefault(employee.id, day)
        return first_days

    @api.model
    def _employed_since(self, employee_id, last):
        """Return since when somebody has been with the company without a gap on a day, or None without a contract."""
        groups = (
            self.env["hr.version"]
            .with_context(active_test=False)
            ._read_group(
                [("employee_id", "=", employee_id), ("contract_date_start", "<=", last)],
                ["contract_date_start:day", "contract_date_end:day"],
                order="contract_date_start:day DESC",
            )
        )
        since = None
        for start, end in groups:
            if since and (not end or fields.Date.to_date(end) < since - ONE_DAY):
                break
            since = fields.Date.to_date(start)
        return since

    @api.model
    def _stays(self, first, last, company, handed_over=False) -> dict:
        """Return who looked after each merchant in a period, in order: merchant id → list of stays (MA-26).

        A merchant's history begins with its contract. Days on which the recruiter was in no post are nobody's, unless
        a transferred one keeps the merchant in writing.

        :param handed_over: with who was transferred on the first day, and so has no day of the period
        """
        spans, first_posts = self._recruiter_spans(company, last), self._first_posts(company)
        stays = defaultdict(list)
        for merchant_id, employee_id, since, until, reason, kept in self._assignments(
            first, last, company, handed_over
        ):
            history = stays[merchant_id]
            in_post = [(date.min, first_posts.get(employee_id, date.max) - ONE_DAY), *spans.get(employee_id, ())]
            if kept or employee_id not in first_posts:
                in_post = [(date.min, date.max)]
            for begin, end in in_post:
                begin, end = max(begin, since), min(end, until)
                if begin > end or (end < first and not (handed_over and end == until)):
                    continue
                if history and history[-1].employee_id == employee_id and history[-1].until >= begin - ONE_DAY:
                    history[-1].kept |= kept
                    history[-1].until, history[-1].ends_early = end, end < until
                else:
                    stay = Stay(employee_id, max(begin, first), end, reason, kept, begin > since, end < until)
                    history.append(stay)
        return {merchant_id: history for merchant_id, history in stays.items() if history}

    @api.model
    def _assignments(self, first, last, company, handed_over) -> list:
        """Return merchant, employee, first and last day, reason and whether it is kept, from the contract on."""
        self.env["rural.merchant.assignment"].flush_model()
        self.env["rural.merchant"].flush_model()
        return self.env.execute_query(
            SQL(
                "SELECT stay.merchant_id, stay.employee_id, stay.valid_from,"
                " COALESCE(stay.valid_to, '9999-12-31'::date), stay.reason, COALESCE(stay.kept_by_transferred, FALSE)"
                " FROM rural_merchant_assignment AS stay"
                " JOIN rural_merchant AS merchant ON merchant.id = stay.merchant_id"
                " WHERE stay.company_id = %(company)s AND stay.valid_from <= %(last)s"
                " AND COALESCE(stay.valid_to, 'infinity') >= COALESCE(merchant.contract_from, '-infinity')"
                " AND (COALESCE(stay.valid_to, 'infinity') >= %(first)s OR %(handed_over)s AND valid_to + 1 = %(first)s"
                " AND EXISTS (SELECT FROM rural_merchant_assignment AS following WHERE following.reason = 'transfer'"
                " AND following.merchant_id = stay.merchant_id AND following.valid_from = %(first)s))"
                " ORDER BY stay.merchant_id, stay.valid_from",
                company=company.id,
                last=last,
                first=first,
                handed_over=handed_over,
            )
        )

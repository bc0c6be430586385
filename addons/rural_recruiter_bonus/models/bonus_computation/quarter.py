from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from itertools import zip_longest
from typing import NamedTuple

from odoo import api, fields, models

from ... import rules
from .people import is_held


class Held(NamedTuple):
    """Who looked after a merchant from a day of its history in the quarter on, counted from 0, and is paid for it."""

    who: int
    since: int
    reason: str
    is_paid: bool


@dataclass
class Portfolio:
    """The merchants that somebody looked after when the quarter began, with their figures."""

    total: Decimal = Decimal(0)
    merchant_months: int = 0
    #: Profit of months that were nobody's, and count neither in the total nor in the average.
    lapsed: Decimal = Decimal(0)
    removed: Counter = field(default_factory=Counter)
    at_start: Counter = field(default_factory=Counter)
    #: What happened to merchants in the quarter, and on which day it began for them → their profit, and which they are.
    profit: dict = field(default_factory=lambda: defaultdict(Decimal))
    merchant_ids: dict = field(default_factory=lambda: defaultdict(set))


class RuralBonusComputation(models.AbstractModel):
    """A quarter: profit of the merchants, removals, transfers (MA-24 to MA-26)."""

    _inherit = "rural.bonus.computation"

    @api.model
    def _quarter_lines(self, first, company, scheme, employees=None, until=None) -> list[dict]:
        last = self._period_end("quarter", first)
        stays, leavers = self._stays(first, last, company, handed_over=True), self._leavers(last, company, first)
        self._mark_paid(first, last, company, stays)
        portfolios = self._portfolios(first, until or last, stays, employees)
        begins = self._service_begins(portfolios)
        lines = []
        for owner, portfolio in portfolios.items():
            figures = self._portfolio_figures(portfolio, scheme)
            months = rules.full_months(begins[owner], last) if owner in begins else 0
            coefficient = rules.tenure_coefficient(months, scheme._tenure_table())
            figures |= {"service_months": months, "coefficient": str(coefficient)}
            for (history, begin), profit in portfolio.profit.items():
                amount = rules.profit_bonus(profit, Decimal(figures["rate"]), coefficient)
                parcel = {
                    **figures,
                    "profit": str(profit),
                    "merchant_ids": sorted(portfolio.merchant_ids[history, begin]),
                    "bonus": str(amount),
                }
                if begin > first:
                    parcel["contract_from"] = str(begin)
                lines += self._parcel_lines(amount, history, (last - begin).days + 1, leavers, parcel)
        return lines

    @api.model
    def _mark_paid(self, first, last, company, stays):
        """Take note of who is paid by the quarter: managers are not (MA-27), with two exceptions (MA-26).

        They go on earning with merchants that they kept when they were transferred, and get their part of those that
        they handed over on the quarter's first day, when they were recruiters until the day before.
        """
        managers = self._managers(first, last, company)
        led_before = self._managers(first - timedelta(days=1), last, company)
        for history in stays.values():
            for stay, following in zip_longest(history, history[1:]):
                at_once = following and following.since == stay.since
                stay.is_paid = stay.kept or stay.employee_id not in (led_before if at_once else managers)

    @api.model
    def _portfolios(self, first, last, stays, employees) -> dict:
        """Return the merchants' figures by who looked after them when the quarter, or they, began."""
        merchants = None
        if employees is not None:
            wanted = set(employees.ids)
            owners = {
                history[0].employee_id for history in stays.values() if wanted & {stay.employee_id for stay in history}
            }
            chosen = [merchant_id for merchant_id, history in stays.items() if history[0].employee_id in owners]
            merchants = self.env["rural.merchant"].browse(chosen)
        contracts = {merchant.id: merchant.contract_from for merchant in self.env["rural.merchant"].browse(stays)}
        portfolios = defaultdict(Portfolio)
        for row in self.env["rural.merchant"]._monthly_profits(first, last, merchants):
            history = stays.get(row["merchant_id"])
            if not history:
                continue
            portfolio = portfolios[history[0].employee_id]
            if not is_held(history, row["month"], fields.Date.end_of(row["month"], "month")):
                portfolio.lapsed += row["profit"]
                continue
            key = self._history_key(history, first, contracts[row["merchant_id"]])
            portfolio.total += row["profit"]
            portfolio.merchant_months += row["in_business"]
            portfolio.removed[row["month"]] += row["removed"]
            portfolio.at_start[row["month"]] += row["terminals"]
            portfolio.profit[key] += row["profit"]
            portfolio.merchant_ids[key].add(row["merchant_id"])
        return portfolios

    @api.model
    def _history_key(self, stays, first, contract_from) -> tuple:
        """Return what happened to a merchant, and the day on which its history in the quarter begins (MA-26).

        That is the first day of its contract, where it lies within the quarter: the days before are nobody's.
        """
        begin = first
        if len(stays) > 1 and contract_from and first < contract_from <= self._period_end("quarter", first):
            begin = contract_from
            stays = [stay for stay in stays if stay.until >= begin]
        history = tuple(
            Held(stay.employee_id, max(stay.since - begin, timedelta()).days, stay.reason, stay.is_paid)
            for stay in stays
        )
        # The first one counts from the first day of the merchant's history.
        return (history[0]._replace(since=0, reason=""), *history[1:]), begin

    @api.model
    def _portfolio_figures(self, portfolio, scheme) -> dict:
        mean = rules.average(portfolio.total, portfolio.merchant_months)
        first_rate = rules.profit_rate(mean, scheme._profit_terms("quarter"))
        terms = scheme._removal_terms()
        removals = {}
        for month in sorted(portfolio.at_start):
            share = rules.removal_rate(portfolio.removed[month], portfolio.at_start[month])
            removals[f"{month:%Y-%m}"] = (
                portfolio.removed[month],
                portfolio.at_start[month],
                rules.removal_steps(share, terms),
            )
        steps = sum(steps for _removed, _at_start, steps in removals.values())
        return {
            "total": str(portfolio.total),
            "merchant_months": portfolio.merchant_months,
            "average": str(rules.to_cents(mean)),
            **({"lapsed": str(portfolio.lapsed)} if portfolio.lapsed else {}),
            "first_rate": str(first_rate),
            "removals": removals,
            "steps": steps,
            "rate": str(rules.lowered_rate(first_rate, steps, terms)),
        }

    @api.model
    def _parcel_lines(self, amount, history, days, leavers, inputs) -> list[dict]:
        """Return the lines of merchants with the same history: one, or the shares of a transfer (MA-26)."""
        if len(history) == 1:
            [owner] = history
            due = owner.is_paid and owner.who not in leavers
            return [self._line(owner.who, "MA-24", amount, inputs)] if due else []
        gone = [
            held.who in leavers or (number + 1 < len(history) and history[number + 1].reason == "leaver")
            for number, held in enumerate(history)
        ]
        holders = [rules.Holder(held.who, held.since, has_left) for held, has_left in zip(history, gone, strict=True)]
        shares = rules.transfer_shares(amount, days, holders)
        hands = [
            {
                "employee_id": holder.who,
                "from_day": holder.since + 1,
                "left": holder.has_left,
                "by_the_year": not held.is_paid,
            }
            for held, holder in zip(history, holders, strict=True)
        ]
        return [
            self._line(holder.who, "MA-26", share, {**inputs, "holders": hands, "days": days, "holder": number})
            for number, (held, holder, share) in enumerate(zip(history, holders, shares, strict=True))
            if held.is_paid and not holder.has_left and (share or amount >= 0)
        ]

from collections import Counter, defaultdict
from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import SQL

from ... import rules


class RuralBonusComputation(models.AbstractModel):
    """A month: points, terminals that earn too little, penalties (MA-21 to MA-23, MA-41)."""

    _inherit = "rural.bonus.computation"

    @api.model
    def _month_lines(self, month, company, scheme, employees=None) -> list[dict]:
        last = fields.Date.end_of(month, "month")
        return [
            *self._point_lines(month, last, company, scheme, employees),
            *self._shortfall_lines(month, last, company, scheme, employees),
            *self._penalty_lines(month, company),
        ]

    # ------------------------------------------------------------------
    # MA-21, MA-22
    # ------------------------------------------------------------------

    @api.model
    def _point_lines(self, month, last, company, scheme, employees):
        points = self._month_points(month, last, company, scheme)
        for employee_id, is_whole in self._recruiters(month, last, company, employees).items():
            reached = points.get(employee_id) or self._counted(Counter(), 0, 0, scheme)
            amount = rules.month_amount(Decimal(reached["points"]), scheme._month_terms())
            if not is_whole:
                # Nobody pays for the days of a month on which he or she was not in post.
                amount = max(amount, Decimal("0.00"))
            yield self._line(employee_id, "MA-22", amount, {**reached, "whole_month": is_whole})

    @api.model
    def _month_points(self, month, last, company, scheme) -> dict:
        """Return the points of everybody for a month, with what they are made of (MA-21)."""
        signed, merchants = defaultdict(Counter), defaultdict(list)
        for employee_id, merchant_class, merchant_id in self._signed(month, company):
            signed[employee_id][merchant_class] += 1
            merchants[employee_id].append(merchant_id)
        reviews = self._follow_ups(month, last, company)
        points = {}
        for employee_id in {*signed, *(employee_id for employee_id, _kind in reviews)}:
            points[employee_id] = {
                **self._counted(
                    signed[employee_id],
                    reviews.get((employee_id, "good_review"), 0),
                    reviews.get((employee_id, "complaint"), 0),
                    scheme,
                ),
                "merchant_ids": merchants[employee_id],
            }
        return points

    @api.model
    def _counted(self, signed, good_reviews, complaints, scheme) -> dict:
        return {
            "points": str(rules.points(signed, good_reviews, complaints, scheme._point_terms())),
            "signed": {name: signed[name] for name in "123"},
            "good_reviews": good_reviews,
            "complaints": complaints,
        }

    @api.model
    def _signed(self, month, company) -> list:
        """Return employee, class and merchant of the contracts that take effect in a month.

        It counts for who looked after the merchant on that day, or else for the first who did afterwards.
        """
        self.env["rural.merchant"].flush_model()
        self.env["rural.merchant.assignment"].flush_model()
        return self.env.execute_query(
            SQL(
                "SELECT recruiter.employee_id, merchant.signed_class, merchant.id FROM rural_merchant AS merchant,"
                " LATERAL (SELECT employee_id FROM rural_merchant_assignment WHERE merchant_id = merchant.id"
                " AND COALESCE(valid_to, 'infinity') >= merchant.contract_from"
                " ORDER BY valid_from LIMIT 1) AS recruiter"
                " WHERE merchant.company_id = %s AND merchant.signed_month = %s AND merchant.signed_class IS NOT NULL"
                " ORDER BY merchant.id",
                company.id,
                month,
            )
        )

    @api.model
    def _follow_ups(self, month, last, company) -> dict:
        groups = self.env["rural.merchant.follow.up"]._read_group(
            [
                ("company_id", "=", company.id),
                ("date", ">=", month),
                ("date", "<=", last),
                ("kind", "in", ("good_review", "complaint")),
                ("employee_id", "!=", False),
            ],
            ["employee_id", "kind"],
            ["__count"],
        )
        return {(employee.id, kind): count for employee, kind, count in groups}

    # ------------------------------------------------------------------
    # MA-23
    # ------------------------------------------------------------------

    @api.model
    def _shortfall_lines(self, month, last, company, scheme, employees):
        stays, gone = self._stays(month, last, company), self._leavers(month, company)
        # Of whoever looked after the merchant when the month began, and was in post then.
        stays = {
            merchant_id: history
            for merchant_id, history in stays.items()
            if history[0].since <= month and history[0].employee_id not in gone
        }
        merchants = None
        if employees is not None:
            own = [merchant_id for merchant_id, history in stays.items() if history[0].employee_id in employees.ids]
            merchants = self.env["rural.merchant"].browse(own)
        counting = self._counting_terminals(month, company, scheme)
        least, missing = scheme._number("terminal_profit"), defaultdict(list)
        for row in self.env["rural.merchant"]._monthly_profits(month, month, merchants):
            merchant_id = row["merchant_id"]
            terminals = min(counting[merchant_id], row["terminals"])
            if not terminals or merchant_id not in stays or row["fee_paid"] or row["deferred"]:
                continue
            amount = rules.shortfall(row["profit"], terminals, least)
            if amount:
                missing[stays[merchant_id][0].employee_id].append((merchant_id, row["profit"], terminals, amount))
        for employee_id, entries in missing.items():
            total = -sum((amount for *_rest, amount in entries), Decimal("0.00"))
            yield self._line(
                employee_id,
                "MA-23",
                total,
                {
                    "terminals": sum(terminals for _id, _profit, terminals, _amount in entries),
                    "profit": str(sum((profit for _id, profit, _terminals, _amount in entries), Decimal(0))),
                    "least": str(least),
                    "merchant_ids": [merchant_id for merchant_id, *_rest in entries],
                },
            )

    @api.model
    def _counting_terminals(self, month, company, scheme) -> Counter:
        """Return how many terminals of each merchant count in a month: those whose own third month has come.

        A terminal that takes the place of one removed on that day or the day before goes on with its months.
        """
        self.env["rural.merchant.terminal"].flush_model()
        rows = self.env.execute_query(
            SQL(
                "SELECT merchant_id, installed_on, removed_on FROM rural_merchant_terminal"
                " WHERE company_id = %s AND installed_on < %s ORDER BY merchant_id, installed_on, id",
                company.id,
                month,
            )
        )
        counting, removed = Counter(), defaultdict(list)
        for merchant_id, installed_on, removed_on in rows:
            replaced = next((gone for gone in removed[merchant_id] if 0 <= (installed_on - gone[0]).days <= 1), None)
            if replaced:
                removed[merchant_id].remove(replaced)
            begins = replaced[1] if replaced else installed_on
            if removed_on:
                removed[merchant_id].append((removed_on, begins))
            stands = not removed_on or removed_on >= month
            if stands and rules.shortfall_begins(begins, scheme.terminal_full_months) <= month:
                counting[merchant_id] += 1
        return counting

    # ------------------------------------------------------------------
    # MA-41
    # ------------------------------------------------------------------

    @api.model
    def _penalty_lines(self, month, company):
        by_employee = defaultdict(list)
        for employee_id, amount, penalty_id in self._penalties(month, company):
            by_employee[employee_id].append((amount, penalty_id))
        for employee_id, penalties in by_employee.items():
            total = -sum((rules.to_cents(Decimal(str(amount))) for amount, _id in penalties), Decimal("0.00"))
            yield self._line(employee_id, "MA-41", total, {"penalty_ids": [number for _amount, number in penalties]})

    @api.model
    def _penalties(self, month, company) -> list:
        """Return employee, yuan and record of the penalties of a month for founded complaints (MA-41)."""
        penalties = self.env["rural.complaint.penalty"].search(
            [("month", "=", month), ("company_id", "=", company.id), ("state", "=", "confirmed")], order="id"
        )
        return [(penalty.employee_id.id, penalty.amount, penalty.id) for penalty in penalties]

    @api.model
    def _line(self, employee_id, clause, amount, inputs) -> dict:
        return {"employee_id": employee_id, "clause": clause, "amount": amount, "inputs": inputs}

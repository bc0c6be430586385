from decimal import Decimal

from odoo import api, models

from ... import rules


class RuralBonusComputation(models.AbstractModel):
    """A year of the managers: a share of the profit of all merchants, shared out by the head (MA-27)."""

    _inherit = "rural.bonus.computation"

    @api.model
    def _pool(self, first, company, scheme) -> dict:
        """Return the year's figures of all merchants and the amount to share out."""
        computation = self.sudo().with_context(allowed_company_ids=company.ids)
        last = self._period_end("year", first)
        total, merchant_months = computation.env["rural.merchant"]._total_profit(first, last)
        mean = rules.average(total, merchant_months)
        rate = rules.profit_rate(mean, scheme._profit_terms("year"))
        return {
            "total": str(total),
            "merchant_months": merchant_months,
            "average": str(rules.to_cents(mean)),
            "rate": str(rate),
            "bonus": str(rules.profit_bonus(total, rate)),
        }

    @api.model
    def _year_lines(self, first, company, scheme, shares, pool=None) -> list[dict]:
        """Return the managers' lines; those under the months with the company are `deferred` to the next year.

        :param dict pool: what :meth:`_pool` says, where it is known already
        """
        shares = (shares or self.env["rural.bonus.share"]).filtered(lambda share: share.weight > 0)
        if not shares:
            return []
        pool, last = pool or self._pool(first, company, scheme), self._period_end("year", first)
        leavers = self._leavers(last, company)
        parts = rules.distribute(Decimal(pool["bonus"]), [Decimal(str(share.weight)) for share in shares])
        lines = []
        for share, part in zip(shares, parts, strict=True):
            inputs = {**pool, "weight": str(share.weight), "part": str(part)}
            lines += self._share_lines(share, part, first, last, leavers, inputs)
        for line in lines:
            since = self._employed_since(line["employee_id"], last)
            months = rules.full_months(since, last) if since else scheme.year_months_employed
            line["deferred"] = months < scheme.year_months_employed
            line["inputs"]["months_employed"] = months
        return lines

    @api.model
    def _share_lines(self, share, part, first, last, leavers, inputs) -> list[dict]:
        if not share.successor_id:
            gone = share.employee_id.id in leavers
            return [] if gone else [self._line(share.employee_id.id, "MA-27", part, inputs)]
        days = (last - first).days + 1
        holders = [
            rules.Holder(share.employee_id.id, 0, share.employee_id.id in leavers),
            rules.Holder(share.successor_id.id, (share.transferred_on - first).days, share.successor_id.id in leavers),
        ]
        hands = [
            {"employee_id": holder.who, "from_day": holder.since + 1, "left": holder.has_left} for holder in holders
        ]
        parts = rules.transfer_shares(part, days, holders)
        return [
            self._line(holder.who, "MA-27", amount, {**inputs, "holders": hands, "days": days, "holder": number})
            for number, (holder, amount) in enumerate(zip(holders, parts, strict=True))
            if not holder.has_left
        ]

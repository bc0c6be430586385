from datetime import date

from odoo import api, models
from odoo.tools import SQL, format_list

from odoo.addons.rural_base.china_time import CHINA_OFFSET

from ..eligibility import fee_of


class RuralPoolEntry(models.Model):
    """The orders that are judged by a version of a rate (SC-08, SC-10)."""

    _name = "rural.pool.entry"
    _inherit = ["rural.pool.entry", "rural.order.facts.mixin"]
    _order_facts = frozenset({"product_id", "fee_rate", "valid_from", "valid_to", "state"})

    def _order_keys(self):
        return self.product_id.ids

    @api.model
    def _order_condition(self, keys):
        return SQL("line.product_id = ANY(%s)", keys)

    def _decide(self, state, reason=None, **vals):
        """Judge orders anew by what was confirmed; of those in closed months the rate alone (SC-08, SC-13)."""
        taken = self.browse()
        if state == "confirmed":
            taken = taken.union(*(version._versions_taken() for version in self.sudo()))
        with self._judge_orders_once():
            result = super()._decide(state, reason, **vals)
        for version in taken:
            version._correct_closed_orders()
        return result

    def _correct_closed_orders(self):
        """Give closed orders that were judged by this version, and are no longer, what applies now in its place.

        The rest of their judgement stays as it was settled. What they earn more or less is due again, and so an
        adjustment of the earliest open month (SC-13).
        """
        for entry_id, count, before, after in self.env["rural.order.line"]._correct_closed_rates(self):
            entry = self.browse(entry_id) or self
            entry.message_post(
                body=self.env._(
                    "%(count)s order lines of closed months, judged by %(version)s before, earn %(after).2f instead of "
                    "%(before).2f yuan. The difference becomes adjustments of the earliest open months (SC-13).",
                    count=count,
                    version=self.display_name,
                    after=after,
                    before=before,
                ),
                author_id=self.env.user.partner_id.id,
            )

    def _describe_changes(self):
        """Say as well which order lines are judged again, lose or gain their fee, and what closed ones earn (SC-08)."""
        [[count, closed, kept, before, after, lost, lost_fee, gained, gained_fee]] = self._count_touched_lines()
        sentences = super()._describe_changes()
        sentences.append(
            self.env._(
                "Order lines of these days: %(count)s are judged again, %(closed)s belong to closed months.",
                count=count,
                closed=closed,
            )
        )
        if kept:
            sentences.append(
                self.env._(
                    "Those of closed months earn %(after).2f instead of %(before).2f yuan; the difference becomes "
                    "adjustments of the earliest open months (SC-13).",
                    after=after,
                    before=before,
                )
            )
        if lost:
            sentences.append(
                self.env._(
                    "%(count)s order lines lose their fee of %(fee).2f yuan, because the product is no longer in the "
                    "pool on their days; what was paid for closed months becomes adjustments (SC-13): %(lines)s.",
                    count=len(lost),
                    fee=lost_fee,
                    lines=self._name_lines(lost),
                )
            )
        if gained:
            sentences.append(
                self.env._(
                    "%(count)s order lines of days without the product in the pool are now within, and earn up to "
                    "%(fee).2f yuan if nothing else is against it: %(lines)s.",
                    count=len(gained),
                    fee=gained_fee,
                    lines=self._name_lines(gained),
                )
            )
        return sentences

    def _name_lines(self, ids) -> str:
        """Return the names of order lines, the first ten where there are many."""
        lines = self.env["rural.order.line"].sudo().browse(ids[:10])
        names = lines.mapped("display_name")
        if len(ids) > len(lines):
            names.append(self.env._("%s more", len(ids) - len(lines)))
        return format_list(self.env, names)

    def _count_touched_lines(self):
        """Return how many lines are open and closed, and what those that stay within, fall out and come in earn."""
        lines, taken = self.env["rural.order.line"], self._versions_taken()
        lines.flush_model()
        return self.env.execute_query(
            SQL(
                """
                SELECT count(*) FILTER (WHERE is_open), count(*) FILTER (WHERE is_settled),
                       count(*) FILTER (WHERE is_settled AND is_within),
                       COALESCE(sum(fee) FILTER (WHERE is_settled AND is_within), 0),
                       COALESCE(sum(%(fee)s) FILTER (WHERE is_settled AND is_within), 0),
                       array_agg(id ORDER BY order_time, id) FILTER (WHERE falls_out),
                       COALESCE(sum(fee) FILTER (WHERE falls_out), 0),
                       array_agg(id ORDER BY order_time, id) FILTER (WHERE comes_in),
                       COALESCE(sum(%(fee)s) FILTER (WHERE comes_in), 0)
                  FROM (SELECT line.id, line.order_time, line.fee, line.net_amount, day.is_within,
                               %(is_open)s AS is_open,
                               line.pool_entry_id = ANY(%(taken)s) AND (%(is_settled)s) AS is_settled,
                               line.outcome = 'eligible' AND NOT day.is_within AS falls_out,
                               line.outcome = 'not_in_pool' AND day.is_within AND %(is_open)s AS comes_in
                          FROM rural_order_line AS line
                    CROSS JOIN LATERAL (
                               SELECT (line.order_time + %(offset)s)::date BETWEEN %(first)s AND %(last)s AS is_within
                          ) AS day
                         WHERE line.product_id = %(product)s
                               AND (day.is_within OR line.pool_entry_id = ANY(%(replaced)s))) AS lines
                """,
                fee=fee_of(SQL("net_amount"), SQL("%s::numeric", str(self.fee_rate))),
                taken=taken.ids,
                replaced=taken.filtered(self._replaces).ids,
                is_open=lines._open_condition(),
                is_settled=lines._rate_settled_condition(),
                product=self.product_id.id,
                offset=CHINA_OFFSET,
                first=self.valid_from,
                last=self.valid_to or date.max,
            )
        )

    def _change_from(self, first_day, **vals):
        with self._judge_orders_once():
            return super()._change_from(first_day, **vals)

    def _last_order_day(self):
        """Return the day in China of the last order that was judged by the entry."""
        [[last_day]] = self.env.execute_query(
            SQL(
                """
                SELECT max(line.order_time + %s)::date FROM rural_order_line AS line
                 WHERE line.product_id = %s AND line.pool_entry_id = %s
                """,
                CHINA_OFFSET,
                self.product_id.id,
                self.id,
            )
        )
        return last_day

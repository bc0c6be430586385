from bisect import bisect_right
from datetime import date, timedelta

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.rural_base import china_time
from odoo.addons.rural_service_order.eligibility import EARNING

from ..rules import year_days


class RuralIndicator(models.AbstractModel):
    """What centers have reached in a year: the one rule of the running year and of the year end (SC-16).

    - market revenue: the eligible amounts of the center's code, less refunds; a provincial center leads those of its
      province, so that their codes count for it as well while it is authorised, whatever has become of it since;
    - region turnover: all completed amounts less refunds of purchasers in its region, with or without a code;
    - purchasers: those of its region with a completed order of which something is left after refunds;
    - satisfaction: the mean score of the surveys that purchasers of its region have answered.

    The year is that of completion in China, from the first day of the center's agreement on; a purchaser's region is
    the one that its order names. A line from outside the region, let in by a cross-region report (SC-11), is market
    revenue of the center and turnover of the region that the purchaser belongs to.
    """

    _name = "rural.indicator"
    _description = "Yearly Indicators of Service Centers"

    @api.model
    def _measure(self, company, year, centers) -> dict:
        """Return the indicators of centers, by center id.

        Each is a dictionary with market_revenue and region_turnover (yuan), purchasers and answers (numbers)
        and satisfaction (0 to 1, None where nobody answered).
        """
        if not centers:
            return {}
        self._flush_measured()
        first_days, last_days = self._first_days(centers, year), self._last_days(centers, year)
        self.env.cr.execute(self._query(company, year, first_days, last_days))
        return {row.pop("center_id"): row for row in self.env.cr.dictfetchall()}

    @api.model
    def _first_days(self, centers, year) -> dict:
        """Hook: return by center id the day from which a center is measured: the first one of its agreement."""
        agreements = self.env["rural.center.agreement"].sudo()._of_year(centers, year)
        begun = {agreement.center_id.id: agreement.date_from for agreement in agreements}
        return {center_id: begun.get(center_id, year_days(year)[0]) for center_id in centers.ids}

    @api.model
    def _last_days(self, centers, year) -> dict:
        """Return by center id the last day of the year on which a provincial center leads the others."""
        first, last = year_days(year)
        provincial = centers.sudo().filtered(lambda center: center.kind == "province")
        in_year = [("valid_from", "<=", last), "|", ("valid_to", "=", False), ("valid_to", ">=", first)]
        periods = provincial.authorisation_ids.filtered_domain(in_year)
        return {
            center.id: max(min(period.valid_to or last, last) for period in own)
            for center, own in periods.grouped("center_id").items()
        }

    @api.model
    def _flush_measured(self):
        """Write to the database what the query reads from it."""
        self.env["rural.order.line"].flush_model()
        self.env["rural.service.center"].flush_model()
        self.env["rural.region"].flush_model()
        self.env["rural.center.agreement"].flush_model()
        self.env["rural.satisfaction.invitation"].flush_model()
        self.env["rural.satisfaction.round"].flush_model()

    @api.model
    def _query(self, company, year, first_days, last_days) -> SQL:
        """Return a query of the indicators, a row for each center. Call `_flush_measured` before.

        The year's lines are read once: each falls into a part of the year, which ends where a center begins to be
        measured or ceases to lead others, and counts for the centers whose own part begins no later.

        :param dict first_days: center id → the day from which it is measured
        :param dict last_days: id of a provincial center → the last day on which it leads those of its province
        """
        ends = {day + timedelta(days=1) for day in last_days.values()}
        begins = sorted({year_days(year)[0], *first_days.values(), *ends})
        return SQL(
            """
            WITH scope AS (
                SELECT center.id AS center_id, center.region_id, measured.part, measured.last_led_part
                  FROM unnest(%(centers)s, %(parts)s, %(last_led_parts)s) AS measured (center_id, part, last_led_part)
                  JOIN rural_service_center center ON center.id = measured.center_id
                 WHERE center.company_id = %(company)s
            ), traded AS MATERIALIZED (
                %(traded)s
            ), answered AS MATERIALIZED (
                %(answered)s
            ), above AS MATERIALIZED (
                %(above)s
            ), market AS (
                SELECT scope.center_id, sum(traded.net_amount) AS market_revenue
                  FROM (SELECT earning_center_id, part, sum(net_amount) AS net_amount
                          FROM traded WHERE earning_center_id IS NOT NULL GROUP BY 1, 2) traded
                  JOIN rural_service_center earning ON earning.id = traded.earning_center_id
                  JOIN rural_region region ON region.id = earning.region_id
                  JOIN scope ON traded.part >= scope.part
                       AND (scope.center_id = earning.id
                            OR traded.part <= scope.last_led_part AND earning.kind = 'city_county'
                               AND scope.region_id::text = ANY(string_to_array(region.parent_path, '/')))
                 GROUP BY scope.center_id
            ), turnover AS (
                SELECT above.center_id, sum(region.net_amount) AS region_turnover
                  FROM (SELECT region_id, part, sum(net_amount) AS net_amount FROM traded GROUP BY 1, 2) region
                  JOIN above ON above.region_id = region.region_id AND region.part >= above.part
                 GROUP BY above.center_id
            ), counted AS (
                SELECT center_id, count(*) AS purchasers
                  FROM (SELECT DISTINCT above.center_id, traded.purchaser_id
                          FROM traded
                          JOIN above ON above.region_id = traded.region_id AND traded.part >= above.part
                         WHERE traded.has_bought) bought
                 GROUP BY center_id
            ), satisfied AS (
                SELECT above.center_id, count(*) AS answers, round(avg(answered.score), 6) AS satisfaction
                  FROM answered
                  JOIN above USING (region_id)
                 GROUP BY above.center_id
            )
            SELECT scope.center_id,
                   COALESCE(market_revenue, 0) AS market_revenue,
                   COALESCE(region_turnover, 0) AS region_turnover,
                   COALESCE(purchasers, 0) AS purchasers,
                   COALESCE(answers, 0) AS answers,
                   satisfaction
              FROM scope
              LEFT JOIN market USING (center_id)
              LEFT JOIN turnover USING (center_id)
              LEFT JOIN counted USING (center_id)
              LEFT JOIN satisfied USING (center_id)
            """,
            company=company.id,
            centers=list(first_days),
            parts=[begins.index(day) + 1 for day in first_days.values()],
            last_led_parts=[bisect_right(begins, last_days.get(center_id, date.min)) for center_id in first_days],
            traded=self._traded_query(company, year, begins),
            above=self._above_query(),
            answered=self._answered_query(company, year),
        )

    @api.model
    def _traded_query(self, company, year, begins) -> SQL:
        # The year's completed lines, read once: what each purchaser bought, where, when and for which center.
        first, last = year_days(year)
        return SQL(
            """
            SELECT region_id, purchaser_id,
                   CASE WHEN outcome IN %(earning)s THEN center_id END AS earning_center_id,
                   width_bucket(completion_time, %(begins)s::timestamp[]) AS part,
                   sum(net_amount) AS net_amount, bool_or(net_amount > 0) AS has_bought
              FROM rural_order_line
             WHERE company_id = %(company)s AND state = 'completed'
                   AND completion_month BETWEEN %(first)s AND %(last)s
             GROUP BY 1, 2, 3, 4
            """,
            company=company.id,
            earning=EARNING,
            begins=[china_time.day_start(day) for day in begins],
            first=first,
            last=last,
        )

    @api.model
    def _above_query(self) -> SQL:
        # For each region where something happened, the centers whose region it is or belongs to.
        return SQL(
            """
            SELECT region.id AS region_id, scope.center_id, scope.part
              FROM (SELECT region_id FROM traded UNION SELECT region_id FROM answered) seen
              JOIN rural_region region ON region.id = seen.region_id
             CROSS JOIN LATERAL unnest(string_to_array(rtrim(region.parent_path, '/'), '/')) AS ancestor
              JOIN scope ON scope.region_id = ancestor::int
            """
        )

    @api.model
    def _answered_query(self, company, year) -> SQL:
        return SQL(
            """
            SELECT invitation.region_id, invitation.score
              FROM rural_satisfaction_invitation invitation
              JOIN rural_satisfaction_round round ON round.id = invitation.round_id
             WHERE round.company_id = %s AND round.year = %s AND invitation.is_answered
            """,
            company.id,
            year,
        )

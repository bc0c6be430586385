from odoo import api, models
from odoo.tools import SQL

from odoo.addons.rural_service_order.eligibility import EARNING

from ..rules import year_days


class RuralRewardDue(models.AbstractModel):
    """What is still to be rewarded: the one rule of year-end rewards and their adjustments (SC-18).

    For each center, supplier, pool entry and year of completion:

        due = eligible amount now × incentive rate × the year's coefficient - what other runs have rewarded

    A year's own run rewards its orders; what has changed since in the orders of reviewed years (a refund, a
    line that came late) is an adjustment of the next run, at the rate and the coefficient of then. What counts as
    rewarded is in every run whose figures are final, reviewed or posted, so that an adjustment is in one run alone
    whatever their order.
    """

    _name = "rural.reward.due"
    _description = "Year-End Rewards that are still to be paid"

    @api.model
    def _flush_due(self):
        """Write to the database what the query reads from it."""
        for model in ("rural.order.line", "rural.pool.entry", "rural.assessment", "rural.assessment.line"):
            self.env[model].flush_model()

    @api.model
    def _due_query(self, assessment) -> SQL:
        """Return a query of what an assessment rewards, a row for each line. Call `_flush_due` before.

        Columns: assessment_line_id, center_id, supplier_id, pool_entry_id, year, kind (reward or
        adjustment), line_count, base and reward in yuan, incentive_rate, coefficient. Both roundings are of
        a whole line: an adjustment is the difference of two rounded rewards.
        """
        return SQL(
            "SELECT * FROM (%s) difference WHERE kind = 'reward' OR base <> 0",
            self._difference_query(assessment, self._assessed_query(assessment)),
        )

    @api.model
    def _changed_query(self, assessment) -> SQL:
        """Return a query of the centers that have an adjustment of final years before that of an assessment."""
        return SQL(
            "SELECT DISTINCT center_id FROM (%s) difference WHERE reward <> 0",
            self._difference_query(assessment, self._final_query(assessment)),
        )

    @api.model
    def _difference_query(self, assessment, assessed) -> SQL:
        return SQL(
            """
            WITH assessed AS (
                %(assessed)s
            ), worth AS (
                %(worth)s
            ), rewarded AS (
                %(rewarded)s
            )
            SELECT assessed.own_line_id AS assessment_line_id, center_id, supplier_id, pool_entry_id, year,
                   CASE WHEN assessed.is_own THEN 'reward' ELSE 'adjustment' END AS kind,
                   COALESCE(worth.line_count, 0) - COALESCE(rewarded.line_count, 0) AS line_count,
                   COALESCE(worth.base, 0) - COALESCE(rewarded.base, 0) AS base,
                   rate.incentive_rate,
                   assessed.coefficient,
                   round(COALESCE(worth.base, 0) * rate.incentive_rate * assessed.coefficient, 2)
                   - COALESCE(rewarded.reward, 0) AS reward
              FROM worth
              FULL JOIN rewarded USING (center_id, supplier_id, pool_key, year)
              JOIN assessed USING (center_id, year)
             CROSS JOIN LATERAL (SELECT NULLIF(pool_key, 0) AS pool_entry_id) key
             CROSS JOIN LATERAL (
                SELECT COALESCE(
                    rewarded.incentive_rate,
                    (SELECT pool.incentive_rate FROM rural_pool_entry pool WHERE pool.id = pool_key),
                    0
                ) AS incentive_rate
             ) rate
            """,
            assessed=assessed,
            worth=self._worth_query(assessment),
            rewarded=self._rewarded_query(assessment),
        )

    @api.model
    def _assessed_query(self, assessment) -> SQL:
        # The years of each center that count: this one, and those before it that are final.
        return SQL(
            """
            SELECT id AS own_line_id, center_id, year, coefficient, TRUE AS is_own
              FROM rural_assessment_line
             WHERE assessment_id = %(assessment)s
             UNION ALL
            SELECT own.id, final.center_id, final.year, final.coefficient, FALSE
              FROM (%(final)s) final
              JOIN rural_assessment_line own ON own.center_id = final.center_id
             WHERE own.assessment_id = %(assessment)s
            """,
            assessment=assessment.id,
            final=self._final_query(assessment),
        )

    @api.model
    def _final_query(self, assessment) -> SQL:
        return SQL(
            """
            SELECT NULL::int AS own_line_id, line.center_id, line.year, line.coefficient, FALSE AS is_own
              FROM rural_assessment_line line
              JOIN rural_assessment run ON run.id = line.assessment_id
             WHERE run.company_id = %s AND run.state IN %s AND run.year < %s
            """,
            assessment.company_id.id,
            assessment._live_states,
            assessment.year,
        )

    @api.model
    def _worth_query(self, assessment) -> SQL:
        # The eligible amounts as the orders are now.
        _first, last = year_days(assessment.year)
        return SQL(
            """
            SELECT line.center_id, line.supplier_id, COALESCE(line.pool_entry_id, 0) AS pool_key,
                   extract(year FROM line.completion_month)::int AS year,
                   count(*) AS line_count, sum(line.net_amount) AS base
              FROM rural_order_line line
             WHERE line.company_id = %(company)s AND line.outcome IN %(earning)s
                   AND line.completion_month <= %(last)s
                   AND line.completion_month >= (SELECT make_date(min(year), 1, 1) FROM assessed)
                   AND line.center_id IN (SELECT center_id FROM assessed)
             GROUP BY 1, 2, 3, 4
            """,
            company=assessment.company_id.id,
            earning=EARNING,
            last=last,
        )

    @api.model
    def _rewarded_query(self, assessment) -> SQL:
        # What other runs have rewarded, whose figures are final.
        return SQL(
            """
            SELECT reward.center_id, reward.supplier_id, COALESCE(reward.pool_entry_id, 0) AS pool_key,
                   reward.year, sum(reward.line_count) AS line_count, sum(reward.base) AS base,
                   sum(reward.reward) AS reward,
                   (array_agg(reward.incentive_rate ORDER BY reward.id DESC))[1] AS incentive_rate
              FROM rural_reward_line reward
              JOIN rural_assessment run ON run.id = reward.assessment_id
             WHERE run.company_id = %(company)s AND run.state IN %(live)s AND run.id <> %(assessment)s
             GROUP BY 1, 2, 3, 4
            """,
            company=assessment.company_id.id,
            live=assessment._live_states,
            assessment=assessment.id,
        )

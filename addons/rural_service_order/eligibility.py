"""SC-10, SC-11 and SC-12: which order lines earn a fee, and the first reason why another does not.

The one implementation of these rules. It judges a single line after an edit on screen and the
million lines of a file alike.
"""

from odoo.tools import SQL

from odoo.addons.rural_base.china_time import CHINA_OFFSET

#: Reasons that a person should look at: the line has a code and earns nothing all the same (SC-12).
EXCEPTIONS = ("unknown_code", "center_inactive", "out_of_region", "not_in_pool")
#: Reasons for which a person can accept a line by hand (SC-12); one that is not completed never.
ACCEPTABLE = ("no_code", *EXCEPTIONS)
#: Outcomes that earn a fee.
EARNING = ("eligible", "accepted")
#: States of an acceptance that lets its line in: until somebody has confirmed its withdrawal (SC-12).
HOLDING = ("confirmed", "withdrawal_requested")
#: Columns of an order line that the judgement gives.
JUDGED = ("outcome", "center_id", "pool_entry_id", "report_id", "acceptance_id", "fee_rate", "fee")


def judge(facts, are_new=False):
    """The judgement of order lines, as a query.

    :param SQL facts: a relation (table, or query in parentheses) with at least the columns
        `company_id`, `line_id`, `state`, `service_code`, `ordered_at` (China local time),
        `purchaser_id`, `purchaser_type`, `region_id`, `supplier_id`, `product_id` and `net_amount`
        (amount less refund, yuan)
    :param bool are_new: the lines are not stored yet, so nobody can have accepted one of them
    :return: SQL of a query with the columns of the facts and `outcome`, `center_id`,
        `pool_entry_id`, `report_id`, `acceptance_id`, `fee_rate` (a share, 0.05 is 5%) and `fee`
        (yuan, 0 unless earned). Center, pool entry and report are given as far as they are known,
        whatever the outcome.
    """
    return SQL(
        """
        SELECT accepted.*,
               CASE WHEN acceptance_id IS NULL THEN reason ELSE 'accepted' END AS outcome,
               COALESCE(accepted_center_id, code_center_id) AS center_id,
               COALESCE(accepted_rate, pool_rate) AS fee_rate,
               CASE WHEN reason = 'eligible' OR acceptance_id IS NOT NULL
                    THEN %s ELSE 0 END AS fee
          FROM (%s) AS accepted
        """,
        fee_of(SQL("net_amount"), SQL("COALESCE(accepted_rate, pool_rate)")),
        (_without_acceptance if are_new else _with_acceptance)(_with_reason(_with_versions(facts))),
    )


def fee_of(net_amount, fee_rate):
    """The fee of an amount less refund, yuan, rounded half up once, as SQL."""
    return SQL("round(%s * %s, 2)", net_amount, fee_rate)


def valid_pool_entry(product, ordered_on):
    """Whether the alias `pool` is the pool entry of a product that was valid on the day of order, as SQL."""
    return SQL(
        """pool.product_id = %s AND pool.state = 'confirmed'
           AND %s BETWEEN pool.valid_from AND COALESCE(pool.valid_to, 'infinity')""",
        product,
        ordered_on,
    )


def _with_versions(facts):
    """The facts with the versions of center, pool and report that were valid at order time."""
    return SQL(
        """
        SELECT facts.*,
               center.id AS code_center_id,
               pool.id AS pool_entry_id,
               pool.fee_rate AS pool_rate,
               center.active_days @> facts.ordered_at::date AS is_active,
               starts_with(region.parent_path, center.region_path) AS in_region,
               CASE WHEN facts.purchaser_type = 'non_budget_unit'
                     AND NOT starts_with(region.parent_path, center.region_path)
                    THEN (SELECT min(report.id)
                            FROM rural_cross_region_report AS report
                           WHERE report.center_id = center.id
                             AND report.purchaser_id = facts.purchaser_id
                             AND report.state = 'approved'
                             AND report.approved_at + %(offset)s <= facts.ordered_at
                             AND report.valid_until >= facts.ordered_at::date)
                END AS report_id
          FROM %(facts)s AS facts
          JOIN rural_region AS region ON region.id = facts.region_id
     LEFT JOIN (%(centers)s) AS center
            ON center.service_code = facts.service_code AND center.company_id = facts.company_id
     LEFT JOIN rural_pool_entry AS pool ON %(valid_pool_entry)s
        OFFSET 0 -- a fence: the report is looked up once for each line, not at each mention
        """,
        facts=facts,
        centers=_centers_with_a_code(),
        valid_pool_entry=valid_pool_entry(SQL("facts.product_id"), SQL("facts.ordered_at::date")),
        offset=CHINA_OFFSET,
    )


def _centers_with_a_code():
    """The centers with the days on which each is active: authorised and not suspended."""
    return SQL(
        """
        SELECT center.id, center.company_id, center.service_code, region.parent_path AS region_path,
               %s - %s AS active_days
          FROM rural_service_center AS center
          JOIN rural_region AS region ON region.id = center.region_id
         WHERE center.service_code IS NOT NULL
        """,
        _days_of_center(SQL("rural_center_authorisation")),
        _days_of_center(SQL("rural_center_suspension")),
    )


def _days_of_center(periods):
    """The days of a center's periods, as a set of ranges."""
    return SQL(
        """(SELECT COALESCE(range_agg(daterange(valid_from, valid_to, '[]')), '{}')
              FROM %s WHERE center_id = center.id)""",
        periods,
    )


def _with_reason(versions):
    """The first reason that applies, in the order of SC-10."""
    return SQL(
        """
        SELECT versions.*,
               CASE WHEN state <> 'completed' THEN 'not_completed'
                    WHEN service_code IS NULL THEN 'no_code'
                    WHEN code_center_id IS NULL THEN 'unknown_code'
                    WHEN NOT is_active THEN 'center_inactive'
                    WHEN NOT in_region AND report_id IS NULL THEN 'out_of_region'
                    WHEN pool_entry_id IS NULL THEN 'not_in_pool'
                    ELSE 'eligible' END AS reason
          FROM (%s) AS versions
        """,
        versions,
    )


def _with_acceptance(reasoned):
    """What a person has accepted, and a second one confirmed, where a line would earn nothing.

    It holds as long as the line is what they looked at: for the same reason, with the same code, product,
    supplier and purchaser, and at no higher amount. Otherwise the line is an exception again.
    """
    # IS NOT DISTINCT FROM keeps the join on the line alone: what was looked at is compared where there is
    # an acceptance, and is not hashed for a million lines without one.
    return SQL(
        """
        SELECT reasoned.*,
               acceptance.id AS acceptance_id,
               acceptance.center_id AS accepted_center_id,
               acceptance.fee_rate AS accepted_rate
          FROM (%s) AS reasoned
     LEFT JOIN rural_line_acceptance AS acceptance
            ON acceptance.line_id = reasoned.line_id
           AND acceptance.state = ANY(%s)
           AND ROW(acceptance.judged_outcome, acceptance.judged_code, acceptance.judged_product_id,
                   acceptance.judged_supplier_id, acceptance.judged_purchaser_id)
               IS NOT DISTINCT FROM
               ROW(reasoned.reason, reasoned.service_code, reasoned.product_id,
                   reasoned.supplier_id, reasoned.purchaser_id)
           AND reasoned.net_amount <= acceptance.judged_net_amount
        """,
        reasoned,
        list(HOLDING),
    )


def _without_acceptance(reasoned):
    """The same columns where there can be no acceptance."""
    return SQL(
        """
        SELECT reasoned.*,
               NULL::integer AS acceptance_id,
               NULL::integer AS accepted_center_id,
               NULL::numeric AS accepted_rate
          FROM (%s) AS reasoned
        """,
        reasoned,
    )

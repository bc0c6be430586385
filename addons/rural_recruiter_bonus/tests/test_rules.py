from decimal import Decimal
from fractions import Fraction

from hypothesis import HealthCheck, settings
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.rural_base.tests.common import run_examples
from odoo.addons.rural_recruiter_bonus import rules

calmly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def given(*strategies):
    """Run a property on a busy machine as well."""
    return lambda test: calmly(hypothesis_given(*strategies)(test))


half_points = st.integers(-40, 200).map(lambda number: Decimal(number) / 2)
money = st.decimals("-1e6", "1e6", places=2)
gains = st.decimals("0", "1e6", places=2)
counts = st.integers(0, 50)


class TestRules(BaseCase):
    def test_examples_in_the_docstrings_of_the_rules(self):
        run_examples(self, rules)

    @given(half_points, half_points)
    def test_ma22_more_points_never_bring_less(self, one, other):
        low, high = sorted((one, other))
        self.assertLessEqual(rules.month_amount(low), rules.month_amount(high))

    def test_ma22_nothing_jumps_at_the_borders(self):
        little = Decimal("0.001")
        for border in (Decimal(6), Decimal(10)):
            below, at, above = (rules.month_amount(border + change) for change in (-little, 0, little))
            self.assertLessEqual(abs(at - below), Decimal("0.05"))
            self.assertLessEqual(abs(above - at), Decimal("0.05"))

    @given(counts, counts, counts, counts, counts)
    def test_ma21_each_event_counts_by_itself(self, first, second, third, good, bad):
        signed = {"1": first, "2": second, "3": third}
        total = rules.points(signed, good, bad)
        self.assertEqual(total, 4 * first + 2 * second + third + Decimal(good - bad) / 2)

    @given(half_points)
    def test_ma22_what_is_missing_leads_to_the_next_step(self, reached):
        missing, step = rules.points_to_next(reached)
        aim = {"floor": Decimal(6), "upper": Decimal(10)}.get(step, reached)
        self.assertEqual(reached + missing, aim)

    @given(money, money, st.integers(1, 30))
    def test_ma23_more_profit_never_costs_more(self, one, other, terminals):
        low, high = sorted((one, other))
        self.assertGreaterEqual(rules.shortfall(low, terminals), rules.shortfall(high, terminals))
        self.assertGreaterEqual(rules.shortfall(low, terminals), 0)

    @given(gains, gains)
    def test_ma24_more_profit_never_lowers_the_rate(self, one, other):
        low, high = sorted((one, other))
        for terms in (rules.ProfitTerms(), rules.YEAR_TERMS):
            self.assertLessEqual(rules.profit_rate(low, terms), rules.profit_rate(high, terms))
            self.assertLessEqual(rules.profit_rate(high, terms), terms.rate_max)

    @given(gains, st.integers(1, 300))
    def test_ma24_average_is_exact(self, total, months):
        self.assertEqual(rules.average(total, months) * months, Fraction(total))

    @given(st.integers(0, 100), st.integers(0, 100), st.integers(1, 100))
    def test_ma25_more_removals_never_raise_the_rate(self, one, other, at_start):
        low, high = sorted((one, other))
        steps = [rules.removal_steps(rules.removal_rate(removed, at_start)) for removed in (low, high)]
        self.assertLessEqual(steps[0], steps[1])
        rate = rules.lowered_rate(Decimal("0.02"), steps[1])
        self.assertTrue(0 <= rate <= Decimal("0.02"))

    @given(
        money,
        st.integers(1, 366),
        st.lists(st.tuples(st.integers(0, 5), st.integers(0, 365), st.booleans()), max_size=4),
    )
    def test_ma26_shares_add_up_to_the_whole(self, amount, days, others):
        starts = sorted({min(day, days) for _who, day, _left in others})
        holders = [rules.Holder("first")]
        holders += [rules.Holder(who, day, left) for day, (who, _day, left) in zip(starts, others, strict=False)]
        shares = rules.transfer_shares(amount, days, holders)
        self.assertEqual(sum(shares), amount)
        if amount >= 0:
            exact = [
                sum((Fraction(amount) * part * own / days for own, part in parts), Fraction(0))
                for parts in rules.transfer_parts(days, holders)
            ]
            rounded = [rules.to_cents(share) for share in exact]
            self.assertGreaterEqual(min(shares), 0)
            if sum(rounded) == amount:
                self.assertEqual(shares, rounded)

    @given(gains, st.integers(2, 92).flatmap(lambda days: st.tuples(st.just(days), st.integers(1, days - 1))))
    def test_ma26_the_old_one_never_gets_less_than_the_new(self, amount, period):
        days, day = period
        old, new = rules.transfer_shares(amount, days, [rules.Holder("old"), rules.Holder("new", day)])
        self.assertGreaterEqual(old, new - rules.CENT)

    @given(gains, st.lists(st.decimals("0", "100", places=2), min_size=1, max_size=12).filter(any))
    def test_ma27_shares_add_up_to_the_whole(self, amount, weights):
        parts = rules.distribute(amount, weights)
        self.assertEqual(sum(parts), amount)
        exact = [Fraction(amount) * Fraction(weight) / sum(map(Fraction, weights)) for weight in weights]
        for part, wanted in zip(parts, exact, strict=True):
            self.assertLess(abs(Fraction(part) - wanted), Fraction(1, 100))

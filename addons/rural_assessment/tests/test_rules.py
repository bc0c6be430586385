import doctest
import unittest
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.rural_assessment import rules

amounts = st.decimals("0", "1e9", places=2)
targets = st.decimals("0.01", "1e9", places=2)
shares = st.fractions(0, 1)
weights = st.lists(st.decimals("0", "100", places=2), min_size=4, max_size=4).filter(any)
tiers = st.lists(st.tuples(st.decimals("0", "1", places=6), st.decimals("0", "2", places=4)), max_size=4)
DEFAULT_TIERS = [(Decimal(1), Decimal(1)), (Decimal("0.8"), Decimal("0.5"))]


class TestRules(BaseCase):
    def test_sc18_examples_in_the_docstrings_of_the_rules(self):
        result = unittest.TestResult()
        doctest.DocTestSuite(rules).run(result)
        self.assertTrue(result.testsRun)
        self.assertEqual([str(failure) for _test, failure in result.failures + result.errors], [])

    @given(amounts, targets)
    def test_sc18_completion_lies_between_0_and_1_and_is_1_only_when_met(self, actual, target):
        share = rules.completion(actual, target)
        self.assertTrue(0 <= share <= 1)
        self.assertEqual(share == 1, actual >= target)

    @given(st.lists(shares, min_size=4, max_size=4), weights)
    def test_sc18_overall_lies_between_the_least_and_the_greatest(self, completions, given_weights):
        overall = rules.overall(completions, given_weights)
        self.assertTrue(min(completions) <= overall <= max(completions))

    @given(st.lists(shares, min_size=4, max_size=4), weights)
    def test_sc18_weights_count_by_their_proportion(self, completions, given_weights):
        tenfold = [weight * 10 for weight in given_weights]
        self.assertEqual(rules.overall(completions, given_weights), rules.overall(completions, tenfold))

    @given(shares, shares)
    def test_sc18_more_completion_never_means_a_lower_coefficient(self, one, other):
        low, high = sorted((one, other))
        self.assertLessEqual(rules.coefficient(low, DEFAULT_TIERS), rules.coefficient(high, DEFAULT_TIERS))

    @given(shares)
    def test_sc18_default_tiers(self, share):
        expected = 1 if share == 1 else Decimal("0.5") if share >= Fraction(4, 5) else 0
        self.assertEqual(rules.coefficient(share, DEFAULT_TIERS), expected)

    @given(shares, tiers)
    def test_sc18_shown_share_never_reaches_a_tier_that_was_missed(self, share, given_tiers):
        self.assertLessEqual(Fraction(rules.shown(share)), share)
        for least, _coefficient in given_tiers:
            self.assertEqual(rules.shown(share) >= least, share >= Fraction(least))

    @given(st.decimals("-1e9", "1e9", places=2), st.decimals("0", "1", places=6), st.decimals("0", "1", places=4))
    def test_sc18_reward_is_the_nearest_cent_and_a_refund_takes_back_the_same(self, base, rate, factor):
        reward = rules.reward(base, rate, factor)
        self.assertLessEqual(abs(reward - base * rate * factor), Decimal("0.005"))
        self.assertEqual(rules.reward(-base, rate, factor), -reward)

    @given(st.lists(st.integers(0, 10), min_size=1))
    def test_sc16_score_is_the_mean_of_the_answers(self, answers):
        score = rules.answer_score((answer, 0, 10) for answer in answers)
        self.assertEqual(score, Fraction(sum(answers), 10 * len(answers)))

import random
from collections import defaultdict

from odoo.exceptions import UserError

from .common import DepositCase

MOVEMENTS = 2_000
PARTIES = 12
CHECK_EVERY = 100


class TestRandomMovements(DepositCase):
    """DP-02, DP-03: whatever happens in whatever order, the liability account equals the balances."""

    def test_dp03_liability_equals_balances_after_2000_random_movements(self):
        self.chance = random.Random(20220701)
        parties = self.env["res.partner"].create([{"name": f"合作方{number}"} for number in range(PARTIES)])
        self.deposits = self.env["rural.deposit"]
        for number in range(PARTIES * 2):
            self.deposits += self._new_deposit(parties[number % PARTIES], self.chance.choice(["province", "city_county"]))
        self.expected = defaultdict(int)
        self.posted, outcomes = self.Movement, defaultdict(int)
        made = 0
        while made < MOVEMENTS:
            outcome = self._move()
            outcomes[outcome] += 1
            made += outcome != "over"
            if made % CHECK_EVERY == 0:
                self._check()
        self._check()
        self.assertGreater(outcomes["posted"], MOVEMENTS / 2)
        self.assertGreater(min(outcomes[each] for each in ("cancelled", "refused", "cut", "impossible")), 20, outcomes)

    def _move(self):
        """Try one movement, as people would, and keep count in whole cents."""
        deposit = self.chance.choice(self.deposits)
        if deposit.state == "closed":
            self.deposits += self._new_deposit(deposit.partner_id)
            self.deposits -= deposit
            return "over"
        kind = self.chance.choice(["collect", "top_up", "collect", "deduct", "deduct", "refund"])
        cents = self.chance.randint(1, 900_000)
        try:
            movement = self.request(kind, cents / 100, deposit)
        except UserError:
            self.assertEqual(kind, "refund")
            self.assertGreater(cents, self.expected[deposit])
            return "impossible"
        if self.chance.random() < 0.05:
            movement.with_user(self.director)._refuse("不同意")
            return "refused"
        self.post(self.approve(movement))
        return self._count(deposit, movement, kind, cents)

    def _count(self, deposit, movement, kind, cents):
        balance = self.expected[deposit]
        taken = min(cents, balance) if kind == "deduct" else cents
        sign = 1 if kind in ("collect", "top_up") else -1
        self.assertEqual(round(movement.balance_amount * 100), taken)
        if self.chance.random() < 0.1:
            self.cancel(movement)
            return "cancelled"
        self.expected[deposit] = balance + sign * taken
        return "posted" if taken == cents else "cut"

    def _check(self):
        self.env.flush_all()
        self.env.invalidate_all()
        by_party = defaultdict(int)
        for deposit, cents in self.expected.items():
            self.assertGreaterEqual(cents, 0)
            self.assertEqual(round(deposit.balance * 100), cents)
            self.assertEqual(deposit.balance, round(deposit.collected - deposit.deducted - deposit.refunded, 2))
            by_party[deposit.partner_id] += cents
        for party, cents in by_party.items():
            self.assertEqual(round(self.liability(party) * 100), cents)
        self.assertEqual(self.env["rural.deposit.comparison"]._differences(self.company), [])

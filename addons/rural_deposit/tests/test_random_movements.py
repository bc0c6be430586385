import os
import random
from collections import Counter, defaultdict

from odoo.exceptions import UserError
from odoo.fields import Domain

from .common import DepositCase

#: RURAL_RANDOM_MOVEMENTS=2000 takes some minutes.
MOVEMENTS = int(os.environ.get("RURAL_RANDOM_MOVEMENTS") or 500)
PARTIES = 15
DEPOSITS = 40
KINDS = ("collect", "collect", "top_up", "deduct", "deduct", "refund")


class TestRandomMovements(DepositCase):
    """DP-02, DP-03: whatever happens in whatever order, the liability account equals the balances."""

    def test_dp03_liability_equals_balances_after_every_round_of_random_movements(self):
        self.chance = random.Random(20220701)
        self.parties = self.env["res.partner"].create([{"name": f"合作方{number}"} for number in range(PARTIES)])
        self.deposits = [self._open() for _number in range(DEPOSITS)]
        # What people would count on paper: whole cents.
        self.cents = defaultdict(int)
        self.beyond = defaultdict(int)
        self.outcomes = Counter()
        while sum(self.outcomes[outcome] for outcome in ("posted", "cut", "refused")) < MOVEMENTS:
            self._live_a_round()
            self._check()
        self.assertGreater(self.outcomes["posted"], MOVEMENTS / 3)
        for outcome in ("cut", "cancelled", "refused", "too much", "kept", "owing"):
            self.assertGreater(self.outcomes[outcome], MOVEMENTS / 100, self.outcomes)

    def _open(self):
        return self._new_deposit(self.chance.choice(self.parties), self.chance.choice(["province", "city_county"]))

    def _live_a_round(self):
        """Let each deposit move once: some are refused, all others posted together, some of these cancelled."""
        self.deposits = [self._open() if deposit.state == "closed" else deposit for deposit in self.deposits]
        requested = self.Movement.union(*filter(None, map(self._request_some, self.deposits)))
        refused = requested.filtered(lambda _movement: self.chance.random() < 0.05)
        if refused:
            refused.with_user(self.director)._reject("不同意")
            self.outcomes["refused"] += len(refused)
        self.post(self.approve(requested - refused))
        for movement in requested - refused:
            self._count(movement)
        self._cancel_some()

    def _request_some(self, deposit):
        kind = self.chance.choice(KINDS)
        cents = self.chance.choice([self.chance.randint(1, 900_000), self.cents[deposit] or 1])
        if kind == "refund" and deposit.receivable_open:
            with self.assertRaisesRegex(UserError, "beyond the balance is not paid"):
                self.request(kind, cents / 100, deposit)
            self.outcomes["owing"] += 1
            return None
        if kind == "refund" and cents > self.cents[deposit]:
            with self.assertRaisesRegex(UserError, "cannot be refunded"):
                self.request(kind, cents / 100, deposit)
            self.outcomes["too much"] += 1
            return None
        return self.request(kind, cents / 100, deposit)

    def _count(self, movement):
        deposit, cents = movement.deposit_id, round(movement.amount * 100)
        taken = min(cents, self.cents[deposit]) if movement.kind == "deduct" else cents
        self.cents[deposit] += taken if movement.kind in ("collect", "top_up") else -taken
        self.beyond[deposit.partner_id] += cents - taken
        self.outcomes["posted" if taken == cents else "cut"] += 1

    def _cancel_some(self):
        domain = Domain("company_id", "=", self.company.id) & Domain("state", "=", "posted")
        for movement in self.chance.sample(self.Movement.search(domain, order="id"), 2):
            deposit, change = movement.deposit_id, round(movement.effect * 100)
            if self.cents[deposit] < change or self._is_under_a_cut(movement):
                with self.assertRaisesRegex(UserError, "Cancel the later movements first"):
                    self.cancel(movement)
                self.outcomes["kept"] += 1
                continue
            beyond = round(movement.receivable_amount * 100)
            self.cancel(movement)
            self.cents[deposit] -= change
            self.beyond[deposit.partner_id] -= beyond
            self.outcomes["cancelled"] += 1

    def _is_under_a_cut(self, movement):
        later = movement.deposit_id.movement_ids.filtered(lambda other: other.id > movement.id)
        return any(other.state == "posted" and other.receivable_amount for other in later)

    def _check(self):
        self.env.flush_all()
        self.env.invalidate_all()
        by_party = defaultdict(int)
        for deposit, cents in self.cents.items():
            self.assertGreaterEqual(cents, 0)
            self.assertEqual(round(deposit.balance * 100), cents)
            self.assertEqual(deposit.balance, round(deposit.collected - deposit.deducted - deposit.refunded, 2))
            by_party[deposit.partner_id] += cents
        books = self._books(self.company.rural_deposit_account_id)
        receivables = self._books(self.env["account.account"].browse(), "asset_receivable")
        for party in self.parties:
            self.assertEqual(-books[party], by_party[party])
            self.assertEqual(receivables[party], self.beyond[party])
        self.assertEqual(self.env["rural.deposit.comparison"]._differences(self.company), [])

    def _books(self, account, account_type=False):
        """The posted balances by partner, in cents."""
        which = Domain("account_id", "=", account.id) if account else Domain("account_type", "=", account_type)
        domain = which & Domain("company_id", "=", self.company.id) & Domain("parent_state", "=", "posted")
        groups = self.env["account.move.line"]._read_group(domain, ["partner_id"], ["balance:sum"])
        return defaultdict(int, {partner: round(balance * 100) for partner, balance in groups})

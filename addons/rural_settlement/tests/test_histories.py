import random
from collections import defaultdict

from dateutil.relativedelta import relativedelta

from odoo.addons.rural_service_order.eligibility import EARNING

from .common import JANUARY, SettlementCase

ORDERS = 8
STEPS = 14
SEEDS = range(6)


class TestHistories(SettlementCase):
    """SC-15: whatever happens in whatever order, nothing is settled twice and nothing is lost."""

    def test_sc15_settled_and_due_are_always_the_worth(self):
        for seed in SEEDS:
            with self.subTest(seed=seed), self.env.cr.savepoint() as savepoint:
                self._live(random.Random(seed))
                savepoint.rollback()
            self.env.invalidate_all()

    def _live(self, chance):
        self.chance = chance
        steps = (self._change, self._change, self._confirm_next, self._confirm_next, self._cancel)
        for _step in range(STEPS):
            chance.choice(steps)()
            self._check_nothing_lost()
        # In the end everything can be settled, and then nothing is due.
        while drafts := self._earliest_drafts():
            self.confirm(drafts)
        self.assertFalse(self.dues())
        self._check_nothing_lost()

    def _change(self):
        rows = []
        for order in self.chance.sample(range(ORDERS), self.chance.randint(1, 4)):
            state = self.chance.choice(["已完成"] * 5 + ["已取消"])
            month = self.chance.randint(1, 4)
            rows.append(
                self.row(
                    f"H{order}",
                    month,
                    amount="100.00",
                    refund=self.chance.choice(["0.00", "33.33", "100.00"]),
                    center=self.chance.choice([self.lichuan, self.tongcheng]),
                    product=self.chance.choice([self.apples, self.rice]),
                    下单时间="2022-01-01 09:00:00",
                    订单状态=state,
                    完成时间=f"2022-{month:02d}-15 10:00:00" if state == "已完成" else "",
                )
            )
        self.load(*rows)

    def _earliest_drafts(self):
        self.prepare()
        drafts = self.statements().filtered(lambda statement: statement.state == "draft")
        earliest = drafts.browse()
        for statements in drafts.grouped("center_id").values():
            earliest += statements.sorted("month")[0]
        limit = JANUARY + relativedelta(months=6)
        return earliest.filtered(lambda statement: statement.month < limit)

    def _confirm_next(self):
        if drafts := self._earliest_drafts():
            self.confirm(self.chance.choice(drafts))

    def _cancel(self):
        if live := self.statements().filtered(lambda statement: statement.state == "confirmed"):
            self.chance.choice(live).with_user(self.manager)._cancel("试验")

    def _check_nothing_lost(self):
        self.env.invalidate_all()
        worth, settled = defaultdict(float), defaultdict(float)
        for line in self.env["rural.order.line"].search(
            [("company_id", "=", self.company.id), ("outcome", "in", EARNING)]
        ):
            worth[line.center_id.id, line.supplier_id.id] += line.fee
        for entry in self.Entry.search(
            [("company_id", "=", self.company.id), ("statement_id.state", "in", self.Statement._live_states)]
        ):
            settled[entry.center_id.id, entry.supplier_id.id] += entry.fee
        dues = self.dues()
        for (center, supplier, month, _kind), fee in dues.items():
            settled[center, supplier] += fee
            self._check_month_open(center, month)
        for key in worth | settled:
            self.assertAlmostEqual(worth[key], settled[key], places=2)

    def _check_month_open(self, center_id, month):
        closed = self.statements(center=self.env["rural.service.center"].browse(center_id)).filtered(
            lambda statement: statement.state in self.Statement._live_states
        )
        self.assertNotIn(month, closed.mapped("month"))
        if closed:
            self.assertGreater(month, max(closed.mapped("month")))

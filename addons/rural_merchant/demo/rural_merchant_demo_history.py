import random
from datetime import date, datetime, timedelta

from odoo import fields, models

from odoo.addons.rural_base import china_time

MAY, JUNE = date(2023, 5, 1), date(2023, 6, 1)
TRANSFER_DAY, LEAVING_DAY = date(2023, 5, 16), date(2023, 6, 12)
SEED = 20230420


class RuralMerchantDemo(models.AbstractModel):
    """Two months of history: a transfer, a leaver, visits, a deferral, a wave of removals."""

    _inherit = "rural.merchant.demo"

    def _make_history(self, merchants):
        chance = random.Random(SEED)
        self._hand_over(merchants)
        self._visit(merchants, chance)
        self._follow_up(merchants)
        self._defer(merchants)
        self._remove_wave(merchants)
        self._ask_for_rates(merchants)

    def _of(self, merchants, login):
        return merchants.filtered(lambda merchant: merchant.recruiter_id == self._employee(login))

    def _hand_over(self, merchants):
        """One recruiter is transferred and keeps two merchants, another one leaves (MA-26)."""
        kept = self._of(merchants, "recruiter2")[:2]
        Transfer = self.env["rural.merchant.transfer"]
        for old, new, day, reason, keeps in (
            ("recruiter2", "recruiter3", TRANSFER_DAY, "transfer", kept.ids),
            ("recruiter5", "recruiter4", LEAVING_DAY, "leaver", []),
        ):
            self._as("recruiting", Transfer).create(
                {
                    "employee_id": self._employee(old).id,
                    "new_employee_id": self._employee(new).id,
                    "day": day,
                    "reason": reason,
                    "kept_ids": keeps,
                }
            ).action_transfer()
        self._employee("recruiter5").departure_date = LEAVING_DAY - timedelta(days=1)

    def _visit(self, merchants, chance):
        now = fields.Datetime.now().replace(hour=2, minute=0, second=0)
        visits = [
            {
                "merchant_id": merchant.id,
                "employee_id": merchant.assignment_ids.sorted("valid_from")[0].employee_id.id,
                "start": datetime.combine(merchant.contract_from - timedelta(days=chance.randint(1, 4)), now.time()),
                "result": chance.choice(("interested", "undecided")),
                "note": "介绍万商通联盟和预付费卡返佣标准",
            }
            for merchant in merchants
        ]
        visits += [
            {
                "merchant_id": merchant.id,
                "employee_id": merchant.recruiter_id.id,
                "start": now + timedelta(days=number),
                "result": "planned",
            }
            for number, merchant in enumerate(self.env["rural.merchant"].search([("stage", "=", "visiting")]), start=1)
        ]
        self.env["rural.merchant.visit"].create(visits)

    def _follow_up(self, merchants):
        """Customer service follows up: good reviews and complaints (MA-21)."""
        FollowUp = self._as("service", self.env["rural.merchant.follow.up"])
        kinds = ("good_review", "none", "good_review", "none", "none", "complaint", "good_review")
        notes = {"good_review": "服务及时，很满意", "complaint": "回访不及时", "none": "一切正常"}
        FollowUp.create(
            [
                {"merchant_id": merchant.id, "date": day, "kind": kind, "note": notes[kind]}
                for month, step in ((MAY, 2), (JUNE, 3))
                for number, merchant in enumerate(merchants[::step])
                for day, kind in [(month + timedelta(days=19 + number % 10), kinds[(number * step) % 7])]
                if day >= merchant.contract_from
            ]
        )

    def _defer(self, merchants):
        """Leadership lets the terminal fee of one merchant go, and is asked to for another one (MA-23)."""
        small = merchants.filtered(lambda merchant: merchant.merchant_class == "3" and merchant.installed_on < JUNE)
        Deferral = self._as("recruiting", self.env["rural.terminal.deferral"])
        granted, open_one = Deferral.create(
            [
                {
                    "merchant_id": merchant.id,
                    "date_from": date(2023, 7, 1),
                    "date_to": date(2023, 9, 30),
                    "reason": "新开业，客流正在增长",
                }
                for merchant in small[5:7]
            ]
        )
        (granted + open_one).action_request()
        self._as("director", granted).action_approve()

    # ------------------------------------------------------------------
    # Removals, open requests
    # ------------------------------------------------------------------

    def _remove_wave(self, merchants):
        """In late June one recruiter loses more than a fifth of the terminals (MA-25); others only give one up."""
        losing = self._of(merchants, "recruiter").filtered(lambda merchant: merchant.installed_on < JUNE)
        # The one retail shop goes on: it is for a recruiter to ask for another rate.
        gone = losing.filtered(lambda merchant: merchant.name != "清河便利店")[-3:]
        smaller = losing.filtered(lambda merchant: merchant.terminal_count > 1)[:2]
        prospect = self.env["rural.merchant"].search([("stage", "=", "visiting")], limit=1)
        for merchant in gone:
            self._as("recruiting", self.env["rural.merchant.drop"]).create(
                {
                    "merchant_ids": merchant.ids,
                    "day": date(2023, 6, 30),
                    "reason": "房屋到期，停止营业",
                    "replacement_id": prospect.id,
                }
            ).action_drop()
        terminals = self.env["rural.merchant.terminal"]
        for merchant in smaller:
            terminals += merchant.terminal_ids.sorted("number")[-1]
        self._as("recruiting", self.env["rural.terminal.removal"]).create(
            {
                "terminal_ids": terminals.ids,
                "day": date(2023, 6, 30),
                "kind": "given_up",
                "reason": "使用率低，商家要求退机",
            }
        ).action_remove()

    def _ask_for_rates(self, merchants):
        """Rates that wait: for the director, for the general manager, for the review by operations (MA-03, MA-04)."""
        ahead = fields.Date.add(china_time.today(), days=10)
        for name, kind, rate, login in (
            ("皖北渔港", "rebate", 0.06, None),
            ("云顶健身会所", "rebate", 0.06, None),
            ("金鼎购物中心", "bank_fee", 0.006, "recruiting"),
        ):
            merchant = merchants.filtered(lambda merchant, name=name: merchant.name == name)
            self._request(merchant, kind, rate, "同行报价更低，希望留住商家", login, ahead)

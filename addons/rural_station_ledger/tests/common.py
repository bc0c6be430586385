from odoo import fields

from odoo.addons.rural_station.tests.common import StationCase

PLATFORM = "交易流水号,站点编码,业务时间,业务类型,商品名称,数量,金额,服务费,快递单号"
LEDGER = "站点编码,台账编号,登记日期,完成日期,业务类型,村民,品名,数量,金额,服务费,状态,交易流水号,快递单号"
REPORTS = "站点编码,日报日期,提交时间,开门时间,关门时间,中途关门分钟,到访人数"


class LedgerCase(StationCase):
    """Rows of both files, as short as a test wants them."""

    def load_platform(self, *rows, user=None):
        return self.load_rows(user or self.clerk, "station_platform", PLATFORM, rows)

    def load_ledger(self, *rows, user=None):
        return self.load_rows(user or self.clerk, "station_ledger", LEDGER, rows)

    def load_reports(self, *rows, user=None):
        return self.load_rows(user or self.clerk, "station_reports", REPORTS, rows)

    def day(self, text):
        return fields.Date.to_date(text)

    def sold(self, number, amount, day="2026-03-10", station="ZD001", charge="1.00"):
        """A row of the platform: something sold for a villager."""
        return f"{number},{station},{day} 09:00:00,代销,山药,1,{amount},{charge},"

    def own(self, number, amount="10.00", day="2026-03-10", kind="代销", state="已售出", platform="", courier=""):
        """A row of the station's ledger."""
        done = day if state in ("已售出", "已交付", "已完成", "已换货") else ""
        return f"ZD001,{number},{day},{done},{kind},谭某,山药,1,{amount},1.00,{state},{platform},{courier}"

    def entry(self, number):
        domain = ["|", ("number", "=", number), ("entry_number", "=", number), ("company_id", "=", self.company.id)]
        return self.env["rural.station.entry"].search(domain, order="source", limit=1)

    def outcomes(self, *numbers):
        return [self.entry(number).outcome for number in numbers]


class HandCase(LedgerCase):
    """A station that keeps its ledger by hand, on its telephone."""

    def setUp(self):
        super().setUp()
        self.registry_enter_test_mode()
        self.mine = self.as_user(self.station, self.partner_user)

    def begin(self, kind="buying", **vals):
        defaults = {"item": "化肥", "amount": "120.00", "charge": "2", "villager": "李大山"}
        if kind.startswith("parcel"):
            defaults = {"courier": "YT1", "shelf": "A3", "villager": "李大山"}
        return self.mine._begin_entry(kind, {**defaults, **vals})

    def code(self, entry):
        return entry._pickup_notice()["code"]

    def bought(self, **vals):
        entry = self.begin(**vals)
        for state in ("ordered", "received", "notified"):
            entry._advance(state)
        return entry

    def handed_over(self, **vals):
        entry = self.bought(**vals)
        entry._advance("handed_over", code=self.code(entry))
        return entry

    def sold_by_hand(self, **vals):
        entry = self.begin("selling", **vals)
        for state in ("negotiated", "listed", "sold"):
            entry._advance(state)
        return entry

    def publish(self, month="2026-04-01"):
        rankings = (
            self.env["rural.station.ranking"].with_user(self.manager).with_context(allowed_company_ids=self.company.ids)
        )
        return rankings._publish(self.company, fields.Date.to_date(month))

    def turnover(self, day="2026-05-01"):
        domain = [("station_id", "=", self.station.id), ("month", "=", day), ("outcome", "=", "counts")]
        return round(sum(self.env["rural.station.entry"].search(domain).mapped("turnover")), 2)

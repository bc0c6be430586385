from datetime import timedelta

from odoo import api, models

from odoo.addons.rural_base import china_time

#: What is entered, in this order.
PARCEL = ("courier", "shelf", "villager_phone", "villager")
SERVICE = ("item", "amount", "charge", "villager", "villager_phone")
#: What waits at the station: kind, values, days ago, and how far it came.
ENTRIES = (
    ("parcel_in", ("YT7700012345671", "A1", "13900000011", "田大爷"), 9, "told"),
    ("parcel_in", ("SF1390022446688", "A2", "13900000012", "刘小芳"), 2, "told"),
    ("parcel_in", ("JT5210099887766", "B1", "13900000013", "向国平"), 0, ""),
    ("parcel_in", ("ZT6620011223344", "B2", "13900000014", "牟翠花"), 0, ""),
    ("buying", ("电热毯 1.5 米", "89", "2", "田大爷", "13900000011"), 0, "recorded"),
    ("buying", ("复合肥 40 公斤", "168.50", "3", "李大山", "13900000015"), 2, "ordered"),
    ("buying", ("小太阳取暖器", "129", "2", "谭桂英", "13900000016"), 4, "received"),
    ("buying", ("学生书包", "59.90", "1", "刘小芳", "13900000012"), 3, "notified"),
    ("buying", ("高压锅密封圈", "15", "1", "向国平", "13900000013"), 5, "handed_over"),
    ("selling", ("土腊肉 10 斤", "450", "0", "覃老三", "13900000017"), 3, "listed"),
    ("bill", ("电费", "120", "1", "李大山", ""), 0, "done"),
    ("booking", ("火车票", "86", "3", "牟翠花", "13900000014"), 0, "done"),
)


class RuralStationDemo(models.AbstractModel):
    """Demo data of the telephone: a station at work today."""

    _inherit = "rural.station.demo"

    @api.model
    def _work_at_station(self):
        """Let the partner of the demo station enter what villagers asked for these days (ST-03, ST-04)."""
        demo = self._in_company()
        stations = demo._as("station", demo.env["rural.station"])
        station, today = stations._portal_stations()[:1], china_time.today()
        for number, (kind, values, days_ago, goal) in enumerate(ENTRIES):
            day = today - timedelta(days=days_ago)
            vals = dict(zip(PARCEL if kind == "parcel_in" else SERVICE, values, strict=True))
            entry = station._begin_entry(kind, {**vals, "day": day, "token": f"demo-{number}"})
            if goal == "told":
                entry._advance("notified")
            while goal in entry.sudo()._steps() and entry.sudo().state != goal:
                self._advance(entry, day)

    def _advance(self, entry, day):
        step = entry.sudo()._following_state()
        vals = {"shelf": "货架上"} if step == "received" else {}
        if step in ("ordered", "received"):
            vals["day"] = day
        if step == "handed_over":
            vals["code"] = entry.sudo().pickup_code
        entry._advance(step, **vals)

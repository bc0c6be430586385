from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from odoo.addons.rural_base import china_time

#: What the demo's station keeps by hand: kind, days ago, what was entered, the last step taken and what came of it.
KEPT = (
    ("buying", 0, {"item": "复合肥40kg", "amount": "128", "charge": "2", "villager": "向成全"}, "recorded", None),
    ("buying", 1, {"item": "农用喷雾器", "amount": "86.5", "charge": "2", "villager": "牟秀兰"}, "ordered", None),
    ("buying", 2, {"item": "冬季棉鞋", "amount": "59.9", "charge": "1", "villager": "谭德明"}, "received", None),
    ("buying", 3, {"item": "电饭煲", "amount": "169", "charge": "3", "villager": "冉启珍"}, "notified", None),
    ("buying", 12, {"item": "取暖器", "amount": "139", "charge": "3", "villager": "黄世英"}, "notified", None),
    ("buying", 2, {"item": "玉米种子5kg", "amount": "75", "charge": "2", "villager": "覃仁贵"}, "handed_over", None),
    ("buying", 4, {"item": "老花镜", "amount": "45", "charge": "1", "villager": "向国英"}, "handed_over", "exchange"),
    ("buying", 3, {"item": "保温杯", "amount": "39", "charge": "1", "villager": "谭明菊"}, "handed_over", "return"),
    ("buying", 5, {"item": "小太阳灯", "amount": "66", "charge": "1", "villager": "牟来凤"}, "received", "return"),
    ("selling", 0, {"item": "土蜂蜜", "amount": "88", "charge": "2", "villager": "冉光才"}, "recommended", None),
    ("selling", 2, {"item": "高山土豆50斤", "amount": "95", "charge": "3", "villager": "覃家福"}, "negotiated", None),
    ("selling", 4, {"item": "腊肉", "amount": "210", "charge": "5", "villager": "向昌秀"}, "listed", None),
    ("selling", 5, {"item": "莼菜", "amount": "156", "charge": "4", "villager": "黄明贵"}, "sold", None),
    ("bill", 0, {"item": "电费", "amount": "62.3", "charge": "1", "villager": "谭志高"}, "done", None),
    ("booking", 1, {"item": "汽车票", "amount": "48", "charge": "2", "villager": "冉小梅"}, "recorded", None),
    ("parcel_in", 0, {"courier": "YT8800200300401", "shelf": "A-1", "villager": "向成全"}, "recorded", None),
    ("parcel_in", 1, {"courier": "JDV008800200301", "shelf": "A-2", "villager": "牟秀兰"}, "recorded", "notify"),
    ("parcel_in", 11, {"courier": "ZT7788002003005", "shelf": "B-4", "villager": "黄世英"}, "recorded", "notify"),
    ("parcel_in", 2, {"courier": "SF1188002003007", "shelf": "B-1", "villager": "覃仁贵"}, "done", "notify"),
    ("parcel_out", 1, {"courier": "YT8800200300999", "charge": "3", "villager": "谭德明"}, "done", None),
    ("training", 6, {"item": "手机开网店入门"}, "done", None),
    ("notice", 6, {"item": "医保缴费通知"}, "recorded", "void"),
)


class RuralStationDemo(models.AbstractModel):
    """Demo data that only the real work can make: rankings, month after month, and entries step by step."""

    _name = "rural.station.demo"
    _inherit = "rural.demo.mixin"
    _description = "Demo data of the stations' ledgers and rankings"

    @api.model
    def _publish(self, month):
        """Publish a month's ranking once, as soon as the month is over."""
        rankings, month = self._in_company().env["rural.station.ranking"], fields.Date.to_date(month)
        is_over = month + relativedelta(months=1) <= china_time.today()
        if is_over and not rankings.search_count([("month", "=", month)], limit=1):
            rankings._publish(rankings.env.company, month)

    @api.model
    def _keep_entries(self, code):
        """Keep entries of a station by hand, some in each step, in the last days."""
        station = self._in_company().env["rural.station"].search([("code", "=", code)])
        if self.env["rural.station.entry"].search_count(
            [("station_id", "=", station.id), ("source", "=", "station"), ("run_id", "=", False)], limit=1
        ):
            return
        for kind, ago, vals, state, then in KEPT:
            entry = self._keep_entry(station, kind, china_time.today() - timedelta(days=ago), vals, state, then)
            if then in ("exchange", "return", "void"):
                getattr(entry, f"_{then}")({"exchange": "度数不合适", "return": "有裂纹", "void": "记重了"}[then])
        yesterday = china_time.today() - timedelta(days=1)
        station._cash_count(station._expected_cash(yesterday)["expected"] + 0.5, "多收五角，次日退还", yesterday)

    @api.model
    def _keep_entry(self, station, kind, day, vals, state, then):
        entry = station._begin_entry(kind, {**vals, "day": day})
        if then == "notify":
            entry._advance("notified")
        while entry.state != state:
            step = entry.next_state
            code = (
                {"code": entry.sudo().pickup_code}
                if step in ("handed_over", "done") and entry.sudo().pickup_code
                else {}
            )
            entry._advance(step, **({} if step == "notified" else {"day": day}), **code)
        return entry

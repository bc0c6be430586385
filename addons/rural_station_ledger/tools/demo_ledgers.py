#!/usr/bin/env python3
"""Make the demo files of a county's stations over three months: the platform's export, the stations' ledgers, reports.

The stations are those of rural_station's demo data. One of them is last in all three months; some entries stand in
both files, one month is corrected by the next one's file, and a few rows are at fault.
"""

import csv
import random
from datetime import date, datetime, time, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
STATIONS = HERE.parent / "rural_station" / "demo" / "stations.csv"
MONTHS = (date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1))
QUIET = "ZD422802028"
PLATFORM = ("交易流水号", "站点编码", "业务时间", "业务类型", "商品名称", "数量", "金额", "服务费", "快递单号")
LEDGER = (
    "站点编码", "台账编号", "登记日期", "完成日期", "业务类型", "村民", "品名", "数量", "金额", "服务费", "状态",
    "交易流水号", "快递单号",
)  # fmt: skip
#: Kind, finished state, share of all entries, items with their price.
SERVICES = (
    ("代购", "已交付", 30, (("复合肥50kg", 134), ("洗衣液2kg", 22.4), ("运动鞋", 139), ("智能手机", 1099))),
    ("代销", "已售出", 22, (("利川红茶250g", 88), ("莼菜罐头", 36.5), ("山药", 12.8), ("烟熏腊肉", 45))),
    ("代缴费", "已完成", 14, (("电费", 120), ("水费", 45), ("话费", 50))),
    ("便民预订", "已完成", 6, (("火车票", 187.5), ("长途汽车票", 62))),
    ("快递代收", "已完成", 20, (("", 0),)),
    ("快递代寄", "已完成", 5, (("", 12),)),
    ("电商培训", "已完成", 1, (("手机网购培训", 0),)),
    ("政策宣传", "已完成", 2, (("医保缴费宣传", 0),)),
)
REPORT = ("站点编码", "日报日期", "提交时间", "开门时间", "关门时间", "中途关门分钟", "到访人数")
VILLAGERS = ("谭某", "覃某", "冉某", "牟某", "向某", "黄某")


class Market:
    """What the stations do, month after month."""

    def __init__(self) -> None:
        self.chance = random.Random("422802")
        self.count = 0
        self.own_counts: dict[str, int] = {}
        with STATIONS.open(encoding="utf-8") as stream:
            self.stations = list(csv.DictReader(stream))
        self.strength = {row["站点编码"]: self.chance.uniform(0.5, 1.8) for row in self.stations}

    def month(self, first: date) -> tuple[list[dict], list[dict]]:
        """Return the platform's rows and the stations' own ones of a month."""
        platform, ledger = [], []
        for station in self.stations:
            code = station["站点编码"]
            size = 1 if code == QUIET else round(self.chance.randint(7, 13) * self.strength[code])
            for _each in range(size):
                day = first + timedelta(days=self.chance.randrange(28))
                if day.isoformat() < station["营业开始"] or day.isoformat() > (station["营业结束"] or "9"):
                    continue
                self._serve(code, day, platform, ledger)
        platform.sort(key=lambda row: row["业务时间"])
        return platform, ledger

    def _serve(self, code: str, day: date, platform: list, ledger: list) -> None:
        kind, state, _share, items = self.chance.choices(SERVICES, [service[2] for service in SERVICES])[0]
        if code == QUIET:
            kind, state, items = "代缴费", "已完成", (("话费", 30),)
        item, price = self.chance.choice(items)
        quantity = self.chance.randint(1, 4) if kind in ("代购", "代销") and price < 500 else 1
        amount = f"{price * quantity:.2f}" if price else ""
        charge = f"{price * quantity * 0.03:.2f}" if kind == "代销" else f"{self.chance.choice((0, 1, 2)):.2f}"
        parcel = f"YT{self.chance.randrange(10**12, 10**13)}" if kind.startswith("快递") else ""
        moment = datetime.combine(day, time(8 + self.chance.randrange(10), self.chance.randrange(60)))
        self.count += 1
        number = f"{moment:%Y%m%d%H%M%S}{self.count:06}"
        where = self.chance.random()
        if where < 0.75:
            given = (number, code, f"{moment}", kind, item, str(quantity), amount, charge, parcel)
            platform.append(dict(zip(PLATFORM, given, strict=True)))
        if where > 0.45:
            known = number if where < 0.75 and self.chance.random() < 0.8 else ""
            if self.chance.random() < 0.05 and kind == "代购":
                state = self.chance.choice(("已登记", "已下单", "已退货", "已作废"))
            done = f"{day}" if state in ("已交付", "已售出", "已完成", "已退货") else ""
            self.own_counts[code] = self.own_counts.get(code, 0) + 1
            own = f"26-{self.own_counts[code]:04}"
            entered = day - timedelta(days=self.chance.randrange(3) if kind in ("代购", "代销") else 0)
            villager = self.chance.choice(VILLAGERS) if kind in ("代购", "代销", "代缴费") else ""
            amounts = (str(quantity), amount, charge)
            given = (code, own, f"{entered}", done, kind, villager, item, *amounts, state, known, parcel)
            ledger.append(dict(zip(LEDGER, given, strict=True)))

    def reports(self, first: date, last: date) -> list[dict]:
        """Return the daily reports of a span of days, most of them in time."""
        rows = []
        for station in self.stations:
            for day in (first + timedelta(days=number) for number in range((last - first).days + 1)):
                is_open = station["营业开始"] <= day.isoformat() <= (station["营业结束"] or "9")
                if not is_open or day.isoweekday() > (6 if self.chance.random() < 0.15 else 5):
                    continue
                if self.chance.random() < 0.04:
                    continue  # missing
                opens, closes = 480 + 30 * self.chance.randrange(3), 990 + 15 * self.chance.randrange(10)
                handed_in = datetime.combine(day, time(17)) + timedelta(minutes=self.chance.randrange(300))
                if self.chance.random() < 0.05:
                    handed_in += timedelta(hours=15)
                hours = (f"{each // 60:02}:{each % 60:02}" for each in (opens, closes))
                pause, visitors = self.chance.choice(("", "30", "60")), str(self.chance.randrange(2, 40))
                given = (station["站点编码"], f"{day}", f"{handed_in}", *hours, pause, visitors)
                rows.append(dict(zip(REPORT, given, strict=True)))
        return rows


def spoil(platform: list[dict], ledger: list[dict], chance: random.Random) -> None:
    """Put faults into a month's files, as real ones have them."""
    platform[5]["站点编码"] = "ZD999999999"
    platform[11]["交易流水号"] = "2.02608E+19"
    platform.insert(20, dict(platform[19]))
    trade = [row for row in ledger if row["状态"] == "已交付"]
    chance.choice(trade)["完成日期"] = ""


def write(name: str, headings: tuple[str, ...], rows: list[dict]) -> None:
    """Write rows as CSV."""
    with (HERE / "demo" / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, headings, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    market, late = Market(), []
    for first in MONTHS:
        platform, ledger = market.month(first)
        spoil(platform, ledger, market.chance)
        now, late = platform[:-4] + late, platform[-4:]  # the last ones come with the next file
        write(f"platform_{first:%Y_%m}", PLATFORM, now)
        write(f"ledger_{first:%Y_%m}", LEDGER, ledger)
    write("daily_reports_2026_10", REPORT, market.reports(date(2026, 9, 28), date(2026, 10, 31)))

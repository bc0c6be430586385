#!/usr/bin/env python3
"""Make demo/inspections_2026_10.csv: what the area partners of a county found at its stations in a month.

The stations are those of rural_station's demo data. Some visits do not count: too far away, uploaded late, by another
partner, without the ledger.
"""

import csv
import random
from datetime import datetime, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
STATIONS = HERE.parent / "rural_station" / "demo" / "stations.csv"
HEADINGS = (
    "巡检编号", "巡检时间", "站点编码", "巡检人", "经度", "纬度", "台账检查", "档案检查", "发现问题", "上传时间",
)  # fmt: skip
PROBLEMS = ("", "", "", "", "台账登记不全", "价格未公示", "灭火器过期", "货架空置", "快递堆放杂乱", "广告牌破损")


def inspections() -> list[tuple]:
    """Return the visits of October 2026."""
    chance = random.Random("inspections 422802")
    with STATIONS.open(encoding="utf-8") as stream:
        stations = list(csv.DictReader(stream))
    partners = sorted({station["片区合伙人"] for station in stations})
    rows = []
    for place, station in enumerate(stations):
        for visit in range(chance.choice((2, 3, 3, 3, 4))):
            moment = datetime(2026, 10, 8) + timedelta(
                days=(place + visit * 7) % 23, hours=chance.randrange(9, 17), minutes=chance.randrange(60)
            )
            fault = chance.choices(("", "far", "late", "other", "ledger"), (88, 3, 3, 3, 3))[0]
            near = 0.02 if fault == "far" else 0.0008
            upload = moment + timedelta(days=5 if fault == "late" else 0, minutes=chance.randrange(20, 200))
            rows.append(
                (
                    f"XJ{moment:%Y%m%d}{len(rows):05}",
                    f"{moment}",
                    station["站点编码"],
                    chance.choice(partners) if fault == "other" else station["片区合伙人"],
                    f"{float(station['经度']) + chance.uniform(near / 2, near):.6f}",
                    f"{float(station['纬度']) + chance.uniform(near / 2, near):.6f}",
                    "否" if fault == "ledger" else "是",
                    "是",
                    chance.choice(PROBLEMS),
                    f"{upload}",
                )
            )
    return sorted(rows, key=lambda row: row[1])


if __name__ == "__main__":
    with (HERE / "demo" / "inspections_2026_10.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(HEADINGS)
        writer.writerows(inspections())

#!/usr/bin/env python3
"""Make demo/stations.csv and demo/closing_days.csv: the 40 stations of a county, 利川市, in four areas.

Townships and their codes are real; villages, people and coordinates are invented. One station has given up, one was
opened in the middle of a month, two were shut for a time.
"""

import csv
import random
from datetime import date, timedelta
from pathlib import Path

DEMO = Path(__file__).resolve().parent.parent / "demo"
COUNTY = "422802"
TOWNSHIPS = {
    "422802001": ("都亭街道", 108.936, 30.291, ("清源村", "龙潭村")),
    "422802002": ("东城街道", 108.953, 30.284, ("柏林村", "长堰村", "新桥村")),
    "422802100": ("谋道镇", 108.698, 30.442, ("药材村", "鱼木村", "苏马荡村")),
    "422802101": ("柏杨坝镇", 108.927, 30.467, ("水井村", "龙头村", "团圆村", "栏堰村")),
    "422802102": ("汪营镇", 108.737, 30.306, ("白羊塘村", "石庙子村", "清江源村")),
    "422802103": ("建南镇", 108.479, 30.382, ("茶园村", "黄金村", "白果坝村")),
    "422802104": ("忠路镇", 108.594, 30.091, ("木坝河村", "老屋基村", "钟灵村")),
    "422802105": ("团堡镇", 109.121, 30.337, ("樱桃井村", "野猫水村", "晒田村")),
    "422802106": ("毛坝镇", 108.981, 30.003, ("青岩村", "兰田村", "杉木村")),
    "422802107": ("文斗镇", 108.481, 29.952, ("青山村", "朝阳村")),
    "422802200": ("凉雾乡", 108.862, 30.257, ("马前村", "老场村", "池谷村")),
    "422802201": ("元堡乡", 109.047, 30.198, ("毛针村", "朝阳河村")),
    "422802202": ("南坪乡", 108.812, 30.387, ("塘坊村", "大罗村")),
    "422802205": ("沙溪乡", 108.681, 29.985, ("繁荣村", "荷花村")),
}
WITH_TOWNSHIP_STATION = ("422802100", "422802105")
AREAS = {"东部片区": "向国安", "南部片区": "覃秀兰", "西部片区": "冉启明", "北部片区": "牟春梅"}
SURNAMES, GIVEN = (
    "谭覃冉牟向黄邓杨周李瞿罗",
    ["秀芳", "建国", "大权", "春桃", "明富", "桂香", "永福", "金莲", "世华", "玉梅", "兴旺", "翠兰"],
)
HEADINGS = (
    "站点编码", "站点名称", "级别", "县代码", "县", "乡镇代码", "乡镇", "村代码", "村", "经度", "纬度",
    "片区", "片区合伙人", "合伙人", "营业开始", "营业结束", "停业期间",
)  # fmt: skip
#: What is special about a station, by its number.
DAYS = {
    9: {"营业结束": "2026-09-30"},
    17: {"营业开始": "2026-09-10"},
    24: {"停业期间": "2026-09-05~2026-09-14"},
    33: {"停业期间": "2026-10-20~2026-11-05"},
}
REASONS = ("农忙", "家中有事", "外出培训", "停电检修")


def stations(chance: random.Random) -> list[dict[str, str]]:
    """Return the stations of all townships."""
    rows = []
    for code, (township, longitude, latitude, villages) in TOWNSHIPS.items():
        at_township = [None] if code in WITH_TOWNSHIP_STATION else []
        for place, village in enumerate([*at_township, *villages]):
            number = len(rows) + 1
            area = list(AREAS)[(number - 1) // 10]
            rows.append(
                {
                    "站点编码": f"ZD{COUNTY}{number:03}",
                    "站点名称": f"{village or township}电商服务站",
                    "级别": "村" if village else "乡镇",
                    "县代码": COUNTY,
                    "县": "利川市",
                    "乡镇代码": code,
                    "乡镇": township,
                    "村代码": f"{code}{200 + place}" if village else "",
                    "村": village or "",
                    "经度": f"{longitude + chance.uniform(-0.04, 0.04):.6f}",
                    "纬度": f"{latitude + chance.uniform(-0.03, 0.03):.6f}",
                    "片区": area,
                    "片区合伙人": AREAS[area],
                    "合伙人": f"{chance.choice(SURNAMES)}{chance.choice(GIVEN)}",
                    "营业开始": (date(2024, 3, 1) + timedelta(days=chance.randrange(700))).isoformat(),
                    "营业结束": "",
                    "停业期间": "",
                    **DAYS.get(number, {}),
                }
            )
    return rows


def closing_days(chance: random.Random, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return what some stations have asked for."""
    found = []
    for station in chance.sample(rows, 14):
        first = date(2026, 8, 3) + timedelta(days=chance.randrange(84))
        state = chance.choice(("已同意", "已同意", "已同意", "已拒绝"))
        found.append(
            {
                "站点编码": station["站点编码"],
                "开始日期": first.isoformat(),
                "结束日期": (first + timedelta(days=chance.randrange(4))).isoformat(),
                "原因": chance.choice(REASONS),
                "状态": state,
                "同意日期": (first - timedelta(days=1)).isoformat() if state == "已同意" else "",
            }
        )
    return sorted(found, key=lambda row: (row["开始日期"], row["站点编码"]))


def write(path: Path, rows: list[dict[str, str]]) -> None:
    """Write rows as CSV."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    chance = random.Random(COUNTY)
    county = stations(chance)
    write(DEMO / "stations.csv", county)
    write(DEMO / "closing_days.csv", closing_days(chance, county))

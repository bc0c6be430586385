"""Order files of an invented market, in the platform's format; the same seed gives the same files.

A market is a list of months and what is traded in it. :func:`orders` gives good lines with every outcome of
SC-10 among them; :func:`faulty` spoils copies of some in each way that a load rejects.
"""

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

HEADINGS = (
    *("订单编号", "订单行号", "下单时间", "完成时间", "订单状态"),
    *("采购单位编码", "采购单位名称", "采购单位类型", "采购单位地区代码"),
    *("供应商编码", "供应商名称", "商品编码", "商品名称"),
    *("数量", "单价", "成交金额", "退款金额", "服务码"),
)
#: What a purchaser of a county is called, and of which type it is.
PURCHASERS = (
    ("第一中学食堂", "预算单位"),
    ("人民医院工会", "非预算单位"),
    ("机关事务服务中心", "预算单位"),
    ("供销电商有限公司", "非预算单位"),
    ("民族小学", "预算单位"),
    ("农商银行工会", "非预算单位"),
)
CENT = Decimal("0.01")
OPEN_STATES = ("待付款", "待发货", "待收货", "已取消")
#: How the platform's users type a code; all of them are the same one.
TYPINGS = (str, str, str, str, str.lower, lambda code: f" {code[:2]} {code[2:]} ", lambda code: code.translate(FULL))
FULL = {ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"}


@dataclass(frozen=True)
class Purchaser:
    """Who buys, where."""

    code: str
    name: str
    type: str
    region: str


@dataclass(frozen=True)
class Product:
    """What is bought; `price` in yuan."""

    code: str
    name: str
    supplier: tuple[str, str]
    price: Decimal


@dataclass
class Market:
    """What is traded where, and with which service codes."""

    prefix: str
    first: datetime
    last: datetime
    order_count: int
    #: county → its name, its center's service code or ""
    counties: dict[str, tuple[str, str]]
    provincial_code: str
    products: list[Product]
    seed: int = 832
    #: cells of orders that show something rare, at a moment each
    special: list[tuple[datetime, dict]] = field(default_factory=list)
    purchasers: list[Purchaser] = field(default_factory=list)

    def __post_init__(self):
        self.random = random.Random(self.seed)
        self.purchasers += [
            Purchaser(f"CG{region}{number:02d}", f"{name}{what}", kind, region)
            for region, (name, _code) in self.counties.items()
            for number, (what, kind) in enumerate(PURCHASERS, start=11)
        ]


def orders(market: Market) -> list[dict]:
    """Return the lines of the market's orders as cells by heading, in the order of their time."""
    chance = market.random
    seconds = int((market.last - market.first).total_seconds())
    moments = sorted(market.first + timedelta(seconds=chance.randrange(seconds)) for _ in range(market.order_count))
    lines = []
    for moment in moments:
        daytime = moment.replace(hour=8 + moment.hour % 12)
        purchaser = chance.choice(market.purchasers)
        for number in range(1, chance.choice((1, 1, 1, 2)) + 1):
            lines.append((daytime, number, purchaser, _code(market, purchaser.region), {}))
    for moment, cells in market.special:
        lines.append((moment, 1, chance.choice(market.purchasers), cells.pop("服务码", ""), cells))
    rows, order = [], 0
    for moment, number, purchaser, code, cells in sorted(lines, key=lambda line: line[0]):
        order += number == 1
        rows.append(_line(market, f"{market.prefix}{moment:%y%m%d}{order:05d}", moment, number, purchaser, code, cells))
    return rows


def _code(market: Market, region: str) -> str:
    """Return the service code that a purchaser of the county writes on an order."""
    chance = market.random
    own = market.counties[region][1]
    kind = chance.choices(("none", "own", "provincial", "foreign", "slip"), (34, 50, 5, 7, 4))[0]
    if kind == "none" or not own:
        return ""
    if kind == "provincial":
        return market.provincial_code
    if kind == "foreign":
        return chance.choice([code for _name, code in market.counties.values() if code])
    if kind == "slip":
        return own[:-1] + chance.choice("OIZ")
    return chance.choice(TYPINGS)(own)


def _line(market, order, moment, number, purchaser, code, cells) -> dict:
    chance = market.random
    product = chance.choice(market.products)
    quantity = chance.choice((2, 5, 10, 20, 30, 50, 80, 100)) if purchaser.type == "预算单位" else chance.randint(1, 40)
    amount = (quantity * product.price).quantize(CENT, ROUND_HALF_UP)
    completed = moment + timedelta(days=chance.randint(3, 12), seconds=chance.randrange(20000))
    is_completed = completed <= market.last and chance.random() > 0.06
    is_refunded = is_completed and chance.random() < 0.05
    refund = (amount * chance.choice((Decimal("0.1"), Decimal("0.25"), 1))).quantize(CENT) if is_refunded else 0
    line = dict.fromkeys(HEADINGS, "") | {
        "订单编号": order,
        "订单行号": number,
        "下单时间": moment,
        "完成时间": completed if is_completed else "",
        "订单状态": "已完成" if is_completed else chance.choice(OPEN_STATES),
        "采购单位编码": purchaser.code,
        "采购单位名称": purchaser.name,
        "采购单位类型": purchaser.type,
        "采购单位地区代码": purchaser.region,
        "供应商编码": product.supplier[0],
        "供应商名称": product.supplier[1],
        "商品编码": product.code,
        "商品名称": product.name,
        "数量": quantity,
        "单价": product.price,
        "成交金额": amount,
        "退款金额": refund,
        "服务码": code,
    }
    return line | cells


def cells_of(purchaser: Purchaser) -> dict:
    """Return the cells that name a purchaser."""
    return {
        "采购单位编码": purchaser.code,
        "采购单位名称": purchaser.name,
        "采购单位类型": purchaser.type,
        "采购单位地区代码": purchaser.region,
    }


def faulty(rows: list[dict], prefix: str) -> Iterator[dict]:
    """Yield orders as they come from careless hands, each rejected for another reason."""
    good = [row for row in rows if row["订单状态"] == "已完成"]
    spoiled = (
        {"完成时间": ""},
        {"完成时间": good[1]["下单时间"] - timedelta(days=1)},
        {"数量": 0},
        {"退款金额": good[3]["成交金额"] + 1},
        {"成交金额": f"¥{good[4]['成交金额']}"},
        {"单价": good[5]["单价"] + 5},
        {"采购单位地区代码": "429999"},
        {"下单时间": good[7]["下单时间"].strftime("%Y/%m/%d %H:%M")},
        {"订单状态": "已签收"},
        {"订单行号": ""},
    )
    for number, (row, cells) in enumerate(zip(good, spoiled, strict=False), start=1):
        yield row | {"订单编号": f"{prefix}{row['下单时间']:%y%m%d}9{number:04d}"} | cells
    twice = good[10] | {"订单编号": f"{prefix}{good[10]['下单时间']:%y%m%d}99999"}
    yield twice
    yield twice | {"数量": 2 * twice["数量"], "成交金额": 2 * twice["成交金额"], "退款金额": 0}


def write(path: Path, headings: tuple[str, ...], rows: list[dict] | list[tuple]) -> None:
    """Write a CSV file as the platform does: UTF-8, one row a line."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(headings)
        for row in rows:
            cells = [row[heading] for heading in headings] if isinstance(row, dict) else row
            writer.writerow(cells)

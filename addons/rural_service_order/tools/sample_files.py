#!/usr/bin/env python3
"""Make scripts/sample: centers, pool, reports and orders for the first start of the suite.

The quarter from April to June 2026 in the counties of 湘西; codes of its own, so that it can be loaded
beside the demo data.
"""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

from example_orders import HEADINGS, Market, Product, Purchaser, cells_of, faulty, orders, write

SAMPLE = Path(__file__).resolve().parents[3] / "scripts" / "sample"
COUNTIES = {
    "433101": ("吉首市", "FW433101A"),
    "433122": ("泸溪县", "FW433122A"),
    "433123": ("凤凰县", "FW433123A"),
    "433124": ("花垣县", "FW433124A"),  # suspended for half of May
    "433125": ("保靖县", "FW433125A"),
    "433126": ("古丈县", "FW433126A"),
    "433127": ("永顺县", "FW433127A"),  # authorised from May on
    "433130": ("龙山县", ""),  # without a center
}
PROVINCE = "FW430000Q"
SUPPLIERS = {
    "433101": "吉首市矮寨富硒农业专业合作社",
    "433123": "凤凰县猕猴桃专业合作社",
    "433125": "保靖县黄金茶专业合作社",
    "433126": "古丈县毛尖茶业专业合作社",
    "433127": "永顺县松柏大米专业合作社",
    "433130": "龙山县百合专业合作社",
}
#: Number, name, price in yuan, service fee rate and incentive rate, "" for what is not in the pool.
PRODUCTS = (
    ("4331011", "矮寨腊肉 1千克", "96", "0.08", "0.01"),
    ("4331012", "吉首酸萝卜 500克", "12.8", "0.045", "0.015"),
    ("4331231", "凤凰红心猕猴桃 5斤", "49.9", "0.06", "0.02"),
    ("4331232", "凤凰姜糖 300克", "18.5", "0.05", "0.01"),
    ("4331251", "保靖黄金茶 100克", "188", "0.09", "0.02"),
    ("4331252", "保靖酱油 500毫升", "15.6", "", ""),
    ("4331261", "古丈毛尖 200克", "158", "0.085", "0.015"),
    ("4331262", "古丈红茶 150克", "88", "0.075", "0.015"),
    ("4331271", "松柏大米 10斤", "56", "0.035", "0.01"),
    ("4331272", "永顺莓茶 120克", "66.665", "0.07", "0.02"),
    ("4331301", "龙山百合 500克", "42", "0.055", "0.015"),
    ("4331302", "龙山七姊妹辣椒 250克", "22.22", "0.0475", "0.01"),
)
#: Beyond the region: one with a report for 凤凰县, one without.
STEEL = Purchaser("CG43010201", "长沙芙蓉商贸有限公司", "非预算单位", "430102")
FERRY = Purchaser("CG43060201", "岳阳楼港务有限公司", "非预算单位", "430602")

CENTER_HEADINGS = ("服务码", "中心名称", "类型", "地区代码", "授权开始", "授权结束", "停用开始", "停用结束")
POOL_HEADINGS = (
    *("商品编码", "商品名称", "供应商编码", "供应商名称"),
    *("服务费率", "年终激励费率", "生效日期", "失效日期"),
)
REPORT_HEADINGS = ("服务码", "采购单位编码", "批准时间", "有效期至")


def centers() -> list[tuple]:
    """Return the rows of the centers."""
    rows = [(PROVINCE, "湖南省运营服务中心", "省级", "430000", "2026-01-01", "2027-12-31", "", "")]
    for region, (name, code) in COUNTIES.items():
        if code:
            first = "2026-05-01" if region == "433127" else "2026-01-01"
            suspended = ("2026-05-10", "2026-05-24") if region == "433124" else ("", "")
            rows.append((code, f"{name}区域服务中心", "市县", region, first, "2027-12-31", *suspended))
    return rows


def supplier(number: str) -> tuple[str, str]:
    """Return code and name of a product's supplier."""
    return f"GYS{number[:6]}", SUPPLIERS[number[:6]]


def pool() -> list[tuple]:
    """Return the rows of the pool; the rate of one product changes in May."""
    rows = []
    for number, name, _price, rate, incentive in PRODUCTS:
        if not rate:
            continue
        product = (f"SP{number}", name, *supplier(number))
        if number == "4331261":
            rows.append((*product, "0.08", incentive, "2026-01-01", "2026-05-15"))
            rows.append((*product, rate, incentive, "2026-05-16", ""))
        else:
            rows.append((*product, rate, incentive, "2026-01-01", ""))
    return rows


def market() -> Market:
    """Return the quarter's market."""
    return Market(
        prefix="XX",
        first=datetime(2026, 4, 1),
        last=datetime(2026, 6, 30),
        order_count=390,
        counties=COUNTIES,
        provincial_code=PROVINCE,
        products=[
            Product(f"SP{number}", name, supplier(number), Decimal(price)) for number, name, price, *_rates in PRODUCTS
        ],
        special=[
            (datetime(2026, 4, 20, 9, 15), cells_of(STEEL) | {"服务码": "FW433123A"}),
            (datetime(2026, 5, 6, 14, 30), cells_of(STEEL) | {"服务码": "FW433123A"}),
            (datetime(2026, 5, 18, 10, 0), cells_of(FERRY) | {"服务码": "FW433101A"}),
        ],
    )


def main() -> None:
    """Write the files."""
    SAMPLE.mkdir(exist_ok=True)
    write(SAMPLE / "centers.csv", CENTER_HEADINGS, centers())
    write(SAMPLE / "pool.csv", POOL_HEADINGS, pool())
    reports = [("FW433123A", STEEL.code, "2026-04-28 10:00:00", "2026-12-31")]
    write(SAMPLE / "cross_region_reports.csv", REPORT_HEADINGS, reports)
    rows = orders(market())
    write(SAMPLE / "orders.csv", HEADINGS, [*rows, rows[20], *faulty(rows, "XX")])


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Make demo/orders_2026_08.csv … orders_2026_11.csv: what the platform exports month after month.

A month's file has the orders placed in it. The last one repeats lines of the month before that have changed
since: completed meanwhile, or refunded. Centers, products and a few purchasers are those of the demo data of
the addons below.
"""

import random
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from example_orders import HEADINGS, Market, Product, Purchaser, cells_of, faulty, orders, write

DEMO = Path(__file__).resolve().parent.parent / "demo"
COUNTIES = {
    "422801": ("恩施市", "FW422801A"),
    "422802": ("利川市", "FW422802A"),
    "422822": ("建始县", "FW422822A"),
    "422823": ("巴东县", "FW422823A"),
    "422825": ("宣恩县", "FW422825A"),
    "422826": ("咸丰县", "FW422826A"),
    "422827": ("来凤县", "FW422827A"),  # suspended in November
    "422828": ("鹤峰县", "FW422828A"),
    "420381": ("丹江口市", "FW420381A"),  # ended in June
}
SUPPLIERS = {
    "422801": "恩施市富硒农产品专业合作社",
    "422802": "利川市红茶专业合作社",
    "422822": "建始县猕猴桃专业合作社",
    "422823": "巴东县柑橘专业合作社",
    "422825": "宣恩县贡水白柚专业合作社",
    "422826": "咸丰县唐崖茶业专业合作社",
    "422827": "来凤县凤头姜专业合作社",
    "422828": "鹤峰县宜红茶专业合作社",
}
PRODUCTS = (
    ("4228011", "恩施玉露 250克", "168"),
    ("4228012", "恩施富硒土豆 5斤", "19.9"),
    ("4228013", "恩施土家腊肉 1千克", "88"),
    ("4228014", "恩施小花菇 250克", "46.5"),
    ("4228021", "利川红茶 200克", "128"),  # in the pool until June
    ("4228023", "利川天上坪大白菜 10斤", "23.8"),
    ("4228024", "利川莼菜 500克", "29.9"),
    ("4228221", "建始猕猴桃 12枚", "36.6"),
    ("4228222", "建始景阳鸡 1只", "99"),
    ("4228231", "巴东脐橙 10斤", "45"),
    ("4228233", "巴东大蒜 3斤", "18.75"),
    ("4228252", "宣恩贡水白柚 2枚", "32"),
    ("4228253", "宣恩火腿 1千克", "136"),
    ("4228262", "咸丰油茶汤料 400克", "25.5"),
    ("4228263", "咸丰乌骨鸡蛋 30枚", "58"),
    ("4228272", "来凤藤茶 150克", "39.8"),
    ("4228273", "来凤松花皮蛋 20枚", "28.335"),
    ("4228281", "鹤峰宜红茶 200克", "76"),  # never in the pool
    ("4228283", "鹤峰走马葛粉 500克", "33.3"),
)
KNOWN = [
    Purchaser("CG4228011", "恩施市第一中学", "预算单位", "422801"),
    Purchaser("CG4228012", "恩施硒都文旅有限公司", "非预算单位", "422801"),
    Purchaser("CG4228021", "利川市人民医院", "预算单位", "422802"),
    Purchaser("CG4228231", "巴东县总工会", "非预算单位", "422823"),
]
#: With an approved report for 恩施市; with one for 鹤峰县 that was revoked at the end of September; with none.
RESTAURANT = Purchaser("CG4201062", "武汉黄鹤楼餐饮有限公司", "非预算单位", "420106")
LOGISTICS = Purchaser("CG4205021", "宜昌三峡物流有限公司", "非预算单位", "420502")
UNION = Purchaser("CG4201061", "武昌区总工会", "非预算单位", "420106")


def special() -> list[tuple[datetime, dict]]:
    """Return orders that show the cross-region reports, and a purchaser that goes by another name."""
    renamed = cells_of(KNOWN[2]) | {"采购单位名称": "利川市人民医院（龙船院区）", "服务码": "FW422802A"}
    return [
        (datetime(2026, 8, 18, 10, 21, 7), cells_of(RESTAURANT) | {"服务码": "FW422801A"}),
        (datetime(2026, 9, 9, 15, 2, 44), cells_of(RESTAURANT) | {"服务码": "FW422801A"}),
        (datetime(2026, 10, 12, 9, 40, 31), cells_of(RESTAURANT) | {"服务码": "FW422801A"}),
        (datetime(2026, 9, 15, 14, 8, 12), cells_of(LOGISTICS) | {"服务码": "FW422828A"}),
        (datetime(2026, 10, 8, 11, 33, 50), cells_of(LOGISTICS) | {"服务码": "FW422828A"}),
        (datetime(2026, 10, 15, 16, 25, 3), cells_of(UNION) | {"服务码": "FW422802A"}),
        (datetime(2026, 9, 22, 10, 10, 10), renamed),
    ]


def market() -> Market:
    """Return the counties of 恩施 and one beside them, from August to the twentieth of November."""
    products = [
        Product(f"SP{number}", name, (f"GYS{number[:6]}", SUPPLIERS[number[:6]]), Decimal(price))
        for number, name, price in PRODUCTS
    ]
    return Market(
        prefix="DD",
        first=datetime(2026, 8, 1),
        last=datetime(2026, 11, 20),
        order_count=270,
        counties=COUNTIES,
        provincial_code="FW420000Q",
        products=products,
        special=special(),
        purchasers=list(KNOWN),
    )


def changed_since(rows: list[dict]) -> list[dict]:
    """Return a month's lines as a later export has them: three refunded, the rest as they were."""
    done = [row for row in rows if row["订单状态"] == "已完成" and not row["退款金额"] and row["服务码"]]
    return [row | {"退款金额": row["成交金额"]} for row in done[-3:]] + done[-10:-3]


def main() -> None:
    """Write the files."""
    rows = orders(market())
    months = {month: [row for row in rows if row["下单时间"].month == month] for month in (8, 9, 10, 11)}
    careless = list(faulty(months[10], "DD"))
    months[9] += [months[9][4], months[9][11]]  # the same lines twice
    months[11] = changed_since(months[10]) + months[11]
    months[10] += careless
    random.Random(10).shuffle(months[10])
    for month, lines in months.items():
        write(DEMO / f"orders_2026_{month:02d}.csv", HEADINGS, lines)


if __name__ == "__main__":
    main()

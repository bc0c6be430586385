"""A merchant from the lead to the first statement paid, by the people who look after it (MA-01 to MA-09).

The tests go on from one another, as the people do.
"""

import datetime
import io
import re
import unicodedata
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pypdfium2
import pytest
from playwright.sync_api import expect

NAME = "阜南柳编人家饭店"
TODAY = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).date()
#: The last month that is over: contract and terminals begin with it.
LAST_DAY = TODAY.replace(day=1) - datetime.timedelta(days=1)
MONTH = LAST_DAY.replace(day=1)
#: Standard rates of 餐饮娱乐 (MA-02), and the monthly fee of each of two terminals (MA-08).
REBATE, BANK_FEE, TERMINAL_FEE = Decimal("0.10"), Decimal("0.02"), Decimal(50)
TERMINALS = ("FN900001", "FN900002")
#: Number, terminal, card, kind, amount. Half cents arise everywhere, for they are what goes wrong.
TRANSACTIONS = (
    ("FN1", TERMINALS[0], "预付费卡", "消费", Decimal("1234.55")),
    ("FN2", TERMINALS[0], "预付费卡", "消费", Decimal("88.05")),
    ("FN3", TERMINALS[1], "银行卡", "消费", Decimal("310.25")),
    ("FN4", TERMINALS[0], "预付费卡", "撤销", Decimal("88.05")),
    ("FN5", TERMINALS[0], "预付费卡", "退货", Decimal("34.55")),
    ("FN6", TERMINALS[1], "银行卡", "消费", Decimal("1000.00")),
)
UNKNOWN = ("FN7", "FN999999", "预付费卡", "消费", Decimal("5.00"))
#: What is typed, and what the stars add up to by then; whatever is not known yet is in the lowest band (MA-05).
RATING = (
    ("fill", "brand", 4, "4.3"),
    ("select", "decoration", "豪华（0.4）", "4.7"),
    ("fill", "area", "300.5", "5.4"),
    ("fill", "registered_capital", 60, "5.6"),
    ("fill", "staff_count", 12, "5.8"),
    ("fill", "years_in_business", 4, "6.0"),
    ("select", "purchase_frequency", "高（8）", "14.0"),
)


@pytest.fixture(scope="module")
def expected() -> SimpleNamespace:
    """What the month is worth, by decimal arithmetic (MA-09)."""
    signed = [(card, amount if kind == "消费" else -amount) for _number, _terminal, card, kind, amount in TRANSACTIONS]
    prepaid = [amount for card, amount in signed if card == "预付费卡"]
    bank = [amount for card, amount in signed if card == "银行卡"]
    month = SimpleNamespace(
        prepaid_sales=sum(prepaid),
        bank_sales=sum(bank),
        sales=sum(prepaid) + sum(bank),
        rebate=cents(amount * REBATE for amount in prepaid),
        bank_fee=cents(amount * BANK_FEE for amount in bank),
        terminal_fee=TERMINAL_FEE * len(TERMINALS),
    )
    month.net_amount = month.sales - month.rebate - month.bank_fee - month.terminal_fee
    return month


@pytest.fixture(scope="module")
def paper(tmp_path_factory) -> Path:
    """Some stamped and scanned paper."""
    path = tmp_path_factory.mktemp("papers") / "盖章扫描件.pdf"
    path.write_bytes(Path(__file__).with_name("data").joinpath("paper.pdf").read_bytes())
    return path


def cents(amounts: Iterable[Decimal]) -> Decimal:
    """Add up amounts, each rounded half up first."""
    return sum(amount.quantize(Decimal("0.01"), ROUND_HALF_UP) for amount in amounts)


def open_merchant(person):
    """Open the merchant from the menu."""
    person.menu("rural_merchant.menu_merchant_all")
    person.search(NAME)
    person.open_card(NAME)


def open_statement(person):
    """Open the merchant's statement from the menu."""
    person.menu("rural_merchant_settlement.menu_statements")
    person.search(NAME)
    person.open_row(NAME)


def figures(person) -> dict[str, Decimal]:
    """The figures of the statement on the screen."""
    names = ("prepaid_sales", "bank_sales", "sales", "rebate", "bank_fee", "terminal_fee", "net_amount")
    return {name: person.amount(name) for name in names}


def statement_id(person) -> list[int]:
    return person.call("rural.merchant.statement", "search", [["merchant_id.name", "=", NAME]])


def test_head_loads_a_list_of_prospective_merchants(person, tmp_path):
    file = tmp_path / "名单.csv"
    file.write_text(
        "商户名称,地区代码,商户类型,地址,联系人,电话,来源,招商专员\n"
        "阜南王家坝便民超市,341225,商超百货,地城路 8 号,王经理,0558-6710001,县区名单,陈婷\n"
        "阜南芦蒿菜馆,341225,餐饮娱乐,三塔路 19 号,李经理,0558-6710002,县区名单,\n"
        "阜南旧货行,341225,古玩,三塔路 20 号,,,县区名单,\n",
        encoding="utf-8",
    )
    head = person("recruiting")
    head.menu_dialog("rural_merchant.menu_load_merchants")
    head.choose_file(file)
    head.go(head.dialog.locator("button[name=action_load]"))
    head.state("done")
    assert (head.number("new_count"), head.number("rejected_count")) == (2, 1)
    head.menu("rural_merchant.menu_merchant_all")
    head.search("阜南")
    expect(head.screen.locator(".o_kanban_record", has_text="阜南芦蒿菜馆")).to_be_visible()


def test_recruiter_enters_a_lead_and_the_stars_count_as_one_types(person):
    recruiter = person("recruiter")
    assert not recruiter.has_menu("rural_merchant_settlement.menu_settling")
    recruiter.menu("rural_merchant.menu_merchant_mine")
    recruiter.new()
    recruiter.fill(name=NAME, address="柳编产业园东门 6 号", contact_name="刘建国", phone="0558-6719001", source="走访")
    recruiter.choose("type_id", "餐饮娱乐")
    recruiter.choose("region_id", "阜南")
    recruiter.choose("recruiter_id", "陈婷")
    for how, name, value, stars in RATING:
        if how == "select":
            recruiter.select(name, value)
        else:
            recruiter.fill(**{name: value})
        expect(recruiter.field("star_score")).to_have_text(stars)
    expect(recruiter.field("merchant_class")).to_have_text("二类")
    recruiter.picture("merchant-stars")
    recruiter.fill(area="30")
    expect(recruiter.field("star_score")).to_have_text("13.8")
    recruiter.select("purchase_frequency", "一般（6）")
    expect(recruiter.field("merchant_class")).to_have_text("三类")
    recruiter.fill(area="300.5")
    recruiter.select("purchase_frequency", "高（8）")
    expect(recruiter.field("merchant_class")).to_have_text("二类")
    recruiter.save()
    recruiter.state("lead")


def test_recruiter_visits_and_hands_in_the_documents(person, paper):
    recruiter = person("recruiter")
    open_merchant(recruiter)
    recruiter.button("action_start_visiting").click()
    recruiter.state("visiting")
    recruiter.page_of_form("visits")
    recruiter.add_row("visit_ids")
    recruiter.select("result", "有意向")
    recruiter.field("note").locator("input, textarea").first.fill("老板愿意加入，关心结算时间")
    recruiter.page_of_form("documents")
    for number, kind in enumerate(("营业执照", "税务登记", "身份证"), start=1):
        recruiter.add_row("document_ids")
        recruiter.choose("kind_id", kind)
        recruiter.fill(number=f"34122519800101{number:04}")
        row = recruiter.field("document_ids").locator("tr.o_selected_row")
        row.locator(".o_field_widget[name=is_long_term] input").check()
        row.locator(".o_field_widget[name=file_ids] input[type=file]").set_input_files(paper)
        expect(row.locator(".o_attachment")).to_have_count(1)
    recruiter.save()
    recruiter.button("action_agree").click()
    recruiter.state("agreed")
    expect(recruiter.button("action_sign")).to_have_count(0)
    merchant = recruiter.call("rural.merchant", "search", [["name", "=", NAME]])
    assert recruiter.is_refused("rural.merchant", "action_sign", merchant)


def test_head_confirms_the_signing(person):
    head = person("recruiting")
    open_merchant(head)
    head.button("action_sign").click()
    assert "合同" in head.refusal()
    head.fill(contract_from=MONTH.isoformat(), contract_to=LAST_DAY.replace(year=LAST_DAY.year + 2).isoformat())
    head.save()
    head.button("action_sign").click()
    head.state("signed")
    expect(head.field("rebate_rate")).to_have_text("10%")
    expect(head.field("bank_fee_rate")).to_have_text("2%")


def test_recruiter_installs_terminals_and_service_asks_how_it_goes(person):
    recruiter = person("recruiter")
    open_merchant(recruiter)
    recruiter.page_of_form("terminals")
    for number in TERMINALS:
        recruiter.add_row("terminal_ids")
        recruiter.fill_row("terminal_ids", number=number, installed_on=MONTH.isoformat())
    recruiter.save()
    recruiter.state("installed")
    expect(recruiter.field("terminal_count")).to_have_text("2")

    service = person("service")
    service.menu("rural_merchant.menu_follow_ups")
    service.page.locator(".o_list_button_add").click()
    service.choose("merchant_id", NAME)
    service.select("kind", "美评")
    service.fill(note="装机及时，讲解清楚")
    service.page.locator(".o_list_button_save").click()
    expect(service.row(NAME)).to_contain_text("陈婷")


def test_officer_loads_the_month_and_records_the_terminal_fees(person, tmp_path):
    officer, recruiter = person("officer"), person("recruiter")
    [merchant] = officer.call("rural.merchant", "search_read", [["name", "=", NAME]], ["code"])
    file = transactions(tmp_path / "刷卡交易.csv", merchant["code"])
    values = {"profile": "transactions", "content": "eA==", "file_name": "刷卡交易.csv"}
    assert recruiter.is_refused("rural.load.wizard", "create", [values])
    counts = officer.load("rural_merchant_settlement.menu_load_transactions", file)
    assert counts == {"row": 8, "new": 6, "updated": 0, "unchanged": 0, "duplicate": 1, "rejected": 1}
    counts = officer.load("rural_merchant_settlement.menu_load_transactions", file)
    assert counts == {"row": 8, "new": 0, "updated": 0, "unchanged": 6, "duplicate": 1, "rejected": 1}

    officer.menu_dialog("rural_merchant_settlement.menu_terminal_fee_charge")
    box = officer.dialog.locator(".o_field_widget[name=merchant_ids] input")
    box.fill(NAME)
    officer.page.locator(".o-autocomplete--dropdown-item", has_text=NAME).first.click()
    expect(officer.dialog.locator(".o_field_widget[name=terminal_ids] .o_tag")).to_have_count(2)
    officer.go(officer.dialog.locator("button[name=action_charge]"))
    expect(officer.rows()).to_have_count(2)


def transactions(path: Path, code: str) -> Path:
    """Write the acquirer's file: the month's transactions, the first one twice, one of a terminal nobody knows."""
    lines = ["交易流水号,交易时间,商户编号,终端号,卡类型,交易类型,金额"]
    for day, (number, terminal, card, kind, amount) in enumerate((*TRANSACTIONS, UNKNOWN, TRANSACTIONS[0]), start=2):
        moment = MONTH.replace(day=2 if number == "FN1" else day)
        lines.append(f"{number},{moment} 19:30:00,{code},{terminal},{card},{kind},{amount}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_officer_prepares_the_statement(person, expected, tmp_path):
    officer = person("officer")
    officer.menu_dialog("rural_merchant_settlement.menu_prepare_statements")
    officer.dialog.locator(".o_field_widget[name=merchant_ids] input").fill(NAME)
    officer.page.locator(".o-autocomplete--dropdown-item", has_text=NAME).first.click()
    officer.go(officer.dialog.locator("button[name=action_prepare]"))
    officer.open_row(NAME)
    officer.state("draft")
    assert figures(officer) == vars(expected)
    expect(officer.button("action_view_transactions").first).to_contain_text(str(len(TRANSACTIONS)))
    officer.picture("merchant-statement")
    expect(officer.button("action_confirm")).to_have_count(0)
    assert officer.is_refused("rural.merchant.statement", "action_confirm", statement_id(officer))

    pdf = officer.print("PDF", tmp_path)
    # A font may write characters as the radicals that look the same.
    read = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    text = unicodedata.normalize("NFKC", read)
    assert f"{expected.net_amount:,.2f}" in text
    assert NAME in text
    sheet = openpyxl.load_workbook(io.BytesIO(officer.print("XLSX", tmp_path).read_bytes())).active
    [total] = [row for row in sheet.iter_rows(values_only=True) if row[0] == "合计"]
    parts = (expected.sales, expected.rebate, expected.bank_fee, expected.terminal_fee, expected.net_amount)
    assert tuple(Decimal(str(value)) for value in total[4:9]) == parts


def test_manager_confirms_it(person):
    manager = person("manager")
    open_statement(manager)
    manager.button("action_confirm").click()
    manager.state("confirmed")
    assert manager.is_refused("rural.merchant.statement", "action_post_selected", statement_id(manager))


def test_accountant_posts_and_pays_it(person, expected):
    accountant = person("cards")
    assert accountant.is_refused("rural.merchant.statement.prepare", "create", [{}])
    open_statement(accountant)
    accountant.button("action_post_selected").click()
    accountant.dialog.wait_for()
    accountant.dialog.locator("button[name=action_post]").click()
    accountant.state("posted")
    accountant.go(accountant.button("action_view_moves"))
    items = accountant.call(
        "account.move.line",
        "search_read",
        [["move_id.rural_merchant_statement_id", "in", statement_id(accountant)]],
        ["account_type", "balance"],
    )
    balances = [Decimal(str(item["balance"])).quantize(Decimal("0.01")) for item in items]
    assert sum(balances) == 0
    assert sorted(balances) == sorted(
        [
            expected.prepaid_sales,
            expected.bank_sales - expected.bank_fee,
            -expected.rebate,
            -expected.terminal_fee,
            -expected.net_amount,
        ]
    )

    open_statement(accountant)
    accountant.button("action_register_payment").click()
    accountant.dialog.wait_for()
    paid = accountant.dialog.locator(".o_field_widget[name=amount] input").input_value()
    assert Decimal(re.sub(r"[^\d.]", "", paid)) == expected.net_amount
    accountant.go(accountant.dialog.locator("button[name=action_create_payments]"))
    open_statement(accountant)
    accountant.state("paid")
    assert figures(accountant) == vars(expected)


def test_head_sees_what_the_merchant_brings_in(person, expected):
    head = person("recruiting")
    open_merchant(head)
    head.go(head.page.locator(".oe_stat_button:visible", has_text="利润"))
    profit = expected.rebate + expected.terminal_fee
    expect(head.screen).to_contain_text(f"{profit:,.2f}")

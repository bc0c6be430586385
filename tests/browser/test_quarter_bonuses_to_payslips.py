"""A quarter's bonuses from the run to posted payslips, and schemes that change, by those who pay (MA-20 to MA-28).

The tests go on from one another, as the people do. The recruiters' own page is seen on a day of the quarter.
"""

import io
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

import openpyxl
import pytest
from at_work import bringing, gathered
from odoo_server import serving
from playwright.sync_api import expect

RUN, LINE = "rural.bonus.run", "rural.bonus.line"
MONTH, QUARTER = "2023-06", "2023Q2"
BATCH = "2023年6月招商部工资"
#: A merchant of 陈婷, who is reviewed late, and one of 吴敏, to whom a cost is charged late.
REVIEWED, CHARGED = ("刘记牛肉汤", "陈婷"), ("格拉条总店", "吴敏")


@pytest.fixture(scope="module")
def server_in_june(database, tmp_path_factory):
    with serving(database, tmp_path_factory.mktemp("server") / "odoo.log", "2023-06-28") as server:
        yield server


@pytest.fixture(scope="module")
def people_in_june(server_in_june):
    with gathered(server_in_june) as people:
        yield people


@pytest.fixture
def person_in_june(request, chromium, server_in_june, people_in_june, tmp_path):
    with bringing(request, chromium, server_in_june, people_in_june, tmp_path) as bring:
        yield bring


def decimal(value: float) -> Decimal:
    """An amount as the server gives it, to the cent."""
    return Decimal(str(value)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def open_run(person, name):
    """Open a run from the menu."""
    person.menu("rural_recruiter_bonus.menu_bonus_runs")
    person.open_row(name)


def lines(person, run, *names) -> list[dict]:
    """The lines of a run, for checking."""
    return person.call(LINE, "search_read", [["run_id.name", "=", run]], ["employee_id", "clause", "amount", *names])


def run_id(person, name) -> list[int]:
    return person.call(RUN, "search", [["name", "=", name]])


def month_amount(points: Decimal) -> Decimal:
    """What the points of a month bring (MA-22), as the book says."""
    if points < 6:
        return -50 * (6 - points)
    return 10 * (min(points, 10) - 6) + 40 * max(points - 10, 0)


def test_head_sees_every_example_of_the_rule_book(person):
    head = person("recruiting")
    head.menu_dialog("rural_recruiter_bonus.menu_bonus_examples")
    for clause, examples in (("MA-26", 1), ("MA-25", 4), ("MA-24", 7), ("MA-22", 5)):
        head.dialog.locator(".o_field_widget[name=clause] label", has_text=clause).click()
        expect(head.dialog.locator("td", has_text="✓")).to_have_count(examples)
        expect(head.dialog.locator("td", has_text="≠")).to_have_count(0)
    head.dialog.locator(".o_field_widget[name=points] input").fill("12.5")
    head.page.keyboard.press("Tab")
    expect(head.dialog.locator(".o_field_widget[name=answer]")).to_contain_text("140.00")
    head.picture("bonus-examples")
    head.dialog.locator(".modal-footer button", has_text="关闭").click()


# ----------------------------------------------------------------------
# The month
# ----------------------------------------------------------------------


def test_service_records_a_review_that_came_late(person):
    service = person("service")
    service.menu("rural_merchant.menu_follow_ups")
    service.page.locator(".o_list_button_add").click()
    service.choose("merchant_id", REVIEWED[0])
    service.select("kind", "美评")
    service.fill(date="2023-06-27", note="结算到账很快")
    service.page.locator(".o_list_button_save").click()
    expect(service.row("结算到账很快")).to_contain_text(REVIEWED[1])


def test_payroll_computes_the_month_again_and_sees_what_changed(person):
    payroll = person("payroll")
    [before] = [line for line in lines(payroll, MONTH, "points") if is_points(line, REVIEWED[1])]
    open_run(payroll, MONTH)
    payroll.button("action_compute").click()
    expect(payroll.screen.locator(".alert-warning", has_text="上次计算改变了 1 行")).to_be_visible()
    [after] = [line for line in lines(payroll, MONTH, "points", "previous_amount") if is_points(line, REVIEWED[1])]
    assert Decimal(str(after["points"])) == Decimal(str(before["points"])) + Decimal("0.5")
    assert decimal(after["amount"]) == month_amount(Decimal(str(after["points"])))
    assert decimal(after["previous_amount"]) == decimal(before["amount"])
    payroll.go(payroll.button("action_view_changed_lines"))
    expect(payroll.rows()).to_have_count(1)
    expect(payroll.row(REVIEWED[1])).to_be_visible()
    assert payroll.is_refused(RUN, "action_review", run_id(payroll, MONTH))


def is_points(line, name) -> bool:
    return line["clause"] == "MA-22" and line["employee_id"][1] == name


def test_head_reviews_and_general_manager_approves_the_month(person):
    head, gm = person("recruiting"), person("gm")
    open_run(head, MONTH)
    head.take_step("action_review")
    head.state("reviewed")
    expect(head.button("action_approve")).to_have_count(0)
    assert head.is_refused(RUN, "action_approve", run_id(head, MONTH))
    open_run(gm, MONTH)
    gm.take_step("action_approve")
    gm.state("approved")


# ----------------------------------------------------------------------
# The quarter
# ----------------------------------------------------------------------


def test_accountant_charges_a_cost_and_the_quarter_is_not_approved_any_more(person):
    accountant, gm = person("cards"), person("gm")
    accountant.menu("rural_merchant_settlement.menu_costs")
    accountant.page.locator(".o_list_button_add").click()
    accountant.fill(month="2023-06-01")
    accountant.choose("merchant_id", CHARGED[0])
    accountant.fill(name="补记宣传品", amount="100")
    accountant.page.locator(".o_list_button_save").click()
    expect(accountant.row("补记宣传品")).to_be_visible()
    open_run(gm, QUARTER)
    gm.try_step("action_approve")
    assert CHARGED[1] in gm.refusal()
    gm.state("reviewed")


def test_payroll_computes_the_quarter_and_opens_its_lines(person, tmp_path):
    payroll = person("payroll")
    open_run(payroll, QUARTER)
    payroll.button("action_back_to_draft").click()
    payroll.dialog.locator(".o_field_widget[name=reason] textarea").fill("补记了宣传品费用")
    payroll.dialog.locator("button[name=action_apply]").click()
    payroll.state("draft")
    payroll.button("action_compute").click()
    expect(payroll.screen.locator(".alert-warning", has_text="上次计算改变了 1 行")).to_be_visible()
    payroll.picture("bonus-run")
    found = lines(payroll, QUARTER, "inputs", "is_changed", "is_correction", "explanation")
    assert CHARGED[1] in {line["employee_id"][1] for line in found if line["is_changed"]}
    for line in found:
        assert line["explanation"]
        if line["clause"] == "MA-24" and not line["is_correction"]:
            inputs = line["inputs"]
            exact = Decimal(inputs["profit"]) * Decimal(inputs["rate"]) * Decimal(inputs["coefficient"])
            assert decimal(line["amount"]) == exact.quantize(Decimal("0.01"), ROUND_HALF_UP), line

    sheet = openpyxl.load_workbook(io.BytesIO(payroll.print("XLSX", tmp_path).read_bytes())).active
    cells = [value for row in sheet.iter_rows(values_only=True) for value in row]
    total = sum(decimal(line["amount"]) for line in found)
    assert total in [decimal(value) for value in cells if isinstance(value, (int, float))]

    payroll.go(payroll.button("action_view_lines"))
    payroll.screen.locator(".o_group_header", has_text=CHARGED[1]).click()
    payroll.open_row(CHARGED[1])
    expect(payroll.field("explanation")).to_contain_text("MA-24")
    payroll.picture("bonus-line")


def test_head_reviews_and_general_manager_approves_the_quarter(person):
    head, gm = person("recruiting"), person("gm")
    open_run(head, QUARTER)
    head.take_step("action_review")
    head.state("reviewed")
    open_run(gm, QUARTER)
    # No card transactions of April were loaded: approving takes a reason.
    gm.button("action_approve").click()
    gm.dialog.locator(".modal-footer .btn-primary").click()
    gm.dialog.locator(".o_field_widget[name=reason] textarea").fill("四月尚未接入收单机构的交易文件")
    gm.dialog.locator("button[name=action_apply]").click()
    gm.state("approved")


# ----------------------------------------------------------------------
# Payslips and books
# ----------------------------------------------------------------------


def test_payroll_puts_both_in_payslips_and_closes_the_batch(person):
    payroll = person("payroll")
    payroll.menu("payroll.hr_payslip_run_menu")
    payroll.new()
    payroll.fill(name=BATCH)
    payroll.fill_days("date_start", "date_end", "2023-06-01", "2023-06-30")
    payroll.save()
    for run in (MONTH, QUARTER):
        open_run(payroll, run)
        payroll.button("action_put_in_payslips").click()
        payroll.dialog.wait_for()
        expect(payroll.dialog.locator(".o_field_widget[name=batch_id] input")).to_have_value(BATCH)
        payroll.go(payroll.dialog.locator("button[name=action_put]"))
    payroll.button("action_confirm_payslips").click()
    payroll.take_step("close_payslip_run")
    payroll.state("close")
    assert inputs(payroll) == due(payroll)
    batch = payroll.call("hr.payslip.run", "search", [["name", "=", BATCH]])
    assert payroll.is_refused("hr.payslip.run", "action_post_selected", batch)


def due(person) -> dict:
    """What the lines of both runs give each person, by clause."""
    sums = defaultdict(Decimal)
    for run in (MONTH, QUARTER):
        for line in lines(person, run):
            sums[line["employee_id"][1], line["clause"]] += decimal(line["amount"])
    return {key: amount for key, amount in sums.items() if amount}


def inputs(person) -> dict:
    """What the payslips of the batch have as inputs of the clauses."""
    found = person.call(
        "hr.payslip.input",
        "search_read",
        [["payslip_id.payslip_run_id.name", "=", BATCH], ["amount", "!=", 0], ["code", "=like", "MA%"]],
        ["payslip_id", "code", "amount"],
    )
    slips = person.call("hr.payslip", "search_read", [["payslip_run_id.name", "=", BATCH]], ["employee_id"])
    names = {slip["id"]: slip["employee_id"][1] for slip in slips}
    return {(names[each["payslip_id"][0]], f"MA-{each['code'][2:]}"): decimal(each["amount"]) for each in found}


def test_accountant_posts_the_batch_and_finds_the_entry_from_the_run(person):
    accountant = person("cards")
    accountant.app("rural_base.menu_home")
    accountant.open_card("待过账工资批次")
    accountant.open_row(BATCH)
    accountant.button("action_post_selected").click()
    accountant.dialog.wait_for()
    accountant.dialog.locator("button[name=action_post]").click()
    accountant.state("posted")
    items = accountant.call(
        "account.move.line", "search_read", [["move_id.rural_payslip_run_id.name", "=", BATCH]], ["debit", "credit"]
    )
    debit, credit = (sum(decimal(item[side]) for item in items) for side in ("debit", "credit"))
    assert debit == credit > 0
    open_run(accountant, QUARTER)
    accountant.go(accountant.button("action_view_moves"))
    accountant.open_row(BATCH)
    expect(accountant.screen).to_contain_text(f"{debit:,.2f}")
    accountant.go(accountant.button("action_view_rural_payslips"))
    expect(accountant.row(CHARGED[1])).to_be_visible()


# ----------------------------------------------------------------------
# Schemes
# ----------------------------------------------------------------------


def test_payroll_drafts_another_scheme_and_general_manager_adopts_it(person, database):
    payroll, gm = person("payroll"), person("gm")
    before = database.rural("bonus", "month", "2023-05")
    payroll.menu("rural_recruiter_bonus.menu_bonus_schemes")
    payroll.open_row("制度方案")
    payroll.open_actions()
    payroll.page.locator(".o-dropdown--menu .dropdown-item", has_text="复制").click()
    payroll.state("draft")
    payroll.fill(name="2023年下半年方案", valid_from="2023-07-01", floor_points="5", point_reward="20")
    payroll.save()
    scheme = payroll.call("rural.bonus.scheme", "search", [["name", "=", "2023年下半年方案"]])
    assert payroll.is_refused("rural.bonus.scheme", "action_adopt", scheme)
    gm.menu("rural_recruiter_bonus.menu_bonus_schemes")
    gm.open_row("2023年下半年方案")
    gm.take_step("action_adopt")
    gm.state("adopted")
    assert database.rural("bonus", "month", "2023-05") == before


def test_closed_months_are_worth_the_same_by_their_own_scheme(person):
    payroll = person("payroll")
    try_scheme(payroll, "制度方案")
    assert all(decimal(line["difference"]) == 0 for line in trial(payroll))
    payroll.menu("rural_recruiter_bonus.menu_bonus_runs")
    payroll.new()
    payroll.select("kind", "月度")
    payroll.fill(date_from="2023-07-15")
    payroll.save()
    payroll.button("action_compute").click()
    expect(payroll.field("scheme_id")).to_contain_text("2023年下半年方案")
    assert not [line for line in lines(payroll, "2023-07", "is_correction") if line["is_correction"]]


def test_a_draft_scheme_is_tried_beside_what_was_approved(person):
    payroll = person("payroll")
    try_scheme(payroll, "讨论稿")
    differences = {line["employee_id"][1]: decimal(line["difference"]) for line in trial(payroll)}
    assert any(differences.values())


def try_scheme(person, words):
    """Compute a scheme over the approved periods of 2023."""
    person.menu("rural_recruiter_bonus.menu_bonus_schemes")
    person.open_row(words)
    person.go(person.button("action_try"))
    person.fill(date_from="2023-01-01", date_to="2023-12-31")
    person.button("action_try").click()
    expect(person.field("line_ids").locator("tr.o_data_row").first).to_be_visible()


def trial(person) -> list[dict]:
    """The lines of the last trial, for checking."""
    [last] = person.call("rural.bonus.trial", "search", [], 0, 1, "id desc")
    names = ["employee_id", "paid", "tried", "difference"]
    return person.call("rural.bonus.trial.line", "search_read", [["trial_id", "=", last]], names)


# ----------------------------------------------------------------------
# Recruiters
# ----------------------------------------------------------------------


def test_recruiter_sees_the_own_page_and_nobody_elses(person_in_june):
    recruiter = person_in_june("recruiter")
    recruiter.menu("rural_recruiter_bonus.menu_my_bonus")
    expect(recruiter.screen.locator(".oe_title")).to_contain_text(REVIEWED[1])
    expect(recruiter.field("next_step")).to_be_visible()
    history = recruiter.field("line_ids").locator("tr.o_data_row")
    expect(history.first).to_be_visible()
    expect(recruiter.field("line_ids")).not_to_contain_text(CHARGED[1])
    recruiter.picture("my-bonus")
    assert not recruiter.has_menu("rural_recruiter_bonus.menu_bonus_runs")
    own = recruiter.call(LINE, "search_read", [], ["employee_id"])
    assert {line["employee_id"][1] for line in own} == {REVIEWED[1]}
    assert recruiter.is_refused(RUN, "search_read", [])
    others = recruiter.call("hr.employee.public", "search", [["name", "=", CHARGED[1]]])
    page = recruiter.call("rural.bonus.outlook", "create", [{"employee_id": others[0], "company_id": 1}])
    [shown] = recruiter.call("rural.bonus.outlook", "read", page, ["line_ids", "month_text", "quarter_text"])
    assert not (shown["line_ids"] or shown["month_text"] or shown["quarter_text"])

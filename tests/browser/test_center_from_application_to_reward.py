"""One center's whole path, by the people who walk it: from the public form to the posted reward (SC-02 to SC-20).

The tests go on from one another, as the people do. The last of them work at a server whose clock stands in
the next year.
"""

import datetime
import re
from pathlib import Path

import pytest
from at_work import bringing, gathered
from letter_box import LetterBox
from odoo_server import serving
from person import Visitor
from playwright.sync_api import expect

APPLICANT = "远安县鸣凤农产品有限公司"
REGION = ("湖北省", "宜昌市", "远安县")
CODE = "FW420525A"
EMAIL = "mingfeng@example.com"
HEADINGS = (
    "订单编号,订单行号,下单时间,完成时间,订单状态,采购单位编码,采购单位名称,采购单位类型,采购单位地区代码,"
    "供应商编码,供应商名称,商品编码,商品名称,数量,单价,成交金额,退款金额,服务码"
)
TODAY = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).date()
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


@pytest.fixture(scope="module")
def letters():
    box = LetterBox()
    box.open()
    yield box
    box.close()


@pytest.fixture(scope="module")
def server(database, letters, tmp_path_factory):
    log = tmp_path_factory.mktemp("server") / "odoo.log"
    with serving(database, log, smtp_port=letters.port) as server:
        yield server


@pytest.fixture(scope="module")
def server_next_year(database, letters, tmp_path_factory):
    log = tmp_path_factory.mktemp("server") / "odoo.log"
    with serving(database, log, f"{TODAY.year + 1}-01-04", letters.port) as server:
        yield server


@pytest.fixture(scope="module")
def people_next_year(server_next_year):
    with gathered(server_next_year) as people:
        yield people


@pytest.fixture
def person_next_year(request, chromium, server_next_year, people_next_year, tmp_path):
    with bringing(request, chromium, server_next_year, people_next_year, tmp_path) as bring:
        yield bring


@pytest.fixture(scope="module")
def paper(tmp_path_factory) -> Path:
    """Some signed and scanned paper."""
    path = tmp_path_factory.mktemp("papers") / "盖章扫描件.pdf"
    path.write_bytes(Path(__file__).with_name("data").joinpath("paper.pdf").read_bytes())
    return path


def open_agreement(person):
    """Open the agreement of the center."""
    person.menu("rural_center_agreement.menu_center_agreement")
    person.search("远安县")
    person.open_card("远安县")


def test_applicant_fills_in_the_public_form(person, paper):
    applicant = person("applicant", Visitor, **PHONE)
    applicant.visit("/centers/apply")
    page = applicant.page
    applicant.picture("application-form")
    for level, name in zip(("province", "city", "county"), REGION, strict=True):
        choice = page.locator(f"select[name=region_{level}]")
        expect(choice.locator("option", has_text=name)).to_have_count(1)
        choice.select_option(label=name)
    for name, value in {
        "applicant_name": APPLICANT,
        "credit_code": "91420525MA49000047",
        "legal_representative": "向远清",
        "contact_name": "向远清",
        "phone": "13800005250",
        "email": EMAIL,
    }.items():
        page.fill(f"[name={name}]", value)
    page.select_option("[name=enterprise_type]", index=1)
    for field in page.locator("input[type=file]").all():
        field.set_input_files(paper)
    for number in page.locator("input[name$=_number]").all():
        number.fill("420525198805050039")
    for long_term in page.locator("input[name$=_long_term]").all():
        long_term.check()
    page.wait_for_timeout(6000)  # the form is not for programs: nobody fills it in faster
    page.get_by_role("button", name="提交申请").click()
    expect(page.locator("body")).to_contain_text(re.compile(r"ZM\d{4}-\d{4}"))
    applicant.picture("application-page")


def test_area_manager_approves(person):
    area = person("area")
    area.menu("rural_center_application.menu_center_application")
    area.picture("applications")
    area.open_card(APPLICANT)
    area.picture("application")
    conditions = area.call("rural.application.condition", "search", [("application_id.applicant_name", "=", APPLICANT)])
    area.call("rural.application.condition", "write", conditions, {"verdict": "met", "note": "实地走访"})
    area.page.reload()
    area.button("action_approve").click()
    area.confirm()
    area.state("approved")


def test_operations_complete_the_agreement_and_may_not_skip_a_step(person, paper):
    operations = person("operations")
    open_agreement(operations)
    operations.fill(target_market_revenue=100, target_region_turnover=200, target_purchasers=1, target_satisfaction=90)
    operations.fill(signed_on=TODAY.isoformat())
    operations.field("signed_scan").locator("input[type=file]").set_input_files(paper)
    operations.save()
    operations.picture("agreement")
    agreement = operations.call("rural.center.agreement", "search", [["center_id.name", "like", "远安县"]])
    for step in ("action_deposit", "action_certify", "action_publish", "action_train", "action_activate"):
        assert operations.is_refused("rural.center.agreement", step, agreement)


def test_director_countersigns(person):
    director = person("director")
    open_agreement(director)
    director.button("action_sign").click()
    director.state("signed")


def test_deposit_is_requested_approved_and_posted_by_three_people(person):
    operations, director, accountant = (person(login) for login in ("operations", "director", "accountant"))
    open_agreement(operations)
    operations.go(operations.button("action_request_deposit"))
    operations.fill(document="银行回单 20260525")
    operations.save()
    operations.state("requested")
    expect(operations.button("action_approve")).to_have_count(0)

    for someone in (director, accountant):
        someone.menu("rural_deposit.menu_deposit_movements")
        someone.search(APPLICANT)
        someone.open_row("远安县")
    director.button("action_approve").click()
    director.state("approved")
    accountant.page.reload()
    accountant.button("action_post_selected").click()
    accountant.dialog.wait_for()
    accountant.picture("deposit-posting")
    accountant.dialog.locator("button[name=action_post]").click()
    accountant.state("posted")
    accountant.picture("deposit-movement")


def test_operations_issue_the_certificate_and_publish(person):
    operations = person("operations")
    open_agreement(operations)
    operations.state("deposited")
    operations.button("action_certify").click()
    operations.state("certified")
    operations.button("action_publish").click()
    operations.state("published")
    operations.picture("agreement-published")

    visitor = person("public", Visitor)
    visitor.visit("/centers/notice")
    expect(visitor.page.locator("body")).to_contain_text("远安县")
    visitor.picture("public-notice")
    [address] = operations.call(
        "rural.center.certificate", "search_read", [["center_id.name", "like", "远安县"]], ["public_url"]
    )
    visitor.page.goto(address["public_url"])
    expect(visitor.page.locator("body")).to_contain_text(APPLICANT)
    visitor.picture("public-certificate")


def test_training_is_recorded_and_confirmed_by_two_people(person):
    operations, area = person("operations"), person("area")
    held = datetime.datetime.now() - datetime.timedelta(days=2)
    operations.menu("rural_training.menu_training_session")
    operations.go(operations.page.locator(".o_list_button_add, .o-kanban-button-new").first)
    operations.choose("course_id", "岗前培训")
    operations.fill(begins_at=f"{held:%Y-%m-%d} 09:00:00", ends_at=f"{held:%Y-%m-%d} 17:00:00", place="武汉")
    operations.screen.locator(".o_field_x2many_list_row_add a").first.click()
    operations.choose("center_id", "远安县")
    operations.fill(person="向远清", score=92)
    operations.save()
    operations.button("action_record").click()
    operations.state("recorded")
    session = operations.call("rural.training.session", "search", [["state", "=", "recorded"], ["place", "=", "武汉"]])
    assert operations.is_refused("rural.training.session", "action_confirm", session)

    area.menu("rural_training.menu_training_session")
    area.open_row("武汉")
    area.button("action_confirm").click()
    area.state("confirmed")


def test_center_becomes_active_and_is_invited_to_the_portal(person, letters):
    operations = person("operations")
    open_agreement(operations)
    operations.button("action_train").click()
    operations.state("trained")
    operations.button("action_activate").click()
    operations.state("active")

    center = person("center", Visitor, **PHONE)
    center.page.goto(letters.link(EMAIL, r"http://[^\s\"<]*/web/signup[^\s\"<]*"))
    for name in ("password", "confirm_password"):
        center.page.fill(f"input[name={name}]", "yuanan-525")
    with center.page.expect_navigation():
        center.page.click("form:has([name=confirm_password]) button[type=submit]")
    center.visit("/my/center")
    expect(center.page.locator("body")).to_contain_text(CODE)
    center.picture("portal-overview")
    for path, words in {
        "/my/center/pool": "%",
        "/my/center/deposit": "SC-07",
        "/my/center/documents": "授权书",
    }.items():
        center.visit(path)
        expect(center.page.locator("body")).to_contain_text(words)
    center.picture("portal-documents")


def test_officer_loads_orders_with_the_new_code(person, tmp_path):
    officer = person("officer")
    counts = officer.load("rural_service_order.menu_load_orders", orders(tmp_path / "orders.csv"))
    assert counts["new"] == counts["row"] == 2
    center = person("center")
    center.visit("/my/center/orders")
    expect(center.page.locator("body")).to_contain_text("YA")
    center.picture("portal-orders")


def test_next_year_the_year_is_settled(person_next_year):
    officer, manager = person_next_year("officer"), person_next_year("manager")
    officer.menu_dialog("rural_settlement.menu_prepare_statements")
    officer.dialog.locator(".o_field_widget[name=all_months] input").check()
    officer.go(officer.dialog.locator("button[name=action_prepare]"))
    manager.menu("rural_settlement.menu_statements")
    manager.search(CODE)
    manager.select_all()
    manager.button("action_confirm_selected").click()
    manager.dialog.wait_for()
    manager.confirm()
    open_statements = manager.call("rural.statement", "search", [["state", "=", "draft"]])
    manager.call("rural.statement", "action_confirm", open_statements)


def test_next_year_officer_prepares_the_assessment(person_next_year):
    officer = person_next_year("officer")
    officer.menu_dialog("rural_assessment.menu_prepare_assessment")
    officer.dialog.locator(".o_field_widget[name=year] input").fill(str(TODAY.year))
    officer.go(officer.dialog.locator("button[name=action_prepare]"))
    officer.state("draft")
    officer.picture("assessment")
    year = [["year", "=", TODAY.year], ["center_id.name", "not like", "远安县"]]
    others = officer.call("rural.assessment.line", "search", [*year, ["is_satisfaction_known", "=", False]])
    survey = {"satisfaction_by_hand": True, "satisfaction_entered": 0.8, "satisfaction_reason": "电话回访"}
    officer.call("rural.assessment.line", "write", others, survey)
    assessment = officer.call("rural.assessment", "search", [["year", "=", TODAY.year]])
    assert officer.is_refused("rural.assessment", "action_confirm", assessment)

    officer.go(officer.button("action_view_lines"))
    officer.open_row("远安县")
    officer.field("satisfaction_by_hand").locator("input").check()
    officer.fill(satisfaction_entered=95, satisfaction_reason="逐户电话回访，记录附后")
    officer.save()
    expect(officer.field("reward")).to_contain_text("3.00")
    officer.picture("assessment-line")


def test_next_year_manager_reviews_and_accountant_posts_the_reward(person_next_year):
    manager, accountant = person_next_year("manager"), person_next_year("accountant")
    for someone in (manager, accountant):
        someone.menu("rural_assessment.menu_rewards")
        someone.open_row(str(TODAY.year))
    manager.button("action_confirm").click()
    manager.confirm()
    manager.state("reviewed")
    accountant.page.reload()
    accountant.button("action_post").click()
    accountant.dialog.wait_for()
    accountant.picture("reward-posting")
    accountant.dialog.locator("button[name=action_post]").click()
    accountant.state("posted")
    [reward] = accountant.call(
        "rural.assessment.line", "search_read", [["center_id.name", "like", "远安县"]], ["reward", "state"]
    )
    assert (reward["reward"], reward["state"]) == (3.0, "posted")


def orders(path):
    """Write the platform's file with an order of 200.00 that counts and one of another product that does not."""
    lines = [HEADINGS]
    for number, (product, name) in enumerate((("SP4228011", "恩施玉露 250克"), ("SP9999999", "池外商品")), start=1):
        lines.append(
            f"YA{TODAY:%Y}{number:04},1,{TODAY} 23:58:00,{TODAY} 23:59:00,已完成,"
            "CG420525001,远安县鸣凤中学,预算单位,420525,"
            f"GYS422801,恩施市富硒农产品专业合作社,{product},{name},2,100.00,200.00,0.00,{CODE}"
        )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path

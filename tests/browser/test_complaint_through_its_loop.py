"""A complaint through its loop, by the people who handle it: refused, unsatisfied, done again, paid for (MA-40, MA-41).

The tests go on from one another, as the people do.
"""

import datetime
import re

from playwright.sync_api import expect

TICKET, PENALTY = "helpdesk.ticket", "rural.complaint.penalty"
ABOUT = "刷卡机坏了五天没有人来修"
MERCHANT = "颍州老街饭店"
RECRUITER = "陈婷"
TODAY = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).date()


def stage(person, words):
    """Wait until the complaint is at a step."""
    present = person.screen.locator(".o_statusbar_status .o_arrow_button_current")
    expect(present).to_contain_text(words)


def complaint_id(person):
    """The complaint, for calls past the screens."""
    return person.call(TICKET, "search", [["name", "=", ABOUT]])


def open_complaint(person):
    """Open the complaint from the menu."""
    person.menu("rural_complaint.menu_complaint_all")
    person.search(ABOUT)
    person.open_card(ABOUT)


def open_form(person):
    """Open the form of the present step in front of the complaint."""
    person.button("action_open_form").click()
    person.dialog.wait_for()


def field(person, name):
    """A field of the form in front."""
    return person.dialog.locator(f".o_field_widget[name='{name}']").first


def write(person, **texts):
    """Type into the form in front."""
    for name, text in texts.items():
        box = field(person, name).locator("input, textarea").first
        box.fill(str(text))
        box.press("Tab")


def tick(person, name, label):
    """Choose one of the round boxes of the form in front."""
    field(person, name).get_by_label(label, exact=True).check()


def pick(person, name, words):
    """Choose a record in the form in front."""
    field(person, name).locator("input").fill(words)
    person.page.locator(".o-autocomplete--dropdown-item", has_text=words).first.click()


def finish(person, button="action_done"):
    """Finish the form in front; it goes away."""
    person.dialog.locator(f"button[name='{button}']").click()
    expect(person.dialog).to_have_count(0)


def investigate(officer, found):
    """Find the complaint founded."""
    open_form(officer)
    write(officer, found=found)
    tick(officer, "finding", "属实")
    pick(officer, "head_id", "马丽娟")
    pick(officer, "person_id", RECRUITER)
    finish(officer)
    stage(officer, "传递责任部门")


def send(officer):
    """Send the transfer slip."""
    open_form(officer)
    finish(officer, "action_send")


def answer(head, asked, words, plan):
    """Answer the slip in which something is asked of the head."""
    head.menu("rural_complaint.menu_complaint_slip_mine")
    head.open_row(asked)
    head.fill(answer=words, plan=plan, plan_due=(TODAY + datetime.timedelta(days=2)).isoformat())
    head.button("action_done").click()
    head.state("done")


def view(officer, label, words=""):
    """Enter what the merchant thinks of the answer."""
    officer.page.reload()
    stage(officer, "商家意见")
    open_form(officer)
    tick(officer, "answer", label)
    write(officer, opinion=words)
    finish(officer)


def carry_out(head, plan, words):
    """Report that a plan was carried out."""
    head.menu("rural_complaint.menu_complaint_execution_mine")
    head.open_row(plan)
    head.fill(carried_out=words)
    head.button("action_done").click()
    head.state("done")


def test_ma40_customer_service_takes_the_complaint(person):
    officer = person("service")
    officer.menu("rural_complaint.menu_complaint_all")
    officer.picture("complaints")
    officer.new()
    officer.fill(name=ABOUT)
    officer.choose("partner_id", MERCHANT)
    expect(officer.field("merchant_id").locator("input")).to_have_value(re.compile(MERCHANT))
    officer.fill(partner_name="张老板", complainant_phone="0558-2203311")
    officer.choose("complaint_kind_id", "服务质量")
    officer.choose("channel_id", "电话")
    officer.field("description").locator("[contenteditable=true]").fill("报修五天，一直说在路上。")
    officer.save()
    stage(officer, "受理")
    expect(officer.field("promise_deadline")).not_to_be_empty()
    officer.button("action_record").click()
    stage(officer, "调查")


def test_ma40_no_step_can_be_skipped(person):
    officer = person("service")
    [ticket] = complaint_id(officer)
    closed = officer.call("helpdesk.ticket.stage", "search", [["closed", "=", True], ["team_ids", "!=", False]])
    assert officer.is_refused(TICKET, "write", [ticket], {"stage_id": closed[0]})
    assert officer.is_refused(TICKET, "action_record", [ticket])
    officer.menu("rural_complaint.menu_complaint_all")
    officer.search(ABOUT)
    card = officer.screen.locator(".o_kanban_record", has_text=ABOUT)
    card.drag_to(officer.screen.locator(".o_kanban_group").last)
    expect(officer.screen.locator(".o_kanban_group", has_text="调查").locator(".o_kanban_record")).to_have_count(1)


def test_ma40_founded_goes_to_the_responsible_head(person):
    officer = person("service")
    open_complaint(officer)
    investigate(officer, "电话回访和报修记录，情况属实。")
    send(officer)
    officer.picture("complaint")


def test_ma40_the_head_answers_and_nobody_else(person):
    officer, head = person("service"), person("recruiting")
    slip = officer.call("rural.complaint.slip", "search", [["ticket_id.name", "=", ABOUT]])
    assert officer.is_refused("rural.complaint.slip", "write", slip, {"answer": "代为答复"})
    answer(head, "电话回访和报修记录", "专员漏接报修单。", "明天上门维修。")
    head.picture("transfer-slip")


def test_ma40_a_refused_answer_goes_back_to_the_head(person):
    officer, head = person("service"), person("recruiting")
    open_complaint(officer)
    view(officer, "不同意", "光修不行，五天的手续费要免。")
    stage(officer, "传递责任部门")
    send(officer)
    answer(head, "五天的手续费要免", "已核实停用五天。", "当天更换新机，免五天手续费。")
    view(officer, "同意")
    stage(officer, "执行方案")


def test_ma40_carried_out_and_not_satisfied_begins_again(person):
    officer, head = person("service"), person("recruiting")
    carry_out(head, "当天更换新机", "已更换新机。")
    open_complaint(officer)
    stage(officer, "回访")
    open_form(officer)
    tick(officer, "satisfaction", "不满意")
    write(officer, remark="新机不会用，没人教。")
    officer.picture("revisit")
    finish(officer)
    stage(officer, "调查")
    expect(officer.field("round")).to_have_text("2")


def test_ma40_the_second_round_satisfies(person):
    officer, head = person("service"), person("recruiting")
    investigate(officer, "第二轮：装机时没有培训收银员。")
    send(officer)
    answer(head, "装机时没有培训", "换机时没有安排培训。", "当天上门培训。")
    view(officer, "同意")
    carry_out(head, "当天上门培训", "已培训三名收银员。")
    officer.page.reload()
    open_form(officer)
    tick(officer, "satisfaction", "非常满意")
    finish(officer)
    stage(officer, "归档")
    officer.page_of_form("investigations")
    expect(officer.field("investigation_ids").locator("tr.o_data_row")).to_have_count(2)
    officer.picture("complaint-rounds")


def test_ma40_another_person_files_and_closes(person):
    officer, boss = person("service"), person("gm")
    [ticket] = complaint_id(officer)
    filing = officer.call("rural.complaint.filing", "search", [["ticket_id", "=", ticket]])
    assert officer.is_refused("rural.complaint.filing", "action_done", filing)
    open_complaint(boss)
    open_form(boss)
    field(boss, "returned_to_head").locator("input").check()
    boss.dialog.locator("button[name='action_done']").click()
    boss.dialog.last.locator(".modal-footer .btn-primary").click()
    expect(boss.dialog).to_have_count(0)
    stage(boss, "已结案")


def test_ma41_the_penalties_explain_themselves(person):
    boss = person("gm")
    boss.go(boss.button("action_view_penalties"))
    expect(boss.rows()).to_have_count(2)
    boss.picture("complaint-penalties")
    boss.open_row(RECRUITER)
    expect(boss.field("explanation")).to_contain_text("100")
    expect(boss.field("explanation")).to_contain_text("MA-41")
    boss.picture("complaint-penalty")
    found = boss.call(PENALTY, "search_read", [["ticket_id.name", "=", ABOUT]], ["amount", "kind"])
    assert {row["kind"]: row["amount"] for row in found} == {"person": 100, "head": 50}


def test_ma21_it_counts_once_for_the_recruiter(person):
    officer = person("service")
    follow_ups = officer.call(
        "rural.merchant.follow.up", "search_read", [["ticket_id.name", "=", ABOUT]], ["kind", "employee_id"]
    )
    assert [row["kind"] for row in follow_ups] == ["complaint"]
    assert officer.is_refused("rural.merchant.follow.up", "write", [follow_ups[0]["id"]], {"kind": "none"})

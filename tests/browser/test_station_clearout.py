"""A station that was last three months in a row is cleared out, by each role in turn, until its deposit is settled.

The clerk asks, the manager decides, the accountant posts (ST-07, ST-09, ST-10, DP-02 to DP-04). The tests go on from
one another, as the people do.
"""

import datetime
import re

from playwright.sync_api import expect

STATION, PARTNER = "兰田村电商服务站", "杨世华"
TODAY = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).date()
YESTERDAY = TODAY - datetime.timedelta(days=1)


def open_proposal(person):
    """Open the proposal to eliminate the station."""
    person.menu("rural_station_ledger.menu_station_elimination")
    person.open_row(STATION)


def open_exit(person):
    """Open the exit of the station."""
    person.menu("rural_station_assessment.menu_station_exit")
    person.open_row(STATION)


def follow(person, name):
    """Go to the record in a field of the form."""
    person.go(person.field(name).locator("a").first)


def write(person, **texts):
    """Type into the dialog in front."""
    for name, text in texts.items():
        box = person.dialog.locator(f".o_field_widget[name='{name}']").locator("input, textarea")
        box.or_(person.dialog.locator(f".o_field_widget[name='{name}'] button")).first.focus()
        box.first.fill(str(text))
        box.first.press("Tab")


def post(accountant, amount):
    """Post the movement of the partner's deposit over an amount."""
    accountant.menu("rural_deposit.menu_deposit_movements")
    accountant.search(PARTNER)
    accountant.open_row(amount)
    accountant.button("action_post_selected").click()
    accountant.dialog.wait_for()
    accountant.dialog.locator("button[name=action_post]").click()
    accountant.state("posted")


def test_st07_the_clerk_asks_to_clear_the_station_out(person):
    clerk = person("operations")
    open_proposal(clerk)
    clerk.state("proposed")
    expect(clerk.button("action_decide")).to_have_count(0)
    clerk.button("action_request").click()
    clerk.dialog.wait_for()
    write(clerk, last_day=YESTERDAY.isoformat(), withheld="400", reason="连续三个月末位，约谈后无起色")
    clerk.dialog.locator("button[name=action_request]").click()
    expect(clerk.dialog).to_have_count(0)
    clerk.state("requested")


def test_st07_the_manager_decides(person):
    manager = person("director")
    open_proposal(manager)
    expect(manager.field("withheld")).to_contain_text("400.00")
    manager.take_step("action_decide")
    manager.state("cleared_out")
    manager.picture("station-elimination")
    follow(manager, "exit_id")
    manager.state("running")
    follow(manager, "deduction_id")
    manager.button("action_approve").click()
    manager.state("approved")


def test_dp04_nothing_goes_back_while_the_deduction_is_open(person):
    clerk = person("operations")
    open_exit(clerk)
    expect(clerk.field("open_checks")).to_contain_text("400.00")
    clerk.button("action_complete").click()
    assert "400.00" in clerk.refusal()
    clerk.state("running")


def test_st09_the_accountant_posts_what_is_withheld(person):
    post(person("accountant"), "400.00")


def test_st10_the_clerk_closes_the_exit(person):
    clerk = person("operations")
    open_exit(clerk)
    expect(clerk.field("open_checks")).to_have_count(0)
    clerk.button("action_complete").click()
    clerk.state("done")
    clerk.picture("station-exit")


def test_dp04_the_rest_goes_back_with_its_entry(person):
    manager, accountant = person("director"), person("accountant")
    open_exit(manager)
    follow(manager, "refund_id")
    expect(manager.field("amount")).to_contain_text("600.00")
    manager.button("action_approve").click()
    manager.state("approved")
    post(accountant, "600.00")
    expect(accountant.field("move_id").first).to_contain_text(re.compile(r"\S"))
    open_exit(manager)
    manager.button("action_view_deposit").click()
    expect(manager.field("balance")).to_contain_text("0.00")
    deposit = manager.call("rural.deposit", "search_read", [["subject", "ilike", STATION]], ["balance", "collected"])
    assert [(each["collected"], each["balance"]) for each in deposit] == [(1000, 0)]
    entries = manager.call(
        "rural.deposit.movement", "search_read", [["partner_id.name", "=", PARTNER]], ["kind", "amount", "state"]
    )
    assert sorted((each["kind"], each["amount"], each["state"]) for each in entries) == [
        ("collect", 1000, "posted"), ("deduct", 400, "posted"), ("refund", 600, "posted"),
    ]  # fmt: skip

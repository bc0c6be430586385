"""A lower rate goes straight to whoever may agree it, and nobody agrees above their level (MA-03, MA-04).

The tests go on from one another, as the people do.
"""

import pytest
from playwright.sync_api import expect

REQUEST = "rural.merchant.rate.request"
#: Who may agree what, the lowest first.
LEVELS = {"recruiter": "招商专员", "recruiting": "招商主管", "director": "运营总监", "gm": "总经理"}
#: Merchant, agreed rebate in percent, share of the standard, login of the level that it takes.
REBATES = (
    ("刘记牛肉汤", "8.5", "85%", "recruiter"),
    ("颍州老街饭店", "8.4", "84%", "recruiting"),
    ("西湖春天酒楼", "7", "70%", "recruiting"),
    ("小城故事茶餐厅", "6.9", "69%", "director"),
    ("清河便利店", "1", "50%", "gm"),
)
REASON = "同行报价更低，客流稳定，希望留住商家"
SHOP, SHOP_FEE = "清河便利店", "0.6"
BELOW = "俏佳人美容院"


def ask(person, merchant, rate, kind=None):
    """Ask for a rate on the merchant's form, and hand the request in."""
    person.menu("rural_merchant.menu_merchant_all")
    person.search(merchant)
    person.open_card(merchant)
    person.go(person.screen.get_by_role("button", name="约定其他费率"))
    if kind:
        person.select("kind", kind)
    person.fill(rate=rate, reason=REASON)
    person.save()
    person.button("action_submit").click()


def open_request(person, words):
    """Open a request from the menu."""
    person.menu("rural_merchant.menu_rate_requests")
    person.search(words)
    person.open_row(words)


def request_id(person, merchant, kind="rebate"):
    """The last request of a merchant, for calls past the screens."""
    return person.call(REQUEST, "search", [["merchant_id.name", "=", merchant], ["kind", "=", kind]], 0, 1)


@pytest.mark.parametrize(("merchant", "rate", "share", "login"), REBATES)
def test_ma03_a_lower_rebate_goes_straight_to_its_level(person, merchant, rate, share, login):
    recruiter = person("recruiter")
    ask(recruiter, merchant, rate)
    expect(recruiter.field("ratio")).to_have_text(share)
    expect(recruiter.field("level")).to_have_text(LEVELS[login])
    if login == "recruiter":
        recruiter.state("agreed")
        return
    recruiter.state("requested")
    expect(recruiter.button("validate_tier")).to_have_count(0)
    expect(steps(recruiter)).to_have_count(1)
    expect(steps(recruiter)).to_contain_text("待审批")
    request = request_id(recruiter, merchant)
    for below in list(LEVELS)[: list(LEVELS).index(login)]:
        assert person(below).is_refused(REQUEST, "validate_tier", request)

    decider = person(login)
    open_request(decider, merchant)
    decider.button("validate_tier").click()
    decider.state("agreed")
    expect(steps(decider)).to_contain_text("已批准")
    expect(decider.field("explanation")).to_contain_text("MA-03")
    decider.menu("rural_merchant.menu_merchant_all")
    decider.search(merchant)
    decider.open_card(merchant)
    expect(decider.field("rebate_rate")).to_have_text(f"{rate}%")


def steps(person):
    """The steps of the decision on the request's form."""
    return person.field("review_ids").locator("tr.o_data_row")


def test_ma03_who_is_below_the_level_sees_no_button(person):
    recruiter, head = person("recruiter"), person("recruiting")
    ask(recruiter, BELOW, "9")
    recruiter.state("requested")
    open_request(head, BELOW)
    head.state("requested")
    expect(head.button("validate_tier")).to_have_count(0)
    expect(head.button("reject_tier")).to_have_count(0)
    director = person("director")
    open_request(director, BELOW)
    director.button("reject_tier").click()
    director.dialog.locator(".o_field_widget[name=reason] textarea").fill("与同街商家一致")
    director.dialog.locator("button[name=action_apply]").click()
    director.state("refused")


def test_ma04_recruiter_may_not_ask_for_a_lower_bank_card_fee(person):
    recruiter = person("recruiter")
    ask(recruiter, SHOP, SHOP_FEE, "银行卡手续费")
    recruiter.refusal()
    recruiter.state("draft")
    recruiter.button("action_cancel").click()
    recruiter.state("cancelled")


def test_ma04_head_asks_operations_review_and_the_general_manager_approves(person):
    head, director, gm = (person(login) for login in ("recruiting", "director", "gm"))
    ask(head, SHOP, SHOP_FEE, "银行卡手续费")
    head.state("requested")
    expect(head.button("validate_tier")).to_have_count(0)
    expect(steps(head)).to_have_count(2)
    request = request_id(head, SHOP, "bank_fee")
    for someone in (head, gm):
        assert someone.is_refused(REQUEST, "validate_tier", request)

    open_request(gm, SHOP)
    expect(gm.button("validate_tier")).to_have_count(0)
    open_request(director, SHOP)
    director.button("validate_tier").click()
    expect(steps(director).first).to_contain_text("已批准")
    director.state("requested")
    expect(director.button("validate_tier")).to_have_count(0)
    assert director.is_refused(REQUEST, "validate_tier", request)
    director.picture("agreed-rate")

    open_request(gm, SHOP)
    gm.button("validate_tier").click()
    gm.state("agreed")
    expect(gm.field("explanation")).to_contain_text("MA-04")
    gm.menu("rural_merchant.menu_merchant_all")
    gm.search(SHOP)
    gm.open_card(SHOP)
    expect(gm.field("bank_fee_rate")).to_have_text(f"{SHOP_FEE}%")

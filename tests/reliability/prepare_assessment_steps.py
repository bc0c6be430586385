# pylint: disable=undefined-variable
# ruff: noqa: F821
"""Make a penalty case that was heard, and a year-end assessment that was reviewed: run by `odoo shell`."""


def acting(login, record):
    """Return a record as a demo user sees it."""
    user = env["res.users"].search([("login", "=", login)])
    return record.with_env(env(user=user, context={"allowed_company_ids": user.company_ids.ids}))


center = env["rural.deposit"].search([("center_id", "!=", False), ("balance", ">", 1000)], limit=1).center_id
case = acting("operations", env["rural.penalty.case"]).create(
    {
        "center_id": center.id,
        "violation_id": env.ref("rural_assessment.violation_w02").id,
        "description": "两人同时决定",
        "heard_on": env["rural.penalty.case"].default_get(["occurred_on"])["occurred_on"],
        "did_not_appear": True,
    }
)
case.action_hear()

assessment = env["rural.assessment"].search([("state", "=", "posted")], limit=1)
company, year = assessment.company_id, assessment.year
payments = assessment.line_ids.move_id.matched_payment_ids
payments.action_cancel()
acting("qian_accountant", assessment)._cancel("两人同时过账")
anew = acting("qian_officer", env["rural.assessment"])._prepare(company, year)
assert acting("qian_manager", anew).action_confirm() is True
accountant = env["res.users"].search([("login", "=", "qian_accountant")])
accountant.copy({"login": "qian_cashier", "name": "钱江出纳"})
env.cr.commit()

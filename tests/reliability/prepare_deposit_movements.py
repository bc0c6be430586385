# pylint: disable=undefined-variable
# ruff: noqa: F821
"""Make a deposit of 20,000 with two approved deductions of 15,000: run by `odoo shell`."""


def acting(login):
    """Return an environment of a demo user."""
    user = env["res.users"].search([("login", "=", login)])
    return env(user=user, context={"allowed_company_ids": user.company_ids.ids})


def approved(kind, amount, document):
    """Request and approve a movement."""
    movement = deposit._request(kind, amount, "两人同时过账", document=document)
    acting("director")[movement._name].browse(movement.id).action_approve()
    return movement


purpose = env.ref("rural_deposit.purpose_service_center")
partner = env["res.partner"].create({"name": "恩施市试验中心有限公司", "is_company": True})
deposit = acting("operations")["rural.deposit"].create(
    {"partner_id": partner.id, "purpose_id": purpose.id, "kind_id": env.ref("rural_deposit.kind_city_county").id}
)
collection = approved("collect", 20_000, "slip")
acting("cashier")[collection._name].browse(collection.id)._post()
for document in ("first", "second"):
    approved("deduct", 15_000, document)
env.cr.commit()

# pylint: disable=undefined-variable
# ruff: noqa: F821
"""Make a fresh database a Chinese company's: run by `odoo shell`, before accounting is installed."""

china = env.ref("base.cn")
company = env.ref("base.main_company")
company.write({"country_id": china.id, "currency_id": env.ref("base.CNY").id, "state_id": False})
people = env["res.users"].with_context(active_test=False).search([("share", "=", False)])
people.write({"lang": "zh_CN", "tz": "Asia/Shanghai"})
env.ref("base.main_partner").write({"lang": "zh_CN", "tz": "Asia/Shanghai"})
env["ir.default"].set("res.partner", "lang", "zh_CN")
env["ir.default"].set("res.partner", "tz", "Asia/Shanghai")
env.cr.commit()

# pylint: disable=undefined-variable
# ruff: noqa: F821
"""Take a statement of the demo to where two people meet at it: run by `odoo shell`.

RURAL_STATE is its state then, `draft`, `confirmed` or `posted`, or `exception` for an order line that somebody asks to
accept by hand instead. The statement's number, or the id of what is asked for, is written to RURAL_RESULT; after the
number of a posted one stand the dialogs in which two accountants are about to pay it.
"""

import os
from pathlib import Path


def acting(login, records):
    """Return records as a user sees them."""
    user = env["res.users"].search([("login", "=", login)])
    return records.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)


env.ref("rural_base.user_settlement_manager").copy({"name": "第二位结算主管", "login": "manager_2"})
number = ""
if os.environ["RURAL_STATE"] == "exception":
    line = env["rural.order.line"].search([("outcome", "=", "not_in_pool"), ("acceptance_ids", "=", False)], limit=1)
    asked = {"line_id": line.id, "center_id": line.center_id.id, "fee_rate": 0.05, "reason": "书面说明"}
    number = str(acting("officer", env["rural.line.acceptance"]).create(asked).id)
drafts = env["rural.statement"].search([("state", "=", "draft")], order="month, id")
statement = drafts.filtered("is_over")[:1]
if os.environ["RURAL_STATE"] in ("confirmed", "posted"):
    assert not acting("manager", statement)._confirm()
    acting("officer", statement)._agree("邮件回复确认")
if os.environ["RURAL_STATE"] == "posted":
    acting("accountant", statement)._post()
    number = statement.name
    for login in ("accountant", "cashier"):
        action = acting(login, statement).action_register_payment()
        dialog = acting(login, env[action["res_model"]])
        number += f" {dialog.with_context(**dialog.env.context, **action['context']).create({}).id}"
Path(os.environ["RURAL_RESULT"]).write_text(number or statement.name)
env.cr.commit()

# pylint: disable=undefined-variable
# ruff: noqa: F821
"""Take a step of a statement as one of two people at once: run by `odoo shell`.

RURAL_STATEMENT is its number, or the id of an acceptance by hand; RURAL_LOGIN takes the step RURAL_STEP. Each looks at
it, says so by a file in RURAL_MEETING, waits for the other, and acts on what they saw. The result is written beside it.
"""

import os
import time
from pathlib import Path

from odoo.exceptions import UserError
from odoo.service.model import retrying

meeting, login, number, step = (os.environ[f"RURAL_{name}"] for name in ("MEETING", "LOGIN", "STATEMENT", "STEP"))
folder = Path(meeting)
user = env["res.users"].search([("login", "=", login)])
acting = env(user=user, context={"allowed_company_ids": user.company_ids.ids})


def take(record):
    """Take the step."""
    if step == "accept":
        record.action_confirm()
    elif step == "refuse":
        record.action_refuse()
    elif step == "object":
        acting["rural.statement.dispute"].create(
            {"statement_id": record.id, "text": "少算一行", "evidence": "来函 1 号"}
        )
    elif step == "cancel":
        record._cancel("录入有误")
    elif step == "post":
        record._post()
    elif record._confirm():
        raise UserError("figures changed")


def act():
    """Act after both have looked."""
    if number.isdecimal():
        record = acting["rural.line.acceptance"].browse(int(number))
        record.read(["state", "changes", "can_decide"])
    else:
        record = acting["rural.statement"].search([("name", "=", number)])
        record.read(["state", "fee", "is_undisputed"])
    (folder / f"{login}.seen").touch()
    deadline = time.monotonic() + 120
    while len(list(folder.glob("*.seen"))) < 2:
        if time.monotonic() > deadline:
            raise TimeoutError(meeting)
        time.sleep(0.02)
    take(record)


try:
    retrying(act, acting)
    acting.cr.commit()
    answer = "done"
except UserError as error:
    answer = str(error)
(folder / f"{login}.result").write_text(answer)

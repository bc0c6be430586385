# pylint: disable=undefined-variable
# ruff: noqa: F821
"""Post a movement of a deposit as one of two people at once: run by `odoo shell`.

RURAL_MOVEMENT is its number, RURAL_LOGIN who posts. Each looks at the deposit, says so by a file in RURAL_MEETING,
waits for the other, and posts what they saw. The result is written beside it.
"""

import os
import time
from pathlib import Path

from odoo.exceptions import UserError
from odoo.service.model import retrying

meeting, login, number = (os.environ[f"RURAL_{name}"] for name in ("MEETING", "LOGIN", "MOVEMENT"))
folder = Path(meeting)
seen = folder / f"{login}.seen"
user = env["res.users"].search([("login", "=", login)])
acting = env(user=user, context={"allowed_company_ids": user.company_ids.ids})


def post():
    """Post after both have looked."""
    movement = acting["rural.deposit.movement"].search([("name", "=", number)])
    movement.deposit_id.read(["balance"])
    seen.touch()
    deadline = time.monotonic() + 120
    while len(list(folder.glob("*.seen"))) < 2:
        if time.monotonic() > deadline:
            raise TimeoutError(meeting)
        time.sleep(0.02)
    movement._post()


try:
    retrying(post, acting)
    acting.cr.commit()
    answer = "posted"
except UserError as error:
    answer = str(error)
(folder / f"{login}.result").write_text(answer)

# pylint: disable=undefined-variable
# ruff: noqa: F821
"""Take a step of a record as one of two people at once: run by `odoo shell`.

RURAL_RECORD is the model and the id, RURAL_STEP the method with its arguments as JSON, RURAL_LOGIN who takes it. Each
looks at the record, says so by a file in RURAL_MEETING, waits for the other, and takes the step. The result is written
beside it.
"""

import json
import os
import time
from pathlib import Path

from odoo.exceptions import UserError
from odoo.service.model import retrying

folder, login = Path(os.environ["RURAL_MEETING"]), os.environ["RURAL_LOGIN"]
model, record_id = os.environ["RURAL_RECORD"].split(",")
method, *arguments = json.loads(os.environ["RURAL_STEP"])
user = env["res.users"].search([("login", "=", login)])
acting = env(user=user, context={"allowed_company_ids": user.company_ids.ids})


def take():
    """Take the step after both have looked."""
    record = acting[model].browse(int(record_id))
    record.read(["state"])
    (folder / f"{login}.seen").touch()
    deadline = time.monotonic() + 120
    while len(list(folder.glob("*.seen"))) < 2:
        if time.monotonic() > deadline:
            raise TimeoutError(str(folder))
        time.sleep(0.02)
    getattr(record, method)(*arguments)


try:
    retrying(take, acting)
    acting.cr.commit()
    answer = "done"
except UserError as error:
    answer = str(error)
(folder / f"{login}.result").write_text(answer)

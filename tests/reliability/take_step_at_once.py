# pylint: disable=undefined-variable
# ruff: noqa: F821
"""Take a step of a record as one of several people at once: run by `odoo shell`.

RURAL_STEP says it as JSON: see `Step` in conftest.py. Each looks at the record, says so by a file in the folder of the
meeting, waits for the others, and takes the step. The result is written beside it.
"""

import json
import os
import time
from operator import attrgetter
from pathlib import Path

from odoo.exceptions import UserError
from odoo.models import BaseModel
from odoo.service.model import retrying

told = json.loads(os.environ["RURAL_STEP"])
folder, name = Path(told["meeting"]), told["name"]
model, record_id = told["record"].split(",")
user = env["res.users"].search([("login", "=", told["login"])])
acting = env(user=user, context={"allowed_company_ids": user.company_ids.ids})


def take():
    """Take the step after all have looked."""
    record = acting[model].browse(int(record_id))
    for path in told["looks_at"]:
        record.mapped(path)
    (folder / f"{name}.seen").touch()
    deadline = time.monotonic() + 120
    while len(list(folder.glob("*.seen"))) < told["people"]:
        if time.monotonic() > deadline:
            raise TimeoutError(str(folder))
        time.sleep(0.02)
    answer = attrgetter(told["method"])(record)(*told["arguments"])
    # Documents whose figures have changed since are returned instead of being confirmed.
    if told["method"] == "_confirm" and isinstance(answer, BaseModel) and answer:
        raise UserError("figures changed")


try:
    retrying(take, acting)
    acting.cr.commit()
    result = "done"
except UserError as error:
    result = str(error)
(folder / f"{name}.result").write_text(result)

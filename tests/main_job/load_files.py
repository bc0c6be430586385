# pylint: disable=undefined-variable
# ruff: noqa: F821
"""Load files and prepare statements as the screens do: run by `odoo shell`.

RURAL_FILES holds kinds of file and their paths as JSON, and RURAL_REASON why they are confirmed; RURAL_FOLDER is the
folder that receives an export of each table, and what came of each step as `answers.json`.
"""

import json
import os
from pathlib import Path

folder = Path(os.environ["RURAL_FOLDER"])
answers = {}
for kind, name in json.loads(os.environ["RURAL_FILES"]).items():
    path = Path(name)
    run = env["rural.load.run"]._load(kind, path.name, path.read_bytes())
    assert run.state == "done", run.error
    answers[kind] = run._summary()
    if kind in ("centers", "pool", "reports"):  # they count once a second person has confirmed them (SC-04, SC-08)
        director = env["res.users"].search([("login", "=", "director")])
        env["rural.command"].with_user(director)._execute(["confirm", kind, "--reason", os.environ["RURAL_REASON"]])
prepared, changed = env["rural.statement"]._prepare_drafts(env.company)
answers["statements"] = {"prepared": len(prepared), "updated": len(changed)}
for table in ("rows", "statements", "turnover"):
    for ending in ("csv", "xlsx"):
        if table != "rows" or "orders" in answers:
            content, _count = env["rural.export"]._export(table, ending, env.company)
            (folder / f"{table}.{ending}").write_bytes(content)
(folder / "answers.json").write_text(json.dumps(answers))
env.cr.commit()

# pylint: disable=undefined-variable
# ruff: noqa: F821
"""Load the files of each case, each case on the same ground: run by `odoo shell`.

RURAL_GROUND holds kinds of file and their paths as JSON, which are loaded first and confirmed for RURAL_REASON;
RURAL_CASE_FILES is a file that holds for each case the kind and path of its files; RURAL_ANSWERS is the file that
receives what came of them.
"""

import json
import os
from pathlib import Path


def load(kind, path):
    """Load a file; what came of it."""
    run = env["rural.load.run"].with_context(lang="en_US")._load(kind, path.name, path.read_bytes())
    return {
        **run._summary(),
        "state": run.state,
        "error": run.error,
        "hidden": run.hidden_count,
        "notes": run.note_count,
        "has_formulas": run.has_formulas,
        "unread_sheets": run.unread_sheets,
        "issues": [
            {name: issue[name] for name in ("row_number", "kind", "column", "reason", "message", "record_key")}
            for issue in run.issue_ids
        ],
    }


def fees():
    """Fee of each order line of the cases."""
    lines = env["rural.order.line"].search([("order_number", "=like", "%"), ("company_id", "=", env.company.id)])
    return {f"{line.order_number}/{line.line_number}": str(round(line.fee, 2)) for line in lines - before}


for kind, name in json.loads(os.environ["RURAL_GROUND"]).items():
    answer = load(kind, Path(name))
    assert answer["state"] == "done", answer
    # They count once a second person, a manager, has confirmed them (SC-04, SC-08).
    director = env["res.users"].search([("login", "=", "director")])
    env["rural.command"].with_user(director)._execute(["confirm", kind, "--reason", os.environ["RURAL_REASON"]])
before = env["rural.order.line"].search([])
answers = {}
for case, named in json.loads(Path(os.environ["RURAL_CASE_FILES"]).read_text()).items():
    savepoint = env.cr.savepoint()
    files = {Path(name).name: load(kind, Path(name)) for kind, name in named}
    answers[case] = {"files": files, "fees": fees()}
    savepoint.rollback()
    savepoint.close()
    env.invalidate_all()
Path(os.environ["RURAL_ANSWERS"]).write_text(json.dumps(answers, ensure_ascii=False))

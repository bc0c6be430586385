# pylint: disable=undefined-variable
# ruff: noqa: F821
"""Load the files of stations and publish rankings, each step by the person whose it is: run by `odoo shell`.

RURAL_STEPS holds the steps as JSON (user, profile, name), RURAL_FILES the path of each file by name; RURAL_FOLDER
receives each table of RURAL_TABLES as CSV and XLSX, and what came of each load as `answers.json`.
"""

import json
import os
from datetime import date
from pathlib import Path

folder = Path(os.environ["RURAL_FOLDER"])
files = json.loads(os.environ["RURAL_FILES"])
company = env["res.company"].create({"name": "试验县电商公司", "currency_id": env.ref("base.CNY").id})
people = {}
for login, group in (("stations-clerk", "group_operations"), ("stations-manager", "group_operations_manager")):
    groups = env.ref("base.group_user") | env.ref(f"rural_base.{group}")
    people[login] = env["res.users"].create(
        {
            "name": login,
            "login": login,
            "company_id": company.id,
            "company_ids": [(6, 0, company.ids)],
            "group_ids": [(6, 0, groups.ids)],
        }
    )
env.cr.commit()

answers = {}
for user, profile, name in json.loads(os.environ["RURAL_STEPS"]):
    own = env(user=people[user], context={"allowed_company_ids": company.ids})
    if profile == "rank":
        own["rural.station.ranking"]._publish(company.with_env(own), date.fromisoformat(f"{name}-01"))
    else:
        path = Path(files[name])
        run = own["rural.load.run"]._load(profile, path.name, path.read_bytes())
        assert run.state == "done", run.error
        answers[name] = run._summary()
    env.cr.commit()

own = env(user=people["stations-clerk"], context={"allowed_company_ids": company.ids})
for table in json.loads(os.environ["RURAL_TABLES"]):
    for ending in ("csv", "xlsx"):
        content, _count = own["rural.export"]._export(table, ending, company.with_env(own))
        (folder / f"{table}.{ending}").write_bytes(content)
(folder / "answers.json").write_text(json.dumps(answers))
env.cr.commit()

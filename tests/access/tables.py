"""The access matrix: tables that a person can read, and what the suite really does.

`models.csv` says for each model and role what it may read (r), write (w), create (c) and delete (d) by rights and
record rules; what stands behind `own:` holds for some records only, such as one's own. Rules of companies are left out:
they hold for everybody. What a document lets nobody write or delete in its state is held by `tests/contract`.

`methods.csv` says which role a public method refuses: it is called on records of the demo data, in each state, and what
it does is rolled back.

    may     it is not refused, though a record may not be at the right step for it; of what only leads to a list
            or a form (`action_view_…`), that is what may be read there
    own     it is refused on records of others
    (empty) it is refused with an AccessError
    ?       a call without arguments does not get as far as the check of the role; the note says what that is

The methods of a wizard are not listed: a wizard is its user's own, and who may create one stands in `models.csv`.
"""

import csv
from pathlib import Path

from odoo.exceptions import AccessError
from odoo.models import BaseModel
from odoo.service.model import call_kw, get_public_method

FOLDER = Path(__file__).parent
RIGHTS = {"read": "r", "write": "w", "create": "c", "unlink": "d"}
SAMPLES = 6
#: Roles of Odoo and OCA that the suite gives something to; its own are found.
FOREIGN_ROLES = (
    "base.group_public",
    "base.group_portal",
    "base.group_user",
    "base.group_system",
    "account.group_account_readonly",
    "account.group_account_invoice",
    "account.group_account_user",
    "payroll.group_payroll_user",
    "payroll.group_payroll_manager",
)
#: Whoever sees own records only is somebody of the demo data who has some.
PEOPLE = {
    "rural_merchant.group_recruiter": "recruiter",
    "rural_complaint.group_responsible_head": "logistics",
    "base.group_portal": "center",
}
KEYS = ("model", "method")
NOTE = "note"
UNKNOWN = "?"


def is_ours(part: type) -> bool:
    """Tell whether a class of a model is the suite's."""
    return part.__module__.startswith("odoo.addons.rural_")


def own_models(env) -> list[str]:
    """Return the suite's models that keep or ask something, sorted."""
    named = {name: env[name] for name in env.registry if name.startswith("rural.")}
    return sorted(name for name, model in named.items() if not model._abstract)


def roles(env) -> dict[str, str]:
    """Return the XML ids of the roles, by the name of their column."""
    groups = [("model", "=", "res.groups"), ("module", "=like", r"rural\_%")]
    own = env["ir.model.data"].search(groups, order="name, id")
    names = [*FOREIGN_ROLES, *(f"{each.module}.{each.name}" for each in own)]
    return {name.split(".")[1].removeprefix("group_"): name for name in names if env.ref(name, False)}


def people(env) -> dict:
    """Return somebody in each role and in no other one."""
    users, Users = {}, env["res.users"].with_context(no_reset_password=True, tracking_disable=True)
    for role, name in roles(env).items():
        group = env.ref(name)
        if name in PEOPLE:
            users[role] = env["res.users"].search([("login", "=", PEOPLE[name])])
            users[role].ensure_one()
            continue
        groups = group if {"base.group_public", "base.group_portal"} & {name} else group | env.ref("base.group_user")
        users[role] = Users.create({"name": role, "login": f"matrix {role}", "group_ids": [(6, 0, groups.ids)]})
    return users


def rights(env, model: str, user) -> str:
    """Return what a user may do with a model's records."""
    everywhere, own = "", ""
    for operation, letter in RIGHTS.items():
        if not env[model].with_user(user).has_access(operation):
            continue
        if _limited(env, model, user, operation):
            own += letter
        else:
            everywhere += letter
    return " ".join(filter(None, [everywhere, own and f"own:{own}"]))


def _limited(env, model: str, user, operation: str) -> bool:
    """Tell whether a rule, other than one of companies, leaves out records."""
    rules = env["ir.rule"].with_user(user)._get_rules(model, operation).sudo()
    of_groups = rules.filtered("groups")
    everything = of_groups.filtered(lambda rule: (rule.domain_force or "[]").replace(" ", "") in ("[]", "[(1,'=',1)]"))
    others = (rules - of_groups).filtered(lambda rule: "company" not in (rule.domain_force or ""))
    return bool(others) or bool(of_groups and not everything)


def methods(env) -> list[tuple[str, str]]:
    """Return the public methods of the suite that a client may call: model, method."""
    found = []
    for model_name in sorted(env.registry):
        model = env[model_name]
        if model._abstract:
            continue
        names = {name for part in type(model).mro() if is_ours(part) for name, it in vars(part).items() if callable(it)}
        for name in sorted(names):
            if name.startswith("_") or hasattr(BaseModel, name) or isinstance(vars(type(model)).get(name), type):
                continue
            if model._transient and not getattr(getattr(type(model), name), "_api_model", False):
                continue
            try:
                get_public_method(model, name)
            except (AccessError, AttributeError):
                continue
            found.append((model_name, name))
    return found


def samples(env, model: str) -> list[int]:
    """Return some records of a model in the users' company: of each state one, and the first ones."""
    Model = env[model].sudo().with_context(active_test=False)
    here = [("company_id", "in", (env.company.id, False))] if _is_searchable(Model, "company_id") else []
    records = Model.browse()
    state = getattr(Model, "_step_field", "state")
    if _is_searchable(Model, state):
        for value, _label in Model._fields[state]._description_selection(env):
            records |= Model.search([(state, "=", value), *here], limit=1)
    return (records | Model.search(here, limit=2)).ids[:SAMPLES]


def _is_searchable(model, name: str) -> bool:
    return name in model._fields and model._fields[name]._description_searchable


def answer(env, model: str, method: str, user, records: list[int]) -> str:
    """Return whether a method refuses a user, see above."""
    Model = env(user=user)[model].with_context(allowed_company_ids=user.company_id.ids)
    of_few = False
    if getattr(getattr(type(Model), method), "_api_model", False):
        calls = [[]]
    else:
        of_few = any(_limited(env, model, user, operation) for operation in ("read", "write"))
        own = _own_records(Model) if of_few else []
        calls = [[[record]] for record in dict.fromkeys([*own, *records])] or [[[]]]
    answers = set()
    for arguments in calls:
        answers.add(_one_answer(Model, method, arguments))
        if answers >= {"done", "refused"} or (not of_few and answers & {"done", "refused"}):
            break
    if "done" in answers:
        return "own" if "refused" in answers else "may"
    return "" if "refused" in answers else UNKNOWN


def _own_records(model) -> list[int]:
    if not model.has_access("read"):
        return []
    readable = model.search([], limit=100)
    writable = readable._filtered_access("write") if model.has_access("write") else readable
    return (writable or readable).ids[:2]


def _one_answer(model, method: str, arguments: list) -> str:
    cr = model.env.cr
    cr.execute("SAVEPOINT matrix")
    try:
        call_kw(model, method, arguments, {"context": dict(model.env.context)})
        model.env.flush_all()
        return "done"
    except AccessError:
        return "refused"
    except Exception:  # whatever else stops it does so for everybody
        return "stopped"
    finally:
        model.env.clear()
        cr.execute("ROLLBACK TO SAVEPOINT matrix")


def read(name: str) -> tuple[list[str], dict[tuple[str, ...], dict[str, str]]]:
    """Return a table's columns of roles, and its rows by what names them."""
    path = FOLDER / name
    if not path.exists():
        return [], {}
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        keys = [column for column in reader.fieldnames if column in KEYS]
        columns = [column for column in reader.fieldnames if column not in (*KEYS, NOTE)]
        return columns, {tuple(row[key] for key in keys): row for row in reader}


def write(name: str, keys: list[str], columns: list[str], rows: dict[tuple[str, ...], dict[str, str]]) -> None:
    """Write a table, sorted; notes are kept."""
    notes = {key: row.get(NOTE, "") for key, row in read(name)[1].items()}
    with (FOLDER / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*keys, *columns, NOTE])
        for key in sorted(rows):
            writer.writerow([*key, *(rows[key][role] for role in columns), notes.get(key, "")])


def real_models(env, users) -> dict[tuple[str, ...], dict[str, str]]:
    """Return the table of models as the suite is."""
    return {(model,): {role: rights(env, model, user) for role, user in users.items()} for model in own_models(env)}


def real_methods(env, users) -> dict[tuple[str, ...], dict[str, str]]:
    """Return the table of methods as the suite is."""
    rows = {}
    env.flush_all()
    for model, method in methods(env):
        records = samples(env, model)
        if answer(env, model, method, users["public"], records) == "may":
            rows[model, method] = dict.fromkeys(users, "may")  # what anybody may nobody is refused
            continue
        row = {role: answer(env, model, method, user, records) for role, user in users.items()}
        # Where somebody is refused, the role is looked at first: the others have passed it.
        if "" in row.values():
            row = {role: value.replace(UNKNOWN, "may") for role, value in row.items()}
        rows[model, method] = row
    return rows

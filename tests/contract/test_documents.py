"""The one policy of records with steps, requests and documents of a period, held by every model that takes the mixins.

The models are found by their mixins and tried on the demo data, so that a new document needs no line here.
"""

from collections.abc import Callable, Iterator

import psycopg2
import pytest

from odoo import SUPERUSER_ID, Command
from odoo.exceptions import AccessError, UserError
from odoo.models import MAGIC_COLUMNS
from odoo.tests import new_test_user
from odoo.tools import SQL, mute_logger

STEPS, REQUEST, PERIOD = "rural.step.mixin", "rural.request.mixin", "rural.period.document"
REFUSALS = (AccessError, UserError)  # a ValidationError is a UserError
#: What takes people of these models the way of another app.
ORDINARY = "base.group_user"


def models_of(env, mixin: str) -> list:
    """Return the models that people use with a mixin, empty recordsets of the superuser."""
    names = env.registry.descendants([mixin], "_inherit")
    models = [env[name] for name in sorted(names)]
    return [model for model in models if not (model._abstract or model._transient) and model._guards_readonly]


def examples(model, limit: int = 3):
    """Return records of the demo data."""
    return model.with_context(active_test=False).search([], limit=limit, order="id")


def internal_users(env):
    """Return the people of the demo data who work in the web client."""
    users = env["res.users"].search([("share", "=", False), ("id", "!=", SUPERUSER_ID)])
    return users.filtered(lambda user: user.login != "admin")


def as_person(record, user):
    """Return a record as a person sees it who works in its company."""
    company = record.company_id if "company_id" in record else user.company_id
    if company and company not in user.sudo().company_ids:
        user.sudo().company_ids += company
    return record.with_user(user).with_context(allowed_company_ids=(company or user.company_id).ids)


def attempt(env, step: Callable) -> bool:
    """Tell whether a step goes through; what it does is undone."""
    try:
        with mute_logger("odoo.sql_db"), env.cr.savepoint() as savepoint:
            step()
            env.flush_all()
            savepoint.rollback()
    except (*REFUSALS, psycopg2.IntegrityError):
        return False
    finally:
        env.invalidate_all()
    return True


def result_of(env, step: Callable):
    """Return what a step gives, or None where it is refused; what it does is undone."""
    result = None
    try:
        with mute_logger("odoo.sql_db"), env.cr.savepoint() as savepoint:
            result = step()
            savepoint.rollback()
    except (*REFUSALS, psycopg2.IntegrityError):
        return None
    finally:
        env.invalidate_all()
    return result


def newcomer(env, groups, record, name: str = "contract"):
    """Return a new person with roles in the company of a record, who has done nothing so far."""
    roles = ",".join({ORDINARY, *groups})
    company = record.company_id if "company_id" in record and record.company_id else env.company
    return new_test_user(env, name, roles, company_id=company.id, company_ids=[Command.set(company.ids)])


#: How a value of a kind of field becomes another one.
OTHER = {
    "integer": lambda value, _record: (value or 0) + 1,
    "float": lambda value, _record: (value or 0) + 1,
    "monetary": lambda value, _record: (value or 0) + 1,
    "boolean": lambda value, _record: not value,
    "char": lambda value, _record: f"{value or ''} changed",
    "text": lambda value, _record: f"{value or ''} changed",
    "datetime": lambda _value, _record: "2020-01-01 00:00:00",
    "date": lambda _value, _record: "2020-01-01",
    "many2one": lambda value, record: False if value else record.env.ref("base.user_admin").id,
}


def other_values(record) -> Iterator[tuple[str, object]]:
    """Give fields that only steps write, each with a value that the record does not have."""
    for name in sorted(record._step_names()):
        field = record._fields[name]
        if not field.readonly or not field.store or field.related or name in MAGIC_COLUMNS:
            continue
        if field.type == "selection":
            others = [key for key in field.get_values(record.env) if key != record[name]]
            if others:
                yield name, others[-1]
        elif field.type in OTHER and (field.type != "many2one" or field.comodel_name == "res.users"):
            yield name, OTHER[field.type](record[name], record)


def test_what_only_steps_write_nobody_else_writes(env):
    open_doors = []
    for model in models_of(env, STEPS):
        for record in examples(model, 1):
            for user in internal_users(env):
                person = as_person(record, user)
                if not person.has_access("write"):
                    continue
                for name, value in other_values(record):
                    if attempt(env, lambda person=person, name=name, value=value: person.write({name: value})):
                        open_doors.append(f"{model._name}.{name} by {user.login}")
    assert open_doors == []


def test_nobody_begins_in_the_middle(env):
    open_doors, tried = [], set()
    for model in models_of(env, STEPS):
        state = model._step_field
        field = model._fields.get(state)
        if field is None or (field.compute and not field.store):
            continue  # its steps are days and users, which the test above looks at
        for record in examples(model, 1):
            for user in internal_users(env):
                person = as_person(record, user)
                data = {name: value for name, value in record.copy_data()[0].items() if value is not False}
                data.pop(state, None)
                begin = result_of(env, lambda person=person, data=data, state=state: made(person.create(data), state))
                if not person.has_access("create") or begin is None:
                    continue
                tried.add(model._name)
                for way, create in ways_to_begin(person, data, state, begin[state]):
                    new = (result_of(env, create) or begin)[state]
                    if new != begin[state]:
                        open_doors.append(f"{model._name} as {new} by {way}, {user.login}")
    assert open_doors == []
    assert len(tried) >= 4, tried


def ways_to_begin(person, data: dict, state: str, begin: str) -> Iterator[tuple[str, Callable]]:
    """Give the ways in which a client may make a record, each trying to begin in every other state."""
    model = person.browse()
    for key in model._fields[state].get_values(model.env):
        if key != begin:
            default = {f"default_{state}": key}
            yield "create", lambda key=key: made(model.create({**data, state: key}), state)
            yield "default", lambda default=default: made(model.with_context(**default).create(data), state)
            yield "copy", lambda key=key: made(person.copy({state: key}), state)
            yield "import", lambda key=key: imported(model, {**data, state: key}, state)


def made(records, state: str) -> dict:
    """Return the state of new records."""
    return {state: records.sudo()[state]}


def imported(model, values: dict, state: str) -> dict:
    """Return the state of a record made by the import of a file."""
    names = [name for name in values if model._fields[name].type not in ("one2many", "many2many")]
    columns = [f"{name}/.id" if model._fields[name].type == "many2one" else name for name in names]
    ids = model.load(columns, [[str(values[name]) for name in names]])["ids"]
    return made(model.browse(ids), state) if ids else {}


def test_request_is_decided_by_another_person_with_the_role(env):
    open_doors = []
    for model in models_of(env, REQUEST):
        record = examples(model, 1).sudo()
        if not record:
            continue
        states = [key for key in model._fields[model._step_field].get_values(env) if key != model._request_state]
        asker = newcomer(env, model._decider_groups, record, f"asker.{model._table}")
        stranger = newcomer(env, (), record, f"stranger.{model._table}")
        # As it is while it waits: what was decided is never written again, not by the superuser either.
        table, field = SQL.identifier(model._table), SQL.identifier(model._step_field)
        waiting = SQL("%s = %s, requested_by_id = %s", field, model._request_state, asker.id)
        env.cr.execute(SQL("UPDATE %s SET %s WHERE id = %s", table, waiting, record.id))
        env.invalidate_all()
        for who in (asker, stranger):
            person = as_person(record, who)
            assert not person.sudo(False).can_decide if person.has_access("read") else True
            if attempt(env, lambda person=person, states=states: person._decide(states[0])):
                open_doors.append(f"{model._name} decided by {who.login}")
    assert open_doors == []


@pytest.fixture
def drafts(env) -> dict:
    """A draft of each kind of document of a period, as the superuser sees it."""
    found = {}
    for model in models_of(env, PERIOD):
        documents = model.search([("state", "=", model._open_states[-1])], order="id")
        if documents:
            found[model._name] = documents
    assert len(found) >= 2
    return found


def test_no_maker_confirms(env, drafts):
    open_doors = []
    for name, documents in drafts.items():
        document = documents[0]
        maker = newcomer(env, document._confirm_groups, document, f"maker.{document._table}")
        document.preparer_ids += maker
        person = as_person(document, maker)
        if person.can_confirm or attempt(env, person._confirm):
            open_doors.append(name)
    assert open_doors == []


def test_nobody_confirms_without_the_role(env, drafts):
    open_doors = []
    for name, documents in drafts.items():
        stranger = newcomer(env, (), documents[0], f"stranger.{documents._table}")
        if attempt(env, as_person(documents[0], stranger)._confirm):
            open_doors.append(name)
    assert open_doors == []


def test_changed_figures_stop_all(env, drafts):
    """Who saw other figures confirms nothing, and neither do the documents beside it."""
    open_doors = []
    for name, documents in drafts.items():
        over = documents.filtered("is_over")[:2]
        if not over:
            continue
        person = as_person(over, newcomer(env, over._confirm_groups, over[:1], f"late.{over._table}"))
        seen = {over[-1].id: ("of", "another", "day")}

        def confirmed(person=person, seen=seen):
            person._confirm(seen)
            return [document.state for document in person.sudo().exists()]

        states = result_of(env, confirmed)
        if states is not None and set(states) - {over._open_states[-1]}:
            open_doors.append(f"{name}: {states}")
    assert open_doors == []


def test_cancelling_takes_a_reason_and_leaves_the_books_at_zero(env):
    wrong, tried = [], set()
    for model in models_of(env, PERIOD):
        if "move_ids" not in model:
            continue
        posted = model.search([("state", "=", "posted")], order="id").filtered(lambda document: unpaid(document))[:1]
        if not posted:
            continue
        tried.add(model._name)
        accountant = newcomer(env, ("account.group_account_user",), posted, f"accountant.{model._table}")
        person = as_person(posted, accountant)
        if attempt(env, lambda person=person: person._cancel("  ")):
            wrong.append(f"{model._name} without a reason")

        def left(person=person, posted=posted):
            person._cancel("核对后重新编制")
            lines = posted.move_ids.line_ids.filtered(lambda line: line.parent_state == "posted")
            totals = {
                account.code: sum(items.mapped("balance")) for account, items in lines.grouped("account_id").items()
            }
            kept = (posted.state, posted.cancel_reason, posted.cancelled_by_id, bool(posted.cancelled_at))
            return {code: total for code, total in totals.items() if round(total, 2)}, kept

        result = result_of(env, left)
        if result != ({}, ("cancelled", "核对后重新编制", accountant, True)):
            wrong.append(f"{model._name}: {result}")
    assert wrong == []
    assert tried


def unpaid(document) -> bool:
    """Tell whether nothing of a document has been paid."""
    return attempt(document.env, document._check_unpaid)


def test_another_company_is_kept_out(env):
    open_doors = []
    company = env["res.company"].create({"name": "另一家运营商", "currency_id": env.ref("base.CNY").id})
    groups = {group for model in models_of(env, STEPS) for group in all_groups(model)}
    stranger = new_test_user(
        env, "contract.elsewhere", ",".join({ORDINARY, *groups}), company_id=company.id,
        company_ids=[Command.set(company.ids)],
    )  # fmt: skip
    for model in models_of(env, STEPS):
        if "company_id" not in model:
            continue
        record = examples(model).filtered("company_id")[:1]
        if not record:
            continue
        person = record.with_user(stranger).with_context(allowed_company_ids=[company.id, record.company_id.id])
        for what in ("read", "write"):
            if attempt(env, lambda person=person, what=what: person.check_access(what)):
                open_doors.append(f"{model._name}: {what}")
    assert open_doors == []


def all_groups(model) -> set[str]:
    """Return the roles that a model names in its policy."""
    names = ("_confirm_groups", "_decider_groups")
    return {group for name in names for group in getattr(model, name, ())} | {
        "rural_base.group_operations_manager",
        "rural_base.group_settlement_manager",
        "account.group_account_user",
    }

"""The one policy of records with steps, requests and documents of a period, held by every model that takes the mixins.

The models are found by their mixins and tried on the demo data, so that a new document needs no line here.
"""

import inspect
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from unittest.mock import patch

import psycopg2
import pytest
from freezegun import freeze_time

from odoo import SUPERUSER_ID, Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.models import MAGIC_COLUMNS
from odoo.tests import Form
from odoo.tools import SQL, mute_logger

from odoo.addons.rural_base.models.step_mixin import CHATTER

STEPS, REQUEST, PERIOD = "rural.step.mixin", "rural.request.mixin", "rural.period.document"
EDITOR = "rural.editor.mixin"
REFUSALS = (AccessError, UserError)  # a ValidationError is a UserError
#: What takes people of these models the way of another app.
ORDINARY = "base.group_user"
ACCOUNTANTS = ("account.group_account_user",)
#: Steps that no tile of a model is about: an officer waits for the centers before an accountant posts.
NOT_ON_A_TILE = {"rural.statement": {"can_post"}}
#: Other steps that a tile may be about, beside those of the mixins.
OTHER_STEPS = ("can_review", "can_confirm_take_over", "can_take_over")


def models_of(env, mixin: str) -> list:
    """Return the models that people use with a mixin, empty recordsets of the superuser."""
    names = env.registry.descendants([mixin], "_inherit")
    models = [env[name] for name in sorted(names)]
    models = [model for model in models if not (model._abstract or model._transient)]
    return [model for model in models if getattr(model, "_guards_readonly", True)]


def examples(model, limit: int | None = 3):
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


def readers(env, record, groups):
    """Give people who may read a record and have none of some roles, each as they see it."""
    for user in internal_users(env):
        person = as_person(record, user)
        if not person._is_in_group(*groups) and person.has_access("read"):
            yield person


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


def newcomer(env, groups, record, name: str):
    """Return a new person with roles in the company of a record, who has done nothing so far."""
    company = record if record._name == "res.company" else "company_id" in record and record[:1].company_id
    company = company or env.company
    roles = env["res.groups"].union(*map(env.ref, {ORDINARY, *groups}))
    return env["res.users"].create(
        {
            "name": name,
            "login": name,
            "group_ids": [Command.set(roles.ids)],
            "company_id": company.id,
            "company_ids": [Command.set(company.ids)],
        }
    )


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
                break  # what is left out does not depend on who begins
    assert open_doors == []
    assert len(tried) >= 4, tried


def test_nobody_begins_with_what_the_steps_write(env):
    """Nor says who has asked, edited, confirmed or posted, by a value or by a default."""
    open_doors, tried = [], set()
    for model in {*models_of(env, STEPS), *models_of(env, EDITOR)}:
        for record in examples(model, 1):
            given = dict(other_values(record)) if "_step_names" in dir(model) else {}
            given |= {"editor_ids": [Command.link(env.ref("base.user_admin").id)]} if "editor_ids" in model else {}
            for user in internal_users(env):
                person = as_person(record, user)
                if not person.has_access("create"):
                    continue
                data = {name: value for name, value in record.copy_data()[0].items() if value and name not in given}
                begin = result_of(env, lambda person=person, data=data, given=given: taken(person.create(data), given))
                if begin is None:
                    continue
                tried.add(model._name)
                bold = person.with_context(**{f"default_{name}": value for name, value in given.items()})
                ways = {
                    "value": lambda person=person, data=data, given=given: person.create({**data, **given}),
                    "default": lambda bold=bold, data=data: bold.create(data),
                }
                for way, create in ways.items():
                    new = result_of(env, lambda create=create, given=given: taken(create(), given)) or set()
                    open_doors += [f"{model._name}.{name} by {way}" for name in sorted(new - begin)]
                break  # what is left out does not depend on who begins
    assert open_doors == []
    assert len(tried) >= 10, tried


def taken(records, given: dict) -> set[str]:
    """Return the names of the fields in which a new record says what was given."""
    records = records.sudo()
    values = {name: records._fields[name].convert_to_write(records[name], records) for name in given}
    values |= {name: str(value) for name, value in values.items() if isinstance(value, date)}
    many = {name for name in given if records._fields[name].type == "many2many"}
    same = {name for name in given.keys() - many if values[name] == given[name]}
    return same | {name for name in many if given[name][0][1] in records[name].ids}


def test_whoever_edits_is_kept(env):
    """The editors of a record are kept by themselves: all of them, and nobody is put in or taken out."""
    open_doors, tried = [], set()
    for model in models_of(env, EDITOR):
        for record in examples(model, 1):
            editor = newcomer(env, (), record, f"editor.{model._table}")
            try:
                record.with_user(editor).sudo()._add_editor()
            except UserError:
                continue  # what nobody changes has no editors
            if editor not in record.editor_ids:
                open_doors.append(f"{model._name}: not kept")
            if not any(editor in document._makers() for document in documents_of(record)):
                open_doors.append(f"{model._name}: an editor takes the next step")
            for user in internal_users(env):
                person = as_person(record, user)
                if not person.has_access("write"):
                    continue
                tried.add(model._name)
                for command in (Command.clear(), Command.unlink(editor.id), Command.link(user.id)):
                    if attempt(env, lambda person=person, command=command: person.write({"editor_ids": [command]})):
                        open_doors.append(f"{model._name}: {command} by {user.login}")
    assert open_doors == []
    assert len(tried) >= 3, tried


def documents_of(record) -> list:
    """Return the documents with steps that a record is, or is a part of."""
    names = record.env.registry.descendants([STEPS], "_inherit")
    parts = [record[name] for name, field in record._fields.items() if field.type == "many2one"]
    return [document for document in (record, *parts) if document and document._name in names]


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


def test_whoever_edits_is_a_maker(env):
    """A second person is somebody else than whoever typed the figures, in any state in which they are typed."""
    open_doors, tried = [], set()
    for model in filter(asks_for_another_person, models_of(env, STEPS)):
        for record in one_of_each_state(model):
            for name, value in entered_values(record):
                for user in internal_users(env):
                    person = as_person(record, user)
                    if not person.has_access("write"):
                        continue
                    makers = result_of(env, lambda person=person, name=name, value=value: edited(person, {name: value}))
                    if makers is None:
                        continue
                    tried.add(model._name)
                    if user.id not in makers:
                        open_doors.append(f"{record}.{name} by {user.login}")
                    break  # whether an edit is kept does not depend on who edits
    assert not open_doors, "\n".join(open_doors)
    assert len(tried) >= 8, tried


def asks_for_another_person(model) -> bool:
    """Tell whether a step of a model is closed to its makers, as its code says."""
    parts = [part for part in type(model).__mro__ if part.__module__.startswith("odoo.addons.rural_")]
    sources = [inspect.getsource(part) for part in parts if part._name != STEPS]
    return any("_check_not_maker(" in source or "_begin_step(" in source for source in sources)


def one_of_each_state(model):
    """Return a record of the demo data in each state that there is."""
    name = model._step_field
    return list({name in record and record[name]: record for record in examples(model, 500)}.values())


def entered_values(record) -> Iterator[tuple[str, object]]:
    """Give fields that people enter, each with a value that the record does not have."""
    left_out = record._step_names() | CHATTER | set(MAGIC_COLUMNS)
    if "editor_ids" in record:
        left_out |= record._not_edited()
    for name, field in sorted(record._fields.items()):
        is_typed = field.store and not field.readonly and not field.related and name not in left_out
        if is_typed and field.type in OTHER and field.type != "many2one":
            yield name, OTHER[field.type](record[name], record)


def edited(person, vals: dict) -> list[int]:
    """Edit a record; return who counts as its makers then."""
    person.write(vals)
    return person._makers().ids


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
        for person in readers(env, record, model._decider_groups):
            if attempt(env, lambda person=person, states=states: person._decide(states[0])):
                open_doors.append(f"{model._name} decided by {person.env.user.login} without the role")
    assert open_doors == []


def test_no_step_is_offered_to_whoever_is_refused(env):
    """A button that a reader sees is not refused for who the reader is: by any hand in the record, in any role."""
    wrong, tried = [], set()
    for model in {*models_of(env, PERIOD), *models_of(env, REQUEST)}:
        for offered, state, groups, step in offers(model):
            if not (record := ready_for(model, state)):
                continue
            people = [*internal_users(env), *hands_in(record, groups, offered)]
            for user in people:
                person = as_person(record, user).with_context(lang="en_US")
                if not person.has_access("read") or not person[offered]:
                    continue
                tried.add((model._name, offered))
                if refused_as_person(env, lambda person=person, step=step: step(person)):
                    wrong.append(f"{model._name}.{offered} for {user.login}")
    assert not wrong, "\n".join(sorted(wrong))
    assert len(tried) >= 10, tried


def offers(model) -> Iterator[tuple]:
    """Give the fields that offer a step: with the state from which it is taken, its roles, and the step."""
    if hasattr(model, "_confirm_groups"):
        yield "can_confirm", model._open_states[-1], model._confirm_groups, lambda person: person._confirm()
        yield "can_post", model._confirmed_state, ACCOUNTANTS, lambda person: person._begin_posting()
    else:
        states = [key for key in model._fields[model._step_field].get_values(model.env) if key != model._request_state]
        yield "can_decide", model._request_state, model._decider_groups, lambda person: person._decide(states[0])


def ready_for(model, state):
    """Return a record of the demo data as it is in a state, its period over."""
    records = examples(model, 500)
    records = records.filtered("is_over") if "is_over" in model else records
    record = records.filtered(lambda record: record[model._step_field] == state)[:1] or records[:1]
    if record:
        # Not by the ORM: what is final is never written again, not by the superuser either.
        table, field = SQL.identifier(model._table), SQL.identifier(model._step_field)
        model.env.cr.execute(SQL("UPDATE %s SET %s = %s WHERE id = %s", table, field, state, record.id))
        model.env.invalidate_all()
    return record


def hands_in(record, groups, offered: str) -> Iterator:
    """Put a new person with the roles of a step into each field that says who had a hand in the record."""
    env = record.env
    for name, field in sorted(record._fields.items()):
        if field.comodel_name != "res.users" or not field.store or field.related:
            continue
        person = newcomer(env, groups, record, f"{offered}.{name}.{record._table}")
        if field.type == "many2one" and name not in MAGIC_COLUMNS:
            table, column = SQL.identifier(record._table), SQL.identifier(name)
            env.cr.execute(SQL("UPDATE %s SET %s = %s WHERE id = %s", table, column, person.id, record.id))
        elif field.type == "many2many":
            table = SQL.identifier(field.relation)
            columns = SQL("%s, %s", SQL.identifier(field.column1), SQL.identifier(field.column2))
            env.cr.execute(SQL("INSERT INTO %s (%s) VALUES (%s, %s)", table, columns, record.id, person.id))
        else:
            continue
        env.invalidate_all()
        yield person


def refused_as_person(env, step: Callable) -> bool:
    """Tell whether a step is refused for who takes it; what it does is undone."""
    try:
        with mute_logger("odoo.sql_db"), env.cr.savepoint() as savepoint:
            step()
            savepoint.rollback()
    except AccessError:
        return True
    except UserError as error:
        return "Somebody else must take this step" in str(error)
    finally:
        env.invalidate_all()
    return False


def test_tiles_count_what_the_reader_can_act_on(env):
    """What waits for a second person stands on the tile of who may be that person (all requests and documents)."""
    wrong, tried = [], set()
    second_steps = {model._name for model in (*models_of(env, PERIOD), *models_of(env, REQUEST))}
    for user in internal_users(env):
        tiles = env["rural.home.tile"].with_user(user)
        for tile in tiles.search([]) if tiles.has_access("read") else ():
            if tile.model_name not in second_steps or not tile._counted():
                continue
            for record in env[tile.model_name].with_user(user).search(tile._counted_domain(), limit=3):
                if names := offered_by(record):
                    tried.add(tile.id)
                    wrong += [f"{tile.name}: {record} for {user.login}" for name in names if not may_act(record, name)]
    assert not wrong, "\n".join(sorted(wrong))
    assert tried


def offered_by(record) -> set[str]:
    """Return the fields that offer the next step of a record, as far as a tile is about it."""
    names = {name for name, state, *_rest in offers(record.browse()) if record[record._step_field] == state}
    return names - NOT_ON_A_TILE.get(record._name, set())


def may_act(record, name: str) -> bool:
    """Tell whether the reader may take a step of a record, or another one that its tile may be about."""
    return record[name] or any(record[other] for other in OTHER_STEPS if other in record)


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
    """Who may read the documents least of all: the rules of records do not keep them from it."""
    open_doors, tried = [], set()
    for name, documents in drafts.items():
        document = documents.filtered("is_over")[:1] or documents[:1]
        stranger = newcomer(env, (), document, f"stranger.{document._table}")
        # What a kind of document takes beside the policy, and whose it is, is looked at by other tests.
        without = patch.multiple(
            type(document), _check_may_confirm=lambda _self: None, _check_not_maker=lambda _self, *_names: None
        )
        with without:
            for person in (as_person(document, stranger), *readers(env, document, document._confirm_groups)):
                tried |= {name} if person.env.user != stranger else set()
                if attempt(env, person._confirm):
                    open_doors.append(f"{name} by {person.env.user.login}")
    assert open_doors == []
    assert len(tried) >= 2, tried


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


def test_a_dialog_confirms_what_it_has_shown(env, drafts):
    """Opened and clicked as by the web client, which sends back no readonly field."""
    open_doors, tried = [], set()
    for dialog in env.registry.descendants(["rural.period.document.confirm"], "_inherit"):
        if env[dialog]._abstract:
            continue
        documents = drafts[env[dialog]._fields["statement_ids"].comodel_name].filtered("is_over")[:2]
        person = newcomer(env, documents._confirm_groups, documents[:1], f"dialog.{documents._table}")
        opened = as_person(documents, person).env[dialog].with_context(default_statement_ids=documents.ids)
        form = Form(opened)
        with patch.object(type(documents), "_figures", lambda _self: ("of", "another", "day")):
            form.save().action_confirm()
        tried.add(dialog)
        if set(documents.mapped("state")) != {documents._open_states[-1]}:
            open_doors.append(dialog)
    assert open_doors == []
    assert len(tried) >= 2


def test_a_second_session_waits_for_the_first(env, drafts):
    """Whoever comes second begins anew with what the first one left, as Odoo does with each request."""
    steps = {name: (documents[:1], lambda document: document._confirm()) for name, documents in drafts.items()}
    for model in models_of(env, REQUEST):
        waiting = model.search([(model._step_field, "=", model._request_state)], limit=1)
        states = [key for key in model._fields[model._step_field].get_values(env) if key != model._request_state]
        steps |= {model._name: (waiting, lambda request, state=states[0]: request._decide(state))} if waiting else {}
    at_once = []
    for name, (record, step) in steps.items():
        with env.cr.savepoint() as savepoint, env.registry.cursor() as second:
            record._lock_rows()
            second.execute("SET LOCAL lock_timeout = '200ms'")
            try:
                with mute_logger("odoo.sql_db"):
                    step(record.with_env(env(cr=second)))
                at_once.append(name)
            except psycopg2.errors.LockNotAvailable:
                pass
            finally:
                second.rollback()
            savepoint.rollback()
    assert at_once == []


def test_posted_and_cancelled_leaves_the_books_as_they_were(env, drafts):
    """Each step by somebody else, as the policy wants it; what comes of it is looked at in the whole of the books."""
    wrong, tried = [], set()
    for name, documents in drafts.items():
        if not hasattr(documents, "_post"):
            continue
        for document in documents:
            before = totals(env)
            result = result_of(env, lambda document=document: there_and_back(document))
            if result is None:
                continue
            tried.add(name)
            posted, after, cancelled, faulty = result
            if faulty or after != before or not all(cancelled):
                wrong.append(f"{name}: {before} {posted} {after} {cancelled}, let through: {faulty}")
            break
    assert wrong == []
    assert tried == {name for name, documents in drafts.items() if hasattr(documents, "_post")}


def there_and_back(document) -> tuple:
    """Confirm, post and cancel a document; return the totals then, what it says, and which faulty steps got through."""
    env = document.env
    checker, accountant, other = (
        newcomer(env, groups, document, f"{role}.{document._table}")
        for role, groups in (
            ("checker", document._confirm_groups),
            ("accountant", ("account.group_account_user",)),
            ("other", ("account.group_account_user",)),
        )
    )
    loader = newcomer(env, (), document, f"loader.{document._table}")
    year = fields.Date.to_date(document.create_date).year
    # What a kind of document takes beside the policy is looked at by its own tests.
    without = patch.object(type(document), "_check_may_confirm", lambda _self: None)
    with without, freeze_time(f"{year + 1}-02-01 10:00:00"):  # when every period is over
        with with_maker(document, loader):  # who brought in figures of the draft
            changed = as_person(document, checker)._confirm()
        if changed:
            raise UserError(f"{changed} changed")
    # A kind of document that writes its makers down by a query of its own has tests of that.
    is_kept = loader in document.maker_ids or "_write_makers" in own_methods(document)
    day_before = document._period_end() - timedelta(days=1)
    with freeze_time(f"{year + 1}-03-01 10:00:00"):  # when nobody can object any more
        person = as_person(document, accountant)
        faulty = faulty_days(env, lambda day: person._post(day), day_before)
        person._post()
    posted = totals(env)
    person = as_person(document, other)
    if attempt(env, lambda: person._cancel("  ")):
        faulty.append("without a reason")
    person._cancel("核对后重新编制")
    kept = (is_kept, document.state == "cancelled", document.cancel_reason, document.cancelled_by_id == other)
    return posted, totals(env), (*kept, document.cancelled_at), faulty


def faulty_days(env, step: Callable, day_before) -> list[str]:
    """Return on which days a step enters that nothing is entered on: that day before, and one ahead of today."""
    days = (day_before, fields.Date.today() + timedelta(days=400))
    return [str(day) for day in days if not refused_for_its_day(env, lambda day=day: step(day))]


def refused_for_its_day(env, step: Callable) -> bool:
    """Tell whether a step is refused because of its accounting date; what it does is undone."""
    try:
        with env.cr.savepoint() as savepoint:
            step()
            savepoint.rollback()
    except UserError as error:
        return "Choose an accounting date" in str(error)
    finally:
        env.invalidate_all()
    return False


def test_entries_are_reversed_on_their_day_or_after_it(env):
    """SC-14, DP-03, MA-28: between an entry and its reversal nothing stands in the books with the wrong sign."""
    open_doors, tried = [], set()
    for model in models_of(env, STEPS):
        if not (hasattr(model, "_post") and hasattr(model, "_cancel")):
            continue
        # What is reconciled, or rests on something later, is refused before its day is looked at.
        for document in model.search([(model._step_field, "=", "posted")], order="id desc", limit=20):
            person = as_person(document, newcomer(env, ACCOUNTANTS, document, f"accountant.{document}"))
            if not attempt(env, lambda person=person: person._cancel("核对后重新编制")):
                continue
            entered_on = document._entry_day() if hasattr(document, "_entry_day") else document.date
            cancel = partial(person._cancel, "核对后重新编制")
            open_doors += [f"{document}: {day}" for day in faulty_days(env, cancel, entered_on - timedelta(days=1))]
            tried.add(model._name)
            break
    assert open_doors == []
    assert len(tried) >= 4, tried


def with_maker(document, maker):
    """Let somebody be a maker of a draft by the records behind it."""
    figure_makers = type(document)._figure_makers
    return patch.object(
        type(document),
        "_figure_makers",
        lambda documents: {document.id: [*figure_makers(documents).get(document.id, ()), maker.id]},
    )


def own_methods(record) -> set[str]:
    """Return the names of the methods that a model has beside those of its mixins."""
    return {name for part in type(record).mro() if getattr(part, "_name", None) == record._name for name in vars(part)}


def totals(env) -> dict:
    """Return what stands on each account of each company in the books, other than 0."""
    items = env["account.move.line"]._read_group(
        [("parent_state", "=", "posted")], ["company_id", "account_id"], ["balance:sum"]
    )
    return {(company.id, account.id): round(total, 2) for company, account, total in items if round(total, 2)}


def test_another_company_is_kept_out(env):
    open_doors = []
    company = env["res.company"].create({"name": "另一家运营商", "currency_id": env.ref("base.CNY").id})
    groups = {group for model in models_of(env, STEPS) for group in all_groups(model)}
    stranger = newcomer(env, groups, company, "elsewhere")
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


def test_what_is_tracked_is_tracked_whatever_the_context(env):
    silent, tried = [], set()
    for model in tracked_models(env):
        for record in examples(model, 1):
            bold = record.with_context(tracking_disable=True, mail_notrack=True)
            for name in sorted(model._track_get_fields()):
                field = model._fields[name]
                if field.type not in ("char", "text", "date") or not field.store or field.compute:
                    continue
                value = OTHER[field.type](record[name], record)
                result = result_of(env, lambda bold=bold, name=name, value=value: traces(bold, {name: value}))
                if result is None:
                    continue
                tried.add(model._name)
                silent += [] if result else [f"{model._name}.{name}"]
                break
    assert silent == []
    assert len(tried) >= 5, tried


def tracked_models(env) -> list:
    """Return the suite's models with a conversation, empty recordsets of the superuser."""
    names = env.registry.descendants(["mail.thread"], "_inherit")
    models = [env[name] for name in sorted(names) if name.startswith("rural.")]
    return [model for model in models if not (model._abstract or model._transient)]


def traces(record, vals) -> int:
    """Write a record and return how many changes its conversation tells more."""
    values = record.env["mail.tracking.value"].sudo()
    domain = [("mail_message_id.model", "=", record._name), ("mail_message_id.res_id", "=", record.id)]
    before = values.search_count(domain)
    record.write(vals)
    record.env.flush_all()
    record.env.cr.precommit.run()
    return values.search_count(domain) - before


def test_whoever_decides_a_request_may_refuse_it_with_a_reason(env):
    """Each request is refused by a step that asks why; there is no other way to refuse it."""
    for model in models_of(env, REQUEST):
        steps = model._reason_steps()
        assert {"reject", "decline"} & steps.keys(), model._name
        assert not hasattr(model, "action_refuse"), model._name


def test_every_form_of_a_document_says_why_it_is_not_confirmed_yet(env):
    """A draft whose period is not over names its last day, to every reader and on every form."""
    for model in models_of(env, PERIOD):
        assert 'name="in_the_way"' in model.get_view(view_type="form")["arch"], model._name
        document = model.search([("state", "=", "draft")], limit=1)
        if document:
            with freeze_time(document._period_end()):
                document.invalidate_recordset()
                assert str(document._period_end().year) in document.in_the_way, model._name


def test_the_dialog_of_a_reason_says_what_the_step_does(env):
    """Its button carries the words of the step; the web client sends nothing but references of views with it."""
    for model in models_of(env, STEPS):
        for step, words in model._reason_steps().items():
            sent = {
                key: value for key, value in model._ask_reason(step)["context"].items() if key.endswith("_view_ref")
            }
            arch = env["rural.step.reason"].with_context(**sent).get_view(view_type="form")["arch"]
            assert f'string="{words["button"]}"' in arch, (model._name, step)

"""The books: what a document has posted is undone by the document, and by nothing else (SC-14, DP-03, MA-28)."""

import pytest

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user
from odoo.tools import SQL

#: What a client may say of itself, and what nobody is let through by.
CONTEXTS = ({}, {"force_delete": True}, {"force_delete": True, "dynamic_unlink": True, "check_move_validity": False})


@pytest.fixture
def entries(env):
    """A posted entry of each kind of document, before an accountant with every right: field → entry."""
    accountant = new_test_user(env, "books_contract", "account.group_account_manager")
    found = {}
    for field in env["account.move"]._rural_source_fields():
        entry = env["account.move"].search([(field, "!=", False), ("state", "=", "posted")], limit=1)
        assert entry, f"The demo data has no posted entry with {field}"
        accountant.company_ids += entry.company_id
        accountant.company_id = entry.company_id
        found[field] = entry.with_user(accountant).with_context(allowed_company_ids=entry.company_id.ids)
    assert len(found) >= 5
    return found


def refused(env, attempt) -> bool:
    """Tell whether an attempt is refused with a sentence for a person."""
    try:
        with env.cr.savepoint():
            attempt()
    except (AccessError, UserError):
        return True
    finally:
        env.invalidate_all()
    return False


def open_doors(env, entries, attempts) -> list[str]:
    """Return which attempts went through, by entry."""
    return [
        f"{field}: {name}"
        for field, entry in entries.items()
        for name, attempt in attempts(entry)
        if not refused(env, attempt)
    ]


def test_posted_entry_is_not_deleted_whatever_the_context(env, entries):
    def attempts(entry):
        for context in CONTEXTS:
            yield f"deleted {context}", entry.with_context(**context).unlink

    assert open_doors(env, entries, attempts) == []


def test_neither_an_entry_nor_what_made_it_goes_without_the_other(env):
    """The database sees to it, whatever a program thinks of."""
    loose = []
    for field in ties_to_entries(env):
        if not field.store or field.company_dependent:
            continue
        table = env[field.model_name]._table
        rows = env.execute_query(
            SQL(
                "SELECT confdeltype FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]"
                " WHERE contype = 'f' AND conrelid = %s::regclass AND attname = %s",
                table,
                field.name,
            )
        )
        if field.ondelete != "restrict" or rows != [("r",)]:
            loose.append(f"{field}: {field.ondelete}, {rows}")
    assert loose == []


def ties_to_entries(env):
    """Return the fields by which documents and their entries name each other."""
    yield from (env["account.move"]._fields[name] for name in env["account.move"]._rural_source_fields())
    documents = {name for name in env.registry if name.startswith("rural.")}
    documents |= env.registry.descendants(["rural.step.mixin", "rural.payable.document"], "_inherit")
    for name in sorted(documents):
        model = env[name]
        if not (model._abstract or model._transient) and model._auto:
            ties = (field for field in model._fields.values() if field.type == "many2one")
            yield from (field for field in ties if field.comodel_name in ("account.move", "account.payment"))


def test_items_are_neither_added_nor_taken(env, entries):
    def attempts(entry):
        line = entry.line_ids[0]
        vals = {"account_id": line.account_id.id, "balance": 0}
        for context in CONTEXTS:
            bold, bold_line = entry.with_context(**context), line.with_context(**context)
            yield f"created {context}", lambda lines=bold_line: lines.create({**vals, "move_id": entry.id})
            yield f"taken {context}", bold_line.unlink
            for command in (Command.create(vals), Command.delete(line.id)):
                yield (
                    f"command {command[0]} {context}",
                    lambda move=bold, command=command: move.write({"line_ids": [command]}),
                )

    assert open_doors(env, entries, attempts) == []


def test_items_stay_as_they_are(env, entries):
    def attempts(entry):
        line = entry.line_ids[0]
        Account = env["account.account"]
        chart = Account._check_company_domain(entry.company_id)
        other = Account.search([("id", "!=", line.account_id.id), *chart], limit=1)
        changes = {
            "account_id": other.id,
            "partner_id": entry.env.user.partner_id.id,
            "balance": line.balance + 1,
            "move_id": entry.env["account.move"].create({"company_id": entry.company_id.id}).id,
        }
        for name, value in changes.items():
            yield name, lambda name=name, value=value: line.write({name: value})

    assert open_doors(env, entries, attempts) == []


def written_anew(record, left_out):
    """Yield an attempt to write each stored field of a record as it is, but for those that people may write."""
    record.read()
    for name, field in record._fields.items():
        if field.store and name not in left_out and name not in ("id", "create_uid", "create_date"):
            value = field.convert_to_write(record.sudo()[name], record)
            yield name, lambda name=name, value=value: record.write({name: value})


def test_nothing_of_an_entry_and_its_items_is_written_but_its_papers(env, entries):
    def attempts(entry):
        yield from written_anew(entry, entry._rural_open_fields())
        yield from written_anew(entry.line_ids[0], entry.line_ids._rural_open_fields())

    assert open_doors(env, entries, attempts) == []


def test_payment_stays_as_its_document_made_it(env, entries):
    payments = env["account.payment"].search([("move_id.rural_deposit_movement_id", "!=", False)])
    by_entry = {payment.move_id: payment for payment in payments}
    payment = next(by_entry[move] for move in by_entry if move.state == "posted")
    payment = payment.with_env(entries["rural_deposit_movement_id"].env).with_context(
        allowed_company_ids=payment.company_id.ids
    )
    payment.env.user.sudo().company_ids += payment.company_id

    def attempts(_entry):
        yield from written_anew(payment, payment._rural_open_fields())
        for name in ("action_draft", "action_cancel", "action_reject", "unlink"):
            yield name, getattr(payment, name)

    assert open_doors(env, {"payment": payment}, attempts) == []


def test_entry_stays_with_its_document(env, entries):
    def attempts(entry):
        for field in entry._rural_source_fields():
            yield f"another {field}", lambda field=field: entry.write({field: False if entry[field] else 1})
        yield "draft", entry.button_draft
        yield "cancelled", lambda: entry.write({"state": "cancel"})
        yield "another day", lambda: entry.write({"date": "2020-01-01"})
        yield "reversed", lambda: entry._reverse_moves([{}], cancel=True)

    assert open_doors(env, entries, attempts) == []

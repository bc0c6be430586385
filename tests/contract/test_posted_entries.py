"""The books: what a document has posted is undone by the document, and by nothing else (SC-14, DP-03, MA-28)."""

import re

import pytest
from lxml import etree

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user
from odoo.tools import SQL
from odoo.tools.safe_eval import safe_eval

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
        values = {"amount": 1, "partner_id": payment.partner_id.id, "journal_id": payment.journal_id.id}
        source = payment.rural_deposit_movement_id.id
        yield "another one", lambda: payment.create({**values, "rural_deposit_movement_id": source})
        by_default = payment.with_context(default_rural_deposit_movement_id=source)
        yield "another one by default", lambda: by_default.create(values)

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


@pytest.fixture
def payments(env, entries):
    """A payment of each kind of document that people pay, before an accountant: field → payment."""
    accountant = next(iter(entries.values())).env.user
    found = {}
    for payment in env["account.payment"].search([("state", "in", ("in_process", "paid"))], order="id"):
        documents = payment._rural_paid_entries()
        fields = [field for field in env["account.move"]._rural_source_fields() if documents[:1][field]]
        if fields and payment.move_id.state == "posted" and fields[-1] not in found:
            accountant.sudo().company_ids += payment.company_id
            found[fields[-1]] = payment.with_user(accountant).with_context(allowed_company_ids=payment.company_id.ids)
    assert {"rural_statement_id", "rural_merchant_statement_id"} <= found.keys()
    return found


def test_a_payment_of_a_document_stays_as_it_was_made(env, payments):
    def attempts(payment):
        yield from written_anew(payment, payment._rural_open_fields())
        yield "draft", payment.action_draft
        yield "deleted", payment.unlink
        entry = payment.move_id
        yield from written_anew(entry, entry._rural_open_fields())
        yield from written_anew(entry.line_ids[0], entry.line_ids._rural_open_fields())
        yield "entry draft", entry.button_draft
        yield "entry cancelled", entry.button_cancel
        yield "entry deleted", entry.with_context(force_delete=True).unlink
        yield "entry reversed", lambda: entry._reverse_moves([{}], cancel=True)

    assert open_doors(env, payments, attempts) == []


@pytest.mark.parametrize("step", ["action_cancel", "action_reject"])
def test_what_a_cancelled_payment_has_paid_is_owed_again(env, payments, step):
    for payment in payments.values():
        documents = payment._rural_paid_entries()
        items = documents.line_ids.filtered(lambda item: item.account_type == "liability_payable")
        before = sum(items.mapped("amount_residual"))
        paid = sum((items.matched_debit_ids | items.matched_credit_ids).mapped("amount"))
        assert is_offered(payment, "action_cancel")
        assert not is_offered(payment, "action_draft")
        getattr(payment, step)()
        assert payment.state in ("canceled", "rejected")
        assert not items.matched_debit_ids
        assert abs(sum(items.mapped("amount_residual"))) == pytest.approx(abs(before) + paid)
        assert refused(env, payment.action_draft)


def is_offered(payment, step) -> bool:
    """Tell whether the form of a payment shows the button of a step."""
    button = etree.fromstring(payment.get_view(view_type="form")["arch"]).find(f".//button[@name='{step}']")
    condition = button.get("invisible", "False")
    names = [name for name in payment._fields if re.search(rf"\b{name}\b", condition)]
    return not safe_eval(condition, payment.read(names)[0] | {"id": payment.id})


def owed_items(env, entries):
    """Return what documents still owe, by the field that names them, before an accountant."""
    accountant = next(iter(entries.values())).env.user
    owed = {}
    for field in entries:
        domain = [(f"move_id.{field}", "!=", False), ("parent_state", "=", "posted"), ("reconciled", "=", False)]
        item = env["account.move.line"].search([*domain, ("account_type", "=", "liability_payable")], limit=1)
        if item and item not in owed.values():
            accountant.sudo().company_ids += item.company_id
            owed[field] = item.with_user(accountant).with_context(allowed_company_ids=item.company_id.ids)
    assert len(owed) >= 3
    return owed


def entry_by_hand(item, partner, account, journal):
    """Return the item of an entry by hand that would settle another item."""
    vals = {"account_id": item.account_id.id, "partner_id": partner.id, "balance": -item.balance}
    move = item.env["account.move"].create(
        {
            "journal_id": journal.id,
            "line_ids": [Command.create(vals), Command.create({"account_id": account.id, "balance": item.balance})],
        }
    )
    move.action_post()
    return move.line_ids.filtered(lambda line: line.account_id == item.account_id)


def test_what_a_document_owes_is_settled_by_money_alone(env, entries):
    def attempts(item):
        Journal, Account = item.env["account.journal"], item.env["account.account"]
        of_company = Journal._check_company_domain(item.company_id)
        general = Journal.search([("type", "=", "general"), *of_company], limit=1)
        bank = Journal.search([("type", "=", "bank"), *of_company], limit=1)
        in_chart = Account._check_company_domain(item.company_id)
        expense = Account.search([("account_type", "=", "expense"), *in_chart], limit=1)
        partner, other = item.partner_id, item.env.user.partner_id
        difference = {"amount": 0.01, "payment_difference_handling": "reconcile"}

        def reconcile(*entry):
            return lambda: (item | entry_by_hand(item, *entry)).reconcile()

        yield "by an entry by hand", reconcile(partner, expense, general)
        yield "by a write-off in the bank's journal", reconcile(partner, expense, bank)
        yield "by the money of somebody else", reconcile(other, bank.default_account_id, bank)
        yield "by a partial of one's own", lambda: pair_by_hand(item, entry_by_hand(item, partner, expense, general))
        yield "moved to another account", lambda: move_to(item, bank.default_account_id, general)
        yield "written off with a payment", lambda: pay(item, writeoff_account_id=expense.id, **difference)
        number = {"acc_number": f"6222{item.id:08}", "partner_id": other.id}
        account = item.env["res.partner.bank"].sudo().create(number)
        yield "paid to the account of somebody else", lambda: pay(item, partner_bank_id=account.id)
        yield "said to be paid", lambda: said_to_be_paid(item, bank)
        yield "entered twice", item.move_id.copy

    owed = owed_items(env, entries)
    assert open_doors(env, owed, attempts) == []
    for item in owed.values():
        bank = env["account.journal"].search([("type", "=", "bank"), ("company_id", "=", item.company_id.id)], limit=1)
        (item | entry_by_hand(item, item.partner_id, bank.default_account_id, bank)).reconcile()
        assert item.reconciled, "money pays it"


def pair_by_hand(item, other):
    debit, credit = (item, other) if item.balance > 0 else (other, item)
    amount = abs(item.balance)
    amounts = dict.fromkeys(("amount", "debit_amount_currency", "credit_amount_currency"), amount)
    item.env["account.partial.reconcile"].create({"debit_move_id": debit.id, "credit_move_id": credit.id, **amounts})


def move_to(item, account, journal):
    wizard = item.env["account.automatic.entry.wizard"].with_context(
        active_model="account.move.line", active_ids=item.ids
    )
    values = {"action": "change_account", "destination_account_id": account.id, "journal_id": journal.id}
    wizard.create(values).do_action()


def pay(item, **values):
    register = item.env["account.payment.register"].with_context(active_model="account.move.line", active_ids=item.ids)
    register.create(values).action_create_payments()


def said_to_be_paid(item, journal):
    values = {"amount": 5, "partner_id": item.partner_id.id, "journal_id": journal.id, "payment_type": "outbound"}
    item.env["account.payment"].create({**values, "state": "paid", "invoice_ids": [Command.link(item.move_id.id)]})


def test_accounts_that_documents_keep_take_no_entry_by_hand(env, entries):
    entry = entries["rural_statement_id"]
    company = entry.company_id
    journal = entry.env["account.journal"].search([("type", "=", "general"), ("company_id", "=", company.id)], limit=1)
    expense = entry.env["account.account"].search([("account_type", "=", "expense")], limit=1)
    kept = company._rural_kept_accounts()
    assert len(kept) >= 2
    for field in kept:
        account = company.sudo()[field]
        assert account, field
        lines = [
            Command.create({"account_id": account.id, "balance": 5}),
            Command.create({"account_id": expense.id, "balance": -5}),
        ]
        move = entry.env["account.move"].create({"journal_id": journal.id, "line_ids": lines})
        assert refused(env, move.action_post), field


def test_a_payment_that_lies_loose_counts_when_the_document_is_paid_again(env, payments):
    """Whoever undoes a reconciliation keeps a payment that was made for the document (SC-22)."""
    for payment in payments.values():
        documents = payment._rural_paid_entries()
        items = documents.line_ids.filtered(lambda item: item.account_type == "liability_payable")
        (items.matched_debit_ids | items.matched_credit_ids).with_env(payment.env).unlink()
        assert not any(items.mapped("reconciled"))
        register = payment.env["account.payment.register"].with_context(
            active_model="account.move.line", active_ids=items.ids
        )
        assert refused(env, lambda register=register: register.create({}).action_create_payments())

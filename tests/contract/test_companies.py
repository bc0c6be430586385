"""Companies are kept apart: nobody takes a record into another one, or enters one where he does not work.

The models are found by the one policy of `base`, the roles by the addons that bring them.
"""

import psycopg2
import pytest

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user
from odoo.tools import mute_logger

#: Roles of other apps with which people work in the suite.
OTHER_ROLES = ("account.group_account_manager", "payroll.group_payroll_manager")


@pytest.fixture
def examples(env) -> dict:
    """A record of the demo data of each model whose records stay in their company."""
    found = {}
    for name in sorted(env.registry):
        model = env[name]
        if not model._abstract and model._auto and model._stays_in_company() and model._fields["company_id"].store:
            records = model.with_context(active_test=False).search([("company_id", "!=", False)], limit=1, order="id")
            if records:
                found[name] = records
    assert len(found) >= 40
    assert {"hr.payslip", "hr.payslip.run", "hr.salary.rule", "hr.payroll.structure"} <= found.keys()
    return found


@pytest.fixture
def people(env) -> list:
    """A person with each role alone, and one with all of them."""
    data = env["ir.model.data"].search([("model", "=", "res.groups"), ("module", "=like", "rural\\_%")])
    roles = sorted(record.complete_name for record in data) + list(OTHER_ROLES)
    internal = [role for role in roles if not env.ref(role).all_implied_ids & env.ref("base.group_portal")]
    assert len(internal) >= 10
    together = [*internal, "base.group_system"]
    return [
        new_test_user(env, f"companies.{number}", ",".join(("base.group_user", *groups)))
        for number, groups in enumerate([*([role] for role in internal), together])
    ]


def went_through(env, attempt) -> bool:
    """Tell whether an attempt is not refused; what it does is undone."""
    try:
        with mute_logger("odoo.sql_db"), env.cr.savepoint() as savepoint:
            attempt()
            env.flush_all()
            savepoint.rollback()
    except (AccessError, UserError, psycopg2.IntegrityError, ValueError, KeyError, TypeError, AttributeError):
        return False
    finally:
        env.invalidate_all()
    return True


def test_nobody_takes_a_record_into_another_company(env, examples, people):
    other = env["res.company"].create({"name": "另一家运营商", "currency_id": env.ref("base.CNY").id})
    open_doors = []
    for user in people:
        for name, record in examples.items():
            # Not even who works in both.
            user.write(
                {"company_id": record.company_id.id, "company_ids": [Command.set([record.company_id.id, other.id])]}
            )
            person = record.with_user(user).with_context(allowed_company_ids=[record.company_id.id, other.id])
            for company_id in (other.id, False):
                if went_through(env, lambda person=person, value=company_id: person.write({"company_id": value})):
                    open_doors.append(f"{name} by {', '.join(user.group_ids.mapped('full_name'))}")
    assert open_doors == []


def test_nobody_takes_a_record_to_what_belongs_to_another_company(env, examples, people):
    """By the field from which its company follows, such as the center of an agreement."""
    user, open_doors = people[-1], []
    user.company_ids = [Command.set(env["res.company"].search([]).ids)]
    for name, record in examples.items():
        for source in record._company_sources() - {"company_id"}:
            field = record._fields[source]
            if not field.comodel_name:
                continue
            owners = env[field.comodel_name]
            if "company_id" not in owners or not owners._fields["company_id"].store:
                continue
            owner = owners.with_context(active_test=False).search(
                [("company_id", "not in", [False, record.company_id.id])], limit=1
            )
            person = record.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
            if owner and went_through(env, lambda p=person, s=source, o=owner: p.write({s: o.id})):
                open_doors.append(f"{name}: {source}")
    assert open_doors == []


def test_nobody_enters_a_record_where_he_does_not_work(env, examples, people):
    other = env["res.company"].create({"name": "另一家运营商", "currency_id": env.ref("base.CNY").id})
    user, open_doors = people[-1], []
    for name, record in examples.items():
        if record._fields["company_id"].related:
            continue
        user.write({"company_id": record.company_id.id, "company_ids": [Command.set(record.company_id.ids)]})
        vals = {**record.copy_data()[0], "company_id": other.id}
        person = record.browse().with_user(user).with_context(allowed_company_ids=record.company_id.ids)
        created = []

        def enter(person=person, vals=vals, created=created):
            created.append(person.create(vals).sudo().company_id)

        if went_through(env, enter) and created == [other]:
            open_doors.append(name)
    assert open_doors == []


def test_what_is_reconciled_and_paid_stays_in_its_company(env):
    """Odoo has no rules of its own for reconciliations and for the dialogs that pay."""
    other = env["res.company"].create({"name": "另一家运营商", "currency_id": env.ref("base.CNY").id})
    stranger = new_test_user(
        env, "companies.books", "account.group_account_manager", company_id=other.id, company_ids=[other.id]
    )
    for name in ("account.partial.reconcile", "account.full.reconcile"):
        assert env[name].search_count([]), "the demo data has been paid in part"
        assert not env[name].with_user(stranger).with_context(allowed_company_ids=other.ids).search_count([]), name
    item = env["account.move.line"].search(
        [
            *(("move_id.rural_statement_id", "!=", False), ("reconciled", "=", False)),
            *(("account_type", "=", "liability_payable"), ("parent_state", "=", "posted")),
        ],
        limit=1,
    )
    register = env["account.payment.register"].with_context(active_model="account.move.line", active_ids=item.ids)
    register.create({})
    assert not register.with_user(stranger).search_count([])

"""What files are settled by does not change unseen while one is loaded: change and load take turns (SC-08, MA-09).

A load reads the database as it was when it began. Whichever comes second waits for the other one, and is then refused
by PostgreSQL, so that Odoo begins it anew with what the first one has left.
"""

import psycopg2
import pytest

from odoo.tools import mute_logger

#: The mixins of facts, with the names of the fields that matter and of the lock that a load takes.
KINDS = {
    "rural.order.facts.mixin": ("_order_facts", "settlement"),
    "rural.transaction.facts.mixin": ("_transaction_facts", "merchant settlement"),
}


def facts(env, mixin: str) -> list:
    """Return a record of the demo data of each model with the mixin, as the system sees it."""
    names = sorted(env.registry.descendants([mixin], "_inherit"))
    models = [env[name] for name in names if not env[name]._abstract]
    found = [model.with_context(active_test=False).search([], limit=1, order="id desc") for model in models]
    assert all(found), f"The demo data lacks one of {names}"
    return found


def waits(env, lock: str, company) -> bool:
    """Tell whether a load, which is another transaction, has to wait for its turn."""
    with mute_logger("odoo.sql_db"), env.registry.cursor() as other:
        other.execute("SET LOCAL lock_timeout = '200ms'")
        try:
            env(cr=other)["rural.lock"]._acquire(lock, company)
        except psycopg2.errors.LockNotAvailable:
            return True
        finally:
            other.rollback()
    return False


@pytest.mark.parametrize("mixin", KINDS)
def test_a_load_waits_for_what_it_settles_by(env, mixin):
    attribute, lock = KINDS[mixin]
    # As if nothing had been loaded so far: a file may just be read that brings the first line.
    env.cr.execute("UPDATE rural_order_line SET service_code = NULL, product_id = 0")
    unseen, tried = [], 0
    for record in facts(env, mixin):
        for name in sorted(getattr(record, attribute)):
            with env.cr.savepoint() as savepoint:
                record.write({name: record._fields[name].convert_to_write(record[name], record)})
                if not waits(env, lock, record.company_id):
                    unseen.append(f"{record._name}: {name}")
                savepoint.rollback()
            env.invalidate_all()
            tried += 1
    assert unseen == []
    assert tried >= 4

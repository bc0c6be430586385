"""What follows from other fields is written by nobody: whose record it is, and in which state, is not said by a client.

The fields are found by themselves, so that a new one needs no line here.
"""

from test_documents import as_person, attempt, examples, internal_users


def followed_fields(model) -> list:
    """Return the fields of the suite that are kept and follow from others, as the model declares them."""
    return [
        field
        for _name, field in sorted(model._fields.items())
        if field.store
        and field.readonly
        and (field.related or field.compute)
        and (model._name.startswith("rural.") or (field._module or "").startswith("rural_"))
    ]


def test_nobody_writes_what_follows_from_other_fields(env):
    open_doors, tried = [], set()
    users = internal_users(env)
    for name in sorted(env.registry):
        model = env[name]
        fields = [] if model._abstract or model._transient else followed_fields(model)
        record = examples(model, 1) if fields else model
        for user in users if record else ():
            person = as_person(record, user)
            if not person.has_access("write"):
                continue
            for field in fields:
                value = field.convert_to_write(record[field.name], record)
                if attempt(env, lambda person=person, field=field, value=value: person.write({field.name: value})):
                    open_doors.append(f"{field} by {user.login}")
            tried.update(fields)
            break  # it does not depend on who writes
    assert open_doors == []
    assert len(tried) >= 80, len(tried)

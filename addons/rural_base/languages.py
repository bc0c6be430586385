"""Records that an addon makes by itself, named in every language that is installed."""

from collections.abc import Callable


def create_in_all_languages(model, name: Callable, vals: dict):
    """Create a record and return it; `name` gives its name for an environment of any language.

    The name is given as a function so that the addon's own terms are translated:

        create_in_all_languages(env["account.journal"], lambda env: env._("Deposits"), {"code": "DEPO"})
    """
    named = {code: name(model.with_context(lang=code).env) for code, _label in model.env["res.lang"].get_installed()}
    english = model.with_context(lang="en_US")
    record = english.create({**vals, "name": name(english.env)})
    record.update_field_translations("name", named)
    return record

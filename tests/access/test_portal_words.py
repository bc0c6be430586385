"""Which words of the suite a portal user reads is as the table says; a new one does not pass before a person has read
it.

A new one is written into the table with RURAL_WRITE_MATRIX=1. Words that staff write for each other do not belong
there: their model names them in `_kept_in_house`.
"""

import csv
import os
from pathlib import Path

from odoo.exceptions import AccessError
from odoo.tests import TransactionCase

TABLE = Path(__file__).with_name("portal_words.csv")
WORDS = ("char", "text", "html", "json")
#: What Odoo's mixins bring; it says nothing of the house.
FOREIGN = {"display_name", "activity_exception_icon", "activity_type_icon"}


def words(env) -> set[tuple[str, str]]:
    """Return models and fields with words of the suite that a user may read."""
    readable = set()
    for name in env.registry:
        model = env[name]
        if model._abstract or model._transient or not model.has_access("read"):
            continue
        for field in model._fields.values():
            ours = name.startswith("rural.") or (field._module or "").startswith("rural_")
            if ours and field.type in WORDS and field.name not in FOREIGN and model._has_field_access(field, "read"):
                readable.add((name, field.name))
    return readable


class TestPortalWords(TransactionCase):
    """SC-20: a portal user reads what was written for it."""

    test_tags = frozenset()  # Odoo gives tags to tests within addons only

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        users = cls.env["res.users"].search([("login", "in", ("center", "province"))])
        cls.portals = [cls.env(user=user) for user in users]

    def test_words(self):
        real = set().union(*map(words, self.portals))
        if os.environ.get("RURAL_WRITE_MATRIX"):
            with TABLE.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows([("model", "field"), *sorted(real)])
        with TABLE.open(encoding="utf-8", newline="") as file:
            _head, *rows = csv.reader(file)
        self.assertEqual(sorted(real), [tuple(row) for row in rows])

    def test_words_for_the_house_are_neither_read_nor_searched(self):
        tried = set()
        for env in self.portals:
            for name in env.registry:
                model = env[name]
                if model._abstract or not model._kept_in_house or not model.has_access("read"):
                    continue
                for field in model._kept_in_house:
                    with self.subTest(model=name, field=field):
                        with self.assertRaises(AccessError):
                            model.search_read([], [field], limit=1)
                        with self.assertRaises(AccessError):
                            model.search_count([(field, "ilike", "a")])
                    tried.add((name, field))
        self.assertGreaterEqual(len(tried), 9)

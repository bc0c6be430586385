"""Which words of the suite a portal user reads is as the table says; a new one does not pass before a person has read
it.

A new one is written into the table with RURAL_WRITE_MATRIX=1. Words that staff write for each other do not belong
there: their model names them in `_kept_in_house`.
"""

import csv
import os
from functools import partial
from pathlib import Path

from odoo.exceptions import AccessError
from odoo.tests import TransactionCase

from odoo.addons.rural_base.models.field_access import CONVERSATION, MESSAGES, TALKS

TABLE = Path(__file__).with_name("portal_words.csv")
WORDS = ("char", "text", "html", "json")
#: What Odoo's mixins bring; it says nothing of the house.
FOREIGN = {"display_name"}


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

    maxDiff = None
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

    def test_conversation_is_everything_that_its_mixins_bring(self):
        mixins = [self.env[name]._fields.values() for name in ("mail.thread", "mail.activity.mixin", "rating.mixin")
                  if name in self.env]  # fmt: skip
        ordinary = self.env["base"]._fields.keys() | {"id"}
        brought = {field.name for fields in mixins for field in fields} - ordinary
        brought = {name for name in brought if not name.startswith(("access_", "rating_last", "rating_avg"))}
        self.assertFalse(brought - CONVERSATION)

    def test_nobody_outside_finds_what_staff_write_about_a_record(self):
        """Neither letter by letter, nor by who follows or what is to be done; also beyond what a record leads to."""
        doors, tried = [], set()
        env = self.portals[0]
        for name in env.registry:
            model = env[name]
            if model._abstract or name in TALKS or not model.has_access("read"):
                continue
            names = CONVERSATION if name.startswith("rural.") else MESSAGES
            for field in (model._fields[field] for field in sorted(names & model._fields.keys())):
                paths = [field.name, *([f"{field.name}.body"] if field.name in MESSAGES else [])]
                steps = {path: partial(model.search_count, [(path, "!=", False)]) for path in paths}
                if not field._description_searchable:
                    steps = {}
                steps["read"] = partial(model.search_read, [], [field.name], limit=1)
                doors += [f"{field} {step}" for step, call in steps.items() if not self.is_refused(call)]
                for step, call in {
                    "group": partial(model.formatted_read_group, [], [field.name], ["__count"]),
                    "order": partial(model.search, [], order=field.name, limit=1),
                }.items():
                    # What Odoo neither groups nor orders by is refused before anybody asks who does.
                    if not self.is_refused(call, Exception):
                        doors.append(f"{field} {step}")
                tried.add(name)
        self.assertEqual(doors, [])
        self.assertLessEqual({"rural.service.center", "rural.statement", "res.partner"}, tried)

    def is_refused(self, call, errors=AccessError) -> bool:
        try:
            with self.cr.savepoint(flush=False):
                call()
        except errors:
            return True
        return False

    def test_a_word_of_an_internal_note_is_not_found(self):
        for env in self.portals:
            center = env["rural.service.center"].search([], limit=1)
            center.sudo().message_post(body="SECRET77", subtype_xmlid="mail.mt_note")
            center.sudo().partner_id.message_post(body="SECRET77", subtype_xmlid="mail.mt_note")
            for path in (
                *("message_ids.body", "partner_id.message_ids.body", "partner_id.website_message_ids.body"),
                *("create_uid.partner_id.message_ids.body", "create_uid.message_ids.body"),
            ):
                with self.subTest(path=path), self.assertRaises(AccessError):
                    center.search_count([(path, "like", "SECRET77")])
            for inner in ([("message_ids.body", "like", "SECRET77")], [("message_ids", "any", [("id", ">", 0)])]):
                with self.subTest(inner=inner), self.assertRaises(AccessError):
                    center.search_count([("create_uid", "any", [("partner_id", "any", inner)])])

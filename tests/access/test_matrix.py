"""Who may do what is as the tables say; a model or a public method that no table names does not pass.

A new one is written into the tables with RURAL_WRITE_MATRIX=1. Read what was written before you keep it.
"""

import os

import tables

from odoo.tests import TransactionCase


class TestMatrix(TransactionCase):
    """The tables beside what the suite really does."""

    test_tags = frozenset()  # Odoo gives tags to tests within addons only

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = tables.people(cls.env)

    def _compare(self, name, keys, real):
        roles = list(next(iter(real.values())))
        if os.environ.get("RURAL_WRITE_MATRIX"):
            tables.write(name, keys, roles, real)
        columns, table = tables.read(name)
        self.assertEqual(columns, roles, f"{name} has a column for each role")
        wrong = [f"{' '.join(key)} is in {name} and not in the suite" for key in table.keys() - real.keys()]
        wrong += [f"{' '.join(key)} is not in {name}" for key in real.keys() - table.keys()]
        for key in table.keys() & real.keys():
            wrong += [
                f"{' '.join(key)}, {role}: “{table[key][role]}” is written, “{real[key][role]}” is so"
                for role in roles
                if table[key][role] != real[key][role]
            ]
        self.assertFalse(wrong, "\n".join(sorted(wrong)))

    def test_models(self):
        self._compare("models.csv", ["model"], tables.real_models(self.env, self.people))

    def test_methods(self):
        self._compare("methods.csv", ["model", "method"], tables.real_methods(self.env, self.people))

    def test_what_could_not_be_tried_says_its_check(self):
        _roles, table = tables.read("methods.csv")
        silent = [key for key, row in table.items() if tables.UNKNOWN in row.values() and not row[tables.NOTE]]
        self.assertFalse(silent)

    def test_a_model_with_a_company_has_a_rule_of_companies(self):
        rules = self.env["ir.rule"].search([("groups", "=", False)])
        with_rule = {rule.model_id.model for rule in rules if "company" in (rule.domain_force or "")}
        kept = [name for name in tables.own_models(self.env) if not self.env[name]._transient]
        with_company = {name for name in kept if "company_id" in self.env[name]._fields}
        self.assertFalse(sorted(with_company - with_rule))

from unittest.mock import patch

from odoo import models
from odoo.orm.model_classes import add_to_registry
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestOrderFacts(TransactionCase):
    """The hook by which order lines are judged anew, tried on macro-regions."""

    MODEL = "rural.macro.region"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        model = cls.registry[cls.MODEL]
        cls.addClassCleanup(cls.registry._setup_models__, cls.env.cr, [cls.MODEL])
        cls.addClassCleanup(setattr, model, "_base_classes__", model._base_classes__)

        class MacroRegion(models.Model):
            _module = None
            _name = cls.MODEL
            _inherit = [cls.MODEL, "rural.order.facts.mixin"]
            _order_facts = frozenset({"manager_id"})

            def _order_facts_scope(self):
                return self.mapped("manager_id.login")

        add_to_registry(cls.registry, MacroRegion)
        cls.registry._setup_models__(cls.env.cr, [cls.MODEL])

    def setUp(self):
        super().setUp()
        self.told = []
        told = self.told

        def remember(records):
            told.append((records.ids, records.env.context["order_facts_before"]))

        self.startPatcher(patch.object(self.registry[self.MODEL], "_order_facts_changed", remember))
        self.admin = self.env.ref("base.user_admin")

    def make(self, name="试验", **vals):
        return self.env[self.MODEL].create({"name": name, **vals})

    def test_create_tells_once(self):
        records = self.env[self.MODEL].create([{"name": "甲"}, {"name": "乙"}])
        self.assertEqual(self.told, [(records.ids, [])])

    def test_only_fields_that_matter_tell(self):
        record = self.make()
        self.told.clear()
        record.sequence = 5
        self.assertFalse(self.told)
        record.manager_id = self.admin
        self.assertEqual(self.told, [(record.ids, [[]])])

    def test_what_it_was_before_is_told(self):
        record = self.make(manager_id=self.admin.id)
        self.told.clear()
        record.manager_id = False
        self.assertEqual(self.told, [(record.ids, [["admin"]])])

    def test_delete_tells_afterwards(self):
        record = self.make(manager_id=self.admin.id)
        self.told.clear()
        ids = record.ids
        record.unlink()
        self.assertEqual(self.told, [(ids, [["admin"]])])

    def test_many_changes_together_tell_once(self):
        with self.env["rural.order.facts.mixin"]._order_facts_together():
            first = self.make("甲", manager_id=self.admin.id)
            second = self.make("乙")
            first.manager_id = False
            self.assertFalse(self.told)
        self.assertEqual(self.told, [([first.id, second.id], [["admin"]])])

    def test_an_error_tells_nothing_and_leaves_nothing(self):
        with self.assertRaises(ZeroDivisionError), self.env["rural.order.facts.mixin"]._order_facts_together():
            self.make()
            raise ZeroDivisionError
        self.assertFalse(self.told)
        self.make("乙")
        self.assertEqual(len(self.told), 1)

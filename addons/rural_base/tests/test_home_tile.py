from odoo.tests import TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestHomeTile(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operations = new_test_user(cls.env, "test_operations", "rural_base.group_operations")
        cls.officer = new_test_user(cls.env, "test_officer", "rural_base.group_settlement_officer")
        cls.tiles = cls.env["rural.home.tile"]
        cls.macro_regions = cls.env["rural.macro.region"].create(
            [{"name": "试验甲"}, {"name": "试验乙", "manager_id": cls.officer.id}]
        )

    def tile(self, **vals):
        return self.tiles.create(
            {"name": "Test", "model_name": "rural.macro.region", "domain": "[('manager_id', '=', uid)]", **vals}
        )

    def test_counts_for_the_reader(self):
        tile = self.tile()
        self.assertEqual(tile.with_user(self.officer).count, 1)
        self.assertEqual(tile.with_user(self.operations).count, 0)

    def test_counts_nothing_where_the_reader_has_no_access(self):
        tile = self.tile(model_name="ir.rule", domain="[]")
        self.assertTrue(tile.count)
        self.assertEqual(tile.with_user(self.officer).count, 0)

    def test_unknown_model_counts_nothing(self):
        self.assertEqual(self.tile(model_name="rural.not.there").count, 0)
        self.assertEqual(self.tile(model_name=False).count, 0)

    def test_broken_domain_counts_nothing(self):
        for domain in ("[('nothing', '=', 1)]", "[(", "42"):
            with self.subTest(domain=domain), self.assertLogs("odoo.addons.rural_base", "INFO"):
                self.assertEqual(self.tile(domain=domain).count, 0)

    def test_domain_knows_today(self):
        tile = self.tile(domain="[('create_date', '>', context_today() - relativedelta(days=2))]")
        self.assertGreaterEqual(tile.count, 2)

    def test_only_tiles_of_the_readers_groups(self):
        mine = self.tile(group_ids=self.env.ref("rural_base.group_settlement_officer").ids)
        other = self.tile(group_ids=self.env.ref("rural_base.group_settlement_manager").ids)
        for_all = self.tile()
        seen = self.tiles.with_user(self.officer).search([])
        self.assertIn(mine, seen)
        self.assertIn(for_all, seen)
        self.assertNotIn(other, seen)

    def test_opens_its_records(self):
        tile = self.env.ref("rural_base.home_tile_macro_regions").with_user(self.operations)
        self.assertEqual(tile.action_open()["res_model"], "rural.macro.region")

    def test_opens_what_it_counts_whatever_the_action_filters(self):
        action = self.env.ref("rural_base.action_macro_region")
        action.write({"domain": "[('id', '=', 0)]", "context": "{'search_default_none': 1, 'lasting': uid}"})
        opened = self.tile(action_id=action.id).with_user(self.officer).action_open()
        self.assertEqual(self.macro_regions.search(opened["domain"]), self.macro_regions[1])
        self.assertEqual(opened["context"], {"lasting": self.officer.id})

    def test_every_tile_opens_as_many_records_as_it_counts_for_everybody(self):
        for user in self.env["res.users"].search([("share", "=", False)]):
            tiles = self.tiles.with_user(user)
            if not tiles.has_access("read"):
                continue
            for tile in tiles.search([("action_id", "!=", False)]):
                with self.subTest(user=user.login, tile=tile.name):
                    opened = tile.action_open()
                    self.assertEqual(opened["res_model"], tile.model_name)
                    records = self.env[opened["res_model"]].with_user(user).with_context(**opened["context"])
                    self.assertEqual(records.search_count(opened["domain"]), tile.count)
                    self.assertFalse([key for key in opened["context"] if key.startswith("search_default_")])

import psycopg2.errors

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestRegion(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.regions = cls.env["rural.region"]

    def region(self, code):
        return self.regions.search([("code", "=", code)])

    def test_every_division_down_to_the_county_is_there(self):
        counts = dict(self.regions._read_group([("level", "!=", "township")], ["level"], ["__count"]))
        self.assertEqual(counts, {"province": 31, "city": 342, "county": 2975})

    def test_a_county_lies_in_its_city_and_province(self):
        county, city, province = map(self.region, ("420102", "420100", "420000"))
        self.assertEqual(county.parent_id, city)
        self.assertEqual(city.parent_id, province)
        self.assertEqual(county.parent_path, f"{province.id}/{city.id}/{county.id}/")
        self.assertEqual(county._province(), province)
        self.assertIn(county, self.regions.search([("id", "child_of", province.id)]))

    def test_within_is_the_region_itself_or_below(self):
        county, city, province = map(self.region, ("420102", "420100", "420000"))
        self.assertTrue(county._within(province))
        self.assertTrue(county._within(county))
        self.assertFalse(city._within(county))
        self.assertFalse(county._within(self.region("430000")))
        self.assertFalse(county._within(self.regions))

    def test_municipality_has_its_districts(self):
        district = self.region("110101")
        self.assertEqual(district.parent_id.code, "110100")
        self.assertEqual(district.display_name, "北京市东城区")

    def test_county_directly_under_the_province(self):
        city = self.region("429004")
        self.assertEqual(city.parent_id.code, "429000")
        self.assertEqual(city.display_name, "湖北省仙桃市")
        self.assertTrue(city._within(self.region("420000")))

    def test_development_zones_are_there(self):
        self.assertEqual(self.region("130171").parent_id.code, "130100")

    def test_city_without_counties_exists_once(self):
        self.assertEqual(self.region("441900").mapped("level"), ["city"])

    def test_states_of_odoo_are_linked(self):
        self.assertEqual(self.region("420000").state_id, self.env.ref("base.state_cn_HB"))
        self.assertEqual(self.region("420102").state_id, self.env.ref("base.state_cn_HB"))
        self.assertFalse(self.regions.search_count([("state_id", "=", False)]))

    def test_loading_again_changes_nothing_and_keeps_what_people_wrote(self):
        self.region("420102").name = "江岸"
        before = self.regions.search_count([])
        self.regions._load_divisions()
        self.assertEqual(self.regions.search_count([]), before)
        self.assertEqual(self.region("420102").name, "江岸")

    def test_loading_adds_what_is_missing_in_its_place(self):
        self.region("420102").unlink()
        self.regions._load_divisions()
        county = self.region("420102")
        self.assertTrue(county._within(self.region("420000")))
        self.assertEqual(county.state_id, self.env.ref("base.state_cn_HB"))

    def test_townships_of_a_province_on_demand(self):
        province = self.region("460000")
        townships = [("level", "=", "township"), ("id", "child_of", province.id)]
        province.action_load_townships()
        found = self.regions.search(townships)
        self.assertEqual(len(found), 243)
        self.assertEqual(set(found.mapped("parent_id.level")), {"county", "city"})
        self.assertEqual(found.mapped("state_id"), self.env.ref("base.state_cn_HI"))
        province.action_load_townships()
        self.assertEqual(self.regions.search_count(townships), len(found))

    def test_a_region_made_by_hand_takes_its_place(self):
        zone = self.regions.create(
            {"name": "新区", "code": "420199", "level": "county", "parent_id": self.region("420100").id}
        )
        self.assertTrue(zone._within(self.region("420000")))
        self.assertEqual(zone.state_id, self.env.ref("base.state_cn_HB"))

    def test_search_by_code(self):
        self.assertEqual(self.regions.name_search("420102")[0][1], "湖北省武汉市江岸区")

    @mute_logger("odoo.sql_db")
    def test_code_is_unique_and_of_gb_t_2260(self):
        for code, error in (
            ("420102", psycopg2.errors.UniqueViolation),
            ("4201", psycopg2.errors.CheckViolation),
        ):
            with self.subTest(code=code), self.assertRaises(error), self.env.cr.savepoint():
                self.regions.create({"name": "x", "code": code, "level": "county"})

    def test_macro_region_holds_provinces(self):
        macro_region = self.env["rural.macro.region"].create({"name": "试验大区"})
        self.region("420000").macro_region_id = macro_region
        self.assertEqual(macro_region.region_ids.code, "420000")
        with self.assertRaises(ValidationError):
            self.region("420100").macro_region_id = macro_region

    def test_a_region_is_no_part_of_itself(self):
        with self.assertRaises(UserError):
            self.region("420000").parent_id = self.region("420102")

    def test_sc10_nobody_changes_code_and_place_of_a_region(self):
        operations = new_test_user(self.env, "region_keeper", "rural_base.group_operations_manager")
        county = self.region("422827").with_user(operations)
        for vals in ({"code": "429999"}, {"parent_id": self.region("422802").id}, {"level": "city"}):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, "keeps its"), self.env.cr.savepoint():
                county.write(vals)
        with self.assertRaisesRegex(UserError, "keeps its"), self.env.cr.savepoint():
            self.region("422802").with_user(operations).write({"child_ids": [(4, county.id)]})
        county.write({"name": "来凤", "code": county.code, "parent_id": county.parent_id.id})
        self.assertEqual(county.name, "来凤")
        zone = county.create({"name": "新区", "code": "420198", "level": "county", "parent_id": county.parent_id.id})
        zone.active = False
        zone.unlink()

    def test_sc03_an_operations_manager_says_who_manages_a_macro_region(self):
        operations = new_test_user(self.env, "area_wisher", "rural_base.group_operations")
        director = new_test_user(self.env, "area_giver", "rural_base.group_operations_manager")
        macro_region = self.env["rural.macro.region"].create({"name": "试验大区"})
        own, province = macro_region.with_user(operations), self.region("420000").with_user(operations)
        for attempt in (
            lambda: own.write({"manager_id": operations.id}),
            lambda: own.create({"name": "又一大区", "manager_id": operations.id}),
            lambda: own.with_context(default_manager_id=operations.id).create({"name": "又一大区"}),
            lambda: own.write({"region_ids": [(4, province.id)]}),
            lambda: province.write({"macro_region_id": own.id}),
        ):
            with self.assertRaisesRegex(AccessError, "is set by the role"), self.env.cr.savepoint():
                attempt()
            self.env.invalidate_all()
        own.name = "华中试验"
        macro_region.with_user(director).manager_id = operations
        province.with_user(director).macro_region_id = macro_region
        self.assertEqual((macro_region.manager_id, macro_region.region_ids.code), (operations, "420000"))
        self.assertTrue(any("湖北省" in message.body for message in macro_region.message_ids))

from odoo.tests import TransactionCase, tagged

#: A row of a screen holds about as many entries.
MOST_ENTRIES = 8


@tagged("post_install", "-at_install")
class TestApps(TransactionCase):
    """One Odoo app for each line of work, for whichever addons of the suite are installed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.home = cls.env.ref("rural_base.menu_home")
        names = cls.env["ir.model.data"].search([("model", "=", "ir.ui.menu"), ("module", "=like", "rural\\_%")])
        menus = cls.env["ir.ui.menu"].browse(names.mapped("res_id"))
        cls.apps = menus.filtered(lambda menu: not menu.parent_id)
        cls.people = (
            cls.env["res.users"]
            .search([("share", "=", False)])
            .filtered(
                lambda user: (
                    user.has_group("rural_base.group_operations")
                    or user.has_group("rural_base.group_settlement_officer")
                )
            )
        )

    def offered(self, user):
        return self.env["ir.ui.menu"].with_user(user).with_context(lang=user.lang).load_web_menus(False)

    def test_every_app_has_an_icon(self):
        for app in self.apps:
            with self.subTest(app=app.complete_name):
                self.assertTrue(app.web_icon_data)

    def test_every_app_says_for_whom_it_is(self):
        for app in self.apps - self.home:
            with self.subTest(app=app.complete_name):
                self.assertTrue(app.group_ids)

    def test_home_is_the_first_app(self):
        for user in self.people:
            with self.subTest(user=user.login):
                self.assertEqual(self.offered(user)["root"]["children"][0], self.home.id)

    def test_an_app_opens_a_screen_and_its_menu_is_short(self):
        for user in self.people:
            menus = self.offered(user)
            for app in self.apps.browse(set(self.apps.ids) & menus.keys()):
                with self.subTest(user=user.login, app=app.complete_name):
                    opened = self.env[menus[app.id]["actionModel"]].browse(menus[app.id]["actionID"])
                    self.assertTrue(opened)
                    self.assertNotEqual(getattr(opened, "target", "current"), "new")
                    self.assertLessEqual(len(menus[app.id]["children"]), MOST_ENTRIES)

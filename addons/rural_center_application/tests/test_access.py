from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import CREDIT_CODES, ApplicationCase


@tagged("post_install", "-at_install")
class TestAccess(ApplicationCase):
    """Who may and who may not (SC-02, SC-03)."""

    def test_operations_enters_and_submits(self):
        application = self.submitted()
        self.assertEqual((application.state, application.entered_by_id), ("submitted", self.operations))

    def test_sc03_only_the_area_manager_or_an_operations_manager_decides(self):
        application = self.submitted()
        for user in (self.operations, self.other_manager):
            for step in ("action_approve", "_reject", "_return"):
                arguments = () if step == "action_approve" else ("理由",)
                with self.subTest(user=user.login, step=step), self.assertRaises(AccessError):
                    getattr(self.as_user(application, user), step)(*arguments)
        self.find_conditions_met(application, self.director)
        self.as_user(application, self.director).action_approve()
        self.assertEqual(application.decided_by_id, self.director)

    def test_sc03_whoever_entered_an_application_does_not_decide_on_it(self):
        for user in (self.area_manager, self.director):
            application = self.submitted(
                user=user, applicant_name=user.name, credit_code=CREDIT_CODES[user == self.director]
            )
            with self.subTest(user=user.login), self.assertRaises(UserError):
                application.action_approve()

    def test_nobody_else_sees_applications_or_their_documents(self):
        application = self.submitted()
        employee = new_test_user(self.env, "app_employee", "base.group_user")
        portal = new_test_user(self.env, "app_portal", "base.group_portal")
        for user in (self.officer, employee, portal, self.env.ref("base.public_user")):
            for records in (application, application.document_ids):
                with self.subTest(user=user.login, model=records._name):
                    self.assertFalse(records.with_user(user).has_access("read"))
            with self.assertRaises(AccessError):
                application.with_user(user).action_submit()

    def test_another_company_sees_nothing(self):
        application = self.submitted()
        other = self.env["res.company"].create({"name": "另一家运营商"})
        stranger = self._new_user("app_stranger", "rural_base.group_operations_manager", other)
        for records in (application, application.document_ids):
            found = self.as_user(records.browse(), stranger).search([("id", "in", records.ids)])
            self.assertFalse(found)
        with self.assertRaises(AccessError):
            self.as_user(application, stranger).action_approve()

    def test_steps_are_not_written_past_their_buttons(self):
        application = self.enter()
        for vals in ({"state": "approved"}, {"name": "X"}, {"review_deadline": False}, {"center_id": 1},
                     {"override_by_id": self.operations.id}, {"access_token": "1"}, {"channel": "web"}):  # fmt: skip
            # AccessError, too, is a UserError.
            with self.subTest(vals=vals), self.assertRaises(UserError):
                application.write(vals)
        sneaked = self.enter(materials={}, state="approved", entered_by_id=self.director.id, channel="email")
        self.assertEqual(
            (sneaked.state, sneaked.entered_by_id, sneaked.channel), ("draft", self.operations, "back_office")
        )

    def test_what_has_been_decided_is_not_changed_or_deleted(self):
        application = self.approved()
        for user in (self.operations, self.area_manager, self.director):
            with self.subTest(user=user.login):
                with self.assertRaises(UserError):
                    self.as_user(application, user).write({"applicant_name": "别的公司"})
                with self.assertRaises(UserError):
                    self.as_user(application, user).unlink()
        self.enter(materials={}).unlink()

    def test_each_role_opens_its_home_screen(self):
        self.submitted()
        tiles = self.env["rural.home.tile"]
        mine = self.env.ref("rural_center_application.tile_my_applications")
        self.assertEqual(self.as_user(mine, self.area_manager).count, 1)
        self.assertEqual(self.as_user(mine, self.other_manager).count, 0)
        self.assertNotIn(mine, self.as_user(tiles, self.officer).search([]))
